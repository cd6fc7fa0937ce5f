"""Loads a site's macros. No other code in the package imports them by name."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from kanalstrategi.rendering.macros import MacroRegistry

MODULE = "macros"
"""The module with the site's macros, which mkdocs-macros loads too (`module_name` in `mkdocs.yml`)."""


def load_registry(root: Path) -> MacroRegistry:
    """Return the macros of the site in a folder. Raises ImportError if it has none."""
    sys.path.insert(0, str(root))
    registry = importlib.import_module(MODULE).MACROS
    assert isinstance(registry, MacroRegistry), f"{MODULE}.MACROS is the site's registry"
    return registry
