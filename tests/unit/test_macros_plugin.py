"""mkdocs-macros registers a site's macros, and does nothing else: if a new version of it does more, these tests fail."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs_macros.plugin import MacrosPlugin

from kanalstrategi.build.macros_plugin import detach, skip_git
from kanalstrategi.rendering.macros import MacroRegistry
from macros import MACROS
from tests.support.project import Project

OWN_MACROS = """
from kanalstrategi.build.macros_plugin import connect
from kanalstrategi.rendering.macros import Call, MacroRegistry, macro
from macros import MACROS

@macro
def greeting(call: Call, name: str) -> str:
    return f"Hej, {name}"

def define_env(env):
    connect(env, MacroRegistry([*MACROS.values(), greeting]))
"""
ATTACK = "{{ 7*7 }}"


class Ours(BasePlugin):  # type: ignore[no-untyped-call, type-arg]  # MkDocs' base class is untyped
    """Stands for our plugin."""

    registry: MacroRegistry | None = None

    def on_page_markdown(self, markdown: str, **_: object) -> str:
        """Show that other plugins still get the pages."""
        return f"{markdown}!"


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """The configuration of a site with a macro of its own, and with both plugins."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "own_macros.py").write_text(OWN_MACROS, encoding="utf-8")
    config = MkDocsConfig(str(tmp_path / "mkdocs.yml"))
    config.load_dict({"site_name": "Kanaler", "docs_dir": str(tmp_path / "docs")})
    config.validate()
    macros = MacrosPlugin()
    macros.load_config({"module_name": "own_macros"})
    config.plugins = PluginCollection({"macros": macros, "kanalstrategi": Ours()})
    for name, plugin in config.plugins.items():
        config.plugins[name] = plugin  # which registers what they do
    return config


def events_of(config: MkDocsConfig) -> set[str]:
    """Return the events in which mkdocs-macros takes part."""
    return {event for event, methods in config.plugins.events.items() if config.plugins["macros"] in [getattr(method, "__self__", None) for method in methods]}


def test_a_site_has_the_shared_macros_and_its_own(config: MkDocsConfig) -> None:
    config.plugins.on_config(config)
    ours = config.plugins["kanalstrategi"]
    assert isinstance(ours, Ours) and ours.registry is not None
    assert {*ours.registry} == {*MACROS, "greeting"}


def test_a_site_without_our_plugin_is_not_built(config: MkDocsConfig) -> None:
    del config.plugins["kanalstrategi"]
    with pytest.raises(Abort, match="pluginet kanalstrategi mangler"):
        config.plugins.on_config(config)


def test_pages_and_their_titles_do_not_reach_mkdocs_macros(config: MkDocsConfig) -> None:
    config.plugins.on_config(config)
    page = Page(ATTACK, File("side.md", config.docs_dir, config.site_dir, True), config)
    page.meta = {"render_macros": True}
    rendered = config.plugins.on_page_markdown(ATTACK, page=page, config=config, files=None)  # type: ignore[arg-type]  # not used
    assert (rendered, page.title) == ("49!", "49")  # this is what must not happen
    detach(config.plugins)
    page.title = ATTACK
    rendered = config.plugins.on_page_markdown(ATTACK, page=page, config=config, files=None)  # type: ignore[arg-type]  # not used
    assert (rendered, page.title) == (f"{ATTACK}!", ATTACK)


def test_a_second_instance_is_detached_too(config: MkDocsConfig) -> None:
    config.plugins["macros #2"] = MacrosPlugin()
    detach(config.plugins)
    assert config.plugins.on_page_markdown(ATTACK, page=None, config=config, files=None) == f"{ATTACK}!"  # type: ignore[arg-type]  # not used


def test_mkdocs_macros_takes_part_in_no_other_event(config: MkDocsConfig) -> None:
    assert events_of(config) == {"config", "pre_build", "nav", "serve", "page_markdown", "post_build"}
    detach(config.plugins)
    assert events_of(config) == {"config", "nav", "serve", "post_build"}


def test_git_is_not_run(config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = []

    class Recorded(subprocess.Popen[bytes]):
        def __init__(self, command: list[str], *arguments: object, **keywords: object) -> None:
            commands.append(command)
            raise FileNotFoundError

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    monkeypatch.setattr("mkdocs_macros.context.get_git_info", sys.modules["mkdocs_macros.context"].get_git_info)  # restored afterwards
    skip_git()
    config.plugins.on_config(config)
    macros = config.plugins["macros"]
    assert isinstance(macros, MacrosPlugin)
    assert commands == [] and macros.variables["git"] == {}


def test_requests_is_not_loaded_until_it_is_used() -> None:
    code = (
        "import sys\nimport kanalstrategi.build.macros_plugin\n"
        "from mkdocs_macros.util import requests\n"
        "print('urllib3' in sys.modules)\n"
        "print(requests.get.__module__, 'urllib3' in sys.modules)\n"
        "import requests.exceptions\n"
        "print(requests.exceptions.RequestException.__name__)\n"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert process.stdout.split() == ["False", "requests.api", "True", "RequestException"], process.stderr


def test_what_a_page_quotes_is_published_as_text(project: Project) -> None:
    """Also in the title, which mkdocs-macros would evaluate."""
    project.remove_documents()
    quoted = f"{{% raw %}}{ATTACK}{{% endraw %}}"
    page = "docs/strategi/formaal.md"
    text = (project.root / page).read_text(encoding="utf-8")
    project.write(page, re.sub(r"(?m)^# .*$", f"# Om {quoted}\n\nSkriv {quoted} her.", text, count=1))
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
    html = (project.site / "strategi/formaal/index.html").read_text(encoding="utf-8")
    assert f"<p>Skriv {ATTACK} her.</p>" in html and re.search(rf"<h1[^>]*>Om {re.escape(ATTACK)}", html)
    assert re.search(rf"<title>[^<]*Om {re.escape(ATTACK)}", html)
