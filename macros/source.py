"""Read one Markdown file: front matter and the blocks that carry meaning, each with its line.

Python-Markdown, which renders the pages, does not know line numbers; markdown-it
does. Both see the same headings, lists, links and pictures in what editors write;
the build compares ids with the rendered page, so a difference cannot pass unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .language import Parsed, parse

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
"""As MkDocs has it (mkdocs.utils.meta), so that both agree on where a page begins."""

ATTRIBUTES = r"\{:?[ ]*([^{}\n]*?)[ ]*\}"
"""An attribute list of Python-Markdown: `{: #id .class }`."""
ATTRIBUTE_LINE = re.compile(rf"\n[ ]*{ATTRIBUTES}[ ]*\Z")
HEADING_ATTRIBUTES = re.compile(rf"[ ]+{ATTRIBUTES}[ ]*\Z")
ANY_ATTRIBUTES = re.compile(r"\{:[ ]*([^{}\n]*?)[ ]*\}")
BOX = re.compile(r"(?P<indent>[ ]*)!!![ ]?(?P<kind>[\w-]+)(?P<title>.*)")
"""The line that a box begins with (Python-Markdown's `admonition`)."""
CODE_SPAN = re.compile(r"(`+)(?!`)[\s\S]+?(?<!`)\1(?!`)")
LINK_WITH_SPACES = re.compile(r"(!?)\[([^\]]*)\]\(([^()\n\"]*[ ][^()\n\"]*)\)")
"""No link to CommonMark, and one to Python-Markdown."""
ID = re.compile(r"(?:^|\s)#([^\s#.}]+)")

_ASCII_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or list item."""

    kind: str
    """`heading`, `paragraph` or `item`."""
    text: str
    """Without markup and attribute list."""
    written: str
    """The text with its markup."""
    id: str
    """Empty where the block has none; headings always have one."""
    line: int
    level: int = 0
    """Of a heading: 1 to 6."""
    list: int = 0
    """Of an item: which of the page's lists it stands in, counted from 1."""
    is_loose: bool = False
    """Of an item: whether empty lines set the items of its list apart."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture."""

    target: str
    text: str
    line: int
    is_picture: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text as it was typed: a paragraph, a heading, a cell or a block of HTML."""

    written: str
    line: int
    is_html: bool = False
    is_heading: bool = False
    is_cell: bool = False


@dataclass(frozen=True)
class FrontMatter:
    """The facts at the top of a page."""

    values: dict[str, Any]
    lines: dict[str, int]
    """Where each key stands."""
    is_there: bool = True
    """Whether the page has any, between two lines of `---`."""
    faults: tuple[tuple[int, str], ...] = ()
    """What could not be read: line, and what is wrong with it, in Danish."""


@dataclass(frozen=True)
class Source:
    """One file, read."""

    front: FrontMatter
    body: str
    """What follows the front matter, preceded by as many empty lines as that takes up."""
    shown: str
    """The same as Markdown gets it, line for line: without notes, and without the signs around what is shown raw."""
    parsed: Parsed
    """The text in pieces, with the macro calls."""
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    other_numbers: tuple[int, ...]
    """Lines of points that begin with `1)`, which make no list to Python-Markdown."""
    shallow_lists: tuple[int, ...]
    """Lines of lists that are too little indented to be inside the item above, to Python-Markdown."""
    run_on_lists: tuple[int, ...]
    """Lines of lists that follow a paragraph at once: running text to Python-Markdown."""
    ids: frozenset[str]
    """Everything that a link to this page can point at."""
    code: frozenset[int]
    """Lines inside code, which nothing is read from."""
    too_deep: int = 0
    """The line of a list or quote inside too many others; 0 where there is none."""
    too_long: tuple[int, ...] = ()
    """Lines of addresses that are too long, which a page could repeat without bound."""
    texts: tuple[Text, ...] = ()
    """All that is not code, in order."""
    inner_code: tuple[int, ...] = ()
    """Lines of fenced code inside lists and quotes, which is running text to Python-Markdown."""
    open_code: tuple[int, ...] = ()
    """Lines of fenced code that never ends, which is running text to Python-Markdown too."""


def slug(text: str, separator: str = "-") -> str:
    """A heading's id: ASCII Danish, so that addresses can be read aloud and typed.

    Has the signature that Python-Markdown's `toc` extension asks for.
    """
    words = re.findall(r"[a-z0-9]+", text.lower().translate(_ASCII_DANISH))
    return separator.join(words)


def read(text: str) -> Source:
    """Read a page from the text of its file, with `\\n` as line ends."""
    body = body_of(text)
    references: dict[str, Any] = {}
    titles: list[Text] = []
    parsed = parse(body)
    shown = parsed.shown
    flat = _without_boxes(shown, titles) if "!!!" in shown else shown
    tokens = _MARKDOWN.parse(flat, references)
    texts = (*titles, *_texts(tokens))
    written = "\n\n".join(CODE_SPAN.sub("", text.written) for text in texts)
    lines = shown.split("\n")
    explicit = {m for attributes in ANY_ATTRIBUTES.findall(written) for m in ID.findall(attributes)}
    blocks = _with_heading_ids(_blocks(tokens, bool(references)), explicit)
    return Source(
        front=front_matter_of(text),
        body=body,
        shown=shown,
        blocks=tuple(blocks),
        links=tuple(_links(tokens)),
        parsed=parsed,
        other_numbers=tuple(_other_numbers(tokens)),
        shallow_lists=tuple(_shallow_lists(tokens, flat.split("\n"))),
        run_on_lists=tuple(_run_on_lists(tokens)),
        ids=frozenset(explicit | {block.id for block in blocks if block.id}),
        code=frozenset(line + 1 for token in tokens if token.type in _CODE and token.map for line in range(*token.map)),
        too_deep=next((token.map[0] + 1 for token in tokens if token.level >= DEEPEST and token.map), 0),
        too_long=tuple(
            reference["map"][0] + 1
            for reference in references.get("references", {}).values()
            if len(reference["href"]) + len(reference["title"] or "") > LONGEST_ADDRESS
        ),
        texts=texts,
        open_code=tuple(_open_code(tokens, lines)),
        inner_code=tuple(token.map[0] + 1 for token in tokens if token.type == "fence" and token.map and _is_inside(token, lines)),
    )


def front_matter_of(text: str) -> FrontMatter:
    """The facts at the top of a page's text."""
    match = FRONT_MATTER.match(text)
    return _front_matter(match.group(1)) if match else FrontMatter({}, {}, is_there=False)


def body_of(text: str) -> str:
    """A page's text without its facts, and with as many empty lines in their place."""
    match = FRONT_MATTER.match(text)
    head = match.group() if match else ""
    return "\n" * head.count("\n") + text[len(head) :]


_CODE = ("fence", "code_block")
_CODE_INFO = re.compile(r"[ ]*[\w#.+-]*[ ]*")
"""What may follow the signs that a box of code begins with: its language."""
DEEPEST = 18
"""Levels of lists and quotes, two to each list. Python-Markdown recurses once for each, markdown-it stops at 20."""
LONGEST_ADDRESS = 2000  # characters

_MARKDOWN = MarkdownIt("commonmark").enable("table")
# Otherwise it passes over `javascript:` and `file:` links, which Python-Markdown makes;
# and targets are told to the editor as they were written.
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]
_MARKDOWN.normalizeLink = lambda url: url  # type: ignore[method-assign]


_LIBYAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast as PyYAML's own, and the same to what it can read of these signs; it lets tabs through, for one."""
_LIBYAML_SIGNS = re.compile(r"[\n -~\xa0-\ud7ff]*")


def _front_matter(text: str) -> FrontMatter:
    offset = 2  # the first line of the file is `---`, and YAML counts from 0
    try:
        try:
            return _facts(text, offset, _LIBYAML if _LIBYAML_SIGNS.fullmatch(text) else yaml.SafeLoader)
        except yaml.YAMLError:
            return _facts(text, offset, yaml.SafeLoader)  # whose marks are told of below
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + offset
        return FrontMatter({}, {}, faults=((line, "linjen indeholder et tegn, der ikke kan læses"),))
    except yaml.MarkedYAMLError as error:
        # A bracket or quote that is never closed is found out only further down.
        is_open = any(word in (error.context or "") for word in ("flow", "quoted"))
        mark = error.context_mark if is_open else error.problem_mark
        # A mark at the very end is past the last line that an editor sees.
        line = min(mark.line + offset, text.count("\n") + 1) if mark else offset
        return FrontMatter({}, {}, faults=((line, "linjen kan ikke læses som et felt"),))


def _facts(text: str, offset: int, loads: Any) -> FrontMatter:
    """Raises yaml.YAMLError."""
    if fault := _unwanted_yaml(text, offset, loads):
        return FrontMatter({}, {}, faults=(fault,))
    loader = loads(text)
    node = loader.get_single_node()
    if node is None:
        return FrontMatter({}, {})
    if not isinstance(node, yaml.MappingNode):
        return FrontMatter({}, {}, faults=((offset, "linjen kan ikke læses som et felt"),))
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    faults = []
    for key, value in node.value:
        line = key.start_mark.line + offset
        if not isinstance(key, yaml.ScalarNode):
            faults.append((line, "linjen kan ikke læses som et felt"))
            continue
        if key.value in lines:
            faults.append((line, f"feltet {key.value} står to gange"))
        lines[key.value] = line
        try:
            values[key.value] = loader.construct_object(value, deep=True)
        except (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            # PyYAML (6.0) lets these through: of `2025-02-30`, which looks like a date and is none, of `1:1:1…`
            faults.append((line, f"værdien af {key.value} kan ikke læses"))
    return FrontMatter(values, lines, faults=tuple(faults))


DEEPEST_YAML = 3
"""A page's facts are a mapping of texts, dates and lists."""


def _unwanted_yaml(text: str, offset: int, loads: Any) -> tuple[int, str] | None:
    """What no fact needs, and what makes a small text grow without bound when it is read. Raises MarkedYAMLError."""
    depth = 0
    for event in yaml.parse(text, loads):
        line = event.start_mark.line + offset
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return line, "linjen bruger & eller * foran en værdi"
        if getattr(event, "tag", None):
            return line, "linjen bruger ! foran en værdi"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST_YAML:
            return line, "linjen har for mange lister inde i hinanden"
    return None


def _blocks(tokens: list[Token], has_references: bool) -> list[Block]:
    blocks = []
    lists, opened = [0], 0
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            opened += 1
            lists.append(opened)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        if token.type != "inline" or token.map is None:
            continue
        opening, before = tokens[index - 1], tokens[index - 2] if index > 1 else None
        line = token.map[0] + 1
        if opening.type == "heading_open":
            text, attributes = _split(token, HEADING_ATTRIBUTES, has_references)
            blocks.append(Block("heading", text, token.content, attributes, line, level=int(opening.tag[1])))
        elif opening.type == "paragraph_open":
            text, attributes = _split(token, ATTRIBUTE_LINE, has_references)
            if before is not None and before.type == "list_item_open":
                loose = not opening.hidden
                blocks.append(Block("item", text, token.content, attributes, line, list=lists[-1], is_loose=loose))
            else:
                blocks.append(Block("paragraph", text, token.content, attributes, line))
    return blocks


def _without_boxes(body: str, titles: list[Text]) -> str:
    """The text with what stands in boxes moved out to the left, line for line, as markdown-it does not know them:
    to it, they would be code."""
    lines = body.split("\n")
    fenced = {
        line
        for token in _MARKDOWN.parse(body)
        if token.type == "fence" and token.map and not _is_inside(token, lines)
        for line in range(*token.map)
    }
    for number, line in enumerate(lines):
        box = BOX.fullmatch(line) if number not in fenced else None
        if box is None:
            continue
        titles.append(Text(box.group("title"), number + 1))
        lines[number] = ""
        inner = box.group("indent") + "    "
        for below in range(number + 1, len(lines)):
            if lines[below].startswith(inner):
                lines[below] = lines[below][4:]
            elif lines[below].strip():
                break
    return "\n".join(lines)


def _texts(tokens: list[Token]) -> Iterator[Text]:
    for index, token in enumerate(tokens):
        if token.map is not None and token.type == "inline":
            around = tokens[index - 1].type
            yield Text(token.content, token.map[0] + 1, is_heading=around == "heading_open", is_cell=around in ("td_open", "th_open"))
        elif token.map is not None and (token.type == "html_block" or (token.type in _CODE and token.level)):
            yield Text(token.content, token.map[0] + 1, is_html=token.type == "html_block")


def _is_inside(fence: Token, lines: list[str]) -> bool:
    """Whether a fence stands in a list, a quote or a box, and not at the beginning of its line."""
    assert fence.map is not None, "a fence has lines"
    return fence.level > 0 or lines[fence.map[0]].startswith(" ")


def _open_code(tokens: list[Token], lines: list[str]) -> Iterator[int]:
    for token in tokens:
        if token.type == "fence" and token.map and not _is_inside(token, lines):
            last = lines[token.map[1] - 1].rstrip() if token.map[1] - token.map[0] > 1 else ""
            if last != token.markup or not _CODE_INFO.fullmatch(token.info):  # else it is running text to Python-Markdown
                yield token.map[0] + 1


def _other_numbers(tokens: list[Token]) -> Iterator[int]:
    for token in tokens:
        if token.type == "list_item_open" and token.markup == ")" and token.map:
            yield token.map[0] + 1


def _shallow_lists(tokens: list[Token], lines: list[str]) -> Iterator[int]:
    depth = quotes = 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
            if depth > 1 and not quotes and token.map:
                line = lines[token.map[0]].expandtabs(4)
                if len(line) - len(line.lstrip()) < 4 * (depth - 1):
                    yield token.map[0] + 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            quotes += 1 if token.type == "blockquote_open" else -1


def _run_on_lists(tokens: list[Token]) -> list[int]:
    lines = []
    end_of_paragraph = None
    for token in tokens:
        if token.level > 0 or token.map is None:
            continue
        if token.type in ("paragraph_open", "table_open"):
            end_of_paragraph = token.map[1]
        elif token.type in ("bullet_list_open", "ordered_list_open") and token.map[0] == end_of_paragraph:
            lines.append(token.map[0] + 1)
    return lines


def _split(token: Token, attributes: re.Pattern[str], has_references: bool) -> tuple[str, str]:
    """The text without markup, and the id that its attribute list gives."""
    match = attributes.search(token.content)
    if not match and not has_references:  # which a text by itself does not know of
        return _text(token.children or []), ""
    found = ID.search(match.group(1)) if match else None
    return _plain(token.content[: match.start()] if match else token.content), found.group(1) if found else ""


def _plain(markdown: str) -> str:
    return _text(_MARKDOWN.parseInline(markdown)[0].children or [])


def _text(tokens: list[Token]) -> str:
    """What a reader sees of inline tokens."""
    words = {"softbreak": " ", "hardbreak": " "}
    return "".join(words.get(token.type, token.content) for token in tokens if token.type != "html_inline").strip()


def _with_heading_ids(blocks: list[Block], taken: set[str]) -> list[Block]:
    """Give headings without an id the one that Python-Markdown's `toc` extension gives them."""
    used = set(taken)
    result = []
    for block in blocks:
        if block.kind == "heading" and not block.id:
            base = candidate = slug(block.text)
            number = 0
            while candidate in used or not candidate:
                number += 1
                candidate = f"{base}_{number}"
            used.add(candidate)
            block = replace(block, id=candidate)
        result.append(block)
    return result


def _links(tokens: list[Token]) -> list[Link]:
    links = []
    for token in tokens:
        if token.type != "inline" or token.map is None:
            continue
        line = token.map[0] + 1
        children = token.children or []
        for index, child in enumerate(children):
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "text":
                for mark, text, target in LINK_WITH_SPACES.findall(child.content):
                    links.append(Link(target.strip(), text, line, bool(mark)))
            elif child.type == "image":
                links.append(Link(str(child.attrs.get("src", "")), child.content, line, True))
            elif child.type == "link_open":
                links.append(Link(str(child.attrs.get("href", "")), _link_text(children[index + 1 :]), line, False))
    return links


def _link_text(following: list[Token]) -> str:
    closing = next((i for i, token in enumerate(following) if token.type == "link_close"), len(following))
    return _text(following[:closing])
