"""One command gives a channel or a department another name, begins one or removes it: every page follows, and it can be undone byte for byte."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanalstrategi.cli.edition_tree import latest_day
from kanalstrategi.cli.installed_program import installed_release
from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from kanalstrategi.content.redirects import redirects
from kanalstrategi.content.steps import StepError
from kanalstrategi.content.structure_steps import checked_name
from kanalstrategi.danish.slugs import slug
from kanalstrategi.starter.answers import Answers
from kanalstrategi.starter.site_files import site_files
from tests.support.project import ROOT, Project
from tests.support.small_project import FILES, run, small_project, tree

TELEPHONE = "docs/kanaler/telefon.md"
SCHOOLS = "docs/retningslinjer/skoler.md"
BESIDE = ("records", "addresses.txt", "CODEOWNERS")
"""What a copy of the project lacks that a change of its structure follows into."""
REAL = read_project(ROOT, {}).content
THINGS = [*(("channel", group.id) for group in REAL.groups), *(("department", guideline.id) for guideline in REAL.guidelines)]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")  # 1 March 2026


@pytest.fixture
def small(tmp_path: Path) -> Project:
    return small_project(tmp_path)


def text(project: Project, path: str) -> str:
    return (project.root / path).read_text(encoding="utf-8")


def content_of(project: Project) -> Content:
    return read_project(project.root, os.environ).content


# Our own channels and departments


@pytest.mark.parametrize(("kind", "id"), THINGS, ids=[id for _, id in THINGS])
def test_each_of_ours_is_renamed_without_a_problem_and_back_again(whole_project: Project, kind: str, id: str) -> None:
    for part in BESIDE:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, whole_project.root / part)
    before = tree(whole_project.root)
    assert run(whole_project, "structure", "rename", kind, id, "Én & to på Ærø") == 0
    assert whole_project.check() == []
    folder, new = ("kanaler" if kind == "channel" else "retningslinjer"), "en-to-paa-aeroe"
    content = content_of(whole_project)
    assert redirects(content)[f"{folder}/{id}/"] == f"{folder}/{new}/"
    assert new in (content.channels if kind == "channel" else [guideline.id for guideline in content.guidelines])
    shown = [path for path, data in tree(whole_project.root).items() if path.startswith("docs/") and f"{folder}/{id}.md".encode() in data]
    assert shown == []
    after = {path for path, data in tree(whole_project.root).items() if before.get(path) != data}
    assert {"mkdocs.yml", "addresses.txt", f"docs/{folder}/{new}.md"} <= after
    assert run(whole_project, "structure", "undo") == 0
    assert tree(whole_project.root) == before


def linked_from_staff(project: Project) -> int:
    """Link to a department from the staff's page, and return the line."""
    page = text(project, "docs/medarbejdere.md")
    project.write("docs/medarbejdere.md", f"{page}\nSe [skolernes retningslinje](retningslinjer/skoler.md).\n")
    return page.count("\n") + 2


@pytest.mark.parametrize(("kind", "id"), [("channel", REAL.groups[-1].id), ("department", "skoler")])
def test_what_is_still_used_is_not_removed_and_the_places_are_listed(
    whole_project: Project, capsys: pytest.CaptureFixture[str], kind: str, id: str
) -> None:
    line = linked_from_staff(whole_project)
    before = tree(whole_project.root)
    assert run(whole_project, "structure", "remove", kind, id) == 1
    said = capsys.readouterr().err
    assert ("docs/vaelg-kanal.md:" in said and "personligt-fremmoede" in said) if kind == "channel" else f"docs/medarbejdere.md:{line}: " in said
    assert "Skriv --to" in said and tree(whole_project.root) == before


def test_a_department_is_removed_in_favour_of_another(whole_project: Project) -> None:
    linked_from_staff(whole_project)
    before = tree(whole_project.root)
    assert run(whole_project, "structure", "remove", "department", "skoler", "--to", "administration") == 0
    assert whole_project.check() == []
    content = content_of(whole_project)
    assert redirects(content)["retningslinjer/skoler/"] == redirects(content)["pdf/retningslinjer-skoler.pdf"] == "retningslinjer/administration/"
    assert "(retningslinjer/administration.md)" in text(whole_project, "docs/medarbejdere.md")
    assert run(whole_project, "structure", "undo") == 0 and tree(whole_project.root) == before


# Renaming

