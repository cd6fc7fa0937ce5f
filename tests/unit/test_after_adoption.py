"""What an adoption asks of departments: sections to confirm, decisions to look at again, and quotes of what is gone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kanalstrategi.checks.runner import check_project
from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.cli.follow_up import follow_up_report
from kanalstrategi.content import open_data
from kanalstrategi.content.changed_rules import changed_rules
from kanalstrategi.content.editing_model import Editing
from kanalstrategi.content.project import Project as ReadProject
from kanalstrategi.content.project import read_project
from kanalstrategi.content.receipts import Receipt, file_digests
from kanalstrategi.content.tasks import TaskKind, tasks_by_owner
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.project import DATA, Project, seconds

CHANNEL = "docs/kanaler/telefon-og-video.md"
SCHOOLS, LIBRARIES = "docs/retningslinjer/skoler.md", "docs/retningslinjer/biblioteker.md"
ADOPTED = "edition: 2026-2029\nadopted: 2026-02-24\nconfirm_by: 2026-05-24\n"


@pytest.fixture
def adopted(tmp_path: Path) -> Project:
    """The small project the day after a new edition has been adopted, with the same words as the one before."""
    shutil.copytree(DATA / "macros" / "project", tmp_path, dirs_exist_ok=True)
    project = Project(tmp_path)
    former = tmp_path / "docs" / "udgaver" / "2025"
    for folder in ("kanaler", "strategi"):
        shutil.copytree(tmp_path / "docs" / folder, former / folder)
    shutil.copy(tmp_path / "docs" / "index.md", former)
    project.replace("docs/udgaver/2025/index.md", "edition: 2025\n", "edition: 2025\nsuperseded: 2026-02-24\nsuperseded_by: 2026-2029\n")
    project.replace("docs/index.md", "adopted: 2025-01-15\n", "")
    project.replace("docs/index.md", "edition: 2025\n", ADOPTED)
    project.replace("docs/index.md", "# Kanalstrategi", "# Kanalstrategi 2026-2029")
    project.replace(CHANNEL, "changed: '2025-06-01: Vi svarer nu \"straks\".'\n", "")
    return project


def read(project: Project, day: str = "2026-03-01") -> ReadProject:
    """Read the project on a day, with receipts of what is filed."""
    for folder in (project.root / "docs" / "udgaver").iterdir():
        files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.md")}
        (folder / "kvittering.json").write_bytes(Receipt({}, file_digests(files)).to_json())
    return read_project(project.root, {"SOURCE_DATE_EPOCH": str(seconds(day))})


def to_confirm(project: ReadProject) -> dict[str, list[tuple[str, str]]]:
    """The changes that each section has to confirm, as `skoler/telefon-og-video`."""
    records = open_data.OPEN_DATA["guidelines"](project.content)
    return {one["id"]: [(change["kind"], change["rule"]) for change in one["to_confirm"]] for one in records if one["to_confirm"]}


def shown(project: ReadProject, path: str) -> str:
    """The HTML of a page."""
    root = render_page(project.parsed_pages[path], project.content.pages[path], project.content, MACROS, files=project.files, assets="assets").root
    return write_html(root.children)


def warnings(project: ReadProject, root: Path) -> list[str]:
    """The warnings of an adoption, without their hints."""
    return [f"{one.place}: {one.message}" for one in find_warnings(project, root / "docs") if any(word in one.message for word in ("udgået", "genbekræft"))]


def test_without_a_change_nothing_is_asked_for(adopted: Project) -> None:
    project = read(adopted)
    assert changed_rules(project.content) == () and to_confirm(project) == {} and warnings(project, adopted.root) == []
    assert "genbekræft" not in shown(project, "retningslinjer/skoler.md") + "\n".join(follow_up_report(project))


def test_each_section_that_shows_a_rule_has_to_confirm_what_changed(adopted: Project) -> None:
    adopted.replace(CHANNEL, "vi skal ringe, når det er *hurtigst*", "vi skal altid ringe")
    adopted.replace(CHANNEL, "## Video", "- vi skal lytte\n    {: #lyt }\n\n## Video")
    adopted.replace(CHANNEL, "- der skal være et rum\n    {: #rum }", "- rummet skal være stille\n    {: #stille }")
    project = read(adopted)
    assert [(change.kind.value, change.id) for change in changed_rules(project.content)] == [
        ("changed", "ring"),
        ("new", "lyt"),
        ("new", "stille"),
        ("gone", "rum"),
    ]
    assert to_confirm(project) == {
        "skoler/telefon-og-video": [("changed", "ring"), ("new", "lyt")],  # it shows the rules about telephones only
        "biblioteker/telefon-og-video": [("changed", "ring"), ("new", "lyt"), ("new", "stille"), ("gone", "rum")],
    }


def test_a_single_rule_that_a_section_shows_counts_and_a_move_is_a_change(adopted: Project) -> None:
    adopted.replace("docs/kanaler/fremmoede.md", "vi skal hilse", "vi skal hilse pænt")
    rule, video = "- vi skal ringe, når det er *hurtigst*\n    {: #ring }\n", "- der skal være et rum\n"
    adopted.replace(CHANNEL, rule, "")
    adopted.replace(CHANNEL, video, rule + video)
    project = read(adopted)
    assert to_confirm(project)["skoler/fremmoede"] == [("changed", "hils")]
    assert to_confirm(project)["skoler/telefon-og-video"] == [("moved", "ring")]
    assert "</a> er flyttet fra Telefon til Video." in shown(project, "retningslinjer/skoler.md")


def test_a_rule_that_moved_is_told_of_where_it_was_and_where_it_is(adopted: Project) -> None:
    rule = "- vi skal ringe, når det er *hurtigst*\n    {: #ring }\n"
    adopted.replace(CHANNEL, rule, "")
    adopted.replace("docs/kanaler/fremmoede.md", "- vi skal hilse", rule.replace("når", "hvis") + "- vi skal hilse")
    adopted.replace(SCHOOLS, '{{ rule("hils") }}', '{{ rules("fremmoede") }}')
    project = read(adopted)
    html = shown(project, "retningslinjer/skoler.md")
    words = "»vi skal ringe, hvis det er hurtigst«</a> er flyttet"
    assert f"{words} til Fremmøde og ændret." in html and f"{words} hertil fra Telefon og ændret." in html
    assert f"{SCHOOLS}:20: afsnittet skal genbekræftes senest 24. maj 2026: 1 regel er flyttet og ændret" in warnings(project, adopted.root)


def test_the_section_says_what_changed_until_when_and_in_which_words(adopted: Project) -> None:
    adopted.replace(CHANNEL, "vi skal ringe, når det er *hurtigst*", "vi skal altid ringe")
    html = shown(read(adopted), "retningslinjer/skoler.md")
    assert '<p class="admonition-title">Skal genbekræftes senest 24. maj 2026</p>' in html
    assert 'Reglen <a href="../../regler/ring/">»vi skal altid ringe«</a> er ændret.' in html
    assert "<strong>Før:</strong> vi skal ringe, når det er hurtigst</p>\n<p><strong>Nu:</strong> vi skal altid ringe</p>\n</details>" in html
    assert "Skulle være genbekræftet senest 24. maj 2026" in shown(read(adopted, "2026-05-25"), "retningslinjer/skoler.md")


def test_the_guideline_says_at_its_top_which_sections_and_in_each_how(adopted: Project) -> None:
    adopted.replace(CHANNEL, "vi skal ringe, når det er *hurtigst*", "vi skal altid ringe")
    project = read(adopted)
    link = '<a href="#telefon-og-video">Telefon &amp; video</a>'
    line = f'<p data-search-exclude=""><strong>1 af 2 afsnit skal genbekræftes senest 24. maj 2026</strong>: {link}</p>'
    html = shown(project, "retningslinjer/skoler.md")
    assert html.index('class="status') < html.index(line) < html.index("<h2")
    assert "<p>Er afsnittet stadig rigtigt, så sig det til den ansvarlige: Skolechefen.</p>" in html
    mail = '<a href="mailto:post@example.org">post@example.org</a>'
    assert f"så skriv til {mail}." in shown(project, "retningslinjer/biblioteker.md")
    organisation = replace(project.content.organisation, editing=Editing("github"))
    edited = replace(project, content=replace(project.content, organisation=organisation))
    assert f"så sæt kryds ved det i redigeringen, eller skriv til {mail}." in shown(edited, "retningslinjer/biblioteker.md")


def test_what_nobody_has_decided_is_called_a_question(adopted: Project) -> None:
    adopted.replace(CHANNEL, '- vi skal skrive "notat" & \\[kort\\] \\*straks\\*\n    {: #notat }\n', "")
    steps = [
        ("- [x] Telefonsvarer: Ja\n", "", "spørgsmål"),
        ("- [ ] Numre: Hvilke?", "- [x] Numre: 112", "spørgsmål og beslutninger"),
        ("- [ ] Telefontider: Hvornår?", "- [x] Telefontider: Altid", "beslutninger"),
    ]
    for old, new, words in steps:
        adopted.replace(SCHOOLS, old, new)
        assert f"Se, om disse {words} stadig er rigtige:" in shown(read(adopted), "retningslinjer/skoler.md")


def test_a_section_is_confirmed_by_a_date_on_or_after_the_adoption(adopted: Project) -> None:
    adopted.replace(CHANNEL, "vi skal ringe, når det er *hurtigst*", "vi skal altid ringe")
    for day, is_confirmed in {"2026-02-23": False, "2026-02-24": True, "2026-03-01": True}.items():
        text = (adopted.root / SCHOOLS).read_text(encoding="utf-8")
        adopted.write(SCHOOLS, text.replace("{: #telefon-og-video }", f"{{: #telefon-og-video confirmed={day} }}"))
        project = read(adopted)
        assert ("skoler/telefon-og-video" not in to_confirm(project)) == is_confirmed
        record = next(one for one in open_data.OPEN_DATA["guidelines"](project.content) if one["id"] == "skoler/telefon-og-video")
        assert (record["confirmed"], record["confirm_by"]) == (day, None if is_confirmed else "2026-05-24")
        assert "confirmed" not in shown(project, "retningslinjer/skoler.md")
        assert check_project(project, adopted.root / "docs", MACROS) == []
        adopted.write(SCHOOLS, text)


@pytest.mark.parametrize("day", ["i-dag", "2026-02-30", "2999-01-01", "26-03-01"])
def test_a_wrong_date_is_reported_at_its_line(adopted: Project, day: str) -> None:
    line = adopted.replace(SCHOOLS, "{: #telefon-og-video }", f"{{: #telefon-og-video confirmed={day} }}")
    (problem,) = check_project(read(adopted), adopted.root / "docs", MACROS)
    assert problem.place == f"{SCHOOLS}:{line}" and "genbekræftet" in problem.message


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (SCHOOLS, "# Retningslinje for skoler", "# Retningslinje for skoler {: confirmed=2026-03-01 }"),
        (SCHOOLS, "## Fremmøde", "## Andet {: confirmed=2026-03-01 }\n\n## Fremmøde"),
        ("docs/strategi/om.md", "# Om strategien", "# Om strategien\n\n## Mere {: confirmed=2026-03-01 }"),
        ("docs/strategi/om.md", "{: #vi-lytter }", "{: #vi-lytter confirmed=2026-03-01 }"),
    ],
)
def test_nothing_but_a_section_of_a_guideline_can_be_confirmed(adopted: Project, path: str, old: str, new: str) -> None:
    adopted.replace(path, old, new)
    (problem,) = check_project(read(adopted), adopted.root / "docs", MACROS)
    assert problem.file == path and problem.message.startswith("confirmed ")


def test_decisions_below_a_rule_that_went_are_listed_until_the_section_is_confirmed(adopted: Project) -> None:
    adopted.replace(CHANNEL, '- vi skal skrive "notat" & \\[kort\\] \\*straks\\*\n    {: #notat }\n', "")
    project = read(adopted)
    html = shown(project, "retningslinjer/skoler.md")
    assert "er udgået. Se, om disse spørgsmål og beslutninger stadig er rigtige:" in html
    assert [html.count(f'<a href="#telefon-og-video-{name}">') for name in ("telefontider", "telefonsvarer", "numre")] == [1, 1, 1]
    call = Call(project.content, project.content.pages["opfoelgning.md"])
    listed = write_html(MACROS["follow_up"](call))
    assert "Telefonsvarer</a>" in listed and "1 afsnit skal genbekræftes senest 24. maj 2026" in listed
    adopted.replace(SCHOOLS, "{: #telefon-og-video }", "{: #telefon-og-video confirmed=2026-02-28 }")
    assert "er udgået" not in shown(read(adopted), "retningslinjer/skoler.md")


def test_the_follow_up_names_owners_and_what_is_late(adopted: Project) -> None:
    adopted.replace(CHANNEL, "vi skal ringe, når det er *hurtigst*", "vi skal altid ringe")
    project = read(adopted, "2026-05-25")
    names = {entry.owner.id: [task.page.id.rpartition("/")[2] for task in entry.of_kind(TaskKind.CONFIRM)] for entry in tasks_by_owner(project.content)}
    assert names == {"borgerservice": ["biblioteker"], "skolechefen": ["skoler"]}
    words = "Telefon & video skulle være genbekræftet senest 24. maj 2026: 1 regel er ændret"
    assert f"  {SCHOOLS}:12: {words}" in list(follow_up_report(project))
    html = write_html(MACROS["follow_up"](Call(project.content, project.content.pages["opfoelgning.md"])))
    assert '<span class="overdue">24. maj 2026</span>' in html and "Afsnit, der skal genbekræftes" in html
    assert f"{SCHOOLS}:12: afsnittet skulle være genbekræftet senest 24. maj 2026: 1 regel er ændret" in warnings(project, adopted.root)
    assert check_project(project, adopted.root / "docs", MACROS) == []  # a missed deadline stops nobody


def test_the_map_says_which_sections_to_confirm(adopted: Project) -> None:
    adopted.replace(CHANNEL, "vi skal ringe, når det er *hurtigst*", "vi skal altid ringe")
    project = read(adopted)
    tree = MACROS["coverage"](Call(project.content, project.content.pages["retningslinjer/index.md"]))
    html = write_html(tree)
    assert html.count("<br>genbekræftes</a>") == 2 and " 2 afsnit skal genbekræftes senest 24. maj 2026." in html


def test_what_is_gone_is_quoted_in_its_old_words_and_marked(adopted: Project) -> None:
    adopted.replace(CHANNEL, "- vi skal ringe, når det er *hurtigst*\n    {: #ring }\n", "")
    adopted.replace("docs/strategi/om.md", "Vi må ikke råbe. Vi lytter.", "Vi lytter.")
    adopted.replace("docs/strategi/om.md", "{: #definition-kanal }", "{: #definition-medie }")
    adopted.replace("docs/retningslinjer/index.md", "{{ coverage() }}", '{{ coverage() }}\n\n{{ definition("kanal") }}\n\n{{ pull_quote("vi-lytter") }}')
    project = read(adopted)
    assert check_project(project, adopted.root / "docs", MACROS) == []
    mark = '<strong class="badge gone">Udgået med Kanalstrategi 2026-2029</strong>'
    chooser, answer = shown(project, "vaelg-kanal.md"), shown(project, "svar/ringe.md")
    assert chooser.count(mark) == 3 and 'href="../udgaver/2025/kanaler/telefon-og-video/#ring"' in chooser
    assert answer.count(mark) == 1 and "Vi må ikke råbe." in answer and 'href="../../udgaver/2025/strategi/om/#vi-lytter"' in answer
    assert shown(project, "retningslinjer/index.md").count(mark) == 1  # the paragraph is still there
    assert warnings(project, adopted.root) == [
        f"{LIBRARIES}:12: afsnittet skal genbekræftes senest 24. maj 2026: 1 regel er udgået",
        "docs/retningslinjer/index.md:13: definitionen definition-kanal er udgået med Kanalstrategi 2026-2029",
        f"{SCHOOLS}:12: afsnittet skal genbekræftes senest 24. maj 2026: 1 regel er udgået",
        "docs/svar/ringe.md:15: en sætning i afsnittet vi-lytter er udgået med Kanalstrategi 2026-2029",
        "docs/vaelg-kanal.md:41: reglen ring er udgået med Kanalstrategi 2026-2029",
        "docs/vaelg-kanal.md:54: reglen ring er udgået med Kanalstrategi 2026-2029",
        "docs/vaelg-kanal.md:58: en sætning i afsnittet vi-lytter er udgået med Kanalstrategi 2026-2029",
    ]
    (entry,) = [entry for entry in tasks_by_owner(project.content) if entry.owner.id == "borgerservice"]
    assert sum(task.count for task in entry.of_kind(TaskKind.OUTDATED)) == 5


def test_nobody_is_led_to_quote_what_is_gone(adopted: Project) -> None:
    adopted.replace(CHANNEL, "- vi skal ringe, når det er *hurtigst*\n    {: #ring }\n", "")
    adopted.replace(SCHOOLS, '{{ rule("hils") }}', '{{ rule("rin") }}')
    (problem,) = check_project(read(adopted), adopted.root / "docs", MACROS)
    assert problem.message == "reglen rin findes ikke" and "ring" not in problem.hint


def test_a_channel_that_went_keeps_its_sections_and_a_new_one_may_be_missing(adopted: Project) -> None:
    (adopted.root / "docs/kanaler/fremmoede.md").rename(adopted.root / "docs/kanaler/chat.md")
    adopted.replace("docs/kanaler/chat.md", "# Fremmøde", "# Chat")
    adopted.replace("docs/kanaler/chat.md", "#hils", "#chat-hils")
    adopted.replace("mkdocs.yml", "kanaler/fremmoede.md", "kanaler/chat.md")
    adopted.replace("docs/svar/ringe.md", "channel: telefon", "channel: fremmoede")
    adopted.replace("docs/retningslinjer/index.md", "{{ coverage() }}", '{{ guidelines("fremmoede") }}')
    project = read(adopted)
    assert check_project(project, adopted.root / "docs", MACROS) == []
    html = shown(project, "retningslinjer/skoler.md")
    assert "Kanalen findes ikke mere i strategien" in html and "Med hånden" in html
    messages = [f"{one.place}: {one.message}" for one in find_warnings(project, adopted.root / "docs")]
    assert f"{SCHOOLS}:10: retningslinjen mangler et afsnit om Chat, som er ny i strategien" in messages
    assert f"{SCHOOLS}:20: kanalen fremmoede er udgået med Kanalstrategi 2026-2029" in messages
    assert "docs/svar/ringe.md:3: kanalen fremmoede er udgået med Kanalstrategi 2026-2029" in messages
    assert "docs/vaelg-kanal.md:45: kanalen fremmoede er udgået med Kanalstrategi 2026-2029" in messages
    assert [section.group.id for section in project.content.guidelines[0].former_sections] == ["fremmoede"]
    assert [one.id for one in project.content.guidelines[0].open_decisions] == ["telefon-og-video-telefontider", "telefon-og-video-numre"]
    mark = '<strong class="badge gone">Udgået med Kanalstrategi 2026-2029</strong>'
    assert f"Fremmøde</a> (1 regel) {mark}" in shown(project, "vaelg-kanal.md")
    assert f"Fremmøde</a> {mark}</p>" in shown(project, "retningslinjer/index.md")


def test_the_template_of_new_guidelines_is_told_of_too(adopted: Project) -> None:
    adopted.replace(CHANNEL, "- vi skal ringe, når det er *hurtigst*\n    {: #ring }\n", "")
    text = (adopted.root / SCHOOLS).read_text(encoding="utf-8").replace("department: Skoler", "department: $department")
    adopted.write("docs/skabeloner/retningslinje.md", text.replace('{{ rules("telefon") }}', '{{ rule("ring") }}').replace("{: #fremmoede }", "{: #andet }"))
    (adopted.root / "docs/udgaver/2025/kanaler/fremmoede.md").unlink()
    found = [one for one in warnings(read(adopted), adopted.root) if "skabeloner" in one]
    assert found == ["docs/skabeloner/retningslinje.md:14: reglen ring er udgået med Kanalstrategi 2026-2029"]
    told = [one.message for one in find_warnings(read(adopted), adopted.root / "docs") if "skabelonen" in one.message]
    assert told == ["skabelonen mangler et afsnit om Fremmøde, som er ny i strategien"]


def test_a_second_adoption_asks_anew_and_what_the_first_one_left_is_still_no_problem(adopted: Project) -> None:
    adopted.replace(CHANNEL, "vi skal ringe, når det er *hurtigst*", "vi skal altid ringe")
    adopted.replace("docs/strategi/om.md", "{: #definition-kanal }", "{: #definition-medie }")  # gone with the first
    (adopted.root / "docs/udgaver/2025/kanaler/fremmoede.md").unlink()  # so that the channel is new in the second
    adopted.replace(SCHOOLS, "{: #telefon-og-video }", "{: #telefon-og-video confirmed=2026-03-01 }")
    adopted.replace(SCHOOLS, "## Fremmøde {: #fremmoede }", '## Telefon igen\n\n{{ definition("kanal") }}')
    adopted.replace(SCHOOLS, "- [x] Hilsen: Med hånden\n", "")
    second = adopted.root / "docs" / "udgaver" / "2026-2029"
    for folder in ("kanaler", "strategi"):
        shutil.copytree(adopted.root / "docs" / folder, second / folder)
    shutil.copy(adopted.root / "docs" / "index.md", second)
    adopted.replace("docs/udgaver/2026-2029/index.md", "confirm_by: 2026-05-24\n", "superseded: 2030-02-24\nsuperseded_by: 2030-2033\n")
    adopted.replace("docs/index.md", ADOPTED, "edition: 2030-2033\nadopted: 2030-02-24\nconfirm_by: 2030-05-24\n")
    adopted.replace("docs/index.md", "# Kanalstrategi 2026-2029", "# Kanalstrategi 2030-2033")
    adopted.replace(CHANNEL, "vi skal altid ringe", "vi skal ringe tilbage")
    project = read(adopted, "2030-03-01")
    assert check_project(project, adopted.root / "docs", MACROS) == []
    assert to_confirm(project) == {name: [("changed", "ring")] for name in ("skoler/telefon-og-video", "biblioteker/telefon-og-video")}
    assert "definitionen definition-kanal er udgået med Kanalstrategi 2026-2029" in "\n".join(warnings(project, adopted.root))


def test_a_link_to_what_is_gone_leads_to_the_edition_that_had_it(adopted: Project) -> None:
    (adopted.root / "docs/kanaler/fremmoede.md").unlink()
    adopted.replace("mkdocs.yml", "  - kanaler/fremmoede.md\n", "")
    adopted.replace(CHANNEL, "    {: #notat }", "    {: #note }")
    links = "[a](../kanaler/fremmoede.md), [b](../kanaler/fremmoede.md#hils), [c](../kanaler/telefon-og-video.md#notat), [d](om.md#vi-lytter)"
    line = adopted.replace("docs/strategi/om.md", "Vi svarer også", f"{links}. Vi svarer også")
    project = read(adopted)
    assert check_project(project, adopted.root / "docs", MACROS) == []
    html, mark = shown(project, "strategi/om.md"), ' <strong class="badge gone">Udgået med Kanalstrategi 2026-2029</strong></a>'
    for words, url in {"a": "fremmoede/", "b": "fremmoede/#hils", "c": "telefon-og-video/#notat"}.items():
        assert f'<a href="../../udgaver/2025/kanaler/{url}">{words}{mark}' in html
    assert '<a href="../om/#vi-lytter">d</a>' in html or '<a href="./#vi-lytter">d</a>' in html
    told = [one for one in warnings(project, adopted.root) if "strategi/om.md" in one]
    assert told == [
        f"docs/strategi/om.md:{line}: siden kanaler/fremmoede.md er udgået med Kanalstrategi 2026-2029",
        f"docs/strategi/om.md:{line}: stedet kanaler/fremmoede.md#hils er udgået med Kanalstrategi 2026-2029",
        f"docs/strategi/om.md:{line}: stedet kanaler/telefon-og-video.md#notat er udgået med Kanalstrategi 2026-2029",
    ]
    adopted.replace("docs/strategi/om.md", "fremmoede.md#hils", "fremmoede.md#hilsen")  # which never was
    (problem,) = check_project(read(adopted), adopted.root / "docs", MACROS)
    assert "fremmoede.md#hilsen" in problem.message


def test_a_website_that_only_the_former_edition_names_may_stay_in_an_answer_until_somebody_has_looked(adopted: Project) -> None:
    adopted.replace("docs/strategi/om.md", "Sandkoebing.dk", "hjemmesiden")
    links = '{{ website("Sandkoebing.dk") }}\n\nSe [her](https://www.sandkoebing.dk/x).'
    line = adopted.replace("docs/svar/ringe.md", '{{ passage("vi-lytter", "Vi må") }}', f'{links}\n\n{{{{ passage("vi-lytter") }}}}')
    project = read(adopted)
    assert check_project(project, adopted.root / "docs", MACROS) == []
    words = "omtalen af sandkoebing.dk er udgået med Kanalstrategi 2026-2029"
    assert warnings(project, adopted.root) == [f"docs/svar/ringe.md:{line}: {words}", f"docs/svar/ringe.md:{line + 2}: {words}"]
    assert "badge gone" not in shown(project, "svar/ringe.md")


def changed_quotes(project: ReadProject, root: Path) -> list[str]:
    """The warnings of pages that quote what has changed, without their hints."""
    return [f"{one.place}: {one.message}" for one in find_warnings(project, root / "docs") if "siden viser" in one.message]


def test_a_page_that_quotes_what_changed_is_reported_until_it_is_reviewed(adopted: Project) -> None:
    adopted.replace(CHANNEL, "vi skal ringe, når det er *hurtigst*", "vi skal altid ringe")
    adopted.replace("docs/strategi/om.md", "Vi må ikke råbe. Vi lytter.", "Vi må ikke råbe højt. Vi lytter.")
    project = read(adopted)
    day = "der er ændret den 24. februar 2026"
    assert changed_quotes(project, adopted.root) == [
        f"docs/svar/ringe.md:15: siden viser et afsnit, {day}: vi-lytter",
        f"docs/vaelg-kanal.md:41: siden viser en regel, {day}: ring",
        f"docs/vaelg-kanal.md:54: siden viser en regel, {day}: ring",
        f"docs/vaelg-kanal.md:58: siden viser et afsnit, {day}: vi-lytter",
    ]  # and not the guidelines, which are confirmed section by section
    note = '</ul>\n<p class="as-of" data-search-exclude="">Strategien er ændret den 24. februar 2026. Siden er ikke set igennem siden.</p>'
    assert note in shown(project, "svar/ringe.md") and "set igennem" not in shown(project, "strategi/om.md")
    assert f"  docs/svar/ringe.md:15: siden viser et afsnit, {day}: vi-lytter" in list(follow_up_report(project))
    html = write_html(MACROS["follow_up"](Call(project.content, project.content.pages["opfoelgning.md"])))
    assert "2 sider viser noget, som er ændret" in html and "En regel er ændret: " in html and "ring</a>, linje 41, 54</li>" in html
    for path, reviewed in {"svar/ringe.md": "2026-02-24", "vaelg-kanal.md": "2026-02-23"}.items():
        adopted.replace(f"docs/{path}", "reviewed: 2025-09-01", f"reviewed: {reviewed}")
    project = read(adopted)
    assert {one.page.path for one in project.content.changed_quotes} == {"vaelg-kanal.md"}
    assert "set igennem" not in shown(project, "svar/ringe.md")


def test_a_sentence_beside_the_one_that_changed_is_no_concern_of_those_who_quote_another(adopted: Project) -> None:
    adopted.replace("docs/strategi/om.md", "Vi lytter.", "Vi lytter altid.")
    assert changed_quotes(read(adopted), adopted.root) == []


def test_a_short_text_that_stays_while_the_text_changes_is_told_of(adopted: Project) -> None:
    short = "short: Ring til os.\n"
    for path in (CHANNEL, "docs/udgaver/2025/kanaler/telefon-og-video.md", "docs/kanaler/fremmoede.md", "docs/udgaver/2025/kanaler/fremmoede.md"):
        adopted.replace(path, "owner: borgerservice\n", f"owner: borgerservice\n{short}")
    adopted.replace(CHANNEL, "vi skal ringe, når det er *hurtigst*", "vi skal altid ringe")

    def told() -> list[str]:
        return [one.place for one in find_warnings(read(adopted), adopted.root / "docs") if "Kort fortalt" in one.message]

    assert told() == [f"{CHANNEL}:5"]
    adopted.replace(CHANNEL, "reviewed: 2025-09-01", "reviewed: 2026-02-25")  # somebody has looked since the adoption
    assert told() == []
    adopted.replace(CHANNEL, "reviewed: 2026-02-25", "reviewed: 2026-02-24")  # which the adoption itself has written
    adopted.replace(CHANNEL, short, "short: Ring altid til os.\n")
    assert told() == []


def test_an_unchanged_short_text_of_a_proposal_is_reported_before_it_is_adopted(adopted: Project) -> None:
    adopted.replace(CHANNEL, "owner: borgerservice\n", "owner: borgerservice\nshort: Ring til os.\n")
    proposal = adopted.root / "docs" / "udgaver" / "2030-2033"
    for folder in ("kanaler", "strategi"):
        shutil.copytree(adopted.root / "docs" / folder, proposal / folder)
    adopted.write("docs/udgaver/2030-2033/index.md", (adopted.root / "docs" / "index.md").read_text(encoding="utf-8").replace(ADOPTED, ""))
    path = "docs/udgaver/2030-2033/kanaler/telefon-og-video.md"
    adopted.replace(path, "vi skal ringe, når det er *hurtigst*", "vi skal altid ringe")
    assert [one.place for one in find_warnings(read(adopted), adopted.root / "docs") if "Kort fortalt" in one.message] == [f"{path}:5"]
