"""Adds the browser editor to the built site, as `admin/`."""

from __future__ import annotations

import json
import os
import shutil
import string
from collections.abc import Mapping
from html import escape
from pathlib import Path

from kanalstrategi.content.conventions import (
    ACTION_TEMPLATE,
    ANSWER_FOLDER,
    ANSWER_TEMPLATE,
    GUIDELINE_TEMPLATE,
    MATERIAL_FOLDER,
    MATERIAL_TEMPLATE,
    PLAN_FOLDER,
)
from kanalstrategi.content.editing_model import Editing
from kanalstrategi.content.model import Content
from kanalstrategi.content.program_pages import source_of
from kanalstrategi.content.source_files import parse_template
from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.editor.config import GUIDELINE_COLLECTION, allowed_connections, editor_config
from kanalstrategi.editor.download import DECAP, MARKDOWN_IT, has_editor
from kanalstrategi.markdown.nodes import ParsedPage
from kanalstrategi.markdown.parser import parse

LOCAL_EDITING = "LOCAL_EDITING"
"""The environment variable that has a preview save changes in the project's own folder. `serve.py --admin` sets it."""
EDITOR_FOLDER = OVERRIDES / "editor"
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src data:; connect-src 'self' blob:{hosts}; frame-src blob:; base-uri 'none'; form-action 'none'"
)
"""The strictest policy that Decap 3.16.3 works with: it compiles the schema of its configuration (`eval`) and adds styles to the page.
adr/0009 has the measurements."""

_TEMPLATES = {GUIDELINE_COLLECTION: GUIDELINE_TEMPLATE, ANSWER_FOLDER: ANSWER_TEMPLATE, PLAN_FOLDER: ACTION_TEMPLATE, MATERIAL_FOLDER: MATERIAL_TEMPLATE}
"""The templates of the collections in which pages are begun."""


class EditorMissingError(RuntimeError):
    """The editor has not been downloaded yet. The message is in Danish."""


def editing_of(content: Content) -> Editing | None:
    """Return where the editor saves changes: in the project's own folder with `serve.py --admin`, otherwise as set in `mkdocs.yml`."""
    return Editing("proxy") if os.environ.get(LOCAL_EDITING) else content.organisation.editing


def editor_policy(editing: Editing) -> str:
    """Return the Content-Security-Policy of `admin/`."""
    return POLICY.format(hosts="".join(f" {origin}" for origin in allowed_connections(editing)))


def templates_of(docs: Path, content: Content) -> dict[str, ParsedPage]:
    """Return the templates of new pages, keyed by collection: those of the site, or else those of the program in the words of the site."""
    words = content.settings.words
    return {
        name: parse_template(docs, path, [], words=words) if source_of(docs, path, content.folders).is_file() else parse("")
        for name, path in _TEMPLATES.items()
    }


def write_editor(site: Path, content: Content, editing: Editing, *, data: Mapping[str, object], docs: Path, site_name: str, logo: str) -> None:
    """Write the editor into a built site. Raises EditorMissingError.

    `data` is the content of the JSON files that it reads besides its configuration, keyed by name, and `logo` a URL relative to the site's
    root, or empty.
    """
    if not has_editor():
        raise EditorMissingError("mkdocs.yml slår redigering til, men editoren er ikke hentet – kør `python3 scripts/build.py` én gang")
    folder = site / "admin"
    shutil.copytree(DECAP.folder, folder, dirs_exist_ok=True)
    for name, source in {"markdown-it.js": "markdown-it.esm.min.mjs", "markdown-it.LICENSE.txt": "LICENSE"}.items():
        shutil.copy(MARKDOWN_IT.folder / source, folder / name)  # a name that every web server knows the content type of
    shutil.copytree(EDITOR_FOLDER, folder, ignore=shutil.ignore_patterns("index.html", "door.html"), copy_function=shutil.copy, dirs_exist_ok=True)
    for part in (folder, *(child for child in folder.iterdir() if child.is_dir())):
        part.chmod(site.stat().st_mode)  # the downloaded folder is readable by its owner only, but the web server must be able to read it
    config = editor_config(content, editing, templates_of(docs, content), logo)
    (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    for name, content_of_file in data.items():
        (folder / name).write_text(json.dumps(content_of_file, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    page = string.Template((EDITOR_FOLDER / "index.html").read_text(encoding="utf-8"))
    html = page.substitute(policy=escape(editor_policy(editing)), site_name=escape(site_name), icon=escape(f"../{logo}" if logo else "data:,"))
    (folder / "index.html").write_text(html, encoding="utf-8", newline="\n")
