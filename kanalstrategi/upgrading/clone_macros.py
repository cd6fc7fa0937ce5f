"""Separates the macros that a municipality has added to a clone from those that come with the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kanalstrategi.upgrading.clone_files import is_known, is_unchanged
from kanalstrategi.upgrading.move import OLD_FOLDER, Move, put_away

FOLDER = "macros/"
REGISTRY_FILE = f"{FOLDER}__init__.py"
_REGISTRY, _CONNECT = "MACROS", "define_env"
_IMPORT = re.compile(r"^([ \t]*)from (?:macros)?\.(\w+) import", re.MULTILINE)
_SHARED_PACKAGE = "kanalstrategi.macros"
_HEADER = '"""The macros of this site, which come beside those of the program."""\n\nfrom __future__ import annotations\n\n'


@dataclass(frozen=True)
class _Registry:
    """What the module with the registry says."""

    names: tuple[str, ...]
    """What the registry lists, in order."""
    origins: dict[str, str]
    """The module in `macros/` that each name is imported from, keyed by name."""
    imports: tuple[str, ...]
    """The imports from elsewhere."""
    rest: tuple[str, ...]
    """What else the module defines."""


def separate_macros(tree: Mapping[str, bytes], shared: Collection[str]) -> Move:
    """Return what is done to `macros/`. `shared` are the names of the macros of the program."""
    files = {path: content for path, content in tree.items() if path.startswith(FOLDER)}
    gone = Move({path: None for path, content in files.items() if is_unchanged(path, content)})
    changed = {path: content for path, content in files.items() if path not in gone.changes}
    registry = _read_registry(files.get(REGISTRY_FILE, b"")) if REGISTRY_FILE in changed else _Registry((), {}, (), ())
    if registry is None:
        return gone | _put_all_away(changed, "listen over makroer kan ikke læses")
    own = [name for name in registry.names if name not in shared]
    modules = _modules_of(own, registry, changed)
    move = gone | Move({path: _with_new_imports(content, modules) for path, content in changed.items() if path in modules and path.endswith(".py")})
    move |= _put_all_away({path: content for path, content in changed.items() if path not in modules and path != REGISTRY_FILE}, _reason)
    for name in registry.names:
        path = f"{FOLDER}{registry.origins.get(name, '')}.py"
        if name in shared and path in changed:
            what = f"makroen {name} kommer nu fra programmet" if is_known(path) else f"programmet har selv en makro, der hedder {name}, og den gælder nu"
            move |= Move(tasks=(f"{what}; var jeres anderledes, så giv den et andet navn i {FOLDER} og på siderne",))
            move |= Move({f"{OLD_FOLDER}/{path}": changed[path]}) if path in modules else Move()
    if REGISTRY_FILE in changed:
        move |= put_away(REGISTRY_FILE, changed[REGISTRY_FILE], "listen nævner nu kun jeres egne makroer")
    if own:
        text = _HEADER + _module_text(own, registry, modules)
        move |= Move({REGISTRY_FILE: text.encode()}, own=(f"{FOLDER}: jeres {'makro' if len(own) == 1 else 'makroer'} {', '.join(own)}",))
    return move


def _reason(path: str) -> str:
    return "den hørte til programmet, og I havde rettet i den" if is_known(path) else "ingen af jeres egne makroer bruger den"


def _put_all_away(files: Mapping[str, bytes], why: object) -> Move:
    move = Move()
    for path, content in files.items():
        move |= put_away(path, content, why(path) if callable(why) else str(why))
    return move


def _read_registry(source: bytes) -> _Registry | None:
    """Return what a module with a registry says, or None if it cannot be read."""
    try:
        text = source.decode("utf-8-sig")
        tree = ast.parse(text)
    except (UnicodeDecodeError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names: tuple[str, ...] | None = None
    origins: dict[str, str] = {}
    imports, rest = [], []
    lines = re.split(r"\r\n|\r|\n", text)  # as the parser counts them: a form feed ends none
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").startswith("macros.")):
            module = (node.module or "").removeprefix("macros.")
            origins |= {alias.asname or alias.name: module for alias in node.names}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            imports += [] if getattr(node, "module", "") == "__future__" else [ast.unparse(node)]
        elif isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == _REGISTRY for target in node.targets):
            names = tuple(_listed(node.value))
        elif not _is_of_program(node):
            first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
            rest.append("\n".join(lines[first - 1 : node.end_lineno]))
    return None if names is None else _Registry(names, origins, tuple(imports), tuple(rest))


def _listed(value: ast.expr) -> Iterator[str]:
    """Yield the names in `MacroRegistry([…])`."""
    for part in ast.walk(value):
        if isinstance(part, ast.List):
            yield from (item.id for item in part.elts if isinstance(item, ast.Name))


def _is_of_program(node: ast.stmt) -> bool:
    """Whether a statement is a docstring, or what mkdocs-macros called in a clone."""
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or (isinstance(node, ast.FunctionDef) and node.name == _CONNECT)


def _modules_of(names: Collection[str], registry: _Registry, changed: Mapping[str, bytes]) -> set[str]:
    """Return the paths of the modules that have macros with these names, and of those that they import."""
    found: set[str] = set()
    waiting = [f"{FOLDER}{registry.origins[name]}.py" for name in names if name in registry.origins]
    while waiting:
        path = waiting.pop()
        if path in changed and path not in found:
            found.add(path)
            waiting += [f"{FOLDER}{module}.py" for _, module in _IMPORT.findall(changed[path].decode("utf-8", "replace"))]
    return found


def _with_new_imports(content: bytes, modules: Collection[str]) -> bytes:
    """Return a module that imports its neighbours among the site's own macros, and all others from the program."""

    def new(found: re.Match[str]) -> str:
        place = f".{found[2]}" if f"{FOLDER}{found[2]}.py" in modules else f"{_SHARED_PACKAGE}.{found[2]}"
        return f"{found[1]}from {place} import"

    return _IMPORT.sub(new, content.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _module_text(own: list[str], registry: _Registry, modules: Collection[str]) -> str:
    """Return the new module with the registry, without its header."""
    used = {name: module for name, module in registry.origins.items() if name in own or any(re.search(rf"\b{name}\b", part) for part in registry.rest)}
    imports = [*registry.imports]
    for module in sorted({*used.values()}):
        names = ", ".join(sorted(name for name, origin in used.items() if origin == module))
        imports.append(f"from {'.' if f'{FOLDER}{module}.py' in modules else _SHARED_PACKAGE + '.'}{module} import {names}")
    listed = f"MACROS = MacroRegistry([{', '.join(own)}])\n"
    return "\n".join(imports) + "\n\n\n" + "".join(f"{part}\n\n\n" for part in registry.rest) + listed
