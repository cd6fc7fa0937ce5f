"""A page whose Markdown is as it was is not rendered anew, and is the same page; MkDocs' own warnings come every time."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.pages import Page

from overrides.kept import Kept
from overrides.rendered import render_kept, surroundings

TEXT = "# Om <em>os</em> & jer\n\n## Kanaler\n\n### Telefon {: #tlf }\n\nSe [B](b.md#her), [her](#tlf) og [samme](a.md#kanaler).\n\n![Kort](kort.png)\n"


@pytest.fixture
def project(tmp_path: Path) -> tuple[MkDocsConfig, Files]:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name, text in (("a.md", TEXT), ("b.md", "# B\n\n## Her\n"), ("kort.png", "")):
        (docs / name).write_text(text)
    file = tmp_path / "mkdocs.yml"
    file.write_text("site_name: Prøve\nmarkdown_extensions: [attr_list, toc]\nvalidation: {anchors: warn}\n")
    config = load_config(str(file))
    config.plugins.on_config(config)
    return config, get_files(config)


def read(project: tuple[MkDocsConfig, Files], text: str = TEXT) -> Page:
    config, files = project
    page = Page(None, files.src_uris["a.md"], config)
    page.read_source(config)
    page.markdown = text
    return page


def facts(page: Page) -> dict[str, object]:
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    return {"content": page.content, "title": page.title, "toc": str(page.toc), "anchors": page.present_anchor_ids, "links": links}


def test_a_kept_page_is_the_page(project: tuple[MkDocsConfig, Files], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, files = project
    plain = read(project)
    plain.render(config, files)
    assert facts(plain)["links"] == {"b.md": {"her": "b.md#her"}, "a.md": {"tlf": "#tlf", "kanaler": "a.md#kanaler"}}
    kept = Kept(tmp_path / ".cache", b"")
    first = read(project)
    render_kept(first, config, files, kept, surroundings(config, files))
    kept.close()
    monkeypatch.setattr(Page, "render", lambda *_: pytest.fail("rendered anew"))
    again = read(project)
    render_kept(again, config, files, Kept(tmp_path / ".cache", b""), surroundings(config, files))
    assert facts(plain) == facts(first) == facts(again)


def test_mkdocs_sets_what_we_restore_and_nothing_else(project: tuple[MkDocsConfig, Files]) -> None:
    config, files = project
    page = read(project)
    before = dict(vars(page))
    page.render(config, files)
    changed = {name for name, value in vars(page).items() if name not in before or before[name] is not value}
    assert changed == {"content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors"}


def test_what_a_page_depends_on_makes_it_another(project: tuple[MkDocsConfig, Files], tmp_path: Path) -> None:
    config, files = project
    kept = Kept(tmp_path / ".cache", b"")
    render_kept(read(project), config, files, kept, surroundings(config, files))
    other = read(project, TEXT.replace("jer", "dem"))
    render_kept(other, config, files, kept, surroundings(config, files))
    assert "dem" in str(other.content)
    around = surroundings(config, files)
    files.remove(files.src_uris["b.md"])
    assert surroundings(config, files) != around


def test_a_warning_comes_again(project: tuple[MkDocsConfig, Files], tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    config, files = project
    kept = Kept(tmp_path / ".cache", b"")
    caplog.set_level(logging.WARNING)
    for count in (1, 2):
        render_kept(read(project, "# A\n\n[væk](mangler.md)\n"), config, files, kept, surroundings(config, files))
        assert sum("mangler.md" in record.getMessage() for record in caplog.records) == count
