"""Every regular expression of the browser scripts takes time in step with the length of what an editor or a reader types."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from kanalstrategi.checks.browser_rules import PATTERNS, in_javascript
from tests.support.expressions import CHARACTERS, pumps
from tests.support.growth import IN_STEP, MAX_GROWTH, ROUNDS
from tests.support.js_expressions import js_expressions
from tests.support.project import ROOT

SHORT, LONG = 5000, 20_000
"""The lengths of the texts, in characters."""
SCANNED = ("delimiter", "endraw", "stray", "string_or_rest", "bare_word", "short_markup")
"""The patterns that all matches are looked for of; the others are tried at one place."""
_IN_PYTHON = {r"\p{L}": r"\w", r"\p{N}": r"\d", r"\p{P}": ".,!?", r"\p{M}": "\u0301", r"\p{Cf}": "\u00ad", r"\p{Lu}": "A", r"\p{Ll}": "a"}

SEARCH = f"""([source, flags, subjects]) => {{
  const pattern = new RegExp(source, flags);
  const milliseconds = (text) => {{
    const start = performance.now();
    flags.includes("g") ? text.replace(pattern, "") : pattern.exec(text);
    return performance.now() - start;
  }};
  return subjects.find(([before, unit, after]) => {{
    const text = (length) => before + unit.repeat(Math.ceil(length / unit.length)) + after;
    if (milliseconds(text(25)) > 50) return true; // it may never end
    let long = Infinity, short = Infinity;
    for (let round = 0; round < {ROUNDS}; round++) {{
      long = Math.min(long, milliseconds(text({LONG})));
      if (long < 4) return false;
      short = Math.min(short, milliseconds(text({SHORT})));
      if (long < {IN_STEP} * short) return false;
    }}
    return long >= {MAX_GROWTH} * short;
  }}) ?? null;
}}"""


def subjects(source: str) -> list[tuple[str, str, str]]:
    """Return what comes first, is repeated, and comes last."""
    for written, instead in _IN_PYTHON.items():
        source = source.replace(written, instead)
    own = [("", character, after) for character in CHARACTERS for after in ("\x7fx", "\n\n")]
    return [*own, *((start, unit, "\x7f") for before, unit in pumps(source) for start in dict.fromkeys([before, ""]))]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def slow_text(page: Page, source: str, flags: str, in_python: str = "") -> list[str] | None:
    found: list[str] | None = page.evaluate(SEARCH, [source, flags, subjects(in_python or source)])
    return found


def test_an_expression_of_a_browser_script_takes_time_in_step_with_the_length(page: Page) -> None:
    scripts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "overrides").rglob("*.js"))]
    expressions = dict.fromkeys(found for script in scripts for found in js_expressions(script))
    assert len(expressions) > 50
    slow = {f"/{source}/{flags}": found for source, flags in expressions if (found := slow_text(page, source, flags))}
    assert slow == {}


def test_the_patterns_that_come_from_python_take_time_in_step_with_the_length(page: Page) -> None:
    slow = []
    for name, pattern in PATTERNS.items():
        source, flags = in_javascript(pattern).values()
        slow += [
            name
            for anchored in ({f"^(?:{source})": flags} | ({source: f"{flags}g"} if name in SCANNED else {})).items()
            if slow_text(page, *anchored, pattern.pattern)
        ]
    assert slow == []


def test_a_slow_expression_would_be_found(page: Page) -> None:
    assert slow_text(page, r"(a+)+$", "")
    assert slow_text(page, r"^.*?(?=[ \t]+#|[ \t]*$)", "s")
    assert not slow_text(page, r"^\s+|,", "g")


def test_all_expressions_in_a_script_are_found() -> None:
    script = r"""
      const a = 1 / 2 / 3; // not /this/
      const PART = /[/"]x+/.source;
      const b = new RegExp(`(?:${PART})-`, "gu");
      f(`${a.replace(/\//g, () => `}${/c}/u.test("/d/")}`)}`) / 2; return /e/;
    """
    assert js_expressions(script) == [('[/"]x+', ""), (r"\/", "g"), ("c}", "u"), ("e", ""), ('(?:[/"]x+)-', "gu")]
