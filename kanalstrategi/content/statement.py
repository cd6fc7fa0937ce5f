"""Reads the accessibility statement from its page, and says what is missing before the site may be published. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date

from dateutil.relativedelta import relativedelta

from kanalstrategi.content.conventions import FAULT_LEVEL, FAULTS_HEADING, STATEMENT_KEYS, STATEMENT_PAGE
from kanalstrategi.content.dates import today_in_denmark
from kanalstrategi.content.en_301_549 import BY_NUMBER
from kanalstrategi.content.fields import FieldReader, parse_day
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.statement_model import Compliance, FaultReason, KnownFault, Method, Statement
from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.allow_list import FAULT_KEYS
from kanalstrategi.markdown.nodes import Block, ParsedPage
from kanalstrategi.suggestions import suggestion

STATEMENT_INTERVAL = relativedelta(years=1)
"""The longest that a statement may go without a review (BEK 904/2019)."""
WORDINGS = {
    "misplaced": Wording("feltet $key hører til i docs/$path", "slet linjen, eller skriv den dér"),
    "tested_later": Wording("siden er prøvet på en dato, der ikke er kommet", "ret datoen i tested"),
    "interval": Wording("erklæringen skal gennemgås mindst en gang om året", "sæt review_by til højst et år efter reviewed"),
}
"""What can be wrong with the fields of the statement, besides their values."""


def read_statement(
    pages: Mapping[str, Page], parsed_pages: Mapping[str, ParsedPage], url: str, today: date, diagnostics: list[Diagnostic]
) -> Statement | None:
    """Return the statement, or None if the site has no page of it. `url` is that of the statement in the national tool.

    Fields of a statement on another page are reported, and so are faults.
    """
    for path, parsed in parsed_pages.items():
        if path != STATEMENT_PAGE:
            _report_misplaced(path, parsed, diagnostics)
    if (page := pages.get(STATEMENT_PAGE)) is None:
        return None
    parsed = parsed_pages[page.path]
    front = FieldReader(page.path, parsed, diagnostics)
    written = parsed.front.values
    compliance = front.choice("compliance", [state.value for state in Compliance]) if "compliance" in written else None
    method = front.choice("method", [method.value for method in Method]) if "method" in written else None
    tested = front.date("tested", required=False)
    if tested and tested > max(today, today_in_denmark()):  # an old SOURCE_DATE_EPOCH is not the page's mistake
        front.report("tested", *WORDINGS["tested_later"].filled())
    reviewed, review_by = (_day_in(parsed, key) for key in ("reviewed", "review_by"))
    if reviewed and review_by and review_by > reviewed + STATEMENT_INTERVAL:
        front.report("review_by", *WORDINGS["interval"].filled())
    faults = tuple(_read_faults(page, parsed, diagnostics))
    state = Compliance(compliance) if compliance else None
    for message, hint in _contradictions(state, faults):
        front.report("compliance", message, hint)
    return Statement(page, state, faults, tested, Method(method) if method else None, url)


_OWN_PAGE = "læg en side dér, i stedet for programmets; redaktørernes vejledning viser den (felter-og-tekst, »I erklæringen om tilgængelighed«)"


def publication_gaps(content: Content) -> list[Diagnostic]:
    """Return what the law asks for before a site is published, and this one does not have. Each is a thing that somebody has to decide."""
    found = []
    if not content.organisation.accessibility_statement:
        hint = "opret erklæringen i WAS-Tool, og skriv dens adresse: `accessibility_statement: https://was.digst.dk/…`"
        found.append(Diagnostic("mkdocs.yml", 1, "adressen på tilgængelighedserklæringen mangler", hint))
    place = f"docs/{STATEMENT_PAGE}"
    if (statement := content.statement) is None or statement.page.is_of_program:  # that one says nothing of this site
        return [*found, Diagnostic(place, 1, "jeres egen side med tilgængelighedserklæringen mangler", _OWN_PAGE)]
    missing = {
        "compliance": statement.compliance is None and "det er ikke afgjort, om hjemmesiden overholder standarden",
        "tested": statement.tested is None and "det er ikke skrevet, hvornår hjemmesiden er prøvet",
        "method": statement.method is None and "det er ikke skrevet, hvordan hjemmesiden er prøvet",
    }
    found += [Diagnostic(place, 1, message, f"afgør det, og skriv feltet {key}") for key, message in missing.items() if message]
    found += [Diagnostic("mkdocs.yml", 1, f"{statement.page.owner.name} har {lacking}", hint) for lacking, hint in _contact_gaps(statement)]
    return found


def _day_in(parsed: ParsedPage, key: str) -> date | None:
    """Return the day in a field; None if there is none, which is reported where the page is read."""
    value = parsed.front.values.get(key)
    with suppress(ValueError):
        return parse_day(value) if isinstance(value, str) else None
    return None


def _contact_gaps(statement: Statement) -> Iterator[tuple[str, str]]:
    owner = statement.page.owner
    for is_missing, what, key in ((not owner.phone, "intet telefonnummer", "phone"), (not owner.email, "ingen mailadresse", "email")):
        if is_missing:
            yield f"{what}, og erklæringen skal have begge dele", f"skriv `{key}: …` under {owner.id}, eller giv siden en anden ansvarlig"


def _report_misplaced(path: str, parsed: ParsedPage, diagnostics: list[Diagnostic]) -> None:
    front = FieldReader(path, parsed, diagnostics)
    for key in STATEMENT_KEYS:
        if key in parsed.front.values:
            front.report(key, *WORDINGS["misplaced"].filled(key=key, path=STATEMENT_PAGE))
    for block in parsed.blocks:
        if block.fault:
            message = f"{block.fault[0][0]} står på en overskrift, der ikke er en fejl i tilgængelighedserklæringen"
            diagnostics.append(Diagnostic(f"docs/{path}", block.line, message, "slet det"))


def _contradictions(compliance: Compliance | None, faults: Sequence[KnownFault]) -> Iterator[tuple[str, str]]:
    """Yield what the faults of a statement say against its state."""
    real = [fault for fault in faults if fault.reason is not FaultReason.EXEMPT]
    if compliance is Compliance.FULL and real:
        yield f"siden overholder alt, siger compliance, men »{real[0].title}« er en fejl", "skriv partial eller none, eller slet fejlen"
    if compliance in (Compliance.PARTIAL, Compliance.NONE) and not real:
        hint = f"skriv hver fejl under ## {FAULTS_HEADING} som en overskrift med ###; redaktørernes vejledning viser hvordan"
        yield f"compliance er {compliance.value}, men ingen fejl er beskrevet", hint


def _read_faults(page: Page, parsed: ParsedPage, diagnostics: list[Diagnostic]) -> Iterator[KnownFault]:
    """Yield the faults on the statement's page: the headings below `Kendte fejl`, each with the text below it."""

    def report(block: Block, message: str, hint: str) -> None:
        diagnostics.append(Diagnostic(f"docs/{page.path}", block.line, message, hint))

    is_among_faults = False
    for number, block in enumerate(parsed.blocks):
        if block.kind != "heading":
            continue
        if block.level < FAULT_LEVEL:
            is_among_faults = block.level == FAULT_LEVEL - 1 and slug(block.text) == slug(FAULTS_HEADING)
        elif block.level == FAULT_LEVEL and is_among_faults:
            text = "\n\n".join(_text_below(parsed.blocks[number + 1 :]))
            if not text:
                report(block, "fejlen er ikke beskrevet", "skriv under overskriften, hvad der er galt, hvorfor, og hvad læserne kan gøre i stedet")
            if fault := _read_fault(block, text, report):
                yield fault
        elif block.fault:
            report(block, f"{block.fault[0][0]} står på en overskrift uden for ## {FAULTS_HEADING}", "flyt fejlen derned, eller slet det")


