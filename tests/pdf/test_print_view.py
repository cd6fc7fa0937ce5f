"""What is marked `web-only` is left out of print, with the footnotes that only it refers to, and the rest stays."""

from __future__ import annotations

from kanalstrategi.markdown.nodes import Element, Node, element, encode_tree, text_of
from kanalstrategi.rendering.print_view import drop_web_only, printed_ids, section_of


def mark(number: int, again: str = "") -> Element:
    return element("sup.footnote-ref", element("a", str(number), href=f"#fn-{number}", id=f"fnref-{number}{again}"))


def note(number: int, *content: Element | str, again: str = "") -> Element:
    backs = [element("a.footnote-back", "↩", href=f"#fnref-{number}{end}") for end in ("", *filter(None, [again]))]
    return element("li", element("p", *content, backs), id=f"fn-{number}")


def page(*content: Element) -> Element:
    return element("div", element("h1", "Titel", id="titel"), *content)


def printed_text(root: Element) -> str:
    drop_web_only(root)
    return text_of(root)


def test_an_element_for_the_web_only_is_left_out() -> None:
    assert printed_text(page(element("p.lead.web-only", "a"), element("div", element("p", "b"), element("p.web-only", "c")))) == "Titelb"


def test_a_class_with_a_longer_name_is_another_class() -> None:
    assert printed_text(page(element("p.web-only-not", "a"))) == "Titela"


def test_a_heading_for_the_web_only_takes_its_section_along() -> None:
    root = page(element("h2.web-only", "a"), element("p", "b"), element("h3", "c"), element("p", "d"), element("h2", "e"), element("p", "f"))
    assert printed_text(root) == "Titelef"


def test_two_sections_for_the_web_only_in_a_row_are_left_out() -> None:
    assert printed_text(page(element("h3.web-only", "a"), element("p", "b"), element("h2.web-only", "c"), element("p", "d"))) == "Titel"


def test_a_section_holds_the_text_between_its_elements() -> None:
    siblings: list[Node] = [element("h2", "a"), "b", element("p", "c"), "d", element("h1", "e")]
    assert section_of(siblings, 0) == siblings[:4]


def test_ids_that_remain_are_found_without_changing_the_page() -> None:
    root = page(element("h2.web-only", "a", id="a"), element("p", "b", id="b"), element("h2", "c", element("span", id="d"), id="c"))
    before = encode_tree(root)
    assert printed_ids(root) == {"titel", "c", "d"}
    assert encode_tree(root) == before


def test_footnotes_survive_a_last_section_for_the_web_only() -> None:
    root = page(element("p", "a", mark(1)), element("h2.web-only", "b"), element("p", "c"), element("section.footnotes", element("ol", note(1, "Note."))))
    assert printed_text(root) == "Titela1Note.↩"


def test_a_footnote_that_nothing_printed_refers_to_is_left_out_and_the_others_keep_their_numbers() -> None:
    root = page(
        element("p.web-only", "a", mark(1)),
        element("p", "b", mark(2)),
        element("section.footnotes", element("ol", note(1, "En."), note(2, "To."))),
    )
    drop_web_only(root)
    section = root.children[-1]
    assert type(section) is Element and text_of(section) == "To.↩"
    notes = section.children[0]
    assert type(notes) is Element and [node.attributes for node in notes.children if type(node) is Element] == [{"id": "fn-2", "value": "2"}]


def test_a_footnote_for_what_a_dropped_footnote_says_is_left_out() -> None:
    root = page(element("p.web-only", mark(1)), element("section.footnotes", element("ol", note(1, "En.", mark(2)), note(2, "To."))))
    assert printed_ids(root) == {"titel"}
    assert printed_text(root) == "Titel"


def test_a_footnote_leads_back_only_to_the_references_that_are_printed() -> None:
    notes = element("section.footnotes", element("ol", note(1, "En.", again="-2")))
    root = page(element("p.web-only", mark(1)), element("p", mark(1, "-2")), notes)
    assert printed_text(root) == "Titel1En.↩"


def test_a_page_without_printed_footnotes_has_no_section_for_them() -> None:
    root = page(element("p.web-only", mark(1)), element("section.footnotes", element("ol", note(1, "En."))))
    drop_web_only(root)
    assert [node.tag for node in root.children if type(node) is Element] == ["h1"]
