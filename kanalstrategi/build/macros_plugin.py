"""Takes a site's macros from mkdocs-macros, and leaves out everything else that it does: no page reaches it.

mkdocs-macros (1.5.0) loads the site's module and calls its `define_env`. It would also run every page as a Jinja template (adr/0007).
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kanalstrategi.build.messages import stop
from kanalstrategi.rendering.macros import MacroRegistry
from kanalstrategi.site_macros import MacroNameError, with_shared

if TYPE_CHECKING:
    from mkdocs.plugins import PluginCollection

    from kanalstrategi.build.plugin import KanalstrategiPlugin


def _load_when_used(name: str) -> None:
    """Make an import of a package, which is not loaded yet, do nothing until something in the package is used."""
    stand_in = ModuleType(name)

    def load(attribute: str) -> Any:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        return getattr(import_module(name), attribute)

    stand_in.__spec__ = ModuleSpec(name, None)  # each import asks for it
    stand_in.__getattr__ = load  # type: ignore[method-assign]  # the module's own, of PEP 562
    sys.modules.setdefault(name, stand_in)


# Takes longer than the rest of mkdocs-macros, which only needs it for macros from PyPI. Without effect if `mkdocs.yml` lists macros first.
_load_when_used("requests")

import mkdocs_macros.context  # noqa: E402 - after the line above
from mkdocs_macros.plugin import MacrosPlugin  # noqa: E402 - likewise


def connect(env: MacrosPlugin, registry: MacroRegistry) -> None:
    """Hand a site's macros to the build. Call this from `define_env`, which mkdocs-macros calls once for each build.

    Stops the build if our plugin is missing: mkdocs-macros alone would run whatever a page says (adr/0007).
    """
    plugin: KanalstrategiPlugin | None = env.conf["plugins"].get("kanalstrategi")
    if plugin is None:
        stop(["mkdocs.yml: pluginet kanalstrategi mangler – skriv `- kanalstrategi` under `- macros:` i plugins (og slet `hooks:`, hvis det er der)"])
    plugin.registry = registry


def all_macros(own: MacroRegistry | None, root: Path) -> MacroRegistry:
    """Return the macros of the site in a folder, given those that mkdocs-macros has loaded, if any. Stops the build if a name is used twice."""
    try:
        return with_shared(own, root)
    except MacroNameError as error:
        stop([str(error)])


def skip_git() -> None:
    """Keep mkdocs-macros from running git twelve times, for variables that no page can show. Call this before `on_config` of the plugins."""
    mkdocs_macros.context.get_git_info = dict


def detach(plugins: PluginCollection) -> None:
    """Keep pages, and the titles of pages, from mkdocs-macros. Call this once it has loaded the macros, that is, after its `on_config`."""
    for event in ("pre_build", "page_markdown"):  # before a build, it only logs its variables
        plugins.events[event] = [method for method in plugins.events[event] if not isinstance(getattr(method, "__self__", None), MacrosPlugin)]
