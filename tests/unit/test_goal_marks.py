"""Where the strategy states its goals, they look neither like rules nor as if they were reached, and lead to the figures."""

from __future__ import annotations

from pathlib import Path

from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.nodes import descendants, line_of
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.goal_figures import SENTENCES, project_with_goals


def test_the_goals_are_marked_and_lead_to_how_they_are_going(tmp_path: Path) -> None:
    project = read_project(project_with_goals(tmp_path).root, {})
    content = project.content
    for path, expected in {"strategi/maal.md": [f"maal-{id}" for id in SENTENCES], "maal/index.md": []}.items():
        root = render_page(project.parsed_pages[path], content.pages[path], content, MACROS, files=project.files, assets="assets").root
        assert [node.id for node in descendants(root) if node.has_class("strategy-goal")] == expected
        ways = [node for node in descendants(root) if node.tag == "a" and line_of(node) == "Se, hvordan det går med målene"]
        assert [node.attributes["href"] for node in ways] == (["../../maal/"] if expected else [])
