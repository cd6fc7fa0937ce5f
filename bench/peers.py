"""What is measured, and what each gets: the same pages, menu and Markdown, and our macros as far as it can run them.

A peer's project is derived from one of ours, without what the peer cannot read and nothing more. It has its own theme with its own
search, unchanged, and an environment of its own below `.bench/`; the product depends on none of it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from kanalstrategi.content.navigation import expand_menu
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.markdown.macro_calls import MacroCall, parse_macros
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.macros import Call
from macros import MACROS

HERE = Path(__file__).resolve().parent
MKDOCS = ("mkdocs", "build")
ZENSICAL = ("zensical", "build", "--clean")
OURS = ("kanalstrategi.build.command",)
DOCUMENT = "samlet"
"""Id of the only document, where one is measured."""
EXPANDED = "expanded"
MODULES = {"peer_macros": "mkdocs_macros", "zensical_macros": "zensical"}
"""The folder that a peer's module of macros comes from, with what the module imports."""
PACKAGES = {"material": "mkdocs-material", "to-pdf": "mkdocs-to-pdf"}
"""The package whose version names an environment, where it has another name."""
_TO_PDF = {"to-pdf": {"cover": False, "output_path": f"pdf/{DOCUMENT}.pdf"}}

_EXTENSIONS = """markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc:
      permalink: "#"
      permalink_title: Link til dette afsnit
      slugify: !!python/name:kanalstrategi.danish.slugs.slug
  - peer_extensions:ItemPermalinks
  - peer_extensions:TaskLists
"""
"""What a peer needs for what our own parser reads. The last two are in `python_markdown/`."""


@dataclass(frozen=True)
class Builder:
    """One way to build a site of the same pages."""

    key: str
    name: str
    description: str
    """What it gets, in words."""
    command: tuple[str, ...]
    """After `python -m`."""
    peer: str = ""
    """Its environment, a file in `peers/`; empty for the project's own."""
    macros: str = "peer_macros"
    """The module from which a peer has the macros, or `expanded` if they are expanded before it begins."""
    prune: bool = False
    """Whether each page has only the part of the menu that it lies in: the theme's own setting for big sites."""
    after: str = ""
    """The builder whose tree this one builds again; empty if it begins from nothing."""
    edits: bool = False
    """Whether a page has changed since."""
    published: bool = False
    """Whether it knows where the site will be published."""
    document: bool = False
    """Whether it makes a PDF of all pages."""


_SAME = "the same pages and menu, extensions for what our Markdown has; its own theme and search, unchanged; "
_PLUGIN = _SAME + "our macros by mkdocs-macros, through `bench/mkdocs_macros/`, the reading of all pages counted"
_NATIVE = _SAME + "our macros by its own support of mkdocs-macros, through `bench/zensical/`, the reading of all pages counted"
_EXPANDED = _SAME + "macros expanded in the pages before it began, which is not counted"
_PRUNE = "; `navigation.prune`"

BUILDERS = (
    Builder("ours", "ours", "everything but PDFs, into an empty folder", OURS),
    Builder("ours-again", "ours, again", "the tree that `ours` has built, nothing changed", OURS, after="ours"),
    Builder("ours-edited", "ours, one page changed", "the same, one page with another paragraph", OURS, after="ours", edits=True),
    Builder("ours-published", "ours, with SITE_URL", "as `ours`, and an image of every page for sharing", OURS, published=True),
    Builder("material", "Material", _PLUGIN, MKDOCS, "material"),
    Builder("material-pruned", "Material, pruned", _PLUGIN + _PRUNE, MKDOCS, "material", prune=True),
    Builder("properdocs", "ProperDocs", _PLUGIN, ("properdocs", "build", "-f", "mkdocs.yml"), "properdocs"),
    Builder("zensical", "Zensical", _NATIVE, ZENSICAL, "zensical", "zensical_macros"),
    Builder("zensical-pruned", "Zensical, pruned", _NATIVE + _PRUNE, ZENSICAL, "zensical", "zensical_macros", True),
    Builder("zensical-expanded", "Zensical, pruned, no macros", _EXPANDED + _PRUNE, ZENSICAL, "zensical", EXPANDED, True),
)
PDF_BUILDERS = (
    Builder("ours-pdf", "ours", "the web and one PDF of all pages in the menu", OURS, document=True),
    Builder("ours-web", "ours, no PDF", "the same without the PDF", OURS),
    Builder("to-pdf", "mkdocs-to-pdf", "as Material, its default settings but for the cover, which it leaves out", MKDOCS, "to-pdf", document=True),
    Builder("to-pdf-web", "mkdocs-to-pdf, no PDF", "the same without the PDF", MKDOCS, "to-pdf"),
)
"""Those that make a PDF, each followed by itself without: the difference is what the PDF takes."""


