"""Every regular expression takes time in step with the length of what an editor or a reader types."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import partial

import pytest

from kanalstrategi.limits import TooSlowError, time_limit
from tests.support.expressions import CHARACTERS, Expression, expressions, modules, pumps
from tests.support.growth import MAX_GROWTH, cost_of, growth

SHORT, LONG = 1000, 4000
"""The lengths of the texts, in characters. With the square of the length, a text of 100,000 that takes 2 ms here would take a second."""
NEGLIGIBLE = 0.002
NOT_FOR_TEXT = (
    *("kanalstrategi.design.stylesheet: ", "kanalstrategi.publishing.csp: ", "kanalstrategi.publishing.portal.own_scripts: "),
    "kanalstrategi.content.program_words: ",
)
"""The modules whose expressions see only what the program or a developer has written: styles, its pages, and HTML in which all text is escaped."""
TOKENS = ["{{", "{%", "{#", "<!--", "](", "_a ", "a_ ", "**a", "a** ", "1. ", "- a\n", 'a="', "==a", "\n ", " \n"]


pytestmark = pytest.mark.usefixtures("no_collector")


def subjects(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield what comes first, is repeated, and comes last: every kind of character, and what each part of the pattern matches."""
    written = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    own = [character for character in CHARACTERS if (character in written and character not in "()?[]") or f"\\{character}" in written]
    pairs = map("".join, itertools.product(dict.fromkeys([*own[:12], "a", " "]), repeat=2))
    for unit in dict.fromkeys([*CHARACTERS, *TOKENS, *pairs]):
        yield from (("", unit, "\x7fx"), ("\x7f", unit, "\n\n"))
    for before, unit in pumps(written, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags):
        yield from ((before, unit, "\x7f"), ("", unit, "\x7f"), (before, unit, "\n\n"), ("", before + unit, "\x7f"))


def search(expression: Expression, text: str) -> None:
    pattern, method = expression
    subject = text.encode() if isinstance(pattern.pattern, bytes) else text
    replacement = [subject[:0]] if method == "sub" else []
    found = getattr(pattern, method)(*replacement, subject)
    if method == "finditer":
        for _ in found:
            pass


def is_slow(expression: Expression, before: str, unit: str, after: str) -> bool:
    def shape(length: int) -> str:
        return before + unit * (length // len(unit)) + after

    work = partial(search, expression)
    may_never_end = any(cost_of(work, before + unit * count + after) > 0.05 for count in range(16, 40, 3))
    return may_never_end or growth(work, shape, NEGLIGIBLE, SHORT, LONG) >= MAX_GROWTH


def slow_texts(expression: Expression) -> Iterator[str]:
    for before, unit, after in subjects(expression[0]):
        try:
            with time_limit(10, wall_clock=True):  # a timer of CPU time would make its clock tick in steps of milliseconds
                if is_slow(expression, before, unit, after):
                    yield f"{before!r}, then {unit!r} again and again, then {after!r}"
        except TooSlowError:
            yield f"{before!r}, then {unit!r} again and again, then {after!r}: takes more than ten seconds"


@pytest.fixture(scope="module")
def found() -> dict[str, Expression]:
    """The expressions of all modules. Not found when this file is imported, which each worker does."""
    return expressions(modules())


def test_the_expressions_of_all_modules_are_found(found: dict[str, Expression]) -> None:
    patterns = {str(pattern.pattern) for pattern, _ in found.values()}
    for written in (
        *("[- \\txX]{0,3}", "(?:(?!\\{\\{).)*?", "\\*\\*(?!\\*)", "endraw", "Ã[¦¸¥†˜…]", "://|www", "{1,999}", "(?=[^\\n]*--)"),
        *("[1-9][0-9]{0,3}", "\\bab\\b", "[\\s,]+){3}", "beginbfchar", "[0-9]{2,4}/[0-9]{3,}"),  # in a table, put together, given to `re` directly
    ):
        assert any(written in pattern for pattern in patterns), written
    assert len(found) > 200


def test_an_expression_takes_time_in_step_with_the_length(found: dict[str, Expression]) -> None:
    slow = {name: text for name, expression in found.items() if not name.startswith(NOT_FOR_TEXT) and (text := next(slow_texts(expression), ""))}
    assert slow == {}


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"\s+x", r"[^\n]*--", r"a(?:b|bc|b*)*d", r"(?:x|[^\W\d])+!", r"<!--.*-->"])
def test_a_slow_expression_would_be_found(pattern: str) -> None:
    assert next(slow_texts((re.compile(pattern), "search")), "")


@pytest.mark.parametrize("pattern", [r"[a-z]+\.", r"(?:[-_.][a-z0-9]+)*", r"\[[^\]]{0,60}\]"])
def test_a_fast_one_passes(pattern: str) -> None:
    assert [*slow_texts((re.compile(pattern), "match"))] == []
