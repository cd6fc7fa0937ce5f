"""Plans the adoption of an edition: the one in force is filed in the folder of its name, and the proposal takes its place. No I/O."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

import yaml
from dateutil.relativedelta import relativedelta

from kanalstrategi.content.conventions import CHANGES_FILE, HEARING_FILE
from kanalstrategi.content.edition_steps import (
    EDITIONS,
    FRONT,
    folders_of,
    is_edition_page,
    name_in_force,
    pages_in_force,
    proposal_front,
    refuse_future,
    review_by,
    title_name,
)
from kanalstrategi.content.menu_edits import MenuError, with_edition_name, with_pages
from kanalstrategi.content.receipts import Receipt, file_digests
from kanalstrategi.content.steps import DOCS, Step, StepError, Tree, in_words, read_page_of, text_of, with_page_fields
from kanalstrategi.content.unwritten import refuse_unwritten
from kanalstrategi.content.urls import url_of
from kanalstrategi.content.word_digest import word_digest
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.sanitizing.files import RECEIPT_NAME

CONFIG = "mkdocs.yml"
CONFIRM_MONTHS = 3
"""How long departments have to confirm what an adoption has changed, in months."""
STAYING_FILES = (CHANGES_FILE, HEARING_FILE, RECEIPT_NAME)
"""The files that stay in the folder of an edition while it is in force."""


@dataclass(frozen=True)
class AdoptionRequest:
    """Who adopted what, and when."""

    name: str
    day: date
    by: str
    decision: str = ""
    """URL of the decision; may be empty."""


def adopt_edition(tree: Tree, adoption: AdoptionRequest, today: date) -> Step:
    """Return the step that puts a proposal in force and files the edition before it. Raises StepError."""
    former_front = read_page_of(tree, FRONT)
    _refuse(former_front, proposal_front(tree, adoption.name), adoption, today)
    former, _ = name_in_force(tree)
    pages = _proposed_pages(tree, adoption)
    filed = _filed_files(tree, former, adoption)
    redirected = _with_redirects(tree, pages)
    receipts = {
        f"{EDITIONS}{former}/{RECEIPT_NAME}": receipt_of(tree, former, filed, superseded=adoption),
        f"{EDITIONS}{adoption.name}/{RECEIPT_NAME}": receipt_of({**tree, **in_docs(redirected)}, adoption.name, redirected),
    }
    changes: dict[str, bytes | None] = {DOCS + inner: None for inner in pages_in_force(tree)}
    changes |= {path: None for path in tree if path.startswith(f"{EDITIONS}{adoption.name}/") and path not in _staying(adoption.name)}
    changes |= {f"{EDITIONS}{former}/{inner}": content for inner, content in filed.items()}
    changes |= {**receipts, **in_docs(redirected)}
    report = [
        f"{adoption.name} er vedtaget den {long_date(adoption.day)} af {adoption.by} og gælder nu.",
        f"{former} er afløst og ligger i {EDITIONS}{former}/. Dens filer må ikke ændres mere; det holder {RECEIPT_NAME} øje med.",
    ]
    of_edition = [inner for inner in redirected if is_edition_page(inner, folders_of(tree))]
    changes[CONFIG], told = _with_config(tree, former, adoption.name, of_edition, redirected["index.md"])
    report += told
    return Step({path: content for path, content in changes.items() if tree.get(path) != content}, tuple(report))


def _refuse(former: ParsedPage, proposal: ParsedPage, adoption: AdoptionRequest, today: date) -> None:
    """Raise StepError if a proposal cannot be adopted on that day, by those, yet."""
    refuse_future(adoption.day, today)
    if (adopted := text_of(former, "adopted")) > adoption.day.isoformat():
        raise StepError(f"den udgave, der gælder, er vedtaget senere, den {in_words(adopted)} – ret --date")
    if (ends := text_of(proposal, "consultation_to")) and ends >= adoption.day.isoformat():
        path = f"{EDITIONS}{adoption.name}/index.md"
        raise StepError(f"høringen slutter først den {in_words(ends)} – vent til dagen efter, eller ret consultation_to i {path}")


def _proposed_pages(tree: Tree, adoption: AdoptionRequest) -> dict[str, bytes]:
    """Return the files of the proposal as they are in force, keyed by path in `docs/`."""
    folder = f"{EDITIONS}{adoption.name}/"
    fields = {"status": "adopted", "reviewed": adoption.day.isoformat()}
    facts = {
        "edition": adoption.name,
        "adopted": adoption.day.isoformat(),
        "adopted_by": adoption.by,
        **({"decision": adoption.decision} if adoption.decision else {}),
        "confirm_by": (adoption.day + relativedelta(months=CONFIRM_MONTHS)).isoformat(),
    }
    files, folders = {}, folders_of(tree)
    proposed = sorted(path for path in tree if path.startswith(folder) and path.removeprefix(folder) not in STAYING_FILES)
    refuse_unwritten(tree, [path for path in proposed if path.endswith(".md")], adoption.name)
    for path in proposed:
        inner = path.removeprefix(folder)
        if not inner.endswith(".md"):
            files[inner] = tree[path]
            continue
        if not is_edition_page(inner, folders):
            places = " eller ".join(f"{folder}{name}/" for name in folders.of_strategy)
            raise StepError(f"{path} hører ikke til i en udgave – flyt siden til {places}, eller slet den")
        renewed = {"review_by": review_after(tree, read_page_of(tree, path), adoption.day)}
        files[inner] = with_page_fields(path, tree[path], {**fields, **renewed, **(facts if inner == "index.md" else {})})
    return files


def review_after(tree: Tree, page: ParsedPage, day: date) -> str:
    """Return the day for the next review of a page that was reviewed by adopting it: an editor's own, if it is later than that."""
    written, reviewed = text_of(page, "review_by"), text_of(page, "reviewed")
    try:
        is_own = date.fromisoformat(written) > day and date.fromisoformat(written) != review_by(tree, date.fromisoformat(reviewed))
    except ValueError:
        return written  # reported by the checks
    return written if is_own else review_by(tree, day).isoformat()