def make_project(builder: Builder, ours: Path, to: Path) -> None:
    """Write what a builder gets into a new folder, from a project of ours without PDFs."""
    shutil.copytree(ours, to)
    configuration = to / "mkdocs.yml"
    project = read_project(to, os.environ)
    if not builder.peer:
        if builder.document:
            _edit(configuration, partial(re.sub, "(?m)^extra:$", f"extra:\n{_document(project)}"))
        return
    _edit(configuration, lambda text: _peer_configuration(text, builder, project))
    for page in to.glob("docs/**/*.md"):
        path = page.relative_to(to / "docs").as_posix()
        if path not in project.parsed_pages:
            page.unlink()  # a template for new pages
            continue
        _edit(page, lambda text: re.sub(r"\n\{\{ download\(.*?\) \}\}", "", _without_template(text)))
        if builder.macros == EXPANDED:
            _edit(page, partial(_expanded, path=path, project=project))
    for folder in ["python_markdown"] + ([] if builder.macros == EXPANDED else [MODULES[builder.macros]]):
        for file in (HERE / folder).glob("*.py"):
            shutil.copy(file, to)


def missing_pages(root: Path) -> list[str]:
    """Return the pages of a built project that are missing, or that lack what their macros should have answered."""
    site = root / "site"
    missing = []
    for path, parsed in read_project(root, os.environ).parsed_pages.items():
        folder = path.removesuffix("index.md") or "./" if path.endswith("index.md") else path.removesuffix(".md")
        page = site / folder / "index.html"
        quotes = sum(call.name == "rules" for call in parsed.calls)
        if not page.is_file() or page.read_text(encoding="utf-8").count('class="quoted-rules"') < quotes:
            missing.append(path)
    return missing


def python_of(builder: Builder, cache: Path) -> Path:
    """Return the Python that runs a builder. Its environment is set up below `cache` if it is not there."""
    if not builder.peer:
        return Path(sys.executable)
    requirements = HERE / "peers" / f"{builder.peer}.txt"
    folder = cache / builder.peer
    python, stamp = folder / "bin" / "python", folder / "installed.txt"
    if not stamp.is_file() or stamp.read_text() != requirements.read_text():
        print(f"Installing {requirements.name} …", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip: list[str | Path] = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps", "-r", requirements]
        subprocess.run(pip, check=True)
        stamp.write_text(requirements.read_text())
    return python


def version_of(peer: str) -> str:
    """Return the name and the pinned version of the package that a peer is named after."""
    package = PACKAGES.get(peer, peer)
    pin = re.search(rf"(?im)^{package}==(.+)$", (HERE / "peers" / f"{peer}.txt").read_text(encoding="utf-8"))
    assert pin, f"peers/{peer}.txt does not pin {package}"
    return f"{package} {pin[1]}"


def _edit(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def _without_template(text: str) -> str:
    """Return a page without the name of our template, which another theme does not have."""
    return re.sub(r"\A(---\n.*?)template: .*?\n", r"\1", text, flags=re.DOTALL) if text.split("---")[1].count("template:") else text


def _expanded(text: str, path: str, project: Project) -> str:
    """Return a page in which every macro call has been answered."""
    call = Call(project.content, project.content.pages[path])
    parts = parse_macros(project.parsed_pages[path].body).parts
    answers = (write_html(MACROS[part.name](call, *part.arguments)).replace("\n", " ") if isinstance(part, MacroCall) else part for part in parts)
    return f"---{text.split('---')[1]}---\n\n{''.join(answers).lstrip()}"


def _document(project: Project) -> str:
    """Return the configuration of a document of all pages."""
    pages = "".join(f"        - {path}\n" for path in project.content.organisation.order if path != "index.md")
    return f"  documents:\n    {DOCUMENT}:\n      name: den samlede udgave\n      opening: index.md\n      pages:\n{pages}"


def _peer_configuration(text: str, builder: Builder, project: Project) -> str:
    """Return the configuration of a project of ours as a peer can read it."""
    theme = {"name": "material", "language": "da", "font": False, "features": ["navigation.prune"] if builder.prune else []}
    nav = yaml.safe_load(_section(text, "nav"))["nav"]
    plugins: list[Any] = [{"search": {"lang": "da"}}]
    if builder.macros != EXPANDED:
        plugins.append({"macros": {"module_name": builder.macros, "on_undefined": "strict", "on_error_fail": True}})
    if builder.document:
        plugins.append(_TO_PDF)
    sections: dict[str, dict[str, Any]] = {
        "nav": {"nav": expand_menu(nav, project.parsed_pages)},
        "theme": {"theme": theme},
        "plugins": {"plugins": plugins},
    }
    for key, value in sections.items():
        text = text.replace(_section(text, key), yaml.safe_dump(value, allow_unicode=True, sort_keys=False) if value else "")
    return f"{text.rstrip()}\n\n{_EXTENSIONS}"


def _section(text: str, key: str) -> str:
    """Return one entry of the configuration's outermost level, as it is written."""
    section = re.search(rf"^{key}:.*\n(?:(?:[ #].*)?\n)*", text, re.MULTILINE)
    assert section, f"mkdocs.yml has no {key}"
    return section.group()
