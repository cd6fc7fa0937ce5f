"""Two other searches, with their default settings: Material's own, and Pagefind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as DocsPage
from playwright.sync_api import Browser

from kanalstrategi.build.program_files import add_program_pages
from kanalstrategi.content.conventions import MACRO_GUIDE
from kanalstrategi.content.project import read_project
from kanalstrategi.danish.slugs import slug
from tests.support.browser import visiting
from tests.support.project import ROOT
from tests.support.search_cases import SHOWN

MACROS = {"module_name": "bench/mkdocs_macros/peer_macros", "on_error_fail": True, "on_undefined": "strict"}
"""Settings of mkdocs-macros, which runs our macros by itself here."""

EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    {"toc": {"permalink": "#", "slugify": slug}},
    "bench.python_markdown.peer_extensions:ItemPermalinks",
    "bench.python_markdown.peer_extensions:TaskLists",
]  # fmt: skip # one line per name would fill half a page
"""What Python-Markdown needs to read our pages."""

PROMPT = "Indtast søgeord"
STATUS = "document.querySelector('.md-search-result__meta').textContent.trim()"
MATERIAL_RESULTS = "(list, shown) => [...list.children].slice(0, shown).map(page => page.querySelector('a').href)"
PAGEFIND_RESULTS = """async ([queries, shown]) => {
  const pagefind = await import("/pagefind/pagefind.js")
  const answers = []
  for (const query of queries) {
    const { results } = await pagefind.search(query)
    const pages = await Promise.all(results.slice(0, shown).map(result => result.data()))
    answers.push(pages.map(({ url }) => url.slice(1)))
  }
  return answers
}"""


class StockPages(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # it has no settings, and MkDocs no types
    """Gives the stock theme the pages that come with the program, too, and keeps the names of our templates from it."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        project = read_project(ROOT, {})
        pages = tuple(path for path in project.program.pages if path != MACRO_GUIDE)  # its examples are from another site
        add_program_pages(files, config, replace(project.program, pages=pages), project.content.folders)

    def on_page_markdown(self, markdown: str, *, page: DocsPage, **_: Any) -> None:
        page.meta.pop("template", None)  # the stock theme has none of ours


def ask_material(browser: Browser, folder: Path, queries: Sequence[str]) -> list[list[str]]:
    """Return the answers of Material's own search to each query: site-relative URLs, the best first."""
    _build_with_stock_theme(folder)
    with visiting(browser, folder) as page:
        page.goto("")
        field = page.locator(".md-search__input")
        field.click()

        def enter(text: str) -> None:
            field.fill(text)
            field.dispatch_event("keyup")  # which is what the theme listens to

        answers = []
        for query in queries:
            enter("")  # so that a change of the status means that the query has been answered
            page.wait_for_function(f"prompt => {STATUS} === prompt", arg=PROMPT, polling=10)  # milliseconds
            enter(query)
            page.wait_for_function(f"prompt => {STATUS} !== prompt", arg=PROMPT, polling=10)
            answers.append(page.locator(".md-search-result__list").evaluate(MATERIAL_RESULTS, SHOWN))
        root = page.evaluate("location.origin + '/'")
    return [[url.removeprefix(root) for url in urls] for urls in answers]


def ask_pagefind(browser: Browser, folder: Path, queries: Sequence[str], *, site: Path, python: str = sys.executable) -> list[list[str]]:
    """Return the answers of Pagefind to each query, from its index of a built site."""
    command: list[str | Path] = [python, "-m", "pagefind", "--site", site, "--output-path", folder / "pagefind", "--silent"]
    subprocess.run(command, check=True)
    (folder / "index.html").touch()
    with visiting(browser, folder) as page:
        page.goto("")
        answers: list[list[str]] = page.evaluate(PAGEFIND_RESULTS, [list(queries), SHOWN])
    return answers


def _build_with_stock_theme(folder: Path) -> None:
    config = load_config(
        str(ROOT / "mkdocs.yml"),
        site_dir=str(folder),
        theme={"name": "material", "language": "da", "font": False},
        plugins=[{"search": {"lang": "da"}}, {"macros": MACROS}],
        markdown_extensions=EXTENSIONS,
        hooks=[],
        extra_css=[],
    )
    config.plugins["stock-pages"] = StockPages()
    build(config)
