"""Plans what gives a channel or a department another name: its page moves, and every page, menu and record that names it follows. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import yaml

from kanalstrategi.content.adoption import CONFIG
from kanalstrategi.content.conventions import (
    CHANGES_FILE,
    EDITION_FOLDER,
    FORMER_GUIDELINES,
    GUIDELINE_TEMPLATE,
    HEARING_FILE,
    RULE_FOLDER,
    TEMPLATE_FOLDER,
)
from kanalstrategi.content.edition_paths import edition_folder, is_former_guideline
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.menu_edits import MenuError, with_moved_pages
from kanalstrategi.content.model import Content
from kanalstrategi.content.page_mentions import section_anchors, with_mentions
from kanalstrategi.content.page_template import DEPARTMENT_NAME
from kanalstrategi.content.receipts import parse_receipt
from kanalstrategi.content.steps import DOCS, Step, StepError, Tree, read_page_of, text_of, with_page_fields
from kanalstrategi.content.structure_change import StructureChange
from kanalstrategi.content.structure_records import with_records
from kanalstrategi.content.word_digest import word_digest
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import printable
from kanalstrategi.incoming_text import read_typed
from kanalstrategi.sanitizing.files import RECEIPT_NAME, WINDOWS_NAMES
from kanalstrategi.suggestions import suggestion

REGISTER_MACRO = "register"
"""The macro that has the id of each channel as an anchor."""
MAX_LISTED = 20
"""How many places are listed in a report."""


def rename_channel(tree: Tree, content: Content, id: str, typed: str, today: date) -> tuple[Step, str]:
    """Return the step that gives a channel group another title, and its page and id the name that follows from it, and that page's path.

    Raises StepError.
    """
    group = next((group for group in content.groups if group.id == id), None)
    if group is None:
        raise StepError(f"kanalen {printable(id)} findes ikke – {suggestion(id, [group.id for group in content.groups])}")
    title = checked_name(typed)
    channels = content.folders.channels
    new = new_id(title, id, channels, [*content.channels, *(former for one in content.editions for former in one.channels)], tree)
    folders = ["", *(edition.folder for edition in content.editions if is_open(edition))]
    paths = {f"{folder}{channels}/{id}.md": f"{folder}{channels}/{new}.md" for folder in folders}
    paths = {old: moved for old, moved in paths.items() if DOCS + old in tree}
    anchors = channel_anchors(tree, content, {id: new}) | {path: {id: new} for path in paths}
    change = StructureChange(paths, {id: new}, title=(group.title, title), anchors=anchors, folders=content.folders)
    step = _renamed(tree, content, change, today, f"Kanalen »{group.title}« hedder nu »{title}«.", f"Kanalen hed før »{group.title}«.")
    return step, paths[group.page.path]


def rename_department(tree: Tree, content: Content, id: str, typed: str, today: date) -> tuple[Step, str]:
    """Return the step that gives a department another name, and its page the name that follows from it, and that page's path. Raises StepError."""
    guideline = next((guideline for guideline in content.guidelines if guideline.id == id), None)
    if guideline is None:
        raise StepError(f"{content.say('fagområdet')} {printable(id)} findes ikke – {suggestion(id, [guideline.id for guideline in content.guidelines])}")
    name = checked_name(typed)
    folder = content.folders.guidelines
    new = new_id(name, id, folder, [guideline.id for guideline in content.guidelines], tree)
    if new != id and any(path.startswith(f"{DOCS}{FORMER_GUIDELINES}/{new}/") for path in tree):
        raise StepError(f"der ligger tidligere udgaver af en retningslinje, der hed {new} – vælg et andet navn")
    documents = {
        document.id: document.id.removesuffix(id) + new
        for document in content.organisation.documents.values()
        if document.is_of_one_page and not document.is_sheet and document.pages == (guideline.page.path,)
    }
    paths, names = {guideline.page.path: f"{folder}/{new}.md"}, (guideline.department, name)
    change = StructureChange(paths, {}, {id: new}, documents, names, folders=content.folders)
    thing = content.say("Fagområdet")
    told = f"{thing} hed før »{guideline.department}«."
    return _renamed(tree, content, change, today, f"{thing} »{guideline.department}« hedder nu »{name}«.", told), change.paths[guideline.page.path]


def checked_name(typed: str) -> str:
    """Return the name of a channel or a department, as it was typed, with single spaces. Raises StepError."""
    incoming = read_typed(typed)
    name = " ".join(incoming.text.split())
    if incoming.diagnostics or not DEPARTMENT_NAME.fullmatch(name) or not slug(name) or slug(name) in WINDOWS_NAMES:
        raise StepError(f"»{printable(name)}« kan ikke bruges som navn – brug bogstaver, tal og mellemrum, højst 60 tegn")
    return name