NAMES = st.text(alphabet="abcæøåÆÉ 1&/().,–-’«", min_size=1, max_size=30)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(NAMES, st.sampled_from([("channel", "telefon"), ("department", "skoler")]))
def test_any_name_is_taken_everywhere_or_refused(tmp_path_factory: pytest.TempPathFactory, name: str, thing: tuple[str, str]) -> None:
    project = small_project(tmp_path_factory.mktemp("small"))
    before = tree(project.root)
    code = run(project, "structure", "rename", *thing, name)
    try:
        checked_name(name)
    except StepError:
        assert code == 1 and tree(project.root) == before
        return
    if code == 0:
        assert project.check() == []
        title = " ".join(name.split())
        content = content_of(project)
        assert title in ([group.title for group in content.groups] if thing[0] == "channel" else [one.department for one in content.guidelines])
        assert run(project, "structure", "undo") == 0
    else:
        assert slug(name) == "index"
    assert tree(project.root) == before


def test_only_what_names_the_channel_changes(small: Project) -> None:
    page = (
        FILES["docs/strategi/formaal.md"].replace("{: #maal }", "{: #maal }\n\nSe [Telefon](../kanaler/telefon.md#det-betyder-at 'x') og [den][1].")
        + '\n[1]: ../kanaler/telefon.md\n\n`[a](../kanaler/telefon.md)` og {% raw %}{{ rules("telefon") }}{% endraw %}\n\n'
        + '    [b](../kanaler/telefon.md)\n\nTelefon. [c](https://x.dk/kanaler/telefon.md)\n\n{{ rules("telefon") }}\n\n{# telefon.md #}\n'
    ).replace("\n", "\r\n")
    (small.root / "docs/strategi/formaal.md").write_bytes(b"\xef\xbb\xbf" + page.encode())
    assert run(small, "structure", "rename", "channel", "telefon", "Chat") == 0
    expected = (
        page.replace("[sammen](../kanaler/telefon.md)", "[sammen](../kanaler/chat.md)")
        .replace("[Telefon](../kanaler/telefon.md#det", "[Chat](../kanaler/chat.md#det")
        .replace("[1]: ../kanaler/telefon.md", "[1]: ../kanaler/chat.md")
        .replace('\r\n{{ rules("telefon") }}\r\n', '\r\n{{ rules("chat") }}\r\n')
        .replace("review_by: 2025-12-31\r\n", f'review_by: 2025-12-31\r\nchanged: ["{latest_day(os.environ)}: Kanalen hed før »Telefon«."]\r\n')
    )
    assert (small.root / "docs/strategi/formaal.md").read_bytes() == b"\xef\xbb\xbf" + expected.encode()
    assert text(small, "mkdocs.yml") == FILES["mkdocs.yml"].replace("kanaler/telefon.md", "kanaler/chat.md")
    assert "## Chat {: #chat }\n" in text(small, SCHOOLS) and '{{ rules("chat") }}' in text(small, SCHOOLS)
    assert small.check() == []


def test_a_decision_right_below_the_heading_and_links_to_it_follow(small: Project) -> None:
    small.write(SCHOOLS, text(small, SCHOOLS) + "\n- [ ] Tider: Hvornår?\n\nSe [tiderne](#telefon-tider) og [afsnittet](skoler.md#telefon).\n")
    assert small.check() == []
    assert run(small, "structure", "rename", "channel", "telefon", "Chat") == 0
    assert "[tiderne](#chat-tider) og [afsnittet](skoler.md#chat)" in text(small, SCHOOLS)
    assert content_of(small).guidelines[0].decisions[0].id == "chat-tider" and small.check() == []


def test_an_adopted_edition_and_a_filed_one_know_the_channel_by_its_new_name(small: Project) -> None:
    assert run(small, "new", "edition", "2026-2029") == 0
    assert run(small, "edition", "adopt", "2026-2029", "--date", "2026-02-24", "--by", "byrådet") == 0
    filed = {path: data for path, data in tree(small.root).items() if path.startswith("docs/udgaver/2023-2025")}
    assert run(small, "structure", "rename", "channel", "telefon", "Chat") == 0
    assert small.check() == []
    assert {path: data for path, data in tree(small.root).items() if path.startswith("docs/udgaver/2023-2025")} == filed
    content = content_of(small)
    assert content.guidelines[0].to_confirm == ()  # a name is no change of a rule
    former = next(edition for edition in content.editions if edition.edition and edition.edition.name == "2023-2025")
    assert former.replacements["udgaver/2023-2025/kanaler/telefon.md"] == "kanaler/chat/"
    small.replace("docs/kanaler/chat.md", "changed:", "# changed:")
    assert any("siden er ændret, siden den blev vedtaget" in line for line in small.check())  # the receipt goes with the page


