"""What has changed between two editions: exactly what has been changed, and enough to make the one from the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.content import edition_matching
from kanalstrategi.content.edition_changes import Change, ChangeKind, compare, heaviest_increasing
from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.text_block import RULE, TextBlock
from kanalstrategi.content.word_diff import RunKind, word_diff
from tests.support.editions import PAGES, PURPOSE, TELEPHONE, edited, edition_from_markdown

NEW, CHANGED, MOVED, GONE = ChangeKind
TELEPHONE_PATH, PURPOSE_PATH = "kanaler/telefon-og-videomoeder.md", "strategi/formaal.md"
MOVED_RULE = "- borgerne skal kunne deltage uden at have programmer installeret på deres computer\n    {: #videomoeder-uden-programmer }\n"
RULE_ABOVE = "- vi skal sikre, at regler for notatpligt"


def apply(changes: Iterable[Change], old: Sequence[TextBlock]) -> tuple[TextBlock, ...]:
    """Return the new edition, given the old one and what has changed."""
    taken: set[int] = set()
    reworded: dict[int, TextBlock] = {}
    placed: dict[int, TextBlock] = {}
    for change in changes:
        if change.kind is ChangeKind.CHANGED and change.old_position is not None:
            reworded[change.old_position] = change.block
            continue
        if change.old_position is not None:
            taken.add(change.old_position)
        if change.new_position is not None:
            placed[change.new_position] = change.block
    stayed = iter([reworded.get(position, block) for position, block in enumerate(old) if position not in taken])
    return tuple(placed[place] if place in placed else next(stayed) for place in range(len(old) - len(taken) + len(placed)))


def changed_rules(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes of rules."""
    return tuple(change for change in changes if change.block.kind == RULE)


def changes_of(pages: dict[str, str]) -> tuple[Change, ...]:
    """Return what has changed since the small strategy, having checked that it can be applied."""
    old, new = edition_from_markdown().text, edition_from_markdown(pages).text
    changes = compare(old, new)
    assert apply(changes, old) == new
    return changes


def told(changes: tuple[Change, ...]) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, change.block.reference) for change in changes]


def test_the_blocks_of_an_edition() -> None:
    blocks = {block.reference: block for block in edition_from_markdown().text}
    rule = blocks["videomoeder-moederum"]
    assert (rule.page, rule.kind, rule.section, rule.channel, rule.anchor) == (TELEPHONE_PATH, "rule", "Videomøder", "videomoeder", "videomoeder-moederum")
    passage = blocks["aaben-dialog"]
    assert (passage.kind, passage.section, passage.channel) == ("paragraph", "Strategiens sigte", "")
    assert [block.page for block in edition_from_markdown().text if block.reference == "forside-2"] == ["index.md"]
    assert all(block.anchor for block in edition_from_markdown().text)


def test_an_edition_in_a_folder_has_the_same_blocks() -> None:
    assert edition_from_markdown(name="2026-2029", state=EditionState.PROPOSAL).text == edition_from_markdown().text


def test_what_is_for_the_screen_alone_and_what_macros_show_is_no_part_of_the_text() -> None:
    added = "## Kun her {: .web-only }\n\nTekst.\n\n{{ status() }}\n\nMere.\n{: .web-only }\n"
    assert changes_of(edited(PAGES, (PURPOSE, PURPOSE + added))) == ()


def test_without_a_change_nothing_is_told() -> None:
    assert changes_of(PAGES) == ()


