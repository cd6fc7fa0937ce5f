"""The process plan: what its pages say is read and checked, and page, follow-up, data and warnings say the same of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.checks.plan import warn_of_plan
from kanalstrategi.cli import new
from kanalstrategi.content.action_model import Action, ActionState
from kanalstrategi.content.action_words import late_words, sum_words, time_words, words_on
from kanalstrategi.content.model import Content
from kanalstrategi.content.open_data import OPEN_DATA
from kanalstrategi.content.project import Project as LoadedProject
from kanalstrategi.content.project import read_project
from kanalstrategi.content.tasks import TaskKind, TaskState, tasks
from kanalstrategi.markdown.nodes import Element, descendants
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.page import render_page
from kanalstrategi.rendering.plan_track import MAX_YEARS, YEAR, scale_of, track
from macros import MACROS
from tests.support.plan_pages import ACTIONS, TODAY, write_plan
from tests.support.project import Project, seconds
from tests.support.small_project import small_project

BUILT = {"SOURCE_DATE_EPOCH": str(seconds(TODAY))}
PAGE = "docs/procesplan/telefontider.md"
GOAL = "docs/maal/faerre-opkald.md"
MATERIAL = "docs/materiale/skabelon.md"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = small_project(tmp_path_factory.mktemp("plan"))
    config = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("{hus: {name: Huset}}", "{hus: {name: Huset}, it: {name: It}, ingen: {name: Ingen endnu}}")
    menu = "".join(f"  - {path}\n" for path in ("soeg.md", "maal/*", "procesplan/index.md", "procesplan/*", "materiale/index.md", "materiale/*"))
    project.write("mkdocs.yml", config.replace("  - soeg.md\n", menu))
    write_plan(project, "telefon-ring", "maal", ("hus", "it"), "ingen")
    return project


@pytest.fixture(scope="module")
def loaded(plan: Project) -> LoadedProject:
    return read_project(plan.root, BUILT)


@pytest.fixture(scope="module")
def content(loaded: LoadedProject) -> Content:
    return loaded.content


def shown(loaded: LoadedProject, path: str) -> str:
    """The text of a page for readers, without tags."""
    content = loaded.content
    page = content.published_pages[path]
    root = render_page(loaded.parsed_pages.get(path), page, content, MACROS, files=loaded.files, assets="assets").root
    for found in [node for node in descendants(root) if "aria-hidden" in node.attributes]:
        found.children.clear()
    return " ".join(re.sub(r"<[^>]+>", " ", write_html([root])).split())


def test_twelve_actions_in_all_states_are_read_and_nothing_is_wrong_with_them(plan: Project, content: Content) -> None:
    assert plan.check() == []
    by_id = {action.id: action for action in content.actions}
    assert list(by_id) == sorted(id for id, *_ in ACTIONS) and {action.state for action in content.actions} == set(ActionState)
    website = by_id["ny-hjemmeside"]
    assert (website.begins, website.due, website.done) == (date(2024, 1, 15), date(2025, 11, 30), None)
    assert (website.goals, website.rules, website.page.owner.name) == (("faerre-opkald",), ("telefon-ring",), "It")
    assert [action.id for action in content.actions if action.is_overdue(content.today)] == ["evaluer", "ny-hjemmeside"]
    assert [(found.id, found.actions) for found in content.materials] == [("kursus", ()), ("skabelon", ("telefontider", "materiale"))]


MISTAKES = {
    "no state": (PAGE, "action: started\n", "", 1, "feltet action mangler – skriv `action: …` mellem de to linjer med --- øverst"),
    "a misspelt state": (PAGE, "action: started", "action: startet", 7, "action kan ikke være startet – mente du started?"),
    "started without a deadline": (PAGE, "due: 2026-03-31\n", "", 7, "en handling, der er i gang, skal have en frist – skriv `due: …`"),
    "a day that is none": (PAGE, "due: 2026-03-31", "due: 2026-02-31", 9, "datoen 2026-02-31 i due findes ikke – skriv en dag, der findes i kalenderen"),
    "a deadline in words": (PAGE, "due: 2026-03-31", "due: snart", 9, "due er ikke en dato – skriv den som år-måned-dag"),
    "done without a day": (PAGE, "action: started", "action: done", 7, "handlingen er gennemført, men der står ikke hvornår – skriv `done: …` med dagen"),
    "a day without being done": (PAGE, "due:", "done: 2025-12-01\ndue:", 9, "done kan kun stå på en handling, der er gennemført – skriv `action: done`, eller"),
    "a deadline before it begins": (PAGE, "begins: 2025-10-01", "begins: 2026-10-01", 9, "datoen i due ligger før datoen i begins – ret en af de to"),
    "done tomorrow": (PAGE, "action: started", "action: done\ndone: 2999-01-01", 8, "handlingen er gennemført på en dato, der ikke er kommet"),
    "a misspelt rule": (PAGE, "  - telefon-ring", "  - telefon-rnig", 11, "telefon-rnig er hverken et mål eller en regel – mente du telefon-ring?"),
    "nothing like it": (PAGE, "  - telefon-ring", "  - xyz", 11, "xyz er hverken et mål eller en regel – brug navnet på en side i docs/maal eller et"),
    "a rule twice": (PAGE, "  - telefon-ring", "  - telefon-ring\n  - telefon-ring", 12, "telefon-ring står to gange i serves – slet den ene"),
    "not a list": (PAGE, "due:", "kle: {a: b}\ndue:", 9, "feltet kle er ikke en liste"),
    "no purpose": (MATERIAL, "purpose: Ens beskeder.\n", "", 1, "feltet purpose mangler – skriv `purpose: …` mellem de to linjer med --- øverst"),
    "an empty audience": (MATERIAL, "audience: Alle med en telefonsvarer.", "audience:", 8, "feltet audience er tomt eller ikke tekst"),
    "a misspelt action": (MATERIAL, "[telefontider, ", "[telefontid, ", 9, "handlingen telefontid findes ikke i procesplanen – mente du telefontider?"),
    "a field of actions elsewhere": (MATERIAL, "purpose:", "due: 2026-01-01\npurpose:", 7, "feltet due hører til i docs/procesplan – slet linjen"),
    "no KLE number": (PAGE, "due:", 'kle: ["27.35", "27.3"]\ndue:', 9, "»27.3« har ikke form som et KLE-nummer – skriv det som 27"),
    "a KLE number twice": (PAGE, "due:", 'kle: ["27.35", "27.35"]\ndue:', 9, "KLE-nummeret 27.35 står to gange – slet det ene"),
    "an unknown id in a call": (GOAL, 'for("faerre-opkald")', 'for("faerre-opkal")', 15, "faerre-opkal er hverken et mål eller en regel – mente du"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_each_mistake_is_told_once_at_its_line(case: str, plan: Project) -> None:
    path, old, new, line, words = MISTAKES[case]
    before = (plan.root / path).read_text(encoding="utf-8")
    plan.replace(path, old, new)
    try:
        [told] = plan.check()
    finally:
        plan.write(path, before)
    assert told.startswith(f"{path}:{line}: {words}"), told


def test_a_page_says_of_itself_what_its_fields_say(loaded: LoadedProject) -> None:
    late = shown(loaded, "procesplan/ny-hjemmeside.md")
    assert "Tilstand I gang Hvem It Hvornår Skulle være færdig senest 30. november 2025, 32 dage over fristen Tjener Mål: Færre opkald Regel: Telefon" in late
    assert "Materiale Skabelon til telefonsvarer" in shown(loaded, "procesplan/telefontider.md")
    assert "Tilstand Åben Hvem Ingen endnu Hvornår Ingen har besluttet hvornår Det er" in shown(loaded, "procesplan/lokale-maal.md")
    material = shown(loaded, "materiale/skabelon.md")
    assert "Til Ens beskeder. Hjælper Alle med en telefonsvarer. Hører til Lav understøttende materiale Afstem telefontiderne" in material
    assert "dage over" not in shown(loaded, "procesplan/videorum.md")


def test_a_goal_and_a_rule_say_what_is_done_for_them(loaded: LoadedProject) -> None:
    goal, rule = shown(loaded, "maal/faerre-opkald.md"), shown(loaded, "regler/telefon-ring.md")
    served = ("Hold kurser i klart sprog Gennemført", "Få en ny hjemmeside I gang", "Skriv vejledninger til selvbetjening Planlagt")
    assert all(title in goal for title in served)
    assert "Gennemført 2. august 2024, 33 dage efter fristen · It" in goal and "Evaluér" not in goal
    assert "Det bliver der gjort" in rule and "Få en ny hjemmeside I gang" in rule and "Hold kurser" not in rule


def test_the_plan_lists_every_action_by_time_and_by_owner(loaded: LoadedProject) -> None:
    text = shown(loaded, "procesplan/index.md")
    assert "12 handlinger: 3 åbne, 3 planlagte, 2 i gang, 2 gennemførte og 2 opgivne. 2 er over fristen." in text
    timeline, _, by_owner = text.partition("Hvem gør hvad")
    for _, title, *_ in ACTIONS:
        assert timeline.count(title) == 1 and by_owner.count(title) == 1, title
    heads = [timeline.index(f" {year} Handling") for year in (2023, 2024, 2025, 2026)]
    assert heads == sorted(heads) and timeline.index("Uden dato") > heads[-1]
    assert timeline.index("Evaluér strategien") > timeline.index("Få en ny hjemmeside") > heads[2]
    owners = [by_owner.index(f"{name} Handling") for name in ("Huset", "It", "Ingen endnu")]
    assert owners == sorted(owners)


def test_a_plan_of_drafts_says_so_once(plan: Project, tmp_path: Path) -> None:
    drafts = Project(tmp_path)
    for file in plan.root.rglob("*"):
        if file.is_file():
            drafts.write(file.relative_to(plan.root).as_posix(), file.read_text(encoding="utf-8"))
    write_plan(drafts, "telefon-ring", "maal", ("hus", "it"), "ingen", status="draft")
    read = read_project(drafts.root, BUILT)
    assert shown(read, "procesplan/index.md").count("Udkast") == 1  # its own status
    assert shown(read, "regler/telefon-ring.md").partition("Det bliver der gjort")[2].startswith(" # Udkast Ikke vedtaget endnu Lav")


def test_page_follow_up_and_data_say_the_same(content: Content) -> None:
    records = {record["id"]: record for record in OPEN_DATA["actions"](content)}
    found = {task.subject: task for task in tasks(content) if task.kind is TaskKind.ACTION}
    assert set(found) == {action.id for action in content.actions if not action.state.is_closed}
    for action in content.actions:
        record = records[action.id]
        is_late = bool(late_words(action, content.today))
        assert record["overdue"] == is_late and record["state"] == action.state.value and record["owner"] == action.page.owner.id
        assert record["serves"] == [*action.goals, *action.rules] and record["url"] == f"procesplan/{action.id}/"
        if task := found.get(action.id):
            assert (task.due, task.owner) == (action.due, action.page.owner)
            assert (task.state(content.today) is TaskState.OVERDUE) == is_late
    assert records["telefontider"]["due"] == "2026-03-31" and records["lokale-maal"]["due"] is None
    [course, template] = OPEN_DATA["materials"](content)
    assert (template["purpose"], template["audience"], template["supports"]) == ("Ens beskeder.", "Alle med en telefonsvarer.", ["telefontider", "materiale"])
    assert course["supports"] == []


def test_kle_numbers_are_read_and_published(plan: Project) -> None:
    before = (plan.root / PAGE).read_text(encoding="utf-8")
    plan.replace(PAGE, "due:", 'kle: ["27.35.00 G01", "27", "54.15"]\ndue:')
    try:
        read = read_project(plan.root, BUILT).content
    finally:
        plan.write(PAGE, before)
    [record] = [record for record in OPEN_DATA["pages"](read) if record["id"] == "procesplan/telefontider"]
    assert record["kle"] == ["27.35.00 G01", "27", "54.15"] == list(read.pages["procesplan/telefontider.md"].kle)


def test_what_is_odd_is_a_warning(plan: Project, loaded: LoadedProject) -> None:
    told = {str(warning) for warning in warn_of_plan(loaded)}
    assert any(line.startswith("docs/procesplan/evaluer.md:8: handlingen skulle være færdig senest 31. december 2025 – skriv, at den er") for line in told)
    assert any("videorum.md:7: handlingen er planlagt, men siger ikke, hvilket mål eller hvilken regel den tjener" in line for line in told)
    assert not any("gaa-ud" in line or "lokale-maal" in line or "skal gøres" in line for line in told)
    path = "docs/procesplan/videorum.md"
    before = (plan.root / path).read_text(encoding="utf-8")
    plan.write(path, before.replace("begins: 2026-02-01", "begins: 2025-12-01").replace("Det er det, der skal gøres.\n", ""))
    try:
        later = {str(warning) for warning in warn_of_plan(read_project(plan.root, BUILT))} - told
    finally:
        plan.write(path, before)
    assert sorted(line.split(" – ")[0] for line in later) == [
        "docs/procesplan/videorum.md:7: handlingen er planlagt, men siden siger ikke, hvad der skal gøres",
        "docs/procesplan/videorum.md:8: handlingen skulle være begyndt 1. december 2025",
    ]


def test_new_actions_and_material_are_right_but_for_what_is_left_to_write(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for words, path, missing in (
        (("action", "Prøv løsningerne med borgere & børn"), "docs/procesplan/proev-loesningerne-med-borgere-boern.md", ["description"]),
        (("material", "Skabelon til breve"), "docs/materiale/skabelon-til-breve.md", ["audience", "description", "purpose"]),
    ):
        assert new.main(project.root, MACROS, words) == 0 and path in capsys.readouterr().out
        text = (project.root / path).read_text(encoding="utf-8")
        assert f"# {words[1]}\n" in text and "$" not in text
        told = [line for line in project.check() if line.startswith(path)]
        assert sorted(re.findall(r"feltet (\w+) er tomt", "\n".join(told))) == missing and len(told) == len(missing), told
    assert new.main(project.root, MACROS, ("action", "#!")) == 1 and "kan ikke bruges som titel" in capsys.readouterr().err


DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@st.composite
def actions(draw: st.DrawFn, like: Action) -> Action:
    """An action whose dates are those that the checks let through, near each other or far apart."""
    state, near = draw(st.sampled_from(ActionState)), draw(st.booleans())
    days = st.dates(date(2024, 1, 1), date(2027, 12, 31)) if near else DAYS
    begins, due = sorted([draw(days), draw(days)])
    keep = draw(st.tuples(st.booleans(), st.booleans()))
    done = draw(days) if state is ActionState.DONE else None
    return replace(like, state=state, begins=begins if keep[0] else None, due=due if keep[1] else None, done=done)


def test_bars_and_today_are_at_their_days(content: Content) -> None:
    like = content.actions[0]
    found = replace(like, state=ActionState.STARTED, begins=date(2026, 3, 1), due=date(2026, 10, 31), done=None)
    next_year = replace(found, due=date(2027, 12, 31))
    scale = scale_of([found, next_year], date(2026, 11, 29))
    assert scale and scale.width == 2 * YEAR
    months = [round(place / YEAR * 12, 1) for place in (*scale.bar_of(date(2026, 3, 1), date(2026, 10, 31)), scale.place_of(scale.today))]
    assert months == [1.9, 10.0, 10.9]
    drawn = [track(action, scale) for action in (found, next_year)]
    assert [steps and steps.has_class("late") for steps in drawn] == [True, False]


def test_a_start_that_has_passed_is_said(content: Content) -> None:
    planned = replace(content.actions[0], state=ActionState.PLANNED, begins=date(2026, 3, 1), due=date(2027, 3, 31), done=None)
    assert words_on(planned, date(2026, 3, 1)) == "Fra 1. marts 2026, senest 31. marts 2027"
    assert words_on(planned, date(2026, 3, 2)) == "Skulle være begyndt 1. marts 2026, skal være færdig senest 31. marts 2027"
    assert words_on(replace(planned, due=None), date(2026, 3, 2)) == "Skulle være begyndt 1. marts 2026"
    assert words_on(replace(planned, state=ActionState.STARTED), date(2026, 3, 2)).startswith("Fra 1. marts")
    assert words_on(planned, date(2027, 4, 1)).startswith("Skulle være færdig senest 31. marts 2027, 1 dag")


@given(st.data())
def test_any_plan_can_be_drawn_and_told(content: Content, data: st.DataObject) -> None:
    like = content.actions[0]
    found = data.draw(st.lists(actions(like), max_size=5))
    today = data.draw(st.dates(date(2024, 1, 1), date(2027, 12, 31)))
    scale = scale_of(found, today)
    for action in found:
        assert time_words(action) and (late_words(action, today) != "") == action.is_overdue(today)
        drawn = track(action, scale) if scale else None
        if drawn is None or scale is None:
            continue
        bar, now = ({name: int(part.attributes[name]) for name in ("x1", "x2")} for part in drawn.children[1:] if isinstance(part, Element))
        last = action.done or action.due or action.begins or today
        assert drawn.attributes["viewBox"] == f"0 0 {scale.width} 14" and len(scale.years) <= MAX_YEARS
        assert bar["x1"] < bar["x2"] <= scale.width and 0 <= now["x1"] == now["x2"] < scale.width
        assert (bar["x2"] <= now["x1"]) == (last < today)
    assert sum_words(found, today).startswith(f"{len(found) or 'Ingen'} handling")
