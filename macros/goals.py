"""Macros of the strategy's goals: how all of them stand, and one of them with its chart and its figures."""

from __future__ import annotations

from kanalstrategi.content.conventions import GOAL_FOLDER, MEASUREMENT_GUIDE
from kanalstrategi.content.goal_facts import NO_TARGET, GoalFacts, direction_verb, goal_facts
from kanalstrategi.content.goal_model import Course, Goal
from kanalstrategi.content.measurements import COLUMNS, NOTE_COLUMN, gaps
from kanalstrategi.content.model import Content
from kanalstrategi.danish.numbers import danish_number
from kanalstrategi.danish.phrases import capitalized
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import draft_mark, heading, icon, in_brackets, page_link, shortened, table, table_row
from kanalstrategi.rendering.goal_chart import goal_chart, target_point
from kanalstrategi.rendering.macros import Call, MacroError, macro

COURSE_ICONS = {
    Course.NOT_MEASURED: "material/help-circle-outline",
    Course.BASELINE_ONLY: "material/flag-outline",
    Course.ON_COURSE: "material/check-circle-outline",
    Course.BEHIND: "material/clock-alert-outline",
    Course.UNCHANGED: "material/equal",
    Course.OFF_COURSE: "material/alert-circle-outline",
}
_COURSE_ID, _FIGURES_ID = "hvordan-gaar-det", "tallene"
"""The ids of a goal's headings. A link to the figures leads to how to begin for as long as there are none, and is not broken by the first."""
_MISSING = "ingen måling"
TARGET_LINE = "Stiplet linje: vejen fra det første tal til målet."
"""What the line that is not of figures shows."""


@macro(is_of_site=True)
def goals(call: Call) -> list[Node]:
    """Return how each of the strategy's goals stands, in the strategy's own words."""
    facts = [goal_facts(goal, call.content.today) for goal in call.content.goals]
    if not facts:
        return [element("p", "Der er ikke skrevet nogen mål på siden endnu.")]
    rows = [_row(call, one) for one in facts]
    caption = call.content.say("Strategiens mål, og hvordan det går med dem")
    return [table("figures goals", caption, ("Mål", "Tallet skal", "Seneste tal", "Sådan går det"), rows)]


@macro(anchors=lambda content: (_COURSE_ID, _FIGURES_ID), is_of_site=True)
def goal(call: Call) -> list[Node]:
    """Return the goal of the page: the strategy's sentence, how it stands, its chart and its figures."""
    found = next((one for one in call.content.goals if one.page.path == call.page.path), None)
    if found is None:
        raise MacroError(call.content.say("siden er ikke et af strategiens mål"), f"flyt den til docs/{GOAL_FOLDER}, eller slet {{{{ goal() }}}}")
    facts = goal_facts(found, call.content.today)
    parts: list[Node] = [*_sentence(call, facts), heading(2, "Hvordan går det?", _COURSE_ID)]
    if not facts.is_measured:
        return [*parts, *_how_to_begin(call, facts)]
    return [*parts, _state(facts), _facts(facts, call.content), heading(2, "Tallene", _FIGURES_ID), *_figures(call, facts)]


def _sentence(call: Call, facts: GoalFacts) -> list[Node]:
    passage = facts.goal.passage
    if passage is None:
        return []
    source = element("a", passage.section, href=call.link(passage.url))
    return [element("blockquote.passage", element("p", passage.text), element("p.source", "Fra afsnittet ", source, draft_mark(passage.page)))]


def _course(facts: GoalFacts) -> Element:
    """Return how a goal is going, as a word with a sign: neither depends on its color."""
    return element(f"strong.goal-course.goal-{facts.course.value}", icon(COURSE_ICONS[facts.course]), capitalized(facts.course_label))


def _state(facts: GoalFacts) -> Element:
    return element("p.goal-state", _course(facts), ". " if facts.rule else "", facts.rule)


def _facts(facts: GoalFacts, content: Content) -> Element:
    rows: list[tuple[str, Node]] = [("Tallet skal", direction_verb(facts.goal.direction)), ("Første tal", facts.baseline)]
    if facts.change:
        rows += [("Seneste tal", facts.latest), ("Ændring", facts.change)]
    rows.append(("Mål", facts.target or content.say(NO_TARGET)))
    if facts.missing:
        rows.append(("Det mangler", capitalized(", ".join(facts.missing))))
    return element("dl.goal-facts", [part for title, words in rows for part in (element("dt", title), element("dd", words))])


