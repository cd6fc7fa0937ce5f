"""The macros of the accessibility statement: what the law asks it to say, and the same as text for the national tool."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.conventions import EVIDENCE_PAGE, FAULTS_HEADING, STATEMENT_PAGE
from kanalstrategi.content.statement import publication_gaps
from kanalstrategi.content.statement_model import FaultReason, Statement
from kanalstrategi.content.statement_words import COMPLIANCE_WORDS, REASON_WORDS, UNDECIDED, fault_words, tested_words, text_for_tool
from kanalstrategi.danish.phrases import capitalized, count_phrase, long_date
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import contact_details, heading
from kanalstrategi.rendering.macros import Call, MacroError, macro
from kanalstrategi.rendering.rule_page import COPY_SCRIPT

LAW = "lov om tilgængelighed af offentlige organers websteder og mobilapplikationer"
SUPERVISOR_URL = "https://digst.dk/digital-inklusion/webtilgaengelighed/oplever-du-ikke-tilgaengeligt-indhold/"
"""Where Digitaliseringsstyrelsen says how to tell it of a site that is not accessible."""
_SECTIONS = {
    "overholdelse": "Overholder hjemmesiden kravene?",
    "ikke-tilgaengeligt": "Det, der ikke er tilgængeligt",
    "saadan-er-den-proevet": "Sådan er hjemmesiden prøvet",
    "giv-besked": "Giv os besked",
    "klage": "Hvis du ikke får svar",
}
"""The sections of a statement: the titles of their headings, keyed by id."""


@macro(anchors=lambda content: _SECTIONS, is_of_site=True)
def statement(call: Call) -> list[Node]:
    """Return the accessibility statement but for its faults, which the page itself describes. The call must be alone on its line."""
    found = _statement_of(call)
    parts = {
        "overholdelse": _compliance(call, found),
        "ikke-tilgaengeligt": [*_faults(found)],
        "saadan-er-den-proevet": _tested(call, found),
        "giv-besked": _contact(call, found),
        "klage": _enforcement(call),
    }
    return [node for id, title in _SECTIONS.items() for node in (heading(2, title, id), *parts[id])]


@macro(is_of_site=True, script=COPY_SCRIPT)
def statement_for_tool(call: Call) -> list[Node]:
    """Return the statement as text to copy into the national tool, and what is missing. The call must be alone on its line."""
    found = _statement_of(call)
    gaps = publication_gaps(call.content)
    missing: list[Node] = []
    if gaps:
        words = f"{capitalized(count_phrase(len(gaps), 'ting mangler', 'ting mangler'))}, før erklæringen er færdig:"
        missing = [element("p", words), element("ul", [element("li", f"{capitalized(gap.message)}.") for gap in gaps])]
    if not call.site_url:
        words = "Det vides ikke, hvor hjemmesiden ligger, så dens adresse og adressen på evalueringsrapporten står ikke i teksten."
        missing.append(element("p", words))
    text = element(
        "div.reference",
        element("pre.reference-text.tool-text", text_for_tool(found, call.content, call.site_url)),
        element("button.copy-reference", "Kopiér teksten", type="button", hidden=""),
        element("p.copy-status", role="status", data_subject="Teksten"),
        data_search_exclude="",
    )
    return [*missing, text]


def _statement_of(call: Call) -> Statement:
    if call.content.statement is None:
        raise MacroError("der er ingen tilgængelighedserklæring", f"opret siden docs/{STATEMENT_PAGE}")
    return call.content.statement


def _undecided(words: str, mark: str = UNDECIDED) -> Element:
    return element("p", element("strong.badge.draft", mark), f" {words}")


def _compliance(call: Call, found: Statement) -> list[Node]:
    name = call.content.organisation.name
    promise = element("p", f"{name} skal gøre hjemmesiden tilgængelig efter {LAW}.")
    if found.compliance is None:
        return [promise, _undecided("Kommunen har endnu ikke afgjort, om hjemmesiden overholder kravene.")]
    return [promise, element("p", element("strong", COMPLIANCE_WORDS[found.compliance]))]


def _faults(found: Statement) -> Iterator[Node]:
    if not found.faults and found.compliance is None:
        yield _undecided("Kommunen har endnu ikke skrevet, hvad der ikke er tilgængeligt.")
    elif not found.faults:
        yield element("p", "Der er ingen kendte fejl.")
    else:
        yield element("p", f"Hver fejl er beskrevet længere nede, under »{FAULTS_HEADING}«.")
    for reason in FaultReason:
        if faults := found.faults_of(reason):
            items = [element("li", element("a", fault.title, href=f"#{fault.id}"), f". {fault_words(fault)}") for fault in faults]
            yield element("p", element("strong", f"{REASON_WORDS[reason]}:"))
            yield element("ul", items)


def _tested(call: Call, found: Statement) -> list[Node]:
    page = found.page
    words = tested_words(found)
    parts: list[Node] = [element("p", words)] if words else []
    unsaid = [question for question, answer in (("hvornår", found.tested), ("hvordan", found.method)) if answer is None]
    if unsaid:
        parts.append(_undecided(f"Kommunen har endnu ikke skrevet, {' og '.join(unsaid)} hjemmesiden er prøvet."))
    if evidence := call.content.pages.get(EVIDENCE_PAGE):
        parts.append(element("p", "Se ", element("a", evidence.title, href=call.link(evidence.url)), "."))
    again = f"igen senest den {long_date(page.review_by)}."
    reviewed = f"Erklæringen er senest gennemgået den {long_date(page.reviewed)} og skal gennemgås {again}"
    if found.compliance is None:
        reviewed = f"Dette er et udkast. Det er set igennem den {long_date(page.reviewed)} og skal ses igennem {again}"
    return [*parts, element("p", reviewed)]


def _contact(call: Call, found: Statement) -> list[Node]:
    owner = found.page.owner
    words = "Er der noget, du ikke kan bruge, eller vil du have indhold på en anden måde, så kontakt os. Du kan også spørge om det, der er undtaget."
    parts: list[Node] = [element("p", words)]
    details = contact_details(owner)
    parts.append(element("p", owner.name, ": " if details else "", details))
    if not (owner.phone and owner.email):
        lacking = "telefonnummer og mailadresse" if not details else "telefonnummer" if not owner.phone else "mailadresse"
        parts.append(_undecided(f"Kommunen skal kunne nås både på telefon og på skrift. Der mangler {lacking}.", "Mangler"))
    return parts


def _enforcement(call: Call) -> list[Node]:
    link = element("a", "hvordan du skriver til Digitaliseringsstyrelsen", href=SUPERVISOR_URL)
    words = "Digitaliseringsstyrelsen fører tilsyn med loven. Har du ikke fået svar inden for 10 arbejdsdage, eller er du utilfreds med svaret, så læs, "
    return [element("p", words, link, ".")]
