"""Plans the steps of an edition's life apart from its adoption: it is begun as a copy of the one in force, or it is given up. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from kanalstrategi.content.conventions import EDITION_FOLDER, EDITION_KEYS, STRATEGY_KEYS
from kanalstrategi.content.edition_names import MAX_NAME_CHARACTERS, RESERVED_NAMES, as_written, is_edition_name, name_in_title, with_name
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.settings import settings_of
from kanalstrategi.content.steps import DOCS, Step, StepError, Tree, in_words, read_page_of, text_of, with_page_fields
from kanalstrategi.danish.phrases import count_phrase, long_date
from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import printable
from kanalstrategi.incoming_text import read_typed
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.suggestions import suggestion

FRONT = f"{DOCS}index.md"
EDITIONS = f"{DOCS}{EDITION_FOLDER}/"
_NOT_COPIED = (*(key for key in (*EDITION_KEYS, *STRATEGY_KEYS) if key != "edition"), "redirects", "changed")
"""The fields that a copy does not get: they are about the edition in force, or about its addresses."""


def begin_edition(tree: Tree, typed: str, today: date) -> Step:
    """Return the step that begins a proposal as a copy of the edition in force. Raises StepError."""
    name, written = _new_name(tree, typed)
    in_force, naming = name_in_force(tree)
    folder = f"{EDITIONS}{name}/"
    changes: dict[str, bytes | None] = dict(naming)
    fields = {**dict.fromkeys(_NOT_COPIED), "status": "draft", "reviewed": today.isoformat(), "review_by": review_by(tree, today).isoformat()}
    copied = pages_in_force(tree)
    for inner in copied:
        page = with_page_fields(DOCS + inner, tree[DOCS + inner], {**fields, "edition": name if inner == "index.md" else None})
        changes[folder + inner] = with_title(page, in_force, written) if inner == "index.md" else page
    title = title_of(read_page_of({**tree, FRONT: changes[f"{folder}index.md"] or b""}, FRONT))
    report = [f"Forslaget {name} er begyndt i {folder} med {count_phrase(len(copied), 'side', 'sider')}, kopieret fra den udgave, der gælder."]
    if naming:
        report.append(f"{FRONT} har fået sit navn efter titlen: edition: {in_force}")
    report += [
        f"Forslaget hedder {title}." if title != title_of(read_page_of(tree, FRONT)) else f"Ret titlen i {folder}index.md: den er endnu den samme.",
        *_of_former(tree, changes, in_force),
        "Ret siderne i mappen, og kør derefter python3 scripts/check.py",
        f"Når forslaget er vedtaget: python3 scripts/edition.py adopt {name} --date 2026-02-24 --by byrådet (med den rigtige dag)",
    ]
    return Step(changes, tuple(report))


def _of_former(tree: Tree, changes: Mapping[str, bytes | None], name: str) -> list[str]:
    """Return a line for each place in the copied pages that names the edition in force or the day it was adopted: only an editor knows what to write."""
    words = [word for word in (name, in_words(text_of(read_page_of(tree, FRONT), "adopted"))) if word]
    lines = []
    for path, content in changes.items():
        text = (content or b"").decode("utf-8", errors="replace") if path.startswith(EDITIONS) else ""
        for number, line in enumerate(text.splitlines(), 1):
            lines += [f"{path}:{number} siger endnu »{word}«. Ret det, hvis det ikke gælder forslaget." for word in words if word in line]
    return lines


def lapse_edition(tree: Tree, name: str, day: date, today: date) -> Step:
    """Return the step that gives a proposal up. Raises StepError."""
    path = f"{EDITIONS}{name}/index.md"
    proposal_front(tree, name)
    refuse_future(day, today)
    return Step(
        {path: with_page_fields(path, tree[path], {"lapsed": day.isoformat()})},
        (f"Forslaget {name} er bortfaldet den {long_date(day)}. Dets sider bliver liggende i {EDITIONS}{name}/ og siger det øverst.",),
    )


def proposal_front(tree: Tree, name: str) -> ParsedPage:
    """Return the front page of a proposal. Raises StepError if there is no proposal of that name."""
    in_force = text_of(read_page_of(tree, FRONT), "edition")
    if name == in_force:
        raise StepError(f"{printable(name)} er den udgave, der gælder – begynd en ny med python3 scripts/new.py edition")
    if not is_edition_name(name) or f"{EDITIONS}{name}/index.md" not in tree:
        known = proposals(tree)
        hint = suggestion(name, known) if known else 'begynd et med python3 scripts/new.py edition "2026-2029"'
        raise StepError(f"der er intet forslag, der hedder »{printable(name)}« – {hint}")
    front = read_page_of(tree, f"{EDITIONS}{name}/index.md")
    if text_of(front, "superseded"):
        raise StepError(f"{name} er afløst og kan ikke ændres – begynd en ny udgave med python3 scripts/new.py edition")
    if text_of(front, "lapsed"):
        raise StepError(f"{name} er bortfaldet – slet linjen lapsed i {EDITIONS}{name}/index.md, hvis forslaget skal tages op igen")
    return front


def proposals(tree: Tree) -> list[str]:
    """Return the names of the editions that are proposed, sorted."""
    fronts = [path for path in tree if re.fullmatch(rf"{re.escape(EDITIONS)}[^/]+/index\.md", path)]
    open_ones = [path for path in fronts if not {"superseded", "lapsed"} & read_page_of(tree, path).front.values.keys()]
    return sorted(path.split("/")[2] for path in open_ones)


def name_in_force(tree: Tree) -> tuple[str, dict[str, bytes]]:
    """Return the name of the edition in force, and the front page with its name, if it has to be written there. Raises StepError."""
    front = read_page_of(tree, FRONT)
    if name := text_of(front, "edition"):
        if not is_edition_name(name):
            raise StepError(f"{FRONT}:{front.front.lines['edition']}: edition kan ikke være {printable(name)} – skriv små bogstaver, tal og bindestreg")
        return name, {}
    if not (name := name_in_title(title_of(front))):
        raise StepError(f"{FRONT} siger ikke, hvad den udgave, der gælder, hedder – skriv for eksempel `edition: 2023-2025` mellem de to linjer med ---")
    return name, {FRONT: with_page_fields(FRONT, tree[FRONT], {"edition": name})}


def pages_in_force(tree: Tree) -> list[str]:
    """Return the paths of the strategy's own pages in `docs/`, which an edition consists of, sorted."""
    folders = folders_of(tree)
    return sorted(inner for path in tree if is_edition_page(inner := path.removeprefix(DOCS), folders) and path.startswith(DOCS))


