"""Says in Danish what an accessibility statement says, in the words of the national tool where it has them. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.conventions import EVIDENCE_PAGE
from kanalstrategi.content.en_301_549 import BY_NUMBER, STANDARD
from kanalstrategi.content.model import Content
from kanalstrategi.content.statement_model import Compliance, FaultReason, KnownFault, Method, Statement
from kanalstrategi.danish.phrases import long_date

COMPLIANCE_WORDS = {
    Compliance.FULL: f"Hjemmesiden overholder standarden {STANDARD} fuldt ud.",
    Compliance.PARTIAL: f"Hjemmesiden overholder standarden {STANDARD} delvist: Den overholder de fleste krav.",
    Compliance.NONE: f"Hjemmesiden overholder ikke standarden {STANDARD}: Den overholder ikke de fleste krav.",
}
"""What a statement says about the state of the site."""
METHOD_WORDS = {
    Method.SELF: "Kommunen har selv prøvet hjemmesiden.",
    Method.EXTERNAL: "En anden har prøvet hjemmesiden for kommunen.",
    Method.OTHER: "Hjemmesiden er prøvet på en anden måde.",
}
REASON_WORDS = {
    FaultReason.NON_COMPLIANCE: "Overholder ikke loven endnu",
    FaultReason.DISPROPORTIONATE: "Uforholdsmæssig stor byrde at rette",
    FaultReason.EXEMPT: "Ikke omfattet af loven",
}
"""Why faults are not mended, as the heading above them."""
UNDECIDED = "Ikke afgjort"
"""What stands in the place of what nobody has decided."""

_COMPLIANCE_IN_TOOL = {
    Compliance.FULL: "Webstedet overholder standarden fuldt ud",
    Compliance.PARTIAL: "Webstedet overholder standarden delvist (overholder de fleste krav)",
    Compliance.NONE: "Webstedet overholder ikke standarden (overholder ikke de fleste krav)",
}
_METHOD_IN_TOOL = {
    Method.SELF: "Det offentlige organ har selv evalueret webstedet",
    Method.EXTERNAL: "Vurdering er foretaget af ekstern part",
    Method.OTHER: "Det offentlige organ har anvendt anden metode",
}
_REASON_IN_TOOL = {
    FaultReason.NON_COMPLIANCE: "Manglende overholdelse af webtilgængelighedsloven",
    FaultReason.DISPROPORTIONATE: "Uforholdsmæssig stor byrde",
    FaultReason.EXEMPT: "Indhold, der ikke er omfattet af loven",
}
"""The choices of the national tool."""


def criterion_words(number: str) -> str:
    """Return a criterion as the standard counts it, with its title: `9.1.1.1 Ikke-tekstbaseret indhold`."""
    criterion = BY_NUMBER[number]
    return f"{criterion.clause} {criterion.title}"


def fault_words(fault: KnownFault) -> str:
    """Return what a fault breaks, and by when it is mended, as sentences."""
    until = f" Rettes senest {long_date(fault.mended_by)}." if fault.mended_by else ""
    return f"Krav {criterion_words(fault.criterion)}.{until}"


def tested_words(statement: Statement) -> str:
    """Return when the site was tested and how, as sentences; empty if nobody has said either."""
    day = f"Hjemmesiden er senest prøvet den {long_date(statement.tested)}." if statement.tested else ""
    return " ".join(filter(None, (day, METHOD_WORDS[statement.method] if statement.method else "")))


def text_for_tool(statement: Statement, content: Content, site_url: str) -> str:
    """Return the statement as plain text, field by field as the national tool asks for it. What nobody has decided is said to be undecided.

    Addresses are left out while it is not known where the site lies. `site_url` is empty then.
    """
    return "\n\n".join(_for_tool(statement, content, site_url)) + "\n"


def _for_tool(statement: Statement, content: Content, site_url: str) -> Iterator[str]:
    owner, page = statement.page.owner, statement.page
    evidence = content.pages.get(EVIDENCE_PAGE)
    if site_url:
        yield f"Websted\n{site_url}"
    yield f"Offentligt organ\n{content.organisation.name}"
    yield f"Overholdelsesstatus\n{_COMPLIANCE_IN_TOOL[statement.compliance] if statement.compliance else UNDECIDED}"
    yield f"Vurderingsmetode\n{_METHOD_IN_TOOL[statement.method] if statement.method else UNDECIDED}"
    yield f"Senest prøvet\n{long_date(statement.tested) if statement.tested else UNDECIDED}"
    if evidence and site_url:
        yield f"Evalueringsrapport\n{site_url}{evidence.url}"
    yield from _faults_for_tool(statement)
    yield f"Kontakt\n{owner.name}\nTelefon: {owner.phone or 'Mangler'}\nMail: {owner.email or 'Mangler'}"
    updated = f"{long_date(page.reviewed)}. Skal ajourføres igen senest {long_date(page.review_by)}." if statement.compliance else UNDECIDED
    yield f"Senest ajourført\n{updated}"


def _faults_for_tool(statement: Statement) -> Iterator[str]:
    if not statement.faults:
        yield f"Ikke-tilgængeligt indhold\n{'Ingen kendte fejl' if statement.compliance else UNDECIDED}"
    for reason in FaultReason:
        for fault in statement.faults_of(reason):
            until = f"\nRettes senest: {long_date(fault.mended_by)}" if fault.mended_by else ""
            yield f"Ikke-tilgængeligt indhold: {_REASON_IN_TOOL[reason]}\n{fault.title}\nKrav: {criterion_words(fault.criterion)}{until}\n{fault.text}"