def _read_fault(block: Block, text: str, report: Callable[[Block, str, str], None]) -> KnownFault | None:
    """Return the fault of a heading; None if it does not say which criterion it breaks, or why it is not mended."""
    typed = dict(block.fault)
    number, written, until = (typed.get(key, "") for key in FAULT_KEYS)
    reasons = [reason.value for reason in FaultReason]
    if number.removeprefix("9.") not in BY_NUMBER:
        message = f"kravet »{number[:40]}« findes ikke" if number else "fejlen siger ikke, hvilket krav den bryder"
        report(block, message, "skriv kravets nummer i WCAG 2.1 efter overskriften: `{: criterion=1.1.1 reason=non-compliance }`")
    if written not in reasons:
        message = f"reason kan ikke være »{written[:40]}«" if written else "fejlen siger ikke, hvorfor den ikke er rettet"
        report(block, message, suggestion(written, reasons, f"skriv reason={', '.join(reasons[:-1])} eller {reasons[-1]} efter overskriften"))
    try:
        day = parse_day(until) if until else None
    except ValueError:
        day = None
    if until and day is None:
        report(block, f"»{until[:40]}« er ikke en dag, fejlen kan være rettet senest", "skriv den som until=2027-03-31, eller slet den")
    if number.removeprefix("9.") not in BY_NUMBER or written not in reasons:
        return None
    return KnownFault(block.text, block.id, number.removeprefix("9."), FaultReason(written), text, day, block.line)


def _text_below(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the paragraphs and items up to the next heading, without markup."""
    for block in blocks:
        if block.kind == "heading":
            return
        if block.text:
            yield block.text