def new_id(name: str, old: str, folder: str, taken: list[str], tree: Tree) -> str:
    """Return the id of something with a name that it gets now. Raises StepError if something else has it, or had it."""
    id = slug(name)
    if id != old and (id == "index" or id in taken or f"{DOCS}{folder}/{id}.md" in tree):
        raise StepError(f"der er allerede en side eller en kanal, der hedder {id} – vælg et andet navn")
    return id


def channel_anchors(tree: Tree, content: Content, channels: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the ids that change with those of channels, by page: in guidelines, in their template, and in the register of rules."""
    guidelines = [*(guideline.page.path for guideline in content.guidelines), GUIDELINE_TEMPLATE]
    may_be = [path for path in content.pages if REGISTER_MACRO.encode() in tree.get(DOCS + path, b"")]
    registers = [path for path in may_be if any(call.name == REGISTER_MACRO for call in read_page_of(tree, DOCS + path).calls)]
    registers += [path for path in (f"{RULE_FOLDER}.md",) if path in content.pages and content.pages[path].is_of_program]
    return {path: section_anchors(tree[DOCS + path], channels) for path in guidelines if DOCS + path in tree} | {path: dict(channels) for path in registers}


def open_pages(tree: Tree, content: Content) -> list[str]:
    """Return the paths of the pages that may be changed, templates included, relative to `docs/`."""
    filed = tuple(edition.folder for edition in content.editions if not is_open(edition) and edition.folder)
    pages = [path.removeprefix(DOCS) for path in tree if path.startswith(DOCS) and path.endswith(".md")]
    return [path for path in sorted(pages) if not (filed and path.startswith(filed)) and not is_former_guideline(path)]


def applied_change(tree: Tree, content: Content, change: StructureChange) -> dict[str, bytes | None]:
    """Return the pages that change when they all follow a change. Raises StepError."""
    changes: dict[str, bytes | None] = {}
    files = frozenset(path.removeprefix(DOCS) for path in tree if path.startswith(DOCS))
    for path in open_pages(tree, content):
        if path not in change.paths and not any(name.encode() in tree[DOCS + path] for name in change.names):
            continue
        page = with_mentions(path, tree[DOCS + path], change, files)
        page = with_page_fields(DOCS + path, page, _fields(tree, path, change)) if not path.startswith(f"{TEMPLATE_FOLDER}/") else page
        if (moved := change.paths.get(path, path)) != path:
            changes[DOCS + path] = None
        if moved != path or page != tree[DOCS + path]:
            changes[DOCS + moved] = page
    return changes


def _renamed(tree: Tree, content: Content, change: StructureChange, today: date, report: str, told: str) -> Step:
    """Return the step that a change of names takes. `told` is what readers of adopted pages are told."""
    changes = applied_change(tree, content, change)
    text = tree[CONFIG].decode("utf-8", "surrogateescape")
    try:
        changes[CONFIG] = with_moved_pages(text, change.paths, change.title).encode("utf-8", "surrogateescape")
    except (MenuError, yaml.YAMLError, RecursionError) as error:
        raise StepError(f"{CONFIG} kan ikke læses – kør python3 scripts/check.py") from error
    changes |= with_records(tree, change) | _receipts(tree, content, change) | _notes(tree, content, change)
    changes = with_told_changes(tree, changes, {DOCS + new: DOCS + old for old, new in change.paths.items()}, today, told)
    changes = {path: content for path, content in changes.items() if tree.get(path) != content}
    lines = [report, *(f"{DOCS}{old} flytter til {DOCS}{new}" for old, new in change.paths.items() if old != new)]
    lines += [f"rettet: {path}" for path, page in sorted(changes.items()) if page is not None and path in tree]
    return Step(changes, (*lines, *still_named({**tree, **changes}, content, *change.title)))


def _fields(tree: Tree, path: str, change: StructureChange) -> dict[str, str | list[str] | None]:
    """Return the fields of a page that name a channel or a department and change."""
    values = read_page_of(tree, DOCS + path).front.values
    found: dict[str, str | list[str] | None] = {}
    channel, department, parent, departments = (values.get(key) for key in ("channel", "department", "part_of", "departments"))
    if isinstance(channel, str) and channel in change.channels:
        found["channel"] = change.channels[channel]
    description, (name, new_name) = values.get("description"), change.title
    if isinstance(description, str) and path in change.paths and name and f" {name} – " in f" {description}":  # as new pages are described
        found["description"] = f" {description}".replace(f" {name} – ", f" {new_name} – ", 1)[1:]
    if isinstance(department, str) and path in change.paths and department == change.title[0]:
        found["department"] = change.title[1]
    if isinstance(parent, str) and parent in change.departments:
        found["part_of"] = change.departments[parent]
    if isinstance(departments, list) and not change.departments.keys().isdisjoint(departments):
        found["departments"] = list(dict.fromkeys(change.departments.get(one, one) for one in departments))
    return found


def _receipts(tree: Tree, content: Content, change: StructureChange) -> dict[str, bytes]:
    """Return the receipts of what is in force, by which a later change of an adopted page is noticed, with the new paths of pages.

    The receipt of a guideline lies in a folder of the department's name. The versions that are filed there stay, and so does that receipt:
    the guideline in force gets another one of the same day and the same words.
    """
    found = {}
    if content.edition and (receipt := tree.get(path := f"{DOCS}{EDITION_FOLDER}/{content.edition.name}/{RECEIPT_NAME}")):
        parsed = parse_receipt(receipt)
        if parsed and not change.paths.keys().isdisjoint(parsed.words):
            words = {change.paths.get(page, page): digest for page, digest in parsed.words.items()}
            found[path] = replace(parsed, words=words).to_json()
    for old, new in change.departments.items():
        folder = f"{DOCS}{FORMER_GUIDELINES}/"
        parsed = parse_receipt(tree.get(f"{folder}{old}/{RECEIPT_NAME}", b""))
        if parsed and old != new:
            words = {change.paths.get(page, page): digest for page, digest in parsed.words.items()}
            facts = {**parsed.facts, "guideline": new}
            found[f"{folder}{new}/{RECEIPT_NAME}"] = replace(parsed, facts=facts, files={}, words=words).to_json()
    return found


def _notes(tree: Tree, content: Content, change: StructureChange) -> dict[str, bytes]:
    """Return the notes on the open editions' changes, and the answers to their hearings, whose headings name a block of a page that moves."""
    found = {}
    editions = [content, *(edition for edition in content.editions if is_open(edition))]
    for edition in editions:
        for name in (CHANGES_FILE, HEARING_FILE) if edition.edition else ():
            path = f"{DOCS}{edition.edition.folder_of_name}{name}" if edition.edition else ""
            text = tree.get(path, b"").decode("utf-8", "surrogateescape")
            for old, new in change.channels.items():
                text = re.sub(rf"^(##[ \t]+){re.escape(old)}(?=(?:-\d+)?[ \t]*\r?$)", rf"\g<1>{new}", text, flags=re.MULTILINE)
            if text:
                found[path] = text.encode("utf-8", "surrogateescape")
    return {path: note for path, note in found.items() if note != tree[path]}


def with_told_changes(
    tree: Tree, changes: Mapping[str, bytes | None], former: Mapping[str, str], today: date, sentence: str
) -> dict[str, bytes | None]:
    """Return the changed files, in which adopted pages tell their readers what has changed, if a word has.

    `former` are the paths that pages had before, keyed by the new ones. Of a page that is told of already on the same day, both are told in one.
    """
    told = dict(changes)
    for path, page in changes.items():
        before = tree.get(former.get(path, path))
        if page is None or before is None or not path.startswith(DOCS) or not path.endswith(".md") or path.startswith(f"{DOCS}{TEMPLATE_FOLDER}/"):
            continue
        old, new = read_page_of({path: before}, path), read_page_of({path: page}, path)
        if text_of(new, "status") != "adopted" or edition_folder(path.removeprefix(DOCS)) or word_digest(old) == word_digest(new):
            continue
        written = new.front.values.get("changed")
        entries = [written] if isinstance(written, str) else list(written or [])
        day = f"{today.isoformat()}:"
        same_day = [entry for entry in entries if entry.startswith(day)]
        entry = f"{same_day[0]} {sentence}" if same_day else f"{day} {sentence}"
        told[path] = with_page_fields(path, page, {"changed": [*(one for one in entries if one not in same_day), entry]})
    return told


def still_named(tree: Mapping[str, bytes | None], content: Content, name: str, new_name: str = "") -> list[str]:
    """Return lines about the places that still have a name in a text, which only an editor can judge.

    Where the name is a part of the new one (`Telefon` in `Telefon og video`), the new one is no such place.
    """
    pages = {path: page for path in tree if path.startswith(DOCS) and path.endswith(".md") and (page := tree[path])}
    kept = {DOCS + path for path in open_pages({path: page for path, page in pages.items() if page}, content)}
    places = [
        f"{path}:{number}"
        for path, page in sorted(pages.items())
        if path in kept
        for number, line in enumerate(page.decode("utf-8", "replace").splitlines(), 1)
        if name in (line.replace(new_name, "") if name in new_name else line) and not line.startswith("changed:")
    ]
    if not places:
        return []
    more = f" og {len(places) - MAX_LISTED} andre" if len(places) > MAX_LISTED else ""
    listed = ", ".join(places[:MAX_LISTED]) + more
    return [f"{count_phrase(len(places), 'sted', 'steder')} nævner stadig »{name}«. Ret dem, der mener det samme: {listed}"]
