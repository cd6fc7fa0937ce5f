"""The page with what has changed in an edition, and the life of a rule on its page: understood by their words alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest

from kanalstrategi.build.digests import content_digest, extra_page_digests
from kanalstrategi.checks.edition_notes import check_edition_notes
from kanalstrategi.content.compared_editions import with_changes
from kanalstrategi.content.config_file import ConfigFile
from kanalstrategi.content.edition_model import Consultation, EditionState
from kanalstrategi.content.edition_notes import EditionNotes, read_notes
from kanalstrategi.content.edition_paths import is_in_force, is_set_apart
from kanalstrategi.content.model import Content, Status
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.content.rule_life import rule_life
from kanalstrategi.content.rule_pages import with_gone_rules
from kanalstrategi.markdown.nodes import Element, descendants, line_of
from kanalstrategi.markdown.parser import parse
from kanalstrategi.rendering.changes_page import changes_page_tree
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.page import render_page
from kanalstrategi.rendering.rule_page import rule_page_tree
from kanalstrategi.rendering.word_marks import marked_words
from macros import MACROS
from tests.support.editions import EDITS, PAGES, ParsedEdition, edited, edition_from_markdown
from tests.support.project import ROOT

SUPERSEDED, PROPOSAL, LAPSED = EditionState.SUPERSEDED, EditionState.PROPOSAL, EditionState.LAPSED
PROPOSED = edited(PAGES, *EDITS)
FILED = edited(PAGES, ("vi skal ringe, når vi i den enkelte sag vurderer, at det er mere effektivt end", "vi skal ringe, når det er hurtigere end"))
FIRST = edited(
    FILED,
    ("telefonnumre.\n    {: #telefon-telefontider }", "telefonnumre.\n    {: #telefon-telefontider }\n- vi skal have en telefonavis\n    {: #telefon-avis }"),
)
WHEN = "når vi i den enkelte sag vurderer, at det er mere effektivt end skriftlig dialog"
TRUST = "Borgerne skal kunne stole på, at vi håndterer al information på en sikker"
NOTES = "# Titel\n\n{: .status }\n\nForslaget er til drøftelse.\n\n## telefon-ring\n\nDet er det almindelige.\n\n## aaben-dialog\n\nDrøftet, ikke ændret.\n"


def site_of(*others: ParsedEdition, pages: Mapping[str, str] = PAGES) -> Content:
    """Return the content of a site with the small strategy in force and other editions."""
    made = edition_from_markdown(pages, others=others, adopted=date(2023, 2, 28), adopted_by="byrådet")
    return with_gone_rules(with_changes(made.content, made.parsed_pages))


def proposal(pages: Mapping[str, str] = PROPOSED, state: EditionState = PROPOSAL, **facts: date) -> ParsedEdition:
    return edition_from_markdown(pages, "2026-2029", state, (), **facts)


def filed(pages: Mapping[str, str] = FIRST) -> ParsedEdition:
    return edition_from_markdown(pages, "2019-2022", SUPERSEDED, adopted=date(2019, 3, 1), superseded=date(2023, 2, 28), superseded_by="2023-2025")


def changes_tree_of(content: Content, notes: str = "") -> Element:
    assert content.changes_page and content.comparison
    return changes_page_tree(Call(content, content.changes_page), content.comparison, read_notes(parse(notes).root) if notes else EditionNotes())


def items(tree: Element) -> Iterator[str]:
    """Yield all that a screen reader says of each change."""
    return (" ".join(line_of(part) for part in descendants(node) if part.tag == "p") for node in descendants(tree) if node.has_class("change"))


def link_targets(tree: Element) -> list[str]:
    return [node.attributes["href"] for node in descendants(tree) if node.tag == "a"]


def test_every_edition_with_one_before_it_has_the_page() -> None:
    content = site_of(proposal(), filed())
    assert content.changes_page and content.changes_page.path == "udgaver/2023-2025/aendringer.md"
    [proposed, first] = content.editions
    assert proposed.changes_page and proposed.changes_page.url == "udgaver/2026-2029/aendringer/" and proposed.changes_page.status is Status.DRAFT
    assert (first.comparison, first.changes_page) == (None, None)
    assert {"udgaver/2023-2025/aendringer.md", "udgaver/2026-2029/aendringer.md"} <= content.published_pages.keys()
    assert content.changes_page.title == "Ændringer i Kanalstrategi 2023-2025" and content.changes_page.owner.id == "politik"


def test_with_one_edition_there_is_no_such_page() -> None:
    content = site_of()
    assert content.changes_page is None and content.published_pages.keys() == content.pages.keys() | content.rule_pages.keys()


def test_a_proposal_that_was_given_up_is_compared_with_what_was_in_force_then() -> None:
    content = site_of(proposal(state=LAPSED, lapsed=date(2022, 1, 1)), filed())
    assert content.editions[0].comparison and content.editions[0].comparison.old.name == "2019-2022"


def test_each_change_says_what_it_is_and_where_its_words_begin_and_end() -> None:
    tree = changes_tree_of(site_of(proposal()).editions[0])
    assert [text.replace(" Se i sammenhæng", "") for text in items(tree)] == [
        f"Ændret regel Gælder nu: vi skal ringe, {WHEN} Forslag: vi skal ny tekst: som regel, slut på ny ringe, {WHEN}",
        "Ny regel Forslag: ny tekst: vi skal ringe op igen samme dag, slut på ny",
        "Udgået regel Gælder nu: udgået tekst: der skal være fysiske mødelokaler, som har det rette udstyr, slut på udgået",
        f"Ændret afsnit i »Strategiens sigte« Gælder nu: {TRUST} udgået tekst: og ansvarlig, slut på udgået måde. Forslag: {TRUST} måde.",
    ]  # fmt: skip - as a list


def test_the_summary_counts_and_leads_to_what_has_changed() -> None:
    tree = changes_tree_of(site_of(proposal()).editions[0])
    [summary] = [node for node in descendants(tree) if node.has_class("change-summary")]
    assert line_of(summary) == (
        "Regler: 1 ny, 1 ændret, 1 udgåetTelefon: 1 ny, 1 ændretVideomøder: 1 udgået"
        "Øvrig tekst: 1 ændretFormål: 1 ændretUændret: 3 regler og 15 andre afsnit, punkter og overskrifter"
    )
    ids = [node.id for node in descendants(tree) if node.id]
    assert len({*ids}) == len(ids)
    assert {target[1:] for target in link_targets(summary)} <= {*ids}


def test_each_change_leads_to_its_place_in_both_editions() -> None:
    targets = link_targets(changes_tree_of(site_of(proposal()).editions[0]))
    assert {"../../../kanaler/telefon-og-videomoeder/#telefon-ring", "../kanaler/telefon-og-videomoeder/#telefon-ring"} <= {*targets}
    assert "../../../kanaler/telefon-og-videomoeder/#videomoeder-moederum" in targets
    assert "../kanaler/telefon-og-videomoeder/#videomoeder-moederum" not in targets


def test_a_moved_rule_says_from_where_and_to_where() -> None:
    rule = "- der skal være fysiske mødelokaler, som har det rette udstyr\n    {: #videomoeder-moederum }\n"
    above = "- vi skal sikre, at regler for notatpligt"
    [text] = items(changes_tree_of(site_of(proposal(edited(PAGES, (rule, ""), (above, rule + above)))).editions[0]))
    assert text.startswith("Flyttet regel fra »Videomøder« til »Telefon« Forslag:") and "ny tekst" not in text


def test_the_editors_words_stand_with_the_change_that_they_are_about() -> None:
    tree = changes_tree_of(site_of(proposal()).editions[0], NOTES)
    assert "Forslaget er til drøftelse." in [line_of(node) for node in tree.children if isinstance(node, Element)]
    found = [*items(tree)]
    assert found[0].startswith("Ændret regel") and found[0].endswith("Bemærkning: Det er det almindelige.")
    assert found[-1].startswith("Forslag:") and found[-1].endswith("Bemærkning: Drøftet, ikke ændret.")
    assert sum("Bemærkning" in text for text in found) == 2


def test_no_two_ids_are_the_same_whatever_headings_the_notes_have() -> None:
    notes = "# Titel\n\n### Ændringer\n\n## telefon-ring\n\n### Regler\n\n### Uændret\n\n### Regler telefon\n"
    tree = changes_tree_of(site_of(proposal()).editions[0], notes)
    ids = [node.id for node in descendants(tree) if node.id]
    assert len(ids) == len(set(ids)) and {"regler", "regler-2", "regler-telefon-2"} <= {*ids}


def test_the_editors_introduction_comes_after_what_is_compared() -> None:
    content = site_of(proposal()).editions[0]
    assert line_of(changes_tree_of(content)).count("Her står, hvad der er ændret fra Kanalstrategi 2023-2025") == 1
    tree = changes_tree_of(content, NOTES.replace("Forslaget er til drøftelse.", "Her står, hvad der er ændret."))
    paragraphs = [line_of(node) for node in tree.children if isinstance(node, Element) and node.tag == "p"]
    assert paragraphs[0].startswith("Fra Kanalstrategi 2023-2025") and paragraphs[2] == "Her står, hvad der er ændret."


def test_in_a_hearing_each_change_can_be_answered() -> None:
    content = site_of(proposal(state=EditionState.CONSULTATION)).editions[0]
    answered = replace(content, organisation=replace(content.organisation, consultation=Consultation(url="https://svar.example/?punkt={reference}")))
    links = [node for node in descendants(changes_tree_of(answered)) if node.has_class("block-answer")]
    assert [link.attributes["href"] for link in links] == [
        f"https://svar.example/?punkt={reference}" for reference in ("telefon-ring", "telefon-igen", "videomoeder-moederum", "formaal-7")
    ]
    assert "Ændret regel Punkt telefon-ring · Svar på dette punkt" in next(items(changes_tree_of(answered)))
    assert not any(node.has_class("block-answer") for node in descendants(changes_tree_of(content)))


def test_when_nothing_has_changed_the_page_says_so() -> None:
    tree = changes_tree_of(site_of(proposal({**PAGES, "index.md": "# Kanalstrategi\n\nHer kan du læse strategien.\n"})).editions[0], NOTES)
    assert "De to udgaver har den samme tekst." in line_of(tree)
    assert [text.endswith("Bemærkning: Det er det almindelige.") for text in items(tree)] == [True, False]


@pytest.mark.parametrize("written", [False, True])
def test_the_page_is_rendered_whether_an_editor_has_written_notes_or_not(written: bool) -> None:
    made = proposal({**PROPOSED, **({"aendringer.md": NOTES} if written else {})})
    content = site_of(made).editions[0]
    assert content.changes_page
    parsed = made.parsed_pages.get(content.changes_page.path)
    root = render_page(parsed, content.changes_page, content, MACROS, files=(), assets="assets").root
    assert ("Det er det almindelige." in line_of(root)) == written and "Ændret regel" in line_of(root)
    assert content.changes_page.title == ("Titel" if written else "Ændringer i Kanalstrategi 2026-2029")


def test_a_second_heading_about_the_same_is_reported() -> None:
    made = edition_from_markdown(others=[proposal({**PROPOSED, "svar.md": "# Svar\n\n## telefon-ring\n\nEt.\n\n## telefon-ring\n\nTo.\n"})])
    project = Project(with_changes(made.content, made.parsed_pages), made.parsed_pages, ConfigFile("mkdocs.yml", "", {}, ()))
    assert [str(found) for found in check_edition_notes(project)] == [
        "docs/udgaver/2026-2029/svar.md:7: overskriften »telefon-ring« står allerede i linje 3 – saml det, der hører til den, under én overskrift"
    ]


def test_what_notes_may_be_about_is_shown_with_them() -> None:
    gone = "Strategien har både et kommunikationsstrategisk og et digitaliseringsstrategisk sigte.\n\n"
    pages = edited(PAGES, ("Borgerne skal kunne stole på, at vi", "Alle skal kunne stole på, at vi"), (gone, ""))  # the last one has another number
    content = site_of(proposal(pages)).editions[0]
    assert content.comparison
    for reference in content.comparison.references:
        assert "Bemærkning:" in line_of(changes_tree_of(content, f"# Titel\n\n## {reference}\n\nEt ord.\n")), reference


def test_a_note_about_nothing_is_reported_with_what_may_be_meant() -> None:
    wrong = NOTES.replace("## telefon-ring", "## telefon-rin") + "\n## noget helt andet\n\nTekst.\n\n### Underoverskrift\n"
    made = edition_from_markdown(others=[proposal({**PROPOSED, "aendringer.md": wrong, "svar.md": "# Svar\n\n## videomoeder-moederum\n\n## formal-3\n"})])
    project = Project(with_changes(made.content, made.parsed_pages), made.parsed_pages, ConfigFile("mkdocs.yml", "", {}, ()))
    found = [str(diagnostic) for diagnostic in check_edition_notes(project)]
    assert [line.partition(" – ")[0] for line in found] == [
        "docs/udgaver/2026-2029/aendringer.md:7: overskriften »telefon-rin« er ikke navnet på noget i teksten",
        "docs/udgaver/2026-2029/aendringer.md:15: overskriften »noget helt andet« er ikke navnet på noget i teksten",
        "docs/udgaver/2026-2029/svar.md:5: overskriften »formal-3« er ikke navnet på noget i teksten",
    ]
    assert found[0].endswith("mente du telefon-ring?") and found[2].endswith("mente du formaal-3?")
    [open_one] = project.content.editions
    assert open_one.edition
    lapsed = replace(open_one, edition=replace(open_one.edition, state=LAPSED))
    assert [*check_edition_notes(replace(project, content=replace(project.content, editions=(lapsed,))))] == []


def test_marks_stand_around_words_and_not_around_the_spaces_beside_them() -> None:
    before, after = marked_words("vi skal altid ringe til borgeren om sagen", "vi skal ringe til borgeren om sagen")
    [mark] = [node for node in before if isinstance(node, Element)]
    assert (mark.tag, line_of(mark)) == ("del", "udgået tekst: altid, slut på udgået")
    assert [node for node in after if isinstance(node, Element)] == []


# The life of a rule


def rule_page(content: Content, id: str) -> str:
    page = content.rule_pages[f"regler/{id}.md"]
    rule = content.rule_of(page)
    assert rule
    return line_of(rule_page_tree(Call(content, page), rule, ""))


def test_a_rule_of_the_first_edition_has_held_since_it_was_adopted() -> None:
    content = read_project(ROOT, {}).content
    assert "Reglens historieGælder siden 28. februar 2023 (Kanalstrategi 2023-2025)." in rule_page(content, "telefon-ring")


def test_a_rule_shows_each_of_its_wordings() -> None:
    text = rule_page(site_of(filed()), "telefon-ring")
    assert "1. marts 2019: Reglen kom med Kanalstrategi 2019-2022." in text and "»vi skal ringe, når det er hurtigere end skriftlig dialog«" in text
    assert "28. februar 2023: Ordlyden blev ændret med Kanalstrategi 2023-2025." in text
    assert "»vi skal ringe, når ny tekst: vi i den enkelte sag vurderer, at det er mere effektivt, slut på ny end skriftlig dialog«" in text


def test_a_rule_with_several_wordings_leads_to_the_receipts() -> None:
    made = edition_from_markdown({**PAGES, "udgaver/index.md": "# Udgaver\n"}, others=[filed()], adopted=date(2023, 2, 28))
    content = with_gone_rules(with_changes(made.content, made.parsed_pages))
    page = content.rule_pages["regler/telefon-ring.md"]
    rule = content.rule_of(page)
    assert rule and "../../udgaver/#kvitteringen" in link_targets(rule_page_tree(Call(content, page), rule, ""))
    assert "kvittering" not in rule_page(content, "telefon-notatpligt")


def test_a_rule_that_is_as_it_was_has_held_since_the_first_edition_that_had_it() -> None:
    assert "Gælder siden 1. marts 2019 (Kanalstrategi 2019-2022)." in rule_page(site_of(filed()), "telefon-notatpligt")


def test_a_rule_that_has_gone_keeps_its_page() -> None:
    content = site_of(filed())
    assert "telefon-avis" not in content.rules
    page = content.rule_pages["regler/telefon-avis.md"]
    assert page.url == "regler/telefon-avis/" and page.title == "Udgået regel – Telefon: vi skal have en telefonavis"
    text = rule_page(content, "telefon-avis")
    assert "Udgået den 28. februar 2023 med Kanalstrategi 2023-2025" in text and "Reglen gælder ikke længere" in text
    assert "Reglen stod i Kanalstrategi 2019-2022 under Telefon." in text and "rules.json" not in text
    assert "28. februar 2023: Udgået med Kanalstrategi 2023-2025." in text
    assert is_set_apart(page.path, content) and not is_in_force(page.path, content)  # found only when asked for, and noindex
    assert not is_set_apart("regler/telefon-ring.md", content) and is_in_force("regler/telefon-ring.md", content)
    root = render_page(None, page, content, MACROS, files=(), assets="assets").root
    assert "Vedtaget 28. februar 2023" not in line_of(root)
    assert "../../udgaver/2019-2022/kanaler/telefon-og-videomoeder/#telefon-avis" in link_targets(root)


def test_a_rule_may_come_again() -> None:
    oldest = edition_from_markdown(FIRST, "2015-2018", SUPERSEDED, adopted=date(2015, 1, 1), superseded=date(2019, 3, 1), superseded_by="2019-2022")
    content = site_of(filed(FILED), oldest, pages=FIRST)
    kinds = [event.rule is not None for event in rule_life(content, "telefon-avis").events]
    assert kinds == [True, False, True] and "Reglen kom igen" in rule_page(content, "telefon-avis")


def test_what_a_proposal_does_to_a_rule_is_told_with_how_far_it_is() -> None:
    content = site_of(proposal())
    assert "I Kanalstrategi 2026-2029, som er et forslag, står reglen i en anden ordlyd: »vi skal som regel ringe" in rule_page(content, "telefon-ring")
    assert "I Kanalstrategi 2026-2029, som er et forslag, udgår reglen." in rule_page(content, "videomoeder-moederum")
    assert "2026-2029" not in rule_page(content, "telefon-notatpligt")
    lapsed = site_of(proposal(state=LAPSED, lapsed=date(2026, 1, 1)))
    assert "2026-2029" not in rule_page(lapsed, "telefon-ring")


def test_a_rule_that_moves_keeps_its_page() -> None:
    rule = "- der skal være fysiske mødelokaler, som har det rette udstyr\n    {: #videomoeder-moederum }\n"
    above = "- vi skal sikre, at regler for notatpligt"
    content = site_of(filed(PAGES), pages=edited(PAGES, (rule, ""), (above, rule + above)))
    assert content.rules["videomoeder-moederum"].channel == "telefon" and "regler/videomoeder-moederum.md" in content.rule_pages


def test_other_words_in_a_proposal_change_no_page_but_its_own_and_that_of_the_changes() -> None:
    one, other = (site_of(proposal(edited(PROPOSED, ("på en sikker måde", words)))) for words in ("på en sikker måde", "på sikker vis"))
    assert content_digest(one) == content_digest(other)
    before, after = extra_page_digests(one), extra_page_digests(other)
    assert {path for path in after if before[path] != after[path]} == {"udgaver/2026-2029/aendringer.md"}


def test_a_proposals_page_depends_on_what_is_marked_on_it() -> None:
    one, other = site_of(proposal()), site_of(proposal(), pages=edited(PAGES, EDITS[-1]))  # where the paragraph is as proposed already
    page = "udgaver/2026-2029/strategi/formaal.md"
    assert extra_page_digests(one).get(page) != extra_page_digests(other).get(page)
