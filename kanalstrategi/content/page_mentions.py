"""Changes what a page says about channels and departments, and nothing else in it: every other byte of the file stays. No I/O."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kanalstrategi.content.steps import StepError
from kanalstrategi.content.structure_change import CHANNEL_MACROS, DOCUMENT_MACRO, StructureChange
from kanalstrategi.incoming_text import read_bytes
from kanalstrategi.markdown.macro_calls import MACRO_PATTERNS, MacroCall
from kanalstrategi.markdown.nodes import HEADINGS, Block, Element, Node, ParsedPage, line_of
from kanalstrategi.markdown.parser import parse

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_URL = re.compile(r"""(?:\]\(\s{0,9}<?|\]:[ \t]{0,9}<?|\bhref=["']?)([^\s()<>"']+)""")
"""Where a link has its URL: in brackets after its text, in the line that a reference leads to, or in HTML."""
_SHOWN = re.compile(r"\{%\s{0,9}raw\s{0,9}%\}.*?(?:\{%\s{0,9}endraw\s{0,9}%\}|\Z)|\{#.*?(?:#\}|\Z)", re.DOTALL)
"""What is shown as typed, and notes that are not shown."""
_CODE_SPAN = re.compile(r"(?<!`)(`++)[^`\r\n]++\1")
_IN_BRACES = re.compile(r"(?<=\{)[^{}\n]*")
_CALL = MACRO_PATTERNS["call"]
_FIRST_ARGUMENT = re.compile(r"""\{\{\s*\w+\s*\(\s*["']""")


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


def with_mentions(path: str, page: bytes, change: StructureChange, files: Container[str], *, is_template: bool = False) -> bytes:
    """Return a page with its links, macro calls, ids and names changed. Raises StepError if it cannot be read well enough to do so.

    `path` is the page's before the change, relative to `docs/`. What the page becomes is compared with what its tree should become, so a
    change that would do anything else is refused.
    """
    text = page.decode("utf-8", "surrogateescape")
    parsed = parse(read_bytes(page).text)
    expected = list(_changed_tree(parsed.root.children, path, change, files))
    if expected == list(_changed_tree(parsed.root.children, path, StructureChange(), files)):
        return page
    changed = _applied(text, _edits(text, parsed, path, change, files)).encode("utf-8", "surrogateescape")
    found = list(_changed_tree(parse(read_bytes(changed).text).root.children, path, StructureChange(), files))
    if found != expected:
        line = next((line for line, (one, other) in _lines_of(found, expected) if one != other), 1)
        hint = "skriv links, makroer og overskrifter på én linje hver, og kør kommandoen igen"
        raise StepError(f"docs/{path}:{line}: siden kan ikke rettes af programmet – {hint}")
    return changed


def section_anchors(page: bytes, channels: Mapping[str, str]) -> dict[str, str]:
    """Return the ids on a guideline that change when the ids of channels do: of their sections, and of the decisions right below those headings."""
    found: dict[str, str] = {}
    heading = ""
    for block in parse(read_bytes(page).text).blocks:
        if block.kind == "heading":
            heading = block.id
            found |= {heading: channels[heading]} if heading in channels else {}
        elif block.task and heading in channels and block.id.startswith(f"{heading}-") and not _is_written(block.id, page):
            found[block.id] = f"{channels[heading]}{block.id.removeprefix(heading)}"
    return found


def _is_written(id: str, page: bytes) -> bool:
    """Whether an editor has given an id, which then stays."""
    return any(f"#{id}" in found[0].split() for found in _IN_BRACES.finditer(page.decode("utf-8", "replace").replace("{:", "{ ")))


def link_spans(text: str, parsed: ParsedPage) -> Iterator[tuple[int, int]]:
    """Yield where a page's file has the URLs of links, as start and end. Those in code and in what is shown as typed are left out."""
    hidden = _hidden(text, parsed)
    return ((found.start(1), found.end(1)) for found in _URL.finditer(text) if not _is_in(found.start(1), hidden))


def _edits(text: str, parsed: ParsedPage, path: str, change: StructureChange, files: Container[str]) -> Iterator[_Edit]:
    for start, end in link_spans(text, parsed):
        if (new := change.link(text[start:end], path, files)) != text[start:end]:
            yield _Edit(start, end, new)
            name_end = text.rfind("](", 0, start)
            name_start = text.rfind("[", 0, name_end) + 1
            if text[name_end:start].strip("<]( \t\r\n") == "" and (name := change.name(text[name_start:name_end])) != text[name_start:name_end]:
                yield _Edit(name_start, name_end, name)
    hidden = _hidden(text, parsed)
    for call in _CALL.finditer(text):
        opening = _FIRST_ARGUMENT.match(text, call.start())
        if call[1] not in (*CHANNEL_MACROS, DOCUMENT_MACRO) or not opening or _is_in(call.start(), hidden):
            continue
        quote = text[opening.end() - 1]
        end = text.find(quote, opening.end())
        if (new := change.argument(call[1], text[opening.end() : end])) != text[opening.end() : end]:
            yield _Edit(opening.end(), end, new)
    yield from _heading_edits(text, parsed, path, change)


def _heading_edits(text: str, parsed: ParsedPage, path: str, change: StructureChange) -> Iterator[_Edit]:
    """Yield the edits of the page's title and of the headings that have the id of a channel."""
    starts = _line_starts(text)
    for block in parsed.blocks:
        new_name, new_id = _heading_of(block, path, change)
        if (new_name, new_id) == (block.text, block.id):
            continue
        start = starts[block.line - 1]
        line = _LINE.match(text, start)
        assert line is not None, "a heading has a line"
        written = line[0].rstrip("\r\n")
        changed = written.replace(block.text, new_name, 1) if new_name != block.text else written
        if new_id != block.id and block.level > 1:
            old = re.escape(block.id)
            with_id = re.sub(rf"(?<=[\s{{:])#{old}(?=[\s}}])", f"#{new_id}", changed)
            changed = with_id if with_id != changed else f"{changed} {{: #{new_id} }}"
        yield _Edit(start, start + len(written), changed)


def _heading_of(block: Block, path: str, change: StructureChange) -> tuple[str, str]:
    """Return the text and the id of a heading afterwards; those of any other block as they are."""
    if block.kind != "heading":
        return block.text, block.id
    is_title = block.level == 1 and path in change.paths
    if is_title:
        return change.name(block.text) if change.channels else _with_name_inside(block.text, change), block.id
    if block.level == 2 and block.id in change.channels and (id := change.anchors.get(path, {}).get(block.id)):
        return change.name(block.text), id
    return block.text, block.id


def _with_name_inside(text: str, change: StructureChange) -> str:
    """Return the title of a guideline with another name in it, with a capital letter or without, as the title has it."""
    old, new = change.title
    if old and old in text:
        return text.replace(old, new, 1)
    lower = old[:1].lower() + old[1:]
    return text.replace(lower, new[:1].lower() + new[1:], 1) if old and lower in text else text


_Part = tuple[int, object]


def _changed_tree(children: Iterable[Node], path: str, change: StructureChange, files: Container[str]) -> Iterator[_Part]:
    """Yield the parts of a tree as they should be afterwards, each with its line."""
    for child in children:
        if type(child) is str:
            yield 0, child
        elif type(child) is MacroCall:
            first, rest = child.arguments[:1], child.arguments[1:]
            yield child.line, (child.name, *(change.argument(child.name, one) for one in first), *rest)
        elif type(child) is Element:
            yield from _changed_element(child, path, change, files)


def _changed_element(element: Element, path: str, change: StructureChange, files: Container[str]) -> Iterator[_Part]:
    attributes = dict(element.attributes)
    text = line_of(element)
    inner = element.children
    if element.tag == "a" and (new := change.link(attributes.get("href", ""), path, files)) != attributes.get("href", ""):
        attributes["href"] = new
        if not element.is_html and len(inner) == 1 and type(inner[0]) is str:
            inner = [change.name(inner[0])]
    elif element.tag in HEADINGS:
        block = Block("heading", text, element.id, element.line, level=int(element.tag[1]))
        name, id = _heading_of(block, path, change)
        attributes["id"] = id
        if name != text:
            inner = [name]
        if element.tag == "h1":
            attributes.pop("id")  # it is made from the title, which may change
    elif element.id:
        attributes["id"] = change.anchors.get(path, {}).get(element.id, element.id)
    yield element.line, (element.tag, sorted(attributes.items()))
    yield from _changed_tree(inner, path, change, files)
    yield 0, f"/{element.tag}"


def _lines_of(found: list[_Part], expected: list[_Part]) -> Iterator[tuple[int, tuple[object, object]]]:
    line = 1
    for (_, one), (number, other) in zip(found, expected, strict=False):
        line = number or line
        yield line, (one, other)


def _applied(text: str, edits: Iterable[_Edit]) -> str:
    for edit in sorted(set(edits), key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _line_starts(text: str) -> list[int]:
    return [found.start() for found in _LINE.finditer(text)]


def _hidden(text: str, parsed: ParsedPage) -> list[range]:
    """Return the parts of a page's file that hold no links and calls: its fields, code, and what is shown as typed."""
    starts = [*_line_starts(text), len(text)]
    first = len(parsed.body) - len(parsed.body.lstrip("\n"))
    found = [range(starts[min(first, len(starts) - 1)])] if parsed.front.is_there else []
    found += [range(starts[line - 1], starts[line]) for line in parsed.code if line < len(starts)]
    found += [range(*match.span()) for match in _SHOWN.finditer(text)]
    for start, end in pairwise(starts):
        if "`" in text[start:end]:
            found += [range(start + one.start(), start + one.end()) for one in _CODE_SPAN.finditer(text[start:end])]
    return found


def _is_in(position: int, ranges: Iterable[range]) -> bool:
    return any(position in one for one in ranges)
