"""Imports go downwards only, and in no circle; MkDocs is known to `build` alone. CONTRIBUTING.md has the picture."""

from __future__ import annotations

import ast
import graphlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = (
    {"scripts"},
    {"bench"},
    {"macros"},
    {"__main__"},
    {"build", "cli"},
    {"verification"},
    {"search", "publishing", "pdf", "editor", "checks", "word", "starter", "upgrading", "site_macros"},
    {"rendering"},
    {"content"},
    {"sanitizing"},
    {"markdown"},
    {"limits", "incoming_text", "file_system"},
    {"danish", "design", "diagnostics", "operating_system", "suggestions"},
)
"""From the top. Packages in the same layer do not import each other."""
RANK = {package: rank for rank, layer in enumerate(LAYERS) for package in layer}
MAX_LINES = 400


@cache
def modules() -> dict[str, Path]:
    """All modules of the program, by dotted name."""
    files = (file for folder in ("kanalstrategi", "macros", "bench", "scripts") for file in (ROOT / folder).rglob("*.py"))
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


@cache
def parsed(file: Path) -> ast.Module:
    """The syntax tree of a module, which most tests here look at."""
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports(file: Path) -> tuple[tuple[str, bool], ...]:
    """Every module or name that a file imports, dotted, and whether it does so when it is run, and not for types alone."""
    return tuple(_imports(file))


def _imports(file: Path) -> Iterator[tuple[str, bool]]:
    tree = parsed(file)
    for_types = {id(node) for test in ast.walk(tree) if isinstance(test, ast.If) and "TYPE_CHECKING" in ast.dump(test.test) for node in ast.walk(test)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) not in for_types) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # The shared macros have one name in a clone and another in a wheel, so they name each other without it.
            assert node.level == 0 or file.parent == ROOT / "macros", f"{file} imports relatively"
            module = f"macros.{node.module}" if node.level else node.module
            yield from ((f"{module}.{alias.name}", id(node) not in for_types) for alias in node.names)


def package_of(module: str) -> str:
    """`build` of `kanalstrategi.build.plugin`, `macros` of `macros.quotes`; empty for what is not ours."""
    first, *rest = module.split(".")
    if first == "kanalstrategi":
        return rest[0] if rest else ""
    return first if first in RANK else ""


def test_imports_go_downwards() -> None:
    upwards = []
    for name, file in modules().items():
        for imported, _ in imports(file):
            source, target = package_of(name), package_of(imported)
            if source and target and source != target and RANK[source] >= RANK[target]:
                upwards.append(f"{name} imports {imported}")
    assert upwards == []


def test_every_package_has_a_layer() -> None:
    assert {package_of(name) for name in modules()} - {""} == set(RANK)


def test_limits_knows_diagnostics_and_the_system_only() -> None:
    assert {package_of(imported) for imported, _ in imports(ROOT / "kanalstrategi" / "limits.py")} - {""} == {"diagnostics", "operating_system"}


def test_no_circle() -> None:
    names = modules()

    def owner(imported: str) -> str:
        """The module that an imported name is in, or the module itself."""
        return imported if imported in names else imported.rpartition(".")[0]

    graph = {name: {owner(imported) for imported, runs in imports(file) if runs} & names.keys() - {name} for name, file in names.items()}
    assert len(list(graphlib.TopologicalSorter(graph).static_order())) == len(names)  # raises CycleError


@pytest.mark.parametrize("library", ["mkdocs", "mkdocs_macros", "material", "properdocs"])
def test_mkdocs_is_known_to_build_alone(library: str) -> None:
    users = {name for name, file in modules().items() for imported, _ in imports(file) if imported.split(".")[0] == library}
    assert {name for name in users if package_of(name) not in ("build", "bench")} == set()


@pytest.mark.parametrize("library", ["markdown", "markdown_it", "mistune", "commonmark", "nh3", "bleach", "bs4"])
def test_pages_are_parsed_once_by_one_parser(library: str) -> None:
    users = {name for name, file in modules().items() for imported, _ in imports(file) if imported.split(".")[0] == library}
    assert {name for name in users if package_of(name) != "bench"} == set()  # other programs, which ours is compared with


@pytest.mark.parametrize(
    ("library", "users"),
    [
        ("pyromark", {"kanalstrategi.markdown.reader"}),
        # What an editor types as HTML, and what a PDF is compared with.
        ("html.parser", {"kanalstrategi.markdown.raw_html", "kanalstrategi.pdf.audit.expected_text"}),
        # One gets a document as HTML; the other reads a built site as its readers do.
        ("lxml.html", {"kanalstrategi.pdf.wkhtmltopdf", "kanalstrategi.verification"}),
    ],
)
def test_the_html_of_pages_is_not_parsed_again(library: str, users: set[str]) -> None:
    importing = {name for name, file in modules().items() for imported, _ in imports(file) if f"{imported}.".startswith(f"{library}.")}
    assert importing and {name for name in importing if name not in users and name.rpartition(".")[0] not in users} == set()


@pytest.mark.parametrize("package", ["macros", "build", "cli", "search", "checks", "editor", "rendering", "content"])
def test_the_renderer_alone_writes_the_html_of_pages(package: str) -> None:
    """Everything else gives it nodes, whose text it escapes."""
    written = []
    for name, file in modules().items():
        if package_of(name) == package:
            tree = parsed(file)
            docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings)
            written += [f"{name}:{text.lineno}" for text in texts if re.search(r"</?[a-z][a-z0-9]*( [a-z-]+=|>)", str(text.value))]
    assert written == []


def test_no_module_is_long() -> None:
    lines = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in modules().items()}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}


def test_scripts_are_thin() -> None:
    lines = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in (ROOT / "scripts").glob("*.py")}
    assert {name for name, count in lines.items() if count >= 40} == {"environment.py"}


def test_every_exception_from_a_rule_has_a_reason() -> None:
    files = [file for folder in ("kanalstrategi", "macros", "bench", "scripts", "tests") for file in (ROOT / folder).rglob("*.py")]
    markers = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[\w, -]+\])?|fmt:\s*skip)")
    without = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if (found := markers.search(line)) and not re.search(r"[a-z]{2}", line[found.end() :]):
                without.append(f"{file.relative_to(ROOT)}:{number}")
    assert without == []


def test_the_theme_holds_no_python() -> None:
    assert list((ROOT / "overrides").rglob("*.py")) == []
