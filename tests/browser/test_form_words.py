"""What the checks say, in the words of the form: whoever sees labels is told of labels. The functions of the editor in real Chromium."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Browser

from kanalstrategi.checks.browser_rules import browser_rules
from kanalstrategi.content.project import read_project
from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.editor.config import fields
from macros import MACROS
from tests.support.project import ROOT
from tests.support.servers import serving

OF_FILES_AND_TEXT = {"syntax", "calls", "links", "files", "measurements", "numbers"}
"""The groups of wordings that are not about the fields of a page."""
FROM_OUTSIDE = {("page", "no_fields"), ("page", "unknown_key"), ("page", "misplaced_key"), ("board", "misplaced"), ("statement", "misplaced")}
"""What a form cannot cause: it has only the fields that its page may have."""
SAY = """async ([url, wordings, collections, problems]) => {
    const {formWords, labelsOf} = await import(`${url}form-words.js`);
    const say = formWords(wordings, labelsOf(collections));
    return problems.map(problem => say(problem));
}"""


def test_nothing_that_a_form_can_cause_is_told_with_the_name_of_a_key(browser: Browser) -> None:
    project = read_project(ROOT, {})
    collections: list[Any] = [{"fields": fields(path, project.content)} for path in project.content.pages]
    wordings = browser_rules(project, MACROS)["wordings"]
    keys = {field["name"] for one in collections for outer in one["fields"] for field in [outer, *outer.get("fields", [])] if "label" in field}
    kinds = [(group, kind) for group, words in wordings.items() for kind in words if group not in OF_FILES_AND_TEXT and (group, kind) not in FROM_OUTSIDE]
    kinds.remove(("goal", "bad_target"))  # which says what another one does
    problems = [dict(zip(("message", "hint"), map(_filled, wordings[group][kind]), strict=True)) for group, kind in kinds]
    with serving(OVERRIDES / "editor") as url:
        page = browser.new_page()
        page.goto(f"{url}danish.js")
        told = page.evaluate(SAY, [url, wordings, collections, problems])
        page.close()
    assert len(told) > 30
    as_names = re.compile(rf"(?<![\w»$-])({'|'.join(sorted(keys))})(?![\w«-])|`|---|\blinjen\b")
    assert [one for one in told if as_names.search(f"{one['message']} {one['hint']}")] == []
    assert {"message": "datoen i »Gennemgås senest« ligger før datoen i »Gennemgået«", "hint": "ret en af de to", "isMacro": False} in told


def test_a_long_list_of_names_is_left_out_and_what_was_typed_stays_as_it_was(browser: Browser) -> None:
    project = read_project(ROOT, {})
    collections: list[Any] = [{"fields": fields(path, project.content)} for path in project.content.pages]
    wordings = browser_rules(project, MACROS)["wordings"]
    problems = [
        {"message": "makroen navn findes ikke", "hint": f"vælg en af: {', '.join(MACROS)}"},
        {"message": "ikonet status findes ikke", "hint": "brug et navn som `material/phone-outline`"},
        {"message": "noget helt andet om review_by", "hint": "gør noget"},
    ]
    with serving(OVERRIDES / "editor") as url:
        page = browser.new_page()
        page.goto(f"{url}danish.js")
        told = page.evaluate(SAY, [url, wordings, collections, problems])
        page.close()
    assert told == [
        {"message": "makroen navn findes ikke", "hint": "ret navnet, eller slet det", "isMacro": True},
        {"message": "ikonet status findes ikke", "hint": "brug et navn som »material/phone-outline«", "isMacro": False},
        {"message": "noget helt andet om review_by", "hint": "gør noget", "isMacro": False},
    ]


def _filled(text: str) -> str:
    return re.sub(r"\$([a-z_]+)", lambda found: "review_by" if found.group(1) in ("key", "missing") else "2026-13-01", text)
