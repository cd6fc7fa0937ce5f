"""What is wrong with MkDocs' own settings is reported by the check, in Danish and with its line, and not by MkDocs when the site is built."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from kanalstrategi.build import command
from kanalstrategi.cli import serve
from kanalstrategi.content.config_file import parse_config
from kanalstrategi.content.mkdocs_settings import build_diagnostics, mkdocs_diagnostics
from tests.support.project import ROOT, Project

USUAL = "site_name: Prøve\nplugins: [kanalstrategi]\n"
TEXT, LIST = "skriv den som tekst i anførselstegn", "skriv hver på sin egen linje, der begynder med en bindestreg"
REFUSED = {
    "copyright: 2026": f"indstillingen copyright kan ikke være 2026 – {TEXT}",
    "edit_uri: [a]": f"indstillingen edit_uri kan ikke være en liste – {TEXT}",
    "exclude_docs: {a: b}": f"indstillingen exclude_docs kan ikke være navne med værdier – {TEXT}",
    "extra_css: stil.css": f"indstillingen extra_css kan ikke være stil.css – {LIST}",
    "extra_javascript: {a: b}": f"indstillingen extra_javascript kan ikke være navne med værdier – {LIST}",
    "markdown_extensions: toc": f"indstillingen markdown_extensions kan ikke være toc – {LIST}",
    "validation: ja": "indstillingen validation kan ikke være ja – skriv `navn: værdi` på linjer under den",
    "nav: index.md": "indstillingen nav kan ikke læses – skriv hver side på sin egen linje, som `- Titel: mappe/side.md`",
    "nav: {Forside: index.md}": "indstillingen nav kan ikke læses – skriv hver side på sin egen linje, som `- Titel: mappe/side.md`",
    "nav: [7]": "en linje i menuen kan ikke være 7 – skriv `- Titel: mappe/side.md` eller `- mappe/side.md`",
    "extra: x": "indstillingen extra kan ikke læses – skriv `navn: værdi` på indrykkede linjer under den, som i eksemplet i README",
    "site_url: fjordby.dk": "adressen fjordby.dk i site_url er ikke hel – skriv den med https:// foran",
    'repo_url: "http://["': "adressen http://[ i repo_url er ikke hel – skriv den med https:// foran",
    "dev_addr: x": "x er ikke en adresse med en port – skriv den som `127.0.0.1:8000`",
    "theme: materiel": "temaet materiel kan ikke bruges – skriv `name: material` under `theme`, eller slet den; farver og logo vælges i overrides/brand.yml",
    "theme: {logo: a.svg}": "theme mangler navnet på temaet – "
    "skriv `name: material` under `theme`, eller slet den; farver og logo vælges i overrides/brand.yml",
    "docs_dir: sider": "siderne kan ikke ligge i en anden mappe end docs/ – slet linjen, og læg dem dér",
    "site_dir: docs/ud": "hjemmesiden kan ikke bygges i docs/ud, hvor siderne ligger – slet linjen, eller skriv en anden mappe",
    "site_dir: .": "hjemmesiden kan ikke bygges i ., hvor siderne ligger – slet linjen, eller skriv en anden mappe",
    "plugins: [kanalstrategi, searhc]": "pluginet searhc er ikke installeret – mente du search?",
    "plugins: {kanalstrategi: {}, minify: {}}": "pluginet minify er ikke installeret – slet det, eller installér pakken, som det er i",
    "plugins: [kanalstrateg]": "pluginet kanalstrateg er ikke installeret – mente du kanalstrategi?",
    "plugins: kanalstrategi": f"indstillingen plugins kan ikke være kanalstrategi – {LIST}",
    "site_name:": "hjemmesiden har intet navn – skriv det efter `site_name:`",
}
"""What MkDocs would refuse, each with what we say instead."""
DROPPED = {
    "plugins: [search]": "pluginet kanalstrategi mangler, og uden det bliver hjemmesiden ikke bygget – skriv `plugins: [kanalstrategi]`",
    "plugins:": "pluginet kanalstrategi mangler, og uden det bliver hjemmesiden ikke bygget – skriv `plugins: [kanalstrategi]`",
    "theme: readthedocs": "temaet readthedocs kan ikke bruges – "
    "skriv `name: material` under `theme`, eller slet den; farver og logo vælges i overrides/brand.yml",
    "use_directory_urls: false": "adresser, der ender på .html, kan ikke vælges – slet linjen; siders adresser ender på en skråstreg",
    'site_name: ""': "hjemmesiden har intet navn – skriv det efter `site_name:`",
}
"""What MkDocs takes, though the site could not be what it says."""
ACCEPTED = (
    "theme: material", "theme: {name: material}", 'dev_addr: "[::1]:8000"', "dev_addr: 127.0.0.1:8001", "site_url: https://example.org/a/", 'site_url: ""',
    "docs_dir: docs", "site_dir: ud", "use_directory_urls: true", "markdown_extensions: [toc]", "markdown_extensions: {toc: {}}", "copyright:", "nav:",
    "plugins: [kanalstrategi, search, material/tags]", "plugins: {kanalstrategi: {}, search: }", "plugins: [{kanalstrategi: {}}]",
    "repo_url: https://example.org/repo", "extra_css: []", "validation: {nav: {omitted_files: ignore}}", "strict: true",
)  # fmt: skip # one line per setting would fill a page


def with_setting(setting: str) -> str:
    """Return a configuration with a setting on its last line, in the place of the usual one."""
    return re.sub(rf"^{setting.partition(':')[0]}:.*\n", "", USUAL, flags=re.MULTILINE) + setting + "\n"


def reported(text: str) -> list[str]:
    """Return what is reported about a configuration."""
    file = parse_config("mkdocs.yml", text.encode())
    return [*map(str, file.diagnostics), *map(str, mkdocs_diagnostics(file))]


def is_refused_by_mkdocs(folder: Path, text: str) -> bool:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    try:
        load_config(str(folder / "mkdocs.yml"))
    except (MkDocsException, ValueError):  # the latter for a URL that Python cannot read, which ends a build in a traceback
        return True
    return False


@pytest.mark.parametrize("setting", [*REFUSED, *DROPPED])
def test_a_mistake_is_reported_with_its_line(setting: str) -> None:
    text = with_setting(setting)
    assert reported(text) == [f"mkdocs.yml:{text.count(chr(10))}: {({**REFUSED, **DROPPED})[setting]}"]


@pytest.mark.parametrize("setting", REFUSED)
def test_mkdocs_refuses_what_is_reported(setting: str, tmp_path: Path) -> None:
    assert is_refused_by_mkdocs(tmp_path, with_setting(setting))


@pytest.mark.parametrize("setting", ACCEPTED)
def test_what_mkdocs_and_the_program_understand_is_no_mistake(setting: str, tmp_path: Path) -> None:
    assert reported(with_setting(setting)) == [] and not is_refused_by_mkdocs(tmp_path, with_setting(setting))


def test_what_comes_from_the_environment_or_another_file_is_no_mistake() -> None:
    assert reported("site_name: !ENV NAVN\nsite_url: !ENV [ADRESSE, null]\nplugins: [kanalstrategi]\n") == []
    assert build_diagnostics(parse_config("mkdocs.yml", b"INHERIT: base.yml\n")) == []


def test_what_no_site_can_be_without_is_missed_when_it_is_built() -> None:
    assert reported("") == []
    assert [*map(str, build_diagnostics(parse_config("mkdocs.yml", b"")))] == [
        "mkdocs.yml:1: pluginet kanalstrategi mangler, og uden det bliver hjemmesiden ikke bygget – skriv `plugins: [kanalstrategi]`",
        "mkdocs.yml:1: hjemmesiden har intet navn – skriv det efter `site_name:`",
    ]


def test_the_settings_of_this_site_are_right() -> None:
    assert build_diagnostics(parse_config("mkdocs.yml", (ROOT / "mkdocs.yml").read_bytes())) == []


@pytest.mark.parametrize(
    ("setting", "line"),
    [("nav: index.md", "nav kan ikke læses"), ("extra: x", "extra kan ikke læses"), ("extra: [", "opsætningen kan ikke læses")],
)
def test_settings_that_cannot_be_read_lead_to_no_other_reports(project: Project, setting: str, line: str) -> None:
    text = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    key = setting.partition(":")[0]
    project.write("mkdocs.yml", re.sub(rf"^{key}:.*\n(?:[ #\n].*\n|\n)*", "", text, flags=re.MULTILINE) + setting + "\n")
    (only,) = project.check()
    assert only.startswith("mkdocs.yml:") and line in only


@pytest.mark.parametrize("run", [command.main, serve.main], ids=["build", "serve"])
def test_the_commands_that_start_mkdocs_report_it_before(
    run: Callable[[Path, Sequence[str]], NoReturn], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Prøve\nplugins: [search]\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        run(tmp_path, [])
    assert "mkdocs.yml:2: pluginet kanalstrategi mangler" in f"{end.value}{capsys.readouterr().err}"