def _filed_files(tree: Tree, former: str, adoption: AdoptionRequest) -> dict[str, bytes]:
    """Return the files of the edition in force as they are filed, with all that its pages show, keyed by path below its folder."""
    folder = f"{EDITIONS}{former}/"
    facts = {"edition": former, "superseded": adoption.day.isoformat(), "superseded_by": adoption.name}
    files = {}
    for inner in pages_in_force(tree):
        if folder + inner in tree:
            raise StepError(f"{folder}{inner} ligger, hvor den udgave, der gælder, skal arkiveres – slet filen, hvis den ikke hører til, og prøv igen")
        files[inner] = tree[DOCS + inner]
        for link in read_page_of(tree, DOCS + inner).links:
            shown = _linked_path(inner, link.target)
            if DOCS + shown in tree and not shown.endswith(".md"):
                files[shown] = tree[DOCS + shown]
    files["index.md"] = with_page_fields(FRONT, files["index.md"], facts)
    kept = {path.removeprefix(folder): content for path, content in tree.items() if path.startswith(folder)}
    return {inner: content for inner, content in {**kept, **files}.items() if inner != RECEIPT_NAME}


def _with_redirects(tree: Tree, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the new edition; its pages take over the addresses of those before them."""
    folders = folders_of(tree)
    pages = {inner for inner in files if is_edition_page(inner, folders)}
    urls = {url_of(inner) for inner in pages}
    former_urls: dict[str, list[str]] = {}
    for inner in pages_in_force(tree):
        heir = inner if inner in pages else _nearest_page(inner, pages)
        gone = [] if inner in pages else [url_of(inner)]
        former_urls.setdefault(heir, []).extend(url for url in [*gone, *_redirects(read_page_of(tree, DOCS + inner))] if url not in urls)
    result = dict(files)
    for inner, more in former_urls.items():
        own = _redirects(read_page_of({inner: files[inner]}, inner))
        if added := [url for url in dict.fromkeys(more) if url not in own]:
            result[inner] = with_page_fields(inner, files[inner], {"redirects": [*own, *added]})
    return result


def _redirects(page: ParsedPage) -> list[str]:
    value = page.front.values.get("redirects")
    return value if isinstance(value, list) else []


def _nearest_page(inner: str, pages: set[str]) -> str:
    """Return the page that answers for one that is gone: the front page of its folder, or of the strategy."""
    folder = posixpath.dirname(inner)
    while folder and f"{folder}/index.md" not in pages:
        folder = posixpath.dirname(folder)
    return f"{folder}/index.md" if folder else "index.md"


def _linked_path(inner: str, target: str) -> str:
    """Return the path in `docs/` that a link on a page leads to, if it leads to a file there."""
    try:
        parts = urlsplit(target)
    except ValueError:  # reported by the checks
        return ""
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(inner), unquote(parts.path)))


def receipt_of(tree: Tree, name: str, files: Mapping[str, bytes], superseded: AdoptionRequest | None = None) -> bytes:
    """Return the receipt of the edition whose pages are in `docs/`."""
    front = read_page_of(tree, FRONT)
    facts = {
        "edition": name,
        **{key: text_of(front, key) for key in ("adopted", "adopted_by", "decision")},
        "superseded": superseded.day.isoformat() if superseded else "",
        "superseded_by": superseded.name if superseded else "",
    }
    folders = folders_of(tree)
    pages = [] if superseded else [inner for inner in files if is_edition_page(inner, folders)]
    words = {inner: word_digest(read_page_of(tree, DOCS + inner)) for inner in pages}
    return Receipt(facts, file_digests(files), words).to_json()


def _with_config(tree: Tree, former: str, name: str, pages: list[str], front: bytes) -> tuple[bytes, list[str]]:
    """Return `mkdocs.yml` with the pages and the name of the new edition, and what to say about it. Raises StepError."""
    text = tree[CONFIG].decode("utf-8", "surrogateescape")
    try:
        changed = with_pages(text, pages_in_force(tree), pages)
        changed = with_edition_name(changed, former, title_name(read_page_of({"": front}, ""), name))
    except (MenuError, yaml.YAMLError, RecursionError) as error:  # a menu can hold itself
        raise StepError(str(error) if isinstance(error, MenuError) else f"{CONFIG} kan ikke læses – kør python3 scripts/check.py") from error
    before, after = text.splitlines(), changed.splitlines()
    told = [f"{CONFIG}: ny linje: {line.strip()}" for line in after if line not in before]
    told += [f"{CONFIG}: slettet linje: {line.strip()}" for line in before if line not in after]
    return changed.encode("utf-8", "surrogateescape"), told


def in_docs(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files that are keyed by path in `docs/`, keyed by path in the project."""
    return {DOCS + inner: content for inner, content in files.items()}


def _staying(name: str) -> tuple[str, ...]:
    return tuple(f"{EDITIONS}{name}/{file}" for file in STAYING_FILES)
