"""The print document has the right links, ids, images and parts, in the right order, seen in its HTML."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kanalstrategi.markdown.nodes import Element, Node, element, encode_tree
from kanalstrategi.pdf.print_document import DocumentFacts, PrintPage, assemble
from kanalstrategi.pdf.print_html import print_html

SITE = "https://prøveby.example/sted/"


def facts(site_url: str = "") -> DocumentFacts:
    return DocumentFacts("Bogen", "Prøveby", "x", "da", date(2026, 1, 1), "Udskrevet den 1. januar 2026", ("Vedtaget",), site_url, "pdf/x.pdf")


def printed(url: str, *content: Node, title: str = "Titel", id: str = "titel", is_draft: bool = False) -> PrintPage:
    return PrintPage(url, element("div", element("h1", title, id=id), *content), is_draft)


OPENING = printed("", element("p", "Indledning"), title="Forside")


def document(*content: Node, site_url: str = "", opening: PrintPage = OPENING, introduced: bool = True) -> str:
    """Return a document with a page at `mappe/side/` and another at `andet/`."""
    pages = [printed("mappe/side/", *content), printed("andet/", element("h2", "Afsnit", id="afsnit"), title="Andet")]
    return one_line(print_html(assemble(facts(site_url), opening, pages, introduced)))


def one_line(html: str) -> str:
    return re.sub(r"\s*\n\s*", "", html)


def chapter(html: str) -> str:
    """Return what stands below the title of the page at `mappe/side/`."""
    return html.partition('<h1 id="mappe-side">Titel</h1>')[2].partition("</section>")[0]


def test_every_id_has_the_prefix_of_its_page_and_the_title_has_its_chapters() -> None:
    html = document(element("h2", "Her", id="her"))
    assert chapter(html) == '<h2 id="mappe-side--her">Her</h2>'
    assert '<h1 id="andet">Andet</h1><h2 id="andet--afsnit">' in html and '<h1 id="forside">' in html


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("#her", "#mappe-side--her"),
        ("#titel", "#mappe-side"),
        ("./", "#mappe-side"),
        ("../../andet/", "#andet"),
        ("../../andet/#titel", "#andet"),
        ("../../andet/#afsnit", "#andet--afsnit"),
        ("../../", "#forside"),
        ("tel:+4512345678", "tel:+4512345678"),
    ],
)
def test_a_link_leads_to_its_place_in_the_document(href: str, expected: str) -> None:
    assert chapter(document(element("p", element("a", "a", href=href, title="x", rel="y")))) == f'<p><a href="{expected}">a</a></p>'


def test_a_link_out_of_the_document_leads_to_the_site_or_is_only_text() -> None:
    link = element("p", "Se ", element("a", "reglerne", element("em", " nu"), href="../../regler/#en"), ".")
    assert chapter(document(link, site_url=SITE)) == '<p>Se <a href="https://pr%C3%B8veby.example/sted/regler/#en">reglerne<em> nu</em></a>.</p>'
    assert chapter(document(link)) == "<p>Se reglerne<em> nu</em>.</p>"


def test_the_source_of_a_rule_is_left_out_if_it_leads_nowhere() -> None:
    def rule(href: str) -> Element:
        return element("p", "En regel. ", element("span.rule-source", "(", element("a", "Kilde", href=href), ")"), " Mere.")

    assert chapter(document(rule("../../regler/"))) == "<p>En regel.  Mere.</p>"
    assert 'rule-source">(<a href="#andet">Kilde</a>)</span> Mere.' in chapter(document(rule("../../andet/")))
    assert 'rule-source">(<a href="https://' in chapter(document(rule("../../regler/"), site_url=SITE))


def test_the_url_of_another_site_stands_after_its_link_unless_it_is_the_text() -> None:
    html = chapter(document(element("p", element("a", "loven", href="https://lov.dk/å?a=1&b=2"), element("a", "lov.dk", href="https://lov.dk/"))))
    expected = '<a href="https://lov.dk/%C3%A5?a=1&amp;b=2">loven</a><span class="address"> (lov.dk/å?a=1&amp;b=2)</span><a href="https://lov.dk/">lov.dk</a>'
    assert html == f"<p>{expected}</p>"


def test_a_link_holds_text_on_one_line_without_icons() -> None:
    content: list[Node] = [element("strong", "fed", element("em", " skrå")), element("br"), element("span.icon", data_icon="material/phone"), "slut"]
    assert chapter(document(element("p", element("a", *content, href="#titel")))) == '<p><a href="#mappe-side"><strong>fed<em> skrå</em></strong> slut</a></p>'


def test_a_link_around_an_image_is_only_the_image() -> None:
    html = chapter(document(element("p", element("a", element("em", element("img", src="å.png", alt="x")), " tekst", href="x.pdf"))))
    assert html == '<p><em><img src="site:mappe/side/%C3%A5.png" alt="x"></em> tekst</p>'


def test_images_of_other_sites_keep_their_url_for_the_engine_to_refuse() -> None:
    assert 'src="https://x.dk/a.png"' in chapter(document(element("img", src="https://x.dk/a.png", alt="")))


def test_permalinks_and_scripts_are_left_out() -> None:
    html = document(element("h2", "Her", element("a.headerlink", "#", href="#her"), id="her"), element("script", src="x.js"))
    assert chapter(html) == '<h2 id="mappe-side--her">Her</h2>'


@pytest.mark.parametrize(
    ("name", "attribute", "expected"),
    [
        ("material/phone", "data_icon", '<p><img class="icon" src="icon:material/phone" alt="">x</p>'),
        ("material/no-such-icon", "data_icon", "<p>x</p>"),
        ("material/phone", "title", "<p>x</p>"),
    ],
)
def test_icons_are_images_for_the_engine_to_draw(name: str, attribute: str, expected: str) -> None:
    icon = element("span.icon", element("svg", element("path", d="M0 0")), **{attribute: name})
    assert chapter(document(element("p", icon, "x"))) == expected


def test_the_chooser_and_the_index_say_which_page_they_lead_to() -> None:
    answer = element("li", element("a", "Ja", href="#trin"), " ", element("span.leads-to", "– gå til: Trin"))
    entry = element("li", element("a.on-page", href="../../andet/#afsnit", aria_label="Ord"))
    html = chapter(document(element("ul", answer, entry)))
    assert '<span class="leads-to" data-to="#mappe-side--trin">' in html
    assert '<a class="on-page" href="#andet--afsnit" aria-label="Ord" data-to="#andet--afsnit"></a>' in html


def test_the_contents_have_chapters_and_sections_but_no_headings_of_rules() -> None:
    rules: list[Node] = [element("h2", "Det betyder, at", id="b"), "\n", element("ul", element("li", "En regel", id="r"))]
    html = document(element("h2", "Om ", element("code", "x"), id="a"), element("ul", element("li", "Et punkt")), *rules, element("h2", "Uden id"))
    contents = html.partition('<ol class="contents">')[2].partition("</section>")[0]
    assert re.findall(r'<a href="(.*?)">(.*?)</a> <span class="page" data-to="(.*?)">', contents) == [
        ("#mappe-side", "Titel", "#mappe-side"),
        ("#mappe-side--a", "Om x", "#mappe-side--a"),
        ("#andet", "Andet", "#andet"),
        ("#andet--afsnit", "Afsnit", "#andet--afsnit"),
    ]
    assert contents.count("<ol>") == 2


def test_a_draft_is_marked_in_the_contents() -> None:
    html = print_html(assemble(facts(), OPENING, [printed("a/", is_draft=True)]))
    assert ">Titel (udkast)</a>" in html and '<section class="chapter is-draft short"' in html


def test_the_contents_take_the_place_of_the_first_cards() -> None:
    cards = element("div", element("ul.cards.web-only", element("li", "kort")))
    html = document(opening=printed("", element("p", "før"), cards, element("p", "efter")))
    assert '<p>før</p><div><ol class="contents">' in html and "</ol></div><p>efter</p>" in html and "kort" not in html
    assert '<p>Indledning</p><ol class="contents">' in document()


def test_the_first_image_of_the_opening_goes_on_the_cover_and_its_text_stays() -> None:
    icon = element("span.icon", data_icon="material/phone")
    image = element("img", src="å.svg", alt="En tegning")
    html = document(opening=printed("", element("p", icon, "x"), element("p", image), element("p", element("img", src="b.svg", alt="b"))))
    cover, _, rest = html.partition('<section class="opening"')
    assert '<img src="site:%C3%A5.svg" alt="En tegning">' in cover and cover.count("<img") == 1
    assert '<p class="picture-text">En tegning</p><p><img src="site:b.svg" alt="b"></p>' in rest


def test_an_image_within_a_text_leaves_no_text_behind() -> None:
    html = document(opening=printed("", element("p", "Se ", element("img", src="a.svg", alt="a"), " her")))
    assert "<p>Se  her</p>" in html and 'class="picture-text"' not in html


def test_the_closing_section_ends_the_document() -> None:
    closing: list[Node] = [element("h2.closing", "Kontakt", id="kontakt"), "\n", element("p", "Ring."), element("p.web-only", "Klik.")]
    html = document(opening=printed("", element("p", "før"), *closing, element("h2", "Mere", id="mere"), element("p", "efter")))
    assert "<p>før</p><h2" in html and '<h2 id="forside--mere">Mere</h2><p>efter</p><ol class="contents">' in html
    last = '<section class="chapter short closing-chapter" data-source=""><h1 class="closing" id="forside--kontakt">Kontakt</h1><p>Ring.</p></section>'
    assert f'{last}<section class="imprint">' in html
    assert '<a href="#forside--kontakt">Kontakt</a>' in html


def test_a_footnote_of_the_closing_section_stays_in_the_introduction() -> None:
    mark = element("sup.footnote-ref", element("a", "1", href="#fn-1", id="fnref-1"))
    back = element("a.footnote-back", "↩", href="#fnref-1")
    notes = element("section.footnotes", element("ol", element("li", element("p", "Note.", back), id="fn-1")))
    html = document(opening=printed("", element("h2.closing", "Kontakt", id="kontakt"), element("p", "Ring", mark), notes))
    assert 'id="forside--fn-1"' in html and '<a class="footnote-back" href="#forside--fnref-1">' in html
    assert '<a href="#forside--fn-1" id="forside--fnref-1">1</a>' in html


def test_a_document_without_an_introduction_has_nothing_of_the_opening_but_its_image() -> None:
    opening = printed("", element("p", element("img", src="a.svg", alt="a")), element("h2.closing", "Kontakt", id="kontakt"), title="Forside")
    html = document(element("p", element("a", "forsiden", href="../../")), opening=opening, introduced=False)
    assert '<h1 class="contents-title" id="indhold">Indhold</h1><ol class="contents">' in html
    assert 'src="site:a.svg"' in html and "Forside" not in html and "Kontakt" not in html
    assert chapter(html) == "<p>forsiden</p>"


def test_the_page_stays_as_it_is() -> None:
    page = printed("", element("h2.closing", "K", id="k"), element("p.web-only", "x"), element("img", src="a.svg", alt="a"))
    before = encode_tree(page.root)
    assemble(facts(), page, [page])
    assert encode_tree(page.root) == before
