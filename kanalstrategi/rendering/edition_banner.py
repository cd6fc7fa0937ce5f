"""Says at the top of a page which edition it is of, when that is not the one in force, or what it says about the one in force. No I/O."""

from __future__ import annotations

from datetime import date

from kanalstrategi.content.consultation import answer_url
from kanalstrategi.content.conventions import CHANGES_FILE, HEARING_FILE
from kanalstrategi.content.edition_data import receipt_path
from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.edition_paths import is_former_guideline, permanent_folder
from kanalstrategi.content.edition_words import adoption, consultation_days, mark
from kanalstrategi.content.model import Status
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import contact_line, draft_badge, join_nodes
from kanalstrategi.rendering.macros import Call

BANNER_CLASS = "edition-banner"
_FRONT = "index.md"


def is_of_other_edition(call: Call) -> bool:
    """Whether a page is of an edition that is not in force."""
    edition = call.content.edition
    return edition is not None and edition.state is not EditionState.ADOPTED


def has_banner(call: Call) -> bool:
    """Whether a box says which edition a page is of: it is not the one in force, or the page is no part of it but is about it."""
    folder = permanent_folder(call.content)
    return is_of_other_edition(call) or bool(folder and call.page.path.startswith(folder))


def edition_banner(call: Call) -> Element | None:
    """Return the box at the top of such a page; None for all other pages."""
    edition = call.content.edition
    if edition is None or not has_banner(call):
        return None
    if not is_of_other_edition(call):
        return _about_the_one_in_force(call, edition)
    was_adopted = edition.state.was_adopted
    facts = " ".join(_facts(edition, call.content.today))
    # On paper, the cover and the header say what a filed edition is; a proposal is marked in each chapter, as drafts are.
    is_front = call.page.path == edition.folder + _FRONT
    owner = [] if was_adopted else [element("p.edition-owner" + ("" if is_front else ".web-only"), "Ansvarlig: ", contact_line(call.page.owner))]
    more = "p" if is_front else "p.web-only"
    return element(
        f"div.{BANNER_CLASS}.{edition.state.value}" + ("" if is_front or not was_adopted else ".web-only"),
        element("p.edition-state", mark(edition)),
        element(more, facts) if facts else [],
        _answer(call, edition, more),
        element("p.web-only", join_nodes(_links(call, edition), " · ")),
        owner,
        data_search_exclude="",
    )


def _about_the_one_in_force(call: Call, edition: Edition) -> Element:
    """Return the box of a page with the changes of the edition in force, or with the answers to its hearing."""
    links = _links(call, edition)
    draft: list[Node] = [draft_badge(), " "] if call.page.status is Status.DRAFT else []
    return element(
        f"div.{BANNER_CLASS}.adopted",
        element("p.edition-state", draft, "Om ", element("a", edition.title, href=call.link(edition.url)), ", der gælder nu"),
        element("p.web-only", join_nodes(links, " · ")) if links else "",
        element("p.edition-owner", "Ansvarlig: ", contact_line(call.page.owner)),
        data_search_exclude="",
    )


def consultation_notice(call: Call) -> Element | None:
    """Return the box at the top of the site's front page while a proposal is in hearing; None at any other time and on any other page."""
    heard = [edition for content in call.content.editions if (edition := content.edition) and edition.state is EditionState.CONSULTATION]
    if not heard or call.page.path != _FRONT:
        return None
    lines = [
        element(
            "p.edition-state",
            call.content.say("Et forslag til en ny strategi er i høring "),
            consultation_days(edition.consultation) if edition.consultation else "",
            ". ",
            element("a", f"Læs {edition.title}, og svar", href=call.link(edition.url)),
        )
        for edition in heard
    ]  # fmt: skip - one line of the box each
    return element(f"div.{BANNER_CLASS}.{EditionState.CONSULTATION.value}.web-only", lines, data_search_exclude="")


def _facts(edition: Edition, today: date) -> list[str]:
    """Return sentences about how far an edition has come, beyond what its mark says."""
    days = edition.consultation
    if edition.state is EditionState.SUPERSEDED:
        return [f"{adopted}." for adopted in [adoption(edition.adopted, edition.adopted_by)] if adopted]
    if edition.state is EditionState.LAPSED:
        return ["Forslaget er opgivet og har aldrig været gældende."]
    if edition.state is EditionState.CONSULTATION:
        return ["Det er et forslag og gælder ikke."]
    if days is None:
        return []
    return [f"Forslaget {'var i' if days[1] < today else 'kommer i'} høring {consultation_days(days)}."]


def _answer(call: Call, edition: Edition, paragraph: str) -> list[Node]:
    """Return how to answer a hearing, in an element of that kind."""
    consultation = call.content.organisation.consultation
    if edition.state is not EditionState.CONSULTATION or not edition.consultation or not consultation:
        return []
    link = element("a", "Svar på forslaget", href=answer_url(consultation, edition.title))
    at_points = element("span.web-only", ", eller brug linket ved det punkt, du vil svare på")
    if consultation.url:
        return [element(paragraph, link, " på høringsportalen", at_points, ".")]
    address = element("a", consultation.email, href=f"mailto:{consultation.email}")
    by_hand = "Linket åbner en mail. Kan du ikke skrive en mail herfra, så skriv selv til adressen, og nævn punktets navn, som står ved det."
    return [element(paragraph, link, " i en mail til ", address, at_points, "."), element("p.web-only", by_hand)]


def _links(call: Call, edition: Edition) -> list[list[Node]]:
    """Return links to the page in force, and to the edition's own pages, apart from the page that they stand on."""
    content, path = call.content, call.page.path
    found: list[list[Node]] = []
    in_force = content.replacements.get(path)
    if in_force is not None:
        words = "Læs siden, der gælder nu" if in_force else content.say("Gå til strategien, der gælder nu")
        found.append([element("a", words, href=call.link(in_force))])
    folder = edition.folder or permanent_folder(content)
    front = [(edition.folder + _FRONT, f"Forsiden af {edition.title}")] if edition.folder else []  # the box about the one in force begins with it
    own = (
        *front,
        (folder + CHANGES_FILE, "Se ændringerne"),
        (folder + HEARING_FILE, "Se svarene fra høringen"),
    )
    for own_path, words in own:
        page = content.published_pages.get(own_path)
        if page is not None and page.path != path:
            found.append([element("a", words, href=call.link(page.url))])
    if edition.state is EditionState.SUPERSEDED and not is_former_guideline(path):
        found.append([element("a", "Kvittering for udgavens filer", href=call.link(receipt_path(edition)))])
    return found