def is_edition_page(inner: str, folders: Folders) -> bool:
    """Whether a path in `docs/`, or in the folder of an edition, is that of a page of the strategy."""
    return inner == "index.md" or (inner.endswith(".md") and inner.startswith(tuple(f"{folder}/" for folder in folders.of_strategy)))


def folders_of(tree: Tree) -> Folders:
    """Return what the folders of the strategy, its channels and the guidelines are called."""
    return settings_of(tree.get("mkdocs.yml", b"")).folders


def review_by(tree: Tree, day: date) -> date:
    """Return when a page that was reviewed on a day is to be reviewed again."""
    return day + relativedelta(months=settings_of(tree.get("mkdocs.yml", b"")).review_months)


def title_of(page: ParsedPage) -> str:
    """Return the title of a page."""
    return next((block.text for block in page.blocks if block.kind == "heading" and block.level == 1), "")


def with_title(page: bytes, old: str, new: str) -> bytes:
    """Return a page whose title has the name of another edition; every other byte stays."""
    line = next((block.line for block in read_page_of({"": page}, "").blocks if block.kind == "heading" and block.level == 1), 0)
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", page.decode("utf-8", "surrogateescape"))
    if line:
        lines[line - 1] = with_name(lines[line - 1], old, new)
    return "".join(lines).encode("utf-8", "surrogateescape")


def title_name(page: ParsedPage, name: str) -> str:
    """Return the name of an edition as the title of its front page writes it."""
    return as_written(title_of(page), name)


def refuse_future(day: date, today: date) -> None:
    """Raise StepError if a day has not come yet."""
    if day > today:
        raise StepError(f"den {long_date(day)} er ikke kommet endnu – kør kommandoen på dagen, eller ret --date")


def _new_name(tree: Tree, typed: str) -> tuple[str, str]:
    """Return the name of a new edition, and how it was typed. Raises StepError."""
    incoming = read_typed(typed)
    written = " ".join(incoming.text.split())
    name = slug(written)
    if incoming.diagnostics or not name or len(written) > MAX_NAME_CHARACTERS or not re.fullmatch(r"[\w ,.&/()–-]+", written):
        hint = f"brug bogstaver, tal og bindestreg, højst {MAX_NAME_CHARACTERS} tegn, for eksempel 2026-2029"
        raise StepError(f"»{printable(written)}« kan ikke bruges som navn på en udgave – {hint}")
    if name in RESERVED_NAMES:
        raise StepError(f"navnet {name} er taget af hjemmesiden selv – vælg et andet navn")
    if name == name_in_force(tree)[0]:
        raise StepError(f"{name} er den udgave, der gælder – vælg et andet navn")
    folder = f"{EDITIONS}{name}/"
    if name in proposals(tree):
        raise StepError(f"forslaget {name} er allerede begyndt i {folder} – ret siderne dér, eller vælg et andet navn")
    if any(path.startswith(folder) for path in tree) or f"{EDITIONS}{name}.md" in tree:
        raise StepError(f"der er allerede en udgave, der hedder {name} – vælg et andet navn")
    return name, written
