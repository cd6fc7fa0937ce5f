"""The chart of a goal: what it says, what is drawn, and that it is drawn for any figures."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.content.goal_facts import goal_facts
from kanalstrategi.content.goal_model import Direction, Goal, Measurement, Period
from kanalstrategi.content.model import Page, Status
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.danish.periods import parse_period
from kanalstrategi.markdown.nodes import Element, descendants, text_of
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.pdf.charts import CHART_SCHEME, chart_bytes, chart_file, chart_image
from kanalstrategi.rendering.chart_model import BACK, CHARACTER_WIDTH, HEIGHT, LABEL, MEASURED, TARGET, VALUE, WIDTH
from kanalstrategi.rendering.goal_chart import goal_chart
from kanalstrategi.sanitizing.svg import check_svg

TODAY = date(2026, 3, 1)
PAGE = Page("maal/opkald.md", "maal/opkald/", "Færre opkald", "", Owner("hus", "Huset"), Status.ADOPTED, TODAY, TODAY)


def period(words: str) -> Period:
    days = parse_period(words)
    assert days, words
    return Period(*days)


def goal(figures: dict[str, str], target: str = "", target_by: str = "2027") -> Goal:
    rows = sorted((Measurement(period(words), Decimal(value), "Et system", "", 2) for words, value in figures.items()), key=lambda row: row.period)
    plain = Goal("opkald", PAGE, None, Direction.DOWN, "opkald", measurements=tuple(rows))
    return replace(plain, target=Decimal(target), target_by=period(target_by)) if target else plain


def chart(one: Goal) -> Element:
    return goal_chart(goal_facts(one, TODAY))


def parts(drawn: Element, tag: str, name: str) -> list[Element]:
    return [part for part in descendants(drawn) if part.tag == tag and part.has_class(name)]


YEARS = {"2021": "12400", "2022": "11900", "2023": "11350", "2024": "10200", "2025": "9800"}


def test_title_and_description_say_the_facts() -> None:
    drawn = chart(goal(YEARS, "9000"))
    title, description = (next(part for part in drawn.children if isinstance(part, Element) and part.tag == tag) for tag in ("title", "desc"))
    assert (drawn.attributes["role"], drawn.attributes["aria-labelledby"], drawn.attributes["aria-describedby"]) == ("img", title.id, description.id)
    assert text_of(title) == "Færre opkald: opkald i 2021 til 2025"
    assert text_of(description) == (
        "Første tal: 12.400 opkald i 2021. Seneste tal: 9.800 opkald i 2025, 2.600 færre (21 %) siden 2021. Tallet skal falde: på rette vej. "
        "Målet er højst 9.000 opkald i 2027."
    )
    alone = next(part for part in descendants(chart(goal({"2021": "5"}))) if part.tag == "desc")
    assert text_of(alone) == "Det eneste tal er 5 opkald i 2021. Tallet skal falde."


def test_a_period_without_a_figure_is_a_gap() -> None:
    whole, broken = chart(goal(YEARS)), chart(goal({year: value for year, value in YEARS.items() if year != "2023"}))
    assert [len(parts(drawn, "path", MEASURED)) for drawn in (whole, broken)] == [1, 2]
    assert [len(parts(drawn, "circle", MEASURED)) for drawn in (whole, broken)] == [5, 4]
    assert "2023" in [text_of(label) for label in parts(broken, "text", LABEL)]


def test_the_target_is_a_line_of_its_own() -> None:
    drawn = chart(goal(YEARS, "9000"))
    assert len(parts(drawn, "path", TARGET)) == len(parts(drawn, "circle", TARGET)) == 1
    assert [text_of(value) for value in parts(drawn, "text", VALUE)] == ["9.000", "12.400", "9.800"]
    assert "2027" in [text_of(label) for label in parts(drawn, "text", LABEL)]
    assert parts(chart(goal(YEARS, "9000", "2020")), "path", TARGET) == []


@pytest.mark.parametrize("target", ["", "40000"])
def test_values_do_not_reach_the_numbers_of_the_axis(target: str) -> None:
    drawn = chart(goal({"2021": "90000", "2022": "87000", "2023": "82500", "2024": "79000", "2025": "74000"}, target, "2026"))
    values, backs = parts(drawn, "text", VALUE), parts(drawn, "rect", BACK)
    starts = sorted(float(value.attributes["x"]) - len(text_of(value)) * CHARACTER_WIDTH / 2 for value in values)
    assert sorted(float(back.attributes["x"]) for back in backs) == pytest.approx(starts, abs=0.2)
    assert min(float(back.attributes["x"]) for back in backs) >= 0  # where the grid begins, beside the numbers


@pytest.mark.parametrize("kind", ["html", "print"])
def test_nothing_is_styled_in_place_and_two_drawings_are_the_same(kind: str) -> None:
    def written() -> str:
        drawn = chart(goal(YEARS, "9000"))
        return write_html([drawn if kind == "html" else chart_image(drawn)])

    assert written() == written()
    assert not re.search(r"style|<script|url\(|https?:(?!//www\.w3\.org/2000/svg)", written())
    assert ("fill=" in written()) is (kind == "print")


def test_on_paper_it_is_a_sound_drawing_with_its_facts_as_text() -> None:
    image = chart_image(chart(goal(YEARS, "9000")))
    drawing = chart_bytes(image.attributes["src"])
    assert image.attributes["src"].startswith(CHART_SCHEME) and image.attributes["alt"].startswith("Færre opkald: opkald i 2021 til 2025. Første tal: 12.400")
    assert [*check_svg(drawing)] == [] and drawing.count(b"<text") == len([part for part in descendants(chart(goal(YEARS, "9000"))) if part.tag == "text"])
    assert chart_file(image.attributes["src"]) != chart_file(chart_image(chart(goal({"2021": "5"}))).attributes["src"])


FEW = settings(max_examples=40)
VALUES = st.one_of(
    st.decimals(-(10**9), 10**14, places=2, allow_nan=False), st.integers(0, 100).map(Decimal), st.sampled_from([Decimal("0"), Decimal("0.000001")])
)
KINDS = st.sampled_from(["{0}", "1. halvår {0}", "2. halvår {0}", "{0}-K1", "{0}-K3", "{0}-01", "{0}-12"])


@FEW
@given(st.dictionaries(st.integers(1950, 2025), VALUES, min_size=1, max_size=25), KINDS, st.one_of(st.none(), VALUES))
def test_any_figures_can_be_drawn(figures: dict[int, Decimal], kind: str, target: Decimal | None) -> None:
    one = goal({kind.format(year): str(value) for year, value in figures.items()}, "" if target is None else str(target))
    drawn = chart(one)
    assert len(parts(drawn, "circle", MEASURED)) == len(figures)
    html = write_html([drawn])
    assert not re.search(r'="[^"]*\d[eE][-+]?\d', html)  # a number with an exponent
    for dot in parts(drawn, "circle", MEASURED):
        assert 0 <= float(dot.attributes["cx"]) <= WIDTH and -0.1 <= float(dot.attributes["cy"]) <= HEIGHT


@FEW
@given(st.integers(1, 40), st.sampled_from(["{year}-{month:02}", "{year}-K{quarter}", "{year}"]))
def test_labels_below_do_not_run_into_each_other(count: int, kind: str) -> None:
    words = dict.fromkeys(kind.format(year=2000 + n // 12, month=n % 12 + 1, quarter=n % 12 // 3 + 1) for n in range(count * (1 if "month" in kind else 12)))
    labels = [part for part in parts(chart(goal(dict.fromkeys(words, "7"))), "text", LABEL) if part.attributes.get("text-anchor") == "middle"]
    places = [(float(label.attributes["x"]), len(text_of(label)) * CHARACTER_WIDTH / 2) for label in labels]
    assert labels and all(before + half <= after - other for (before, half), (after, other) in pairwise(places))