def _figures(call: Call, facts: GoalFacts) -> list[Node]:
    goal = facts.goal
    file = element("a", "Hent tallene (CSV)", href=call.link(goal.file)) if goal.file else ""
    legend = element("figcaption", TARGET_LINE) if target_point(goal) else ""
    parts = element("div.goal-figures", element("figure", goal_chart(facts), legend), _table(goal), data_search_exclude="")
    return [parts, element("p.goal-file.web-only", file)] if file else [parts]


def _table(goal: Goal) -> Element:
    has_notes = any(measurement.note for measurement in goal.measurements)
    value = capitalized(goal.unit) or "Tal"
    heads = (value, "Kilde", *(["Bemærkning"] if has_notes else []))
    rows = {
        measurement.period: (danish_number(measurement.value), measurement.source, *([measurement.note] if has_notes else []))
        for measurement in goal.measurements
    }
    rows |= {period: (_MISSING, *[""] * (len(heads) - 1)) for period in gaps([measurement.period for measurement in goal.measurements])}
    body = [_table_row(period.label, list(zip(heads, rows[period], strict=True))) for period in sorted(rows)]
    return table("figures goal-table", f"{goal.page.title}: målinger", ("Periode", *heads), body)


def _table_row(label: str, cells: list[tuple[str, str]]) -> Element:
    """Return a row in which an empty cell is empty on phones, too, and does not say what it would hold."""
    row = table_row(label, cells)
    for cell, (_, words) in zip((child for child in row.children[1:] if isinstance(child, Element)), cells, strict=True):
        if not words:
            cell.children = []
    return row


def _row(call: Call, facts: GoalFacts) -> Element:
    title, passage = page_link(call, facts.goal.page), facts.goal.passage
    if passage:
        name = f"{passage.section}: {shortened(passage.text)}"  # for readers who hear the link out of context
        source = in_brackets(element("a", passage.section, href=call.link(passage.url), aria_label=name))
        title += [element("br"), element("span.goal-sentence", passage.text, " ", source)]
    cells: list[tuple[Node, Node | list[Node]]] = [
        ("Tallet skal", f"{direction_verb(facts.goal.direction)} til {facts.target}" if facts.target else direction_verb(facts.goal.direction)),
        ("Seneste tal", facts.latest or _MISSING),
        ("Sådan går det", [_course(facts), element("br"), facts.change] if facts.change else _course(facts)),
    ]
    return table_row(title, cells)


def _how_to_begin(call: Call, facts: GoalFacts) -> list[Node]:
    """Return that nothing is measured, and what whoever is to measure it does."""
    page, owner = facts.goal.page, facts.goal.page.owner
    file = page.path.removesuffix(".md") + ".csv"
    guide = call.content.pages.get(MEASUREMENT_GUIDE)
    more: list[Node] = [" Se ", element("a", guide.title, href=call.link(guide.url)), "."] if guide else []
    head, unit = element("code", ",".join(COLUMNS)), element("code", "unit")
    nothing = f". Der er ikke lagt tal ind, så siden kan ikke vise, om målet er på vej. {facts.direction}. {capitalized(call.content.say(NO_TARGET))}."
    first = f"{owner.name} vælger, hvad der tælles, og hvor tallet kommer fra. Det, der tælles, skrives i sidens felt "
    second: list[Node] = [", en linje for hver periode, der er slut. Den første linje er ", head, ". Gemmer regnearket med semikolon, er det lige så godt."]
    third = f"Den første periode er den, alle senere tal sammenlignes med. En bemærkning kan stå i en fjerde kolonne, {NOTE_COLUMN}."
    fourth = "Den, der ikke selv kan rette i siderne, sender perioden, tallet og kilden til dem, der passer hjemmesiden."
    where = "Tallene skrives under »Målinger« i redigeringen, eller i filen "
    steps: list[list[Node]] = [[first, unit, "."], [where, element("code", f"docs/{file}"), *second], [third], [fourth, *more]]
    return [
        element("p.goal-state", _course(facts), nothing),
        heading(3, "Sådan begynder man", _FIGURES_ID),
        element("ol", [element("li", step) for step in steps]),
    ]