EDITS = {
    "changed": (("vi skal ringe, når vi", "vi skal som regel ringe, når vi"), (CHANGED, "telefon-ring")),
    "changed-2": (("regler for notatpligt og journalisering overholdes", "notatpligten overholdes"), (CHANGED, "telefon-notatpligt")),
    "changed-3": (("helhedsorienteret med telefontider og", "mere åbent med"), (CHANGED, "telefon-telefontider")),
    "gone": (("- der skal være fysiske mødelokaler, som har det rette udstyr\n    {: #videomoeder-moederum }\n", ""), (GONE, "videomoeder-moederum")),
    "new": (
        (
            "telefonnumre.\n    {: #telefon-telefontider }",
            "telefonnumre.\n    {: #telefon-telefontider }\n- vi skal ringe op igen samme dag\n    {: #telefon-igen }",
        ),
        (NEW, "telefon-igen"),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_one_rule_is_one_change(name: str) -> None:
    edit, expected = EDITS[name]
    changes = changes_of(edited(PAGES, edit))
    assert told(changes) == [expected] and changed_rules(changes) == changes


def test_a_rule_that_goes_to_another_channel_has_moved() -> None:
    pages = edited(PAGES, (MOVED_RULE, ""), (RULE_ABOVE, MOVED_RULE + RULE_ABOVE))
    assert told(changes_of(pages)) == [(MOVED, "videomoeder-uden-programmer")]
    reworded = edited(pages, ("deltage uden at have", "deltage uden nogen"))
    [change] = changes_of(reworded)
    assert change.kind is MOVED and change.is_reworded


def test_exactly_what_was_done_is_told() -> None:
    """Three rules changed, one new, one gone, one moved, one chapter reworded."""
    pages = edited(PAGES, (MOVED_RULE, ""), (RULE_ABOVE, MOVED_RULE + RULE_ABOVE), *(edit for edit, _ in EDITS.values()))
    reworded = {
        "# Formål": "# Formål og sigte",
        "understøtte og være med til at virkeliggøre vores kerneopgave:": "hjælpe os med vores kerneopgave:",
        "mestre egen tilværelse og indgå i relevante fællesskaber.": "mestre egen tilværelse, hele livet.",
        "sikker og ansvarlig måde.": "sikker måde.",
    }
    pages = edited(pages, *reworded.items())
    expected = [expected for _, expected in EDITS.values()] + [(MOVED, "videomoeder-uden-programmer")]
    changes = changes_of(pages)
    assert sorted(told(changed_rules(changes)), key=str) == sorted(expected, key=str)
    others = [change for change in changes if change.block.kind != "rule"]
    assert [(change.kind, change.block.page, change.is_reworded) for change in others] == [(CHANGED, PURPOSE_PATH, True)] * len(reworded)


def test_a_paragraph_above_moves_nothing() -> None:
    changes = changes_of(edited(PAGES, ("## Kerneopgaven\n", "Nyt afsnit om noget andet.\n\n## En ny overskrift\n\nOg mere.\n\n## Kerneopgaven\n")))
    assert [(change.kind, change.block.text) for change in changes] == [
        (NEW, "Nyt afsnit om noget andet."),
        (NEW, "En ny overskrift"),
        (NEW, "Og mere."),
    ]  # fmt: skip - as a list


def test_a_section_that_goes_and_one_that_comes_move_nothing_else() -> None:
    without = PURPOSE.replace("## Strategiens sigte\n\n", "")
    assert [change.kind for change in changes_of(edited(PAGES, (PURPOSE, without)))] == [GONE]
    before = TELEPHONE[: TELEPHONE.index("## Telefon {")] + TELEPHONE[TELEPHONE.index("## Videomøder") :]
    gone = changes_of(edited(PAGES, (TELEPHONE, before)))
    assert {change.kind for change in gone} == {GONE} and len(gone) == 6


def test_a_section_moves_to_another_page_as_a_whole() -> None:
    section = PURPOSE[PURPOSE.index("## Strategiens sigte") :]
    pages = edited(PAGES, (section, ""), ("Her kan du læse strategien.\n", "Her kan du læse strategien.\n\n" + section))
    changes = changes_of(pages)
    assert {change.kind for change in changes} == {MOVED} and len(changes) == 4
    assert not any(change.is_reworded for change in changes)


def test_as_few_blocks_as_possible_have_moved() -> None:
    last = "Borgerne skal kunne stole på, at vi håndterer al information på en sikker og ansvarlig måde.\n"
    first = "Kanalstrategien skal understøtte og"
    changes = changes_of(edited(PAGES, (last, ""), (first, f"{last}\n{first}")))
    assert [(change.kind, change.block.text) for change in changes] == [(MOVED, last.strip())]


def test_a_gone_block_stands_where_it_was() -> None:
    changes = changes_of(edited(PAGES, EDITS["gone"][0], EDITS["changed"][0], ("sikker og ansvarlig måde.", "sikker måde.")))
    assert [change.kind for change in changes] == [CHANGED, CHANGED, GONE]


# Random texts

WORDS = st.sampled_from("vi skal ringe skrive borgeren sagen loven hurtigt digitalt møde post".split())
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@st.composite
def texts(draw: st.DrawFn) -> tuple[TextBlock, ...]:
    """A text of up to three pages whose blocks are alike, and whose rules have ids of their own."""
    blocks: list[TextBlock] = []
    for page in range(draw(st.integers(0, 3))):
        for kind in draw(st.lists(st.sampled_from(["heading", "paragraph", "item", "rule", "rule"]), max_size=8)):
            number = len(blocks)
            is_rule = kind == "rule"
            channel = draw(st.sampled_from(["a", "b"])) if is_rule else ""
            blocks.append(TextBlock(f"r{number}" if is_rule else f"p-{number}", f"{page}.md", "", kind, draw(TEXT), channel, "", is_rule))
    return tuple(blocks)


@st.composite
def edits(draw: st.DrawFn) -> tuple[tuple[TextBlock, ...], tuple[TextBlock, ...]]:
    """A text, and the text after some edits: blocks that are dropped, reworded, moved, and new."""
    old = draw(texts())
    blocks = [*old]
    for number in range(draw(st.integers(0, 6))):
        what = draw(st.sampled_from(["drop", "reword", "move", "add", "page"]))
        if what == "add" or not blocks:
            added = replace(draw(st.sampled_from(blocks)), text=draw(TEXT)) if blocks else TextBlock("x", "0.md", "", "paragraph", "ord")
            blocks.insert(draw(st.integers(0, len(blocks))), replace(added, reference=f"n{number}", has_id=added.kind == "rule"))
            continue
        place = draw(st.integers(0, len(blocks) - 1))
        block = blocks.pop(place)
        if what == "reword":
            blocks.insert(place, replace(block, text=draw(TEXT)))
        elif what == "move":
            blocks.insert(draw(st.integers(0, len(blocks))), block)
        elif what == "page":
            blocks.insert(place, replace(block, page=draw(st.sampled_from(["0.md", "1.md", "2.md"]))))
    return old, tuple(blocks)


@settings(max_examples=150)
@given(edits())
def test_the_changes_applied_to_the_old_text_give_the_new_one(pair: tuple[tuple[TextBlock, ...], tuple[TextBlock, ...]]) -> None:
    old, new = pair
    changes = compare(old, new)
    made = apply(changes, old)
    assert made == new
    assert [block.reference for block in made if block.kind == "rule"] == [block.reference for block in new if block.kind == "rule"]
    kinds = Counter(change.kind for change in changes)
    assert len(old) - kinds[GONE] + kinds[NEW] == len(new)
    for change in changes:
        assert (change.old is None, change.new is None) == (change.kind is NEW, change.kind is GONE)
        assert change.old is None or change.old_position is None or old[change.old_position] is change.old
        assert change.kind is not CHANGED or change.is_reworded


@settings(max_examples=60)
@given(texts(), texts())
def test_unrelated_texts_are_made_from_each_other_too(old: tuple[TextBlock, ...], new: tuple[TextBlock, ...]) -> None:
    assert apply(compare(old, new), old) == new
    assert compare(old, old) == ()


@settings(max_examples=80)
@given(st.lists(st.integers(0, 50), unique=True, max_size=9), st.lists(st.integers(1, 3), min_size=9, max_size=9))
def test_the_heaviest_increasing_subsequence(numbers: list[int], weights: list[int]) -> None:
    kept = heaviest_increasing(numbers, weights[: len(numbers)])
    chosen = [numbers[index] for index in sorted(kept)]
    assert chosen == sorted(chosen)
    best = max(
        sum(weights[index] for index in indexes)
        for size in range(len(numbers) + 1)
        for indexes in combinations(range(len(numbers)), size)
        if [numbers[index] for index in indexes] == sorted(numbers[index] for index in indexes)
    )
    assert sum(weights[index] for index in kept) == best


def test_two_thousand_blocks_take_no_more_steps_than_they_should(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many blocks that are all reworded are compared word by word about twice as often."""

    def comparisons(size: int) -> int:
        count = 0
        original = edition_matching._likeness

        def counted(one: str, other: str) -> float:
            nonlocal count
            count += 1
            return original(one, other)

        with monkeypatch.context() as patch:
            patch.setattr(edition_matching, "_likeness", counted)
            old = tuple(TextBlock(f"p-{n}", f"{n % 10}.md", "", "paragraph", f"afsnit{n} om emne{n // 3} og andet") for n in range(size))
            new = tuple(replace(block, text=f"{block.text} og mere om noget{n}") for n, block in enumerate(old))
            assert {change.kind for change in compare(old, new)} == {CHANGED}
        return count

    assert comparisons(1000) < 3 * comparisons(500)


# Words


def test_the_words_that_differ_are_marked_with_their_punctuation() -> None:
    runs = word_diff("Vi skal ringe, når sagen er let for borgeren at følge.", "Vi skal skrive, når sagen er let for alle at følge.")
    assert [(run.kind.value, run.text) for run in runs] == [
        ("equal", "Vi skal "),
        ("gone", "ringe,"),
        ("new", "skrive,"),
        ("equal", " når sagen er let for "),
        ("gone", "borgeren"),
        ("new", "alle"),
        ("equal", " at følge."),
    ]  # fmt: skip - as a list


def test_texts_with_little_in_common_are_not_cut_into_crumbs() -> None:
    assert [run.kind for run in word_diff("Vi skal ringe i dag", "De må ikke skrive i morgen")] == [RunKind.GONE, RunKind.NEW]
    assert [run.text for run in word_diff("en to tre fire fem seks", "en X tre Y fem seks")] == ["en ", "to tre fire", "X tre Y", " fem seks"]


@given(st.text(alphabet="ab,. \n\t", max_size=40), st.text(alphabet="ab,. \n\t", max_size=40))
def test_the_runs_give_both_texts_byte_for_byte(old: str, new: str) -> None:
    runs = word_diff(old, new)
    assert "".join(run.text for run in runs if run.kind is not RunKind.NEW) == old
    assert "".join(run.text for run in runs if run.kind is not RunKind.GONE) == new
    assert all(run.text for run in runs)
    assert all(one.kind is not other.kind for one, other in pairwise(runs))
    assert (old == new) == all(run.kind is RunKind.EQUAL for run in runs)


def test_texts_that_repeat_themselves_are_compared_too() -> None:
    """To look for the best match would take minutes."""
    old, new = (tuple(TextBlock(f"p-{n}", "0.md", "", "paragraph", letters[n % 3]) for n in range(2000)) for letters in ("abc", "cba"))
    assert apply(compare(old, new), old) == new
    assert [run.kind for run in word_diff("a b " * 900, "b a " * 900)] == [RunKind.GONE, RunKind.NEW]
