"""What is measured, and what each is given: the same pages, menu and Markdown, and our macros as far as it can run them.

A peer's project is made from one of ours, so that nothing is left out of it but what the peer cannot read. It has its theme as
it comes, with its own search, and an environment of its own below `.bench/`; nothing in the product depends on it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from kanalstrategi.content.navigation import expand_menu
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.markdown.macro_calls import expand_macros
from kanalstrategi.rendering.macros import Call
from macros import MACROS

HERE = Path(__file__).resolve().parent
MKDOCS = ("mkdocs", "build")
ZENSICAL = ("zensical", "build", "--clean")
OURS = (*MKDOCS, "--strict")
DOCUMENT = "samlet"
_TO_PDF = {"to-pdf": {"cover": False, "output_path": f"pdf/{DOCUMENT}.pdf"}}


@dataclass(frozen=True)
class Builder:
    """One way to build a site of the same pages."""

    key: str
    name: str
    given: str
    """What it was given, in words."""
    command: tuple[str, ...]
    """After `python -m`."""
    peer: str = ""
    """Its environment, a file in `peers/`; empty where it is the project's own."""
    macros: str = "plugin"
    """How a peer runs the macros: by mkdocs-macros, by its own support of it, or `expanded` before it begins."""
    prune: bool = False
    """Only the part of the menu on each page that it lies in: the theme's own remedy for big sites."""
    after: str = ""
    """The builder whose tree this one builds again; empty where it begins from nothing."""
    edits: bool = False
    """Whether a page has changed since."""
    published: bool = False
    """Whether it is told where the site will be published."""
    document: bool = False
    """Whether it makes a PDF of all pages."""


_SAME = "the same pages and menu, our Markdown extensions; its theme and search as they come; "
_PLUGIN = _SAME + "our macros by mkdocs-macros, whose reading of all pages counts"
_NATIVE = _SAME + "our macros by its own support of mkdocs-macros, through `bench/zensical/`, the reading of all pages counted"
_EXPANDED = _SAME + "macros expanded in the pages before it began, which is not counted"
_PRUNE = "; `navigation.prune`"

BUILDERS = (
    Builder("ours", "ours", "everything but PDFs, into an empty folder", OURS),
    Builder("ours-again", "ours, again", "the tree that `ours` has built, nothing changed", OURS, after="ours"),
    Builder("ours-edited", "ours, one page changed", "the same, a paragraph more on one page", OURS, after="ours", edits=True),
    Builder("ours-published", "ours, with SITE_URL", "as `ours`, and a sharing picture of every page", OURS, published=True),
    Builder("material", "Material", _PLUGIN, MKDOCS, "material"),
    Builder("material-pruned", "Material, pruned", _PLUGIN + _PRUNE, MKDOCS, "material", prune=True),
    Builder("properdocs", "ProperDocs", _PLUGIN, ("properdocs", "build", "-f", "mkdocs.yml"), "properdocs"),
    Builder("zensical", "Zensical", _NATIVE, ZENSICAL, "zensical", "zensical_macros"),
    Builder("zensical-pruned", "Zensical, pruned", _NATIVE + _PRUNE, ZENSICAL, "zensical", "zensical_macros", True),
    Builder("zensical-expanded", "Zensical, pruned, no macros", _EXPANDED + _PRUNE, ZENSICAL, "zensical", "expanded", True),
)
PDF_BUILDERS = (
    Builder("ours-pdf", "ours", "the web and one PDF of all pages in the menu", OURS, document=True),
    Builder("ours-web", "ours, no PDF", "the same without the PDF", OURS),
    Builder("to-pdf", "mkdocs-to-pdf", "as Material, its settings as they come but for the cover, which it leaves out", MKDOCS, "to-pdf", document=True),
    Builder("to-pdf-web", "mkdocs-to-pdf, no PDF", "the same without the PDF", MKDOCS, "to-pdf"),
)
"""Those that make a PDF, each before itself without: the difference is what the PDF takes."""


def make_project(builder: Builder, ours: Path, to: Path) -> None:
    """Write what a builder is given into a new folder, from a project of ours without PDFs."""
    shutil.copytree(ours, to)
    configuration = to / "mkdocs.yml"
    project = read_project(to, os.environ)
    if not builder.peer:
        if builder.document:
            _edit(configuration, partial(re.sub, "(?m)^extra:$", f"extra:\n{_document(project)}"))
        return
    _edit(configuration, lambda text: _for_a_peer(text, builder, project))
    for page in to.glob("docs/**/*.md"):
        path = page.relative_to(to / "docs").as_posix()
        if path not in project.parsed_pages:
            page.unlink()  # what new pages are begun from
            continue
        _edit(page, lambda text: re.sub(r"\n\{\{ download\(.*?\) \}\}", "", _without_template(text)))
        if builder.macros == "expanded":
            _edit(page, lambda text: _expanded(text, path, project))
    for file in HERE.glob("zensical/*.py"):
        shutil.copy(file, to)


