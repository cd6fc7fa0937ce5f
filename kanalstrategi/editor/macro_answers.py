"""Lists what the macro calls of each page are answered with, for the browser, which shows pages beside their fields without a server of ours."""

from __future__ import annotations

import json

from kanalstrategi.content.editions import is_open
from kanalstrategi.content.project import Project
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.macros import Call, MacroRegistry


def macro_answers(project: Project, registry: MacroRegistry, site_url: str) -> dict[str, dict[str, str]]:
    """Return the HTML of the answers on each page that may be edited, keyed by the page's path and by the call: its name and arguments as JSON.

    `site_url` is the URL of the published site, or empty if it is not known.
    """
    answers: dict[str, dict[str, str]] = {}
    for content in (project.content, *filter(is_open, project.content.editions)):
        for path, page in content.pages.items():
            call = Call(content, page, site_url)
            answers[path] = {
                json.dumps([known.name, *known.arguments], ensure_ascii=False, separators=(",", ":")): write_html(registry[known.name](call, *known.arguments))
                for known in project.parsed_pages[path].calls
            }
    return answers
