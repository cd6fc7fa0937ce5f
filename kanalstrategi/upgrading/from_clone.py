"""Makes a site that is only its own of one that is a clone of the program's repository, and loses nothing on the way. No I/O.

A file that the municipality has not changed is the program's, and goes, since it comes with the program. What it has changed is laid on top
of the program where that can be done, and is otherwise kept in a folder of its own. Nothing in `docs/` changes, but that the pages of the
program go that nobody has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kanalstrategi.content.pins import PIN_FILE, Release, pin_files
from kanalstrategi.upgrading.clone_ci import with_installed_program
from kanalstrategi.upgrading.clone_files import is_known, is_unchanged
from kanalstrategi.upgrading.clone_macros import separate_macros
from kanalstrategi.upgrading.clone_settings import CONFIG, without_program_settings
from kanalstrategi.upgrading.clone_theme import separate_theme
from kanalstrategi.upgrading.move import Move, applied, in_free_folder, put_away

DOCS = "docs/"
PROGRAM_FOLDERS = ("kanalstrategi/", "tests/", "bench/")
"""The folders in which everything belonged to the program, also what a municipality added."""
_STAY = ("addresses.txt", "records/", "CODEOWNERS", ".gitignore", ".gitattributes")
"""What is of the site, whether it has been changed or not."""
_FILLED_IN = ("status.md", "regler.md", "tilgaengelighed/erklaering.md")
"""The pages of the program that editors fill in, with what the municipality has decided about them."""
_TEXTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE")
_SEPARATED = ("macros/", "overrides/", ".github/workflows/", ".gitlab-ci.yml", ".pre-commit-config.yaml", CONFIG)
"""What the other modules decide on."""


@dataclass(frozen=True)
class Program:
    """What the installed program has that a clone had beside the site."""

    release: Release
    pages: frozenset[str]
    """The paths of its pages, their images and its templates, as if they lay in `docs/`."""
    macros: frozenset[str]
    """The names of its macros."""


def is_clone(paths: Collection[str]) -> bool:
    """Whether a site with these files has the program beside it."""
    return {"kanalstrategi/__init__.py", "macros/__init__.py", "overrides/theme/main.html"} <= {*paths}


def from_clone(tree: Mapping[str, bytes], program: Program, broken: Collection[str] = ()) -> Move:
    """Return what is done to the files of a clone. `broken` are templates with which the site cannot be built any more."""
    move = without_program_settings(tree.get(CONFIG, b"")) | separate_macros(tree, program.macros) | separate_theme(tree, broken)
    move |= with_installed_program(tree)
    for path, content in tree.items():
        if path.startswith(DOCS):
            move |= _page(path, content, program.pages)
        elif not path.startswith((*_SEPARATED, *_STAY)):
            move |= _beside(path, content)
    pins = pin_files(program.release, has_wheel=True)
    move |= Move({**pins, **({} if applied(tree, move).get("README.md") else {"README.md": _README.encode()})})
    if not program.release.digest:
        task = f"{PIN_FILE}: skriv selv programmets hash i requirements.txt (»pip hash« på wheel-filen viser den), for den kendes ikke her"
        move |= Move(tasks=(task,))
    return in_free_folder(move, tree)


def _page(path: str, content: bytes, shipped: Collection[str]) -> Move:
    """Return the move of a file in `docs/`."""
    name = path.removeprefix(DOCS)
    if name not in shipped or name in _FILLED_IN:
        return Move()
    if is_unchanged(path, content):
        return Move({path: None})
    task = f"{path} træder i stedet for programmets side, fordi I har ændret den: slet den, hvis I hellere vil have programmets"
    return Move(own=(f"{path}: jeres udgave af programmets side",), tasks=(task,) if path.endswith(".md") else ())


def _beside(path: str, content: bytes) -> Move:
    """Return the move of a file beside `docs/` that no other module decides on."""
    if is_unchanged(path, content):
        return Move({path: None})
    if is_known(path):
        if path in _TEXTS:
            return Move(own=(f"{path}: jeres tekst, som kan nævne scripts/, der ikke er der mere",))
        return put_away(path, content, "den hørte til programmet, og I havde rettet i den")
    if path.startswith(PROGRAM_FOLDERS):
        return put_away(path, content, "den lå sammen med programmet, som nu er et andet sted")
    return Move()


_README = """\
# Kommunens kanalstrategi

Her er hjemmesidens tekst (`docs/`) og opsætning (`mkdocs.yml`). Programmet, der bygger den, bliver installeret for sig:

```sh
python3 -m venv .venv
.venv/bin/pip install --require-hashes -r requirements.txt
```

På Windows hedder det `py -m venv .venv` og derefter `.venv\\Scripts\\pip` og `.venv\\Scripts\\kanalstrategi`.

| Kommando | Hvad den gør |
|---|---|
| `.venv/bin/kanalstrategi serve` | viser hjemmesiden, mens du retter den |
| `.venv/bin/kanalstrategi check` | tjekker alle sider uden at bygge |
| `.venv/bin/kanalstrategi build` | bygger hjemmesiden og dens PDF’er i `site/` |
| `.venv/bin/kanalstrategi new` | begynder en ny side |
| `.venv/bin/kanalstrategi upgrade` | skifter til en nyere udgave af programmet og viser forskellen først |
| `.venv/bin/kanalstrategi --help` | viser resten |
"""