def unmade(root: Path) -> list[str]:
    """The pages of a built project that are not there, or stand there without what their macros should have made."""
    site = root / "site"
    found = []
    for path, source in read_project(root, os.environ).parsed_pages.items():
        folder = path.removesuffix("index.md") or "./" if path.endswith("index.md") else path.removesuffix(".md")
        page = site / folder / "index.html"
        wanted = sum(call.name == "rules" for call in source.macro_text.calls)
        if not page.is_file() or page.read_text(encoding="utf-8").count('class="quoted-rules"') < wanted:
            found.append(path)
    return found


def _edit(file: Path, change: Any) -> None:
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def _without_template(text: str) -> str:
    """A page without the name of our template, which a stock theme does not have."""
    return re.sub(r"\A(---\n.*?)template: .*?\n", r"\1", text, flags=re.DOTALL) if text.split("---")[1].count("template:") else text


def _expanded(text: str, path: str, project: Project) -> str:
    """A page in which every call of a macro has been answered."""
    call = Call(project.content, project.content.pages[path])
    body = expand_macros(project.parsed_pages[path].macro_text, {name: partial(macro, call) for name, macro in MACROS.items()})
    return f"---{text.split('---')[1]}---\n\n{body.lstrip()}"


def _document(project: Project) -> str:
    pages = "".join(f"        - {path}\n" for path in project.content.organisation.order if path != "index.md")
    return f"  documents:\n    {DOCUMENT}:\n      name: den samlede udgave\n      opening: index.md\n      pages:\n{pages}"


def _for_a_peer(text: str, builder: Builder, project: Project) -> str:
    """The configuration of a project of ours as a peer can read it."""
    theme = {"name": "material", "language": "da", "font": False, "features": ["navigation.prune"] if builder.prune else []}
    nav = yaml.safe_load(_section(text, "nav"))["nav"]
    plugins: list[Any] = [{"search": {"lang": "da"}}]
    if builder.macros != "expanded":
        plugins.append({"macros": {"module_name": "macros" if builder.macros == "plugin" else builder.macros, "on_undefined": "strict"}})
        plugins[-1]["macros"]["on_error_fail"] = True
    if builder.document:
        plugins.append(_TO_PDF)
    made = {
        "nav": {"nav": expand_menu(nav, project.parsed_pages)},
        "theme": {"theme": theme},
        "plugins": {"plugins": plugins},
        "hooks": {},
        "watch": {},
        "exclude_docs": {},
    }
    for key, value in made.items():
        text = text.replace(_section(text, key), yaml.safe_dump(value, allow_unicode=True, sort_keys=False) if value else "")
    extensions = "  - overrides.permalinks:ItemPermalinks\n  - overrides.decisions:Decisions\n"
    text = text.replace("      permalink: \"#\"\n", "      permalink: \"#\"\n      slugify: !!python/name:macros.source.slug\n")
    return text.replace(_section(text, "markdown_extensions"), _section(text, "markdown_extensions").rstrip("\n") + f"\n{extensions}\n")


def _section(text: str, key: str) -> str:
    """One entry of the configuration's outermost level, as it is written."""
    found = re.search(rf"^{key}:.*\n(?:(?:[ #].*)?\n)*", text, re.MULTILINE)
    assert found, f"mkdocs.yml has no {key}"
    return found.group()


def environment_of(builder: Builder, cache: Path) -> Path:
    """The Python that runs a builder, with what it needs installed."""
    if not builder.peer:
        return Path(sys.executable)
    wanted = HERE / "peers" / f"{builder.peer}.txt"
    folder = cache / builder.peer
    python, stamp = folder / "bin" / "python", folder / "installed.txt"
    if not stamp.is_file() or stamp.read_text() != wanted.read_text():
        print(f"Installing {wanted.name} …", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps", "-r", wanted]
        subprocess.run(pip, check=True)
        stamp.write_text(wanted.read_text())
    return python


def version_of(peer: str) -> str:
    """The pinned version of the package that a peer is named by."""
    package = {"material": "mkdocs-material", "to-pdf": "mkdocs-to-pdf"}.get(peer, peer)
    pins = (HERE / "peers" / f"{peer}.txt").read_text(encoding="utf-8")
    return f"{package} {re.search(rf'(?im)^{package}==(.+)$', pins)[1]}"  # type: ignore[index]
