"""Whatever an editor types, a page is read and checked in time that grows in step with its length.

Growth is measured as CPU time of texts of which one is four times as long as the other: in step, it takes four times as long, and
sixteen times if the time grows with the square. So the speed of the machine does not matter.
"""

from __future__ import annotations

import ast
import gc
import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

import kanalstrategi
import macros
from kanalstrategi.checks.runner import check_project
from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.content.project import read_project
from kanalstrategi.danish.alphabet import danish_order
from kanalstrategi.markdown import failed_markup
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.wide_tables import make_tables_scrollable
from macros import MACROS
from tests.support.project import EPOCH, Project

SHORT, LONG = 12_000, 48_000
"""The lengths of the texts, in characters."""
MAX_GROWTH = 10.0
NEGLIGIBLE = 0.05
"""The seconds below which a text is fast enough, and its time could not be compared."""
ROUNDS = 4
"""How often a growth is measured before it counts as too large: other work on the machine can disturb it."""

Shape = Callable[[int], str]
"""Returns a text of about some length."""

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
    "front matter without an end": lambda length: "---\n" + "---x\n" * (length // 5),
}


def cost_of(work: Callable[[str], object], text: str) -> float:
    """Return the seconds of CPU time of some work."""
    start = time.process_time()
    work(text)
    return time.process_time() - start


@pytest.fixture(autouse=True, scope="module")
def no_collector() -> Iterator[None]:
    """Without the garbage collector, which runs when it likes."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def growth(work: Callable[[str], object], shape: Shape, negligible: float = NEGLIGIBLE) -> float:
    """Return how many times as long the long text takes, or 0 if it takes less than a negligible time."""
    found = []
    for _ in range(ROUNDS):
        seconds = cost_of(work, shape(LONG))
        if seconds < negligible:
            return 0.0
        found.append(seconds / cost_of(work, shape(SHORT)))
        if found[-1] < MAX_GROWTH:
            break
    return min(found)


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
    *("spaces at the end", "counting", "footnotes"),
]


def test_checking_a_page_takes_time_in_step_with_its_length(project: Project) -> None:
    """The page is a guideline, which the most checks look at. 60 kB of spaces at its end once took 46 seconds."""
    path = "docs/retningslinjer/skoler.md"
    head = (project.root / path).read_text(encoding="utf-8").partition("{{ rules(")[0]
    for other in (project.root / "docs").rglob("*.md"):  # reading them takes longer than checking one
        if other != project.root / path and other.name not in ("index.md", "soeg.md"):
            other.unlink()

    def check(text: str) -> None:
        project.write(path, head + text)
        found = read_project(project.root, {"SOURCE_DATE_EPOCH": str(EPOCH)})
        check_project(found, project.root / "docs", MACROS)
        find_warnings(found)

    check("")  # so that everything is loaded that is loaded once
    negligible = NEGLIGIBLE + cost_of(check, "")
    slow = {shape: found for shape in CHECKED if (found := growth(check, _below(head, SHAPES[shape]), negligible)) >= MAX_GROWTH}
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


# Regular expressions

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
NOT_FOR_TEXT = ("kanalstrategi.pdf", "kanalstrategi.design", "kanalstrategi.publishing", "kanalstrategi.build")
"""The packages whose expressions see only what the program or a developer has written."""
CHARACTERS = [*"aA1å \t\n\0.,-_*`~#|[](){}<>!?\\/:=\"'&%+^@", "\u00ad", "\u0301"]
TOKENS = ["{{", "{%", "{#", "<!--", "](", "_a ", "a_ ", "**a", "a** ", "1. ", "- a\n", 'a="', "==a", "\n ", " \n"]
EXPRESSION_LENGTHS = 1000, 4000

Expression = tuple[re.Pattern[str] | re.Pattern[bytes], str]
"""A pattern, and the method that it is used with."""


def modules() -> Iterator[str]:
    for package in (kanalstrategi, macros):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(NOT_FOR_TEXT):
                yield module.name


def expressions(name: str) -> Iterator[Expression]:
    """Yield the regular expressions that a module uses, as it uses them."""
    module = importlib.import_module(name)
    assert module.__file__
    compiled = {key: value for key, value in vars(module).items() if isinstance(value, re.Pattern)}
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, ast.Name) and node.value.id in compiled:
            yield compiled[node.value.id], node.attr
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re" and node.func.attr in METHODS:
            flags = re.DOTALL if any(keyword.arg == "flags" for keyword in node.keywords) else re.NOFLAG
            pattern = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            if isinstance(pattern, str):
                yield re.compile(pattern, flags), node.func.attr
            if isinstance(pattern, bytes):
                yield re.compile(pattern, flags), node.func.attr


def all_expressions() -> dict[str, Expression]:
    found = [*itertools.chain.from_iterable(map(expressions, modules())), *((pattern, "finditer") for _, pattern, _, _ in failed_markup.PATTERNS)]
    used = {pattern for pattern, _ in found}
    for module in map(importlib.import_module, modules()):  # those that are used by another name
        found += [(value, "finditer") for value in vars(module).values() if isinstance(value, re.Pattern) and value not in used]
    return {f"{pattern.pattern!r}.{method}": (pattern, method) for pattern, method in found}


def units_for(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[str]:
    """Return what is repeated to keep an expression busy: every kind of character, and pairs of those that the expression has."""
    written = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    own = [character for character in CHARACTERS if (character in written and character not in "()?[]") or f"\\{character}" in written]
    pairs = map("".join, itertools.product(dict.fromkeys([*own[:12], "a", " "]), repeat=2))
    return list(dict.fromkeys([*CHARACTERS, *TOKENS, *pairs]))


def search(expression: Expression, text: str) -> None:
    pattern, method = expression
    subject = text.encode() if isinstance(pattern.pattern, bytes) else text
    replacement = [subject[:0]] if method == "sub" else []
    found = getattr(pattern, method)(*replacement, subject)
    if method == "finditer":
        for _ in found:
            pass


EXPRESSIONS = all_expressions()


def test_the_expressions_of_all_modules_are_found() -> None:
    patterns = {str(pattern.pattern) for pattern, _ in EXPRESSIONS.values()}
    for written in ("[ \\txX]{0,3}", "(?:(?!\\{\\{).)*?", "\\*\\*(?!\\*)", "endraw", "Ã[¦¸¥†˜…]", "://|www", "{1,999}", "(?=[^\\n]*--)"):
        assert any(written in pattern for pattern in patterns), written
    assert len(patterns) > 100


def test_an_expression_takes_time_in_step_with_the_length() -> None:
    """A text of 100,000 characters that takes time with the square of its length would take a minute."""
    slow = {}
    for name, expression in EXPRESSIONS.items():
        work = partial(search, expression)
        for unit, (before, after) in itertools.product(units_for(expression[0]), (("", "\x7fx"), ("\x7f", "\n\n"))):
            short, long = (before + unit * (length // len(unit)) + after for length in EXPRESSION_LENGTHS)
            for _ in range(ROUNDS):
                if (cost := cost_of(work, long)) < 0.002 or cost < MAX_GROWTH * cost_of(work, short):
                    break
            else:
                slow[name] = f"{before + unit!r}, repeated, takes {cost * 1000:.1f} ms"
    assert slow == {}