def test_a_proposal_gets_the_new_name_too(small: Project) -> None:
    assert run(small, "new", "edition", "2026-2029") == 0
    assert run(small, "structure", "rename", "channel", "telefon", "Chat") == 0
    assert small.check() == [] and "# Chat" in text(small, "docs/udgaver/2026-2029/kanaler/chat.md")
    assert run(small, "edition", "adopt", "2026-2029", "--date", "2026-02-24", "--by", "byrådet") == 0
    assert small.check() == [] and redirects(content_of(small))["kanaler/telefon/"] == "kanaler/chat/"


def test_the_history_of_a_department_goes_on_under_its_new_name(small: Project) -> None:
    small.write("records/progress.csv", "dag,fagområde,vedtaget,udkast,mangler,åbne,beslutninger\n2026-01-01,skoler,0,1,0,0,0\n2026-01-01,skolerne,0,1,0,0,0\n")
    for on in ("2026-02-01", "2026-02-24"):
        assert run(small, "edition", "guideline", "skoler", "--date", on, "--by", "udvalget") == 0
    filed = {path: data for path, data in tree(small.root).items() if path.startswith("docs/udgaver/retningslinjer/skoler")}
    assert run(small, "structure", "rename", "department", "skoler", "Skoler og SFO") == 0
    assert small.check() == []
    assert {path: data for path, data in tree(small.root).items() if path.startswith("docs/udgaver/retningslinjer/skoler/")}.items() <= filed.items()
    assert text(small, "records/progress.csv").endswith("2026-01-01,skoler-og-sfo,0,1,0,0,0\n2026-01-01,skolerne,0,1,0,0,0\n")
    content = content_of(small)
    assert content.former_guidelines[0].replacements == {"udgaver/retningslinjer/skoler/2026-02-01.md": "retningslinjer/skoler-og-sfo/"}
    small.replace("docs/retningslinjer/skoler-og-sfo.md", "Vi svarer.", "Vi svarer ikke.")
    small.replace("docs/retningslinjer/skoler-og-sfo.md", "changed:", "# changed:")
    assert any("siden er ændret, siden den blev vedtaget" in line for line in small.check())


def test_nothing_is_written_when_it_is_only_to_be_shown(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(small.root)
    assert run(small, "structure", "rename", "channel", "telefon", "Chat", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "docs/kanaler/telefon.md flytter til docs/kanaler/chat.md" in said and "rettet: mkdocs.yml" in said and "Intet er skrevet." in said
    assert tree(small.root) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rename", "channel", "telefn", "Chat"), "mente du telefon"),
        (("rename", "department", "skole", "Chat"), "mente du skoler"),
        (("rename", "channel", "telefon", "con"), "kan ikke bruges som navn"),
        (("rename", "channel", "telefon", "a\nb: {{ x() }}"), "kan ikke bruges som navn"),
        (("rename", "department", "skoler", "Index"), "vælg et andet navn"),
        (("remove", "channel", "telefon", "--to", "telefon"), "kan ikke afløse sig selv"),
        (("remove", "department", "skoler", "--to", "x"), "fagområdet x findes ikke"),
    ],
)
def test_what_cannot_be_is_refused(small: Project, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str) -> None:
    before = tree(small.root)
    assert run(small, "structure", *words) == 1
    assert said in capsys.readouterr().err and tree(small.root) == before


