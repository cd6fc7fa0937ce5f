"""Loads the macros of a site: those that come with the program, and its own. No other code in the package imports them by name."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from kanalstrategi.design.theme import MACROS, PACKAGE
from kanalstrategi.rendering.macros import MacroRegistry

MODULE = "macros"
"""The module or package with a site's own macros, in its folder; the program's has the same name in its repository."""
REGISTRY = "MACROS"
"""What the registry is called in a module of macros."""
_SHARED_MODULE, _OWN_MODULE = f"{PACKAGE.name}.{MODULE}", "site_macros"
"""The names under which the program's macros and a site's own are loaded, so that neither is taken for the other."""


class MacroNameError(ValueError):
    """A site's own macros have a name that is taken. The message says which, and what to do about it, in Danish."""


def load_registry(root: Path) -> MacroRegistry:
    """Return the macros of the site in a folder. Raises MacroNameError."""
    return with_shared(None, root)


def with_shared(own: MacroRegistry | None, root: Path) -> MacroRegistry:
    """Return a site's own macros together with those that all sites share. Raises MacroNameError.

    `own` is None if nothing has loaded them yet from the folder `root`. A registry that has all shared macros is a whole one, as in a clone.
    """
    shared = _registry_of(_shared_module())
    own = _own_registry(root) if own is None else own
    if own is None or own is shared or shared.keys() <= own.keys():
        return own or shared
    if twice := sorted(shared.keys() & own.keys()):
        hint = f"giv jeres egen et andet navn i {MODULE}/, og ret siderne, der bruger den"
        raise MacroNameError(f"{MODULE}/__init__.py: navnet {', '.join(twice)} er taget af en makro, der følger med programmet – {hint}")
    return MacroRegistry([*shared.values(), *own.values()])


def _shared_module() -> ModuleType:
    """Return the module of the program's macros. In a clone, mkdocs-macros may have loaded it under another name."""
    for name in (MODULE, _SHARED_MODULE):
        if (loaded := sys.modules.get(name)) and Path(loaded.__file__ or "").parent == MACROS:
            return loaded
    return _load(_SHARED_MODULE, MACROS / "__init__.py")


def _own_registry(root: Path) -> MacroRegistry | None:
    """Return the registry of the macros in a site's folder, or None if it has none of its own."""
    file = next((file for file in (root / MODULE / "__init__.py", root / f"{MODULE}.py") if file.is_file()), None)
    if file is None or file.parent.samefile(MACROS):
        return None
    for name in [name for name in sys.modules if name.partition(".")[0] == _OWN_MODULE]:
        del sys.modules[name]  # of another site, or from before a change
    return _registry_of(_load(_OWN_MODULE, file))


def _load(name: str, file: Path) -> ModuleType:
    """Load a module, or a package by its `__init__.py`, under a name."""
    spec = importlib.util.spec_from_file_location(name, file)  # which knows a package by its file's name
    assert spec is not None and spec.loader is not None, "a file that ends in .py"
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # by which a package's own modules are found
    spec.loader.exec_module(module)
    return module


def _registry_of(module: ModuleType) -> MacroRegistry:
    registry = getattr(module, REGISTRY)
    assert isinstance(registry, MacroRegistry), f"{REGISTRY} of {module.__name__} is a registry of macros"
    return registry
