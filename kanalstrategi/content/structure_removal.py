"""Plans the removal of a channel or a department: what is lost is told of, and nothing goes that something else still quotes. No I/O."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import yaml

from kanalstrategi.content.adoption import CONFIG
from kanalstrategi.content.conventions import GUIDELINE_TEMPLATE
from kanalstrategi.content.decision_model import DecisionState
from kanalstrategi.content.edition_paths import edition_folder, linked_file
from kanalstrategi.content.guidelines import heading_of, lines_of
from kanalstrategi.content.menu_edits import MenuError, with_pages
from kanalstrategi.content.model import Channel, Content, Guideline
from kanalstrategi.content.steps import DOCS, Step, StepError, Tree, read_page_of
from kanalstrategi.content.structure_change import CHANNEL_MACROS, DOCUMENT_MACRO, StructureChange
from kanalstrategi.content.structure_steps import MAX_LISTED, applied_change, channel_anchors, open_pages, still_named, with_told_changes
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.diagnostics import printable
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.suggestions import suggestion

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_Record = TypeVar("_Record", Channel, Guideline)
_QUOTING_MACROS = ("rule", "quote", "passage", "pull_quote", "definition", "actions_for")
"""The macros whose first argument is the id of a rule or of a paragraph."""


def remove_channel(tree: Tree, content: Content, id: str, to: str, today: date) -> tuple[Step, str]:
    """Return the step that removes a channel group, and the page that its addresses lead to. Raises StepError if something still quotes it.

    With `to`, the id of another group, what names the channel as such names that one instead. Its rules and paragraphs are quoted word for word,
    so they have to be moved by an editor first.
    """
    groups = {group.id: group for group in content.groups}
    group, heir = _found(groups, id, "kanalen"), _successor(groups, id, to, "kanalen")
    page = group.page.path
    sections = dict(_without_sections(tree, content, id))
    base: dict[str, bytes] = {**tree, **sections}
    quoted = {*(channel.id for channel in group.subchannels), *read_page_of(tree, DOCS + page).ids, *(rule.id for rule in group.rules)}
    quoted -= {id, *_ids_on(tree, heir.page.path if heir else "")}
    refused = [*_quotes(base, content, page, quoted)]
    if heir is None:
        refused += _named(base, content, page, {id}, {})
    if refused:
        raise StepError(_refusal(f"kanalen »{group.title}«", refused, is_given=heir is not None))
    change = StructureChange()
    if heir:
        anchors = {path: {id: heir.id} for path in (*channel_anchors(tree, content, {id: heir.id}), page)}
        change = StructureChange({page: heir.page.path}, {id: heir.id}, anchors=anchors, folders=content.folders)
    lost = [f"{DOCS}{page} er slettet.", *_lost_rules(group), *_lost_decisions(content, id)]
    successor = heir.page.path if heir else _overview(tree, content.folders.channels)
    told = f"Kanalen »{group.title}« er udgået."
    return _removed(tree, base, content, page, change, [f"Kanalen »{group.title}« er fjernet.", *lost], told, today, group.title), successor


def remove_department(tree: Tree, content: Content, id: str, to: str, today: date) -> tuple[Step, str]:
    """Return the step that removes a department, and the page that its addresses lead to. Raises StepError if something still names it."""
    guidelines = {guideline.id: guideline for guideline in content.guidelines}
    thing = content.say("fagområdet")
    guideline, heir = _found(guidelines, id, thing), _successor(guidelines, id, to, thing)
    page = guideline.page.path
    documents = {
        document.id: document.id.removesuffix(id) + (heir.id if heir else "")
        for document in content.organisation.documents.values()
        if document.is_of_one_page and not document.is_sheet and document.pages == (page,)
    }
    if heir is None:
        if refused := list(_named(tree, content, page, {id}, documents)):
            raise StepError(_refusal(f"{thing} »{guideline.department}«", refused, is_given=False))
        change = StructureChange()
    else:
        change = StructureChange({page: heir.page.path}, {}, {id: heir.id}, documents, folders=content.folders)
    decided = sum(decision.state is DecisionState.DECIDED for decision in guideline.decisions)
    report = [f"{content.say('Fagområdet')} »{guideline.department}« er fjernet.", f"{DOCS}{page} er slettet."]
    if decided:
        report.append(f"Med den går {count_phrase(decided, 'truffet beslutning', 'trufne beslutninger')} tabt.")
    successor = heir.page.path if heir else _overview(tree, content.folders.guidelines)
    told = f"{content.say('Fagområdet')} »{guideline.department}« er udgået."
    return _removed(tree, dict(tree), content, page, change, report, told, today, guideline.department), successor


def _found(known: Mapping[str, _Record], id: str, thing: str) -> _Record:
    if id not in known:
        raise StepError(f"{thing} {printable(id)} findes ikke – {suggestion(id, known)}")
    return known[id]


def _successor(known: Mapping[str, _Record], id: str, to: str, thing: str) -> _Record | None:
    if not to:
        return None
    if to == id:
        raise StepError(f"{thing} kan ikke afløse sig selv – skriv et andet navn efter --to")
    return _found(known, to, thing)


def _removed(
    tree: Tree, base: Tree, content: Content, page: str, change: StructureChange, report: list[str], told: str, today: date, name: str
) -> Step:
    base = {path: text for path, text in base.items() if path != DOCS + page}
    changes: dict[str, bytes | None] = {DOCS + page: None} | {path: text for path, text in base.items() if tree.get(path) != text}
    changes |= applied_change(base, content, change)
    text = tree[CONFIG].decode("utf-8", "surrogateescape")
    try:
        changes[CONFIG] = with_pages(text, [page], []).encode("utf-8", "surrogateescape")
    except (MenuError, yaml.YAMLError, RecursionError) as error:
        raise StepError(str(error) if isinstance(error, MenuError) else f"{CONFIG} kan ikke læses – kør python3 scripts/check.py") from error
    changes = with_told_changes(tree, changes, {}, today, told)
    changes = {path: content for path, content in changes.items() if tree.get(path) != content}
    lines = [*report, *(f"rettet: {path}" for path, text in sorted(changes.items()) if text is not None)]
    after = {path: text for path, text in {**tree, **changes}.items() if text is not None}
    return Step(changes, (*lines, *still_named(after, content, name)))


def _without_sections(tree: Tree, content: Content, id: str) -> Iterator[tuple[str, bytes]]:
    """Yield the guidelines, and their template, without their section about a channel group; every other byte stays."""
    group = next(group for group in content.groups if group.id == id)
    for path in [*(guideline.page.path for guideline in content.guidelines), GUIDELINE_TEMPLATE]:
        if DOCS + path not in tree:
            continue
        parsed = read_page_of(tree, DOCS + path)
        if heading := heading_of(group, parsed):
            lines = _LINE.findall(tree[DOCS + path].decode("utf-8", "surrogateescape"))
            section = lines_of(heading, parsed)
            del lines[heading.line - 1 : section.stop - 1]
            if section.stop > len(parsed.markdown.split("\n")):  # it was the last one: no empty lines are left at the end
                while lines and not lines[-1].strip():
                    lines.pop()
            yield DOCS + path, "".join(lines).encode("utf-8", "surrogateescape")


def _quotes(tree: Tree, content: Content, page: str, ids: Collection[str]) -> Iterator[str]:
    """Yield the places that quote a rule or a paragraph of a page that goes, or that serve one: `docs/vaelg-kanal.md:146: telefon-ring`."""
    for path in open_pages(tree, content):
        if path == page or edition_folder(path):
            continue
        parsed = read_page_of(tree, DOCS + path)
        for call in parsed.calls:
            argument = f"definition-{call.arguments[0]}" if call.name == "definition" and call.arguments else call.arguments[0] if call.arguments else ""
            if (call.name in _QUOTING_MACROS or call.name in CHANNEL_MACROS) and argument in ids:
                yield f"{DOCS}{path}:{call.line}: {argument}"
        for key in ("serves", "goal", "channel"):
            value = parsed.front.values.get(key)
            for one in [value] if isinstance(value, str) else value or []:
                if one in ids:
                    yield f"{DOCS}{path}:{parsed.front.lines[key]}: {one}"
        yield from (f"{DOCS}{path}:{line}: {target}" for line, target in _links(parsed, path, page, tree, content) if target.partition("#")[2] in ids)


def _named(tree: Tree, content: Content, page: str, ids: Collection[str], documents: Mapping[str, str]) -> Iterator[str]:
    """Yield the places that name a page that goes, or the channel or department itself."""
    for path in open_pages(tree, content):
        if path == page or edition_folder(path):
            continue
        parsed = read_page_of(tree, DOCS + path)
        for call in parsed.calls:
            if call.arguments and (
                (call.name in CHANNEL_MACROS and call.arguments[0] in ids) or (call.name == DOCUMENT_MACRO and call.arguments[0] in documents)
            ):
                yield f"{DOCS}{path}:{call.line}: {call.arguments[0]}"
        for key in ("channel", "part_of", "departments"):
            value = parsed.front.values.get(key)
            if any(one in ids for one in ([value] if isinstance(value, str) else value or [])):
                yield f"{DOCS}{path}:{parsed.front.lines[key]}: {key}"
        yield from (f"{DOCS}{path}:{line}: {target}" for line, target in _links(parsed, path, page, tree, content))


def _links(parsed: ParsedPage, path: str, page: str, tree: Tree, content: Content) -> Iterator[tuple[int, str]]:
    """Yield the links on a page that lead to another, as line and target."""
    files = frozenset(name.removeprefix(DOCS) for name in tree)
    for link in parsed.links:
        try:
            parts = urlsplit(link.target)
        except ValueError:
            continue
        if parts.scheme or parts.netloc or parts.path.startswith("/") or not parts.path:
            continue
        if linked_file(path, unquote(parts.path), files, content.folders) == page:
            yield link.line, link.target


def _overview(tree: Tree, folder: str) -> str:
    """Return the overview of a folder, or the front page where the overview is the program's: only a page of the site's own can take over an address."""
    overview = f"{folder}/index.md"
    return overview if DOCS + overview in tree else "index.md"


def _ids_on(tree: Tree, path: str) -> frozenset[str]:
    return read_page_of(tree, DOCS + path).ids if path else frozenset()


def _lost_rules(group: Channel) -> Iterator[str]:
    if group.rules:
        yield f"Med den går {count_phrase(len(group.rules), 'regel', 'regler')} tabt: {', '.join(rule.id for rule in group.rules)}."


def _lost_decisions(content: Content, id: str) -> Iterator[str]:
    for guideline in content.guidelines:
        section = next(section for section in guideline.sections if section.group.id == id)
        decided = sum(decision.state is DecisionState.DECIDED for decision in section.decisions)
        if decided:
            yield f"{guideline.department}: {count_phrase(decided, 'truffet beslutning', 'trufne beslutninger')} i afsnittet går tabt."


def _refusal(thing: str, places: list[str], *, is_given: bool) -> str:
    """Return why something cannot be removed, with the places, and what to do about them."""
    hint = "Flyt reglerne og afsnittene med deres id’er til den side, der kommer i stedet, eller ret stederne."
    if not is_given:
        hint = f"Skriv --to med navnet på det, der kommer i stedet, eller ret stederne. {hint}" if "kanal" in thing else "Skriv --to, eller ret stederne."
    more = count_phrase(len(places) - MAX_LISTED, "andet sted", "andre steder")
    listed = places[:MAX_LISTED] + ([f"… og {more}"] if len(places) > MAX_LISTED else [])
    return "\n".join([f"{thing} er ikke fjernet: disse steder bruger noget, der ville forsvinde", *(f"  {place}" for place in listed), hint])