def test_a_change_that_would_break_the_site_is_refused_with_what_it_would_break(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    small.write("docs/retningslinjer/chat.md", FILES[SCHOOLS].replace("Skoler", "Chat"))
    small.replace("mkdocs.yml", "  - soeg.md", "  - retningslinjer/chat.md\n  - soeg.md")
    before = tree(small.root)
    assert run(small, "structure", "rename", "department", "skoler", "chat") == 1
    assert "vælg et andet navn" in capsys.readouterr().err and tree(small.root) == before


# Beginning and removing


def test_a_new_channel_has_everything_and_is_removed_again(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(small.root)
    assert run(small, "new", "channel", "Chat og sms") == 0
    assert small.check() == []
    content = content_of(small)
    assert [group.id for group in content.groups] == ["telefon", "chat-og-sms"]
    assert (content.groups[1].page.status.value, content.groups[1].page.owner.id) == ("draft", "hus")
    assert content.guidelines[0].sections[1].open_decisions[0].name == "Brug af kanalen"
    assert "  - kanaler/telefon.md\n  - kanaler/chat-og-sms.md\n" in text(small, "mkdocs.yml")
    assert "nævn kanalen i docs/kanaler/index.md" in capsys.readouterr().out
    assert run(small, "structure", "remove", "channel", "chat-og-sms") == 0
    assert small.check() == [] and redirects(content_of(small)).get("kanaler/chat-og-sms/") == "kanaler/"
    assert {**tree(small.root), "docs/kanaler/index.md": b"", "addresses.txt": b""} == {**before, "docs/kanaler/index.md": b"", "addresses.txt": b""}
    for _ in range(2):
        assert run(small, "structure", "undo") == 0
    assert tree(small.root) == before


def test_a_channel_goes_once_its_rules_stand_elsewhere(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    small.write("docs/kanaler/brev.md", FILES[TELEPHONE].replace("Telefon", "Brev").replace("ringe", "skrive").replace("telefon-ring", "brev-skriv"))
    small.replace("mkdocs.yml", "  - kanaler/telefon.md\n", "  - kanaler/telefon.md\n  - kanaler/brev.md\n")
    small.write(SCHOOLS, text(small, SCHOOLS) + '\n- [x] Tider: Hele dagen.\n\n## Brev {: #brev }\n\nVi skriver. {{ rule("telefon-ring") }}\n')
    assert small.check() == []
    assert run(small, "structure", "remove", "channel", "telefon", "--to", "brev") == 1
    assert f"{SCHOOLS}:{text(small, SCHOOLS).split('## Telefon')[0].count(chr(10))}" not in (said := capsys.readouterr().err)
    assert ": telefon-ring" in said and SCHOOLS in said
    rule = "\n- vi skal ringe\n    {: #telefon-ring }\n"
    small.replace(TELEPHONE, rule, "\n- vi skal svare\n    {: #telefon-svar }\n")
    small.write("docs/kanaler/brev.md", text(small, "docs/kanaler/brev.md") + rule.lstrip("\n"))
    assert run(small, "structure", "remove", "channel", "telefon", "--to", "brev") == 0
    said = capsys.readouterr().out
    assert "1 regel tabt: telefon-svar" in said and "1 truffet beslutning i afsnittet går tabt" in said
    assert "## Telefon" not in text(small, SCHOOLS) and "[sammen](../kanaler/brev.md)" in text(small, "docs/strategi/formaal.md")
    assert small.check() == [] and redirects(content_of(small))["kanaler/telefon/"] == "kanaler/brev/"


# A new site, whose overview of guidelines is the program's


@pytest.fixture
def new_town(tmp_path: Path) -> Project:
    day, name = latest_day(os.environ), Answers("Lilleby Kommune")
    for path, data in site_files(name, None, day, installed_release(), None).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return Project(tmp_path)


def test_a_department_of_a_new_site_is_removed(new_town: Project) -> None:
    assert run(new_town, "structure", "remove", "department", "biblioteker") == 0
    assert new_town.check() == [] and redirects(content_of(new_town))["retningslinjer/biblioteker/"] == ""


def test_a_channel_of_a_new_site_is_begun_and_removed_without_a_word_by_hand(new_town: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(new_town, "new", "channel", "Chat") == 0
    assert "docs/kanaler/index.md" not in capsys.readouterr().out
    for id in ("chat", "sociale-medier"):
        assert run(new_town, "structure", "remove", "channel", id) == 0
    assert new_town.check() == []


def test_a_new_name_with_the_old_one_in_it_is_not_reported_as_the_old_one(new_town: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(new_town, "structure", "rename", "channel", "telefon", "Telefon og video") == 0
    assert run(new_town, "structure", "rename", "department", "skoler", "Skoler og SFO") == 0
    assert "nævner stadig" not in capsys.readouterr().out
    new_town.write("docs/strategi/formaal.md", text(new_town, "docs/strategi/formaal.md") + "\nRing på Telefon. Eller på Telefon og video.\n")
    assert run(new_town, "structure", "rename", "channel", "telefon-og-video", "Video og telefon") == 0
    assert "nævner stadig »Telefon og video«. Ret dem, der mener det samme: docs/strategi/formaal.md:" in capsys.readouterr().out
