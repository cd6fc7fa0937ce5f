"""Makes mkdocs-macros expand pages with our own macro parser, so that pages are never run as programs.

See `kanalstrategi.markdown.macro_calls` and adr/0007.
"""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from kanalstrategi.build.messages import stop
from kanalstrategi.markdown.macro_calls import expand_macros, parse_macros
from kanalstrategi.rendering.macros import Call, MacroRegistry

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin

    from kanalstrategi.build.plugin import KanalstrategiPlugin


def connect(env: MacrosPlugin, registry: MacroRegistry) -> None:
    """Hand a site's macros to the build. Call this from `define_env`, which mkdocs-macros calls once for each build.

    Stops the build if our plugin is missing: mkdocs-macros alone would run whatever a page says (adr/0007).
    """
    _plugin_of(env).registry = registry


def prepare_page(env: MacrosPlugin) -> None:
    """Remove everything that mkdocs-macros makes available to a page. Call this from `on_pre_page_macros`.

    mkdocs-macros gives every page access to MkDocs' live objects (`config`, `environment`, `git` …), and lets front matter decide
    whether a page is rendered (`render_macros: false` would publish macro calls unexpanded).
    """
    plugin = _plugin_of(env)
    plugin.session.macro_output = []
    for name in list(env.variables):
        del env.variables[name]
    env.variables["page"] = SimpleNamespace(meta={})
    env._env = PageEnvironment(env, plugin)


class PageEnvironment(Environment):
    """Replaces the Jinja environment of mkdocs-macros (1.5.0), which only uses `from_string(…).render(…)` and the delimiters."""

    def __init__(self, env: MacrosPlugin, plugin: KanalstrategiPlugin) -> None:
        super().__init__()
        self._env = env
        self._plugin = plugin

    def from_string(self, source: str, *_: Any) -> SimpleNamespace:  # type: ignore[override]  # returns the only part of a template that mkdocs-macros uses
        """Return a template that renders the current page's Markdown with its macros expanded."""
        session = self._plugin.session
        call = Call(session.content, session.content.pages[self._env.page.file.src_uri])

        def answer(name: str, *arguments: str) -> str:
            html = session.registry[name](call, *arguments)
            session.macro_output.append(html)
            return html

        macros = {name: partial(answer, name) for name in session.registry}
        return SimpleNamespace(render=lambda **variables: expand_macros(parse_macros(source), macros))


def _plugin_of(env: MacrosPlugin) -> KanalstrategiPlugin:
    plugin: KanalstrategiPlugin | None = env.conf["plugins"].get("kanalstrategi")
    if plugin is None:
        stop(["mkdocs.yml: pluginet kanalstrategi mangler – skriv `- kanalstrategi` under `- macros:` i plugins (og slet `hooks:`, hvis det er der)"])
    return plugin
