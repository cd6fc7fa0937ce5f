"""Whatever an editor types, a page is read and checked in time that grows in step with its length."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection

import pytest

from kanalstrategi.checks.runner import check_project
from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.content.project import read_project
from kanalstrategi.content.source_files import ParserFactory
from kanalstrategi.danish.alphabet import danish_order
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.wide_tables import make_tables_scrollable
from macros import MACROS
from tests.support.growth import MAX_GROWTH, NEGLIGIBLE, Shape, cost_of, growth
from tests.support.project import EPOCH, Project

REPEATED = [
    "[", "]", "(", "<a ", "</", "<a href=", "<!--", "<!-- -", "<!", "<?", "<![CDATA[", "-->", "*", "*a ", "**a ", "a**", "*a_ ", "_", "_a ", "*a**", "`",
    "`a ", "```\n", "~~~\n", "~", "~~a ", "~a ", "> ", ">", ">\n", "> a\n", " ", "\t", " \t", "\n", " \n", "{", "{{", "{{ ", "}}", "{%", "{% raw %}",
    "{% raw %}\n", "{#", "{#\n", "{# a #}", "{{ a(", '{{ a("', "{{ a('b', ", "{{ a() }}\n", "{:", "{: ", "{: #a", "{: .lead }", "{: .lead }\n",
    "a {: .lead }\n", "a\n{: .lead }\n\n", '{a="', "*a*{: .lead }", '!!! note "x"\n', '!!! note "x"\n    a\n', '!!! note "x"\n\n    a [b]\n\n',
    '> !!! note "x"\n', "- ", "- a\n", "- a\n\n", "- [ ] a\n", "* + - ", "1. ", "1. a\n", "1. A\n\n", "2. a\n- b\n", "31. a\n\n", "| ", "|", "|a|\n",
    "|a|\n|-|\n", "|a|\n|-|\n|b|\n", "|-", "a|b\n", "\\|", "[^1]", "[^1]: a\n", "[^1]: a\n\n", "[^", "&", "&amp;", "&#1;", "\\", "\\\n", "\\*", "#", "# ",
    "# a\n", "## a #\n", "#a ", "![", "![a]", "![a](b)", "[a](b)", "[a](", "](", "[a][", "[a][b]", "[a]: b\n", "[a]: b\n\n", "[a]:", "[a\\]", "*[A]: x\n",
    "*[A]: x\n\n", "*[", "==a", "a\n=\n", "a\n-\n", "-", "---\n", "-\n", "+ a\n", "^a ", "!!!", ":::", "a\n: b\n\n", ": a\n", '"', "x", "é", "\u00ad",
    "\u0301", "\0", "\2", "\3", "•\ta\n", "a) b\n", "-a\n", "1.a\n", "<b>", "</b>", "<b></b>", "<div>\n\n", "</div>\n", "<p><b>", "<table>", "<br>", '<b a="',
    "<script>", "</script>", "<pre>\n", "<x>", "<a@b.c>", "<https:", "a@b.c ", "[TOC]\n", "- a\n  - b\n", "    a\n", "a  \n", "a\\\n", "tekst og mere ", "<![",
    "**", "_a", "``` ", "{% ", "{# ", "{: #a ", "| a ", "~~", "==", "a@", "http://a ", "\n\n", "\n- a", "\n1. a", "\n> a", "[^a]: x\n\n", "<div>\n", "æ",
]  # fmt: skip # laid out by hand, as a table


def repeated(unit: str, before: str = "", after: str = "") -> Shape:
    """Return texts in which something stands again and again."""
    return lambda length: before + (unit * length)[: length - len(before + after)] + after


def numbered(pattern: str) -> Shape:
    """Return texts in which `{}` is another number each time."""
    return lambda length: "".join(itertools.takewhile(_within(length), (pattern.replace("{}", str(number)) for number in itertools.count())))


def indented(line: str, indent: int) -> Shape:
    """Return texts in which each line is further in than the one above."""
    return lambda length: "\n".join(itertools.takewhile(_within(length), (" " * (indent * depth) + line for depth in itertools.count())))


def _within(length: int) -> Callable[[str], bool]:
    total = 0

    def is_within(text: str) -> bool:
        nonlocal total
        total += len(text) + 1
        return total < length

    return is_within


SHAPES: dict[str, Shape] = {
    **{repr(unit): repeated(unit) for unit in REPEATED},
    **{f"in <div>: {unit!r}": repeated(unit, "<div>\n", "\n</div>") for unit in ("_a ", "<b ", "<?", "&a", "a *", "<!")},
    "other headings": numbered("# h{}\n"),
    "headings like each other": numbered("# h_{}\n# h\n"),
    "link references": numbered("[a{}]: b\n\n[a{}] "),
    "footnotes": numbered("a[^{}]\n\n[^{}]: b\n\n"),
    "unused footnotes": numbered("[^{}]: b\n\n"),
    "abbreviations": numbered("*[A{}]: x\n\nA{}\n\n"),
    "boxes with references": numbered('!!! note "x"\n\n    a [b{}]\n\n[b{}]: c\n\n'),
    "counting": numbered("{}. A\n"),
    "ids": numbered("# a {: #i{} }\n"),
    "attributes": lambda length: "<div " + numbered("a{}=b ")(length) + ">",
    "unknown tags": numbered("<x{}></x{}> "),
    "unknown end tags": numbered("</x{}>"),
    "list in list": indented("- a", 2),
    "numbers in numbers": indented("1. a", 3),
    "box in box": indented('!!! note "a"', 4),
    "quote in quote": lambda length: "\n".join("> " * depth + "a" for depth in range(int(length**0.5))),
    "wide table": lambda length: "|".join(["a"] * (length // 6)) + "\n" + "-|" * (length // 6) + "\n" + "|b" * (length // 6),
    "short rows in a wide table": lambda length: "|a" * int(length**0.5) + "\n" + "|-" * int(length**0.5) + "\n" + "|b|\n" * (length // 4),
    "short rows": lambda length: "|a|b|\n|-|-|\n" + "|b\n" * (length // 3),
    "emphasis in emphasis": lambda length: "*a " * (length // 6) + "a* " * (length // 6),
    "brackets": lambda length: "[" * (length // 2) + "]" * (length // 2),
    "links in links": lambda length: "[" * (length // 6) + "a" + "](b)" * (length // 6),
    "parentheses in a URL": lambda length: "[a](" + "(" * (length // 2) + ")" * (length // 2),
    "runs of backticks": lambda length: " ".join("`" * count for count in range(1, int((2 * length) ** 0.5))),
    "a long URL, used often": lambda length: "[a]: " + "c" * 1900 + "\n\n" + "[a]" * (length // 3),
    "a long title, used often": lambda length: "[a]: c '" + "t" * (length // 2) + "'\n\n" + "[a]" * (length // 6),
    "raw text with a wrong end": lambda length: "{% raw %}\n" * (length // 10) + "endraw",
    "spaces at the end": lambda length: "tekst\n" + " " * length,
    "front matter": lambda length: "---\n" + numbered("a{}: b\n")(length * 3 // 5) + "---\n",
    "front matter with comments": lambda length: "---\n" + numbered("a{}: b # c\n")(length * 3 // 5) + "---\n",
    "front matter with brackets": lambda length: "---\na: " + "[" * length + "\n---\n",
    "front matter with spaces": lambda length: "---\na: " + " " * length + "\n---\n",
    "a long list in front matter": lambda length: "---\na: [" + "b, " * (length // 3) + "]\n---\n",
    "spaces behind a box": lambda length: '!!! note "x"\n    a\n\n!!! note' + " " * length + "x",
    "quotation marks in a call": lambda length: '{{ a("\\" "' + "\\'" * (length // 2) + '") }}',
    "front matter without an end": lambda length: "---\n" + "---x\n" * (length // 5),
}


pytestmark = pytest.mark.usefixtures("no_collector")


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_takes_time_in_step_with_the_length(shape: str) -> None:
    assert growth(parse, SHAPES[shape]) < MAX_GROWTH


FRAMES = [("# A\n\nTekst. ", " mere."), ("| a | b |\n|---|---|\n| ", " | x |"), ("a", "{: #b }")]
FRAMED = [
    "[", "<a ", "</", "<!--", "<![", "*a ", "**", "_a", "`", " ", "{{ ", "{: #a ", "[^1]", "&amp;", "\\", "|", "| a ", "~~", "![", "](", "a@", "http://a ",
    "<b>", "\n\n", "\n- a", "\n> a", "æ",
]  # fmt: skip # laid out by hand, as a table


@pytest.mark.parametrize("frame", FRAMES)
def test_reading_what_is_in_something_else_takes_time_in_step_with_the_length(frame: tuple[str, str]) -> None:
    slow = {unit: found for unit in FRAMED if (found := growth(parse, repeated(unit, *frame))) >= MAX_GROWTH}
    assert slow == {}


CHECKED = [
    *map(repr, [" ", "\t", "[", "{", "{{", "{%", "<!--", "x", "\0", "\u0301", "\n", "- [ ] a\n", "|a|\n|-|\n|b|\n", "[a](b)", "# a\n", "{{ a() }}\n"]),
    *("spaces at the end", "counting", "footnotes", "unused footnotes", "abbreviations", "other headings", "link references", "ids", "wide table"),
    *("list in list", "links in links", "unknown tags"),
]


FIELDS = {
    "a text": 'description: "{}"', "a plain text": "description: {}", "keywords": "keywords: [{}]", "redirects": "redirects: [{}]", "a name": "{}: x",
    "a comment": "description: x # {}", "folded text": "description: >\n  {}", "names": "{}: x\n{}1: y",
}  # fmt: skip # laid out by hand, as a table
IN_FIELDS = [*" axå,.:-#'\\[{&*!|>", "a, ", "a/, ", "a b ", '"a", ', "a: ", "\\u0061", "# ", "\n  ", "\u0301"]
FIELD_LENGTHS = 4_500, 18_000
"""Front matter is not read beyond 20,000 characters."""


def check_of(project: Project, path: str) -> Callable[[str], None]:
    """Return a check of the project with a text as one of its pages; most others are removed, since reading them takes longer."""
    for other in (project.root / "docs").rglob("*.md"):
        if other != project.root / path and other.name not in ("index.md", "soeg.md"):
            other.unlink()
    (project.root / path).unlink()
    others: dict[str, ParsedPage] = {}

    def parser_for(texts: Collection[str]) -> Callable[[str], ParsedPage]:
        return lambda text: others.get(text) or parse(text)

    def parser_that_remembers(texts: Collection[str]) -> Callable[[str], ParsedPage]:
        return lambda text: others.setdefault(text, parse(text))

    def check(text: str, parsers: ParserFactory = parser_for) -> None:
        project.write(path, text)
        found = read_project(project.root, {"SOURCE_DATE_EPOCH": str(EPOCH)}, parser_for=parsers)
        check_project(found, project.root / "docs", MACROS)
        find_warnings(found, project.root / "docs")

    check("", parser_that_remembers)  # so that everything is loaded that is loaded once, the other pages included
    return check


def test_checking_a_page_takes_time_in_step_with_its_length(project: Project) -> None:
    """The page is a guideline, which the most checks look at. 60 kB of spaces at its end once took 46 seconds."""
    path = "docs/retningslinjer/skoler.md"
    head = (project.root / path).read_text(encoding="utf-8").partition("{{ rules(")[0]
    check = check_of(project, path)
    negligible = NEGLIGIBLE + cost_of(check, "")
    slow = {shape: found for shape in CHECKED if (found := growth(lambda text: check(head + text), _below(head, SHAPES[shape]), negligible)) >= MAX_GROWTH}
    assert slow == {}


def test_checking_front_matter_takes_time_in_step_with_its_length(project: Project) -> None:
    path = "docs/retningslinjer/skoler.md"
    body = (project.root / path).read_text(encoding="utf-8").partition("\n---\n")[2]
    check = check_of(project, path)
    negligible = NEGLIGIBLE + cost_of(check, "")
    slow = {}
    for name, unit in itertools.product(FIELDS, IN_FIELDS):

        def shape(length: int, field: str = FIELDS[name], unit: str = unit) -> str:
            return f"---\n{field.replace('{}', unit * (length // len(unit) // field.count('{}')))}\n---\n{body}"

        if (found := growth(check, shape, negligible, *FIELD_LENGTHS)) >= MAX_GROWTH:
            slow[name, unit] = found
    assert slow == {}


def _below(head: str, shape: Shape) -> Shape:
    return lambda length: shape(length - len(head))


@pytest.mark.parametrize("unit", ["a", "a.", "a/", ":", "www.", "https://a", "@", "a@b.c ", "å"])
def test_addresses_in_tables_are_found_in_step_with_their_length(unit: str) -> None:
    def work(text: str) -> None:
        make_tables_scrollable(parse(f"| a |\n|---|\n| {text} |").root)

    assert growth(work, lambda length: (unit * length)[:length]) < MAX_GROWTH


@pytest.mark.parametrize("text", ["\u0301", "a\u0301\u0323", "\u0323\u0301"])
def test_letters_with_many_accents_are_sorted_in_step_with_their_number(text: str) -> None:
    assert growth(danish_order, lambda length: f"a{text * length}"[:length], negligible=0.01) < MAX_GROWTH
