"""A site may call a strategy and a department something else; the program says everything in its words, and nothing else is changed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.content.settings_model import DEFAULT_WORDS, Words
from kanalstrategi.danish.nouns import DEPARTMENT, STRATEGY, Noun, inflected
from kanalstrategi.editor.phrases import PHRASES
from tests.support.project import ROOT

OWN_WORD = re.compile(r"\b(?:kanal)?strategi(?:ens?|er|erne|ernes|s)?\b(?![-/.])|fagområde", re.IGNORECASE)
SAID_LATER = {
    # Tables whose texts are said where they are shown.
    *("content/data_fields_strategy.py", "content/data_fields_work.py", "content/task_kind_words.py", "content/task_summary.py", "editor/phrases.py"),
    *("content/goal_facts.py", "content/goals.py", "content/tasks.py", "search/opensearch.py", "macros/citizens.py", "macros/coverage.py"),
    *("content/units.py", "macros/overviews.py", "macros/open_data.py", "rendering/committee_paper.py", "editor/config.py", "danish/nouns.py"),
    # Names of folders, files, ids and of the program.
    *("content/conventions.py", "content/news.py", "content/organisation.py", "content/progress.py", "danish/lexicon.py", "design/web_font.py"),
    *("build/macros_plugin.py", "build/messages.py", "build/pdf_jobs.py", "build/up_to_date.py", "cli/issue_api.py", "cli/main.py", "cli/remind.py"),
    *("pdf/engine.py", "content/code_owners.py", "content/folders.py", "content/pins.py", "cli/spoken_commands.py", "cli/step_files.py", "cli/verify.py"),
    *("cli/upgrade.py", "cli/upgrade_build.py", "upgrading/clone_ci.py", "upgrading/report.py", "verification/outward.py", "verification/rebuild.py"),
    *("content/mkdocs_settings.py", "word/strategy.py"),
    # The help of commands, which are the same in every municipality.
    *("cli/answers.py", "cli/edition.py", "cli/new_edition.py", "cli/new_page.py", "cli/progress.py", "cli/structure.py"),
    # What begins a site that has no words of its own yet, or is said in `starter/site_files.py` in those that were answered.
    *("cli/new_site.py", "starter/questions.py", "starter/site_files.py", "upgrading/from_clone.py"),
    # The portal is of many municipalities.
    *("cli/portal.py", "publishing/portal/front_page.py", "publishing/portal/sites.py"),
}


def words(strategy: str, department: str) -> Words:
    return Words(inflected(strategy) or STRATEGY, inflected(department) or DEPARTMENT)


@pytest.mark.parametrize(
    ("text", "policy", "codex"),
    [
        ("Strategien om ", "Politikken om ", "Kodekset om "),
        ("Strategiens mål", "Politikkens mål", "Kodeksets mål"),
        ("Kanalstrategien", "Politikken", "Kodekset"),
        ("en ny strategi er i høring", "en ny politik er i høring", "et nyt kodeks er i høring"),
        ("skal hvert fagområde se, om dets afsnit", "skal hver afdeling se, om dens afsnit", "skal hvert center se, om dets afsnit"),
        ("et andet fagområde", "en anden afdeling", "et andet center"),
        ("Fagområdernes frist", "Afdelingernes frist", "Centrenes frist"),
        ("alle fagområder", "alle afdelinger", "alle centre"),
        ("borgerne", "borgerne", "borgerne"),
    ],
)
def test_texts_are_said_in_the_right_form(text: str, policy: str, codex: str) -> None:
    assert words("politik", "afdeling").say(text) == policy
    assert words("kodeks", "center").say(text) == codex
    assert DEFAULT_WORDS.say(text) == text


def test_compounds_are_inflected_as_their_last_part() -> None:
    assert inflected("webpolitik") == Noun("webpolitik", "webpolitikken", "webpolitikker", "webpolitikkerne")
    assert inflected("fagcenter") == Noun("fagcenter", "fagcenteret", "fagcentre", "fagcentrene", is_neuter=True)
    assert inflected("klynge") is None


@given(st.text(max_size=80))
def test_what_names_neither_is_never_changed(text: str) -> None:
    said = words("politik", "afdeling").say(text)
    if not re.search(r"strategi|fagområde", text, re.IGNORECASE):
        assert said == text


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((*(ROOT / "kanalstrategi").rglob("*.py"), *(ROOT / "macros").glob("*.py"))):
        name = file.relative_to(ROOT).as_posix().removeprefix("kanalstrategi/")
        yield name, ast.parse(file.read_text(encoding="utf-8"))


def _said(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (getattr(node.func, "attr", "") == "say" or getattr(node.func, "id", "") == "say"):
            yield node


def test_only_texts_of_the_program_are_said() -> None:
    """A text that is filled in already has words of editors in it, which are theirs."""
    wrong = [f"{name}:{call.lineno}" for name, tree in _modules() for call in _said(tree) if any(isinstance(part, ast.JoinedStr) for part in call.args)]
    assert wrong == []


def test_every_text_that_names_a_strategy_or_a_department_is_said() -> None:
    found = []
    for name, tree in _modules():
        if name in SAID_LATER:
            continue
        known = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        known |= {id(part) for call in _said(tree) for part in ast.walk(call)}
        known |= {id(part) for call in ast.walk(tree) if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "map" for part in ast.walk(call)}
        texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known)
        found += [f"{name}:{text.lineno}: {text.value!r}" for text in texts if OWN_WORD.search(str(text.value))]
    assert found == []


def test_the_phrases_of_the_editor_are_those_of_its_scripts() -> None:
    scripts = [file.read_text(encoding="utf-8") for file in (ROOT / "overrides" / "editor").rglob("*.js")]
    for phrase in PHRASES:
        assert any(f'"{phrase}"' in script for script in scripts), phrase
    quoted = {text for script in scripts for text in re.findall(r'"([^"\n]*)"', script) if OWN_WORD.search(text)}
    assert quoted <= {*PHRASES}, quoted - {*PHRASES}


def test_templates_of_the_theme_name_neither() -> None:
    pages = [file for pattern in ("*.html", "*.typ") for file in (ROOT / "overrides").rglob(pattern)]
    assert pages and [file.name for file in pages if OWN_WORD.search(_without_names(file))] == []


def _without_names(file: Path) -> str:
    return re.sub(r"kanalstrategi\.\w+|\{#.*?#\}|/\*.*?\*/|//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
