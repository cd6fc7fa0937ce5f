"""The macro that says what was tested for accessibility, with which result, and what no machine can tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kanalstrategi.content.en_301_549 import CRITERIA, DOCUMENT_CHAPTER, PRINCIPLES, STANDARD, Criterion
from kanalstrategi.content.evidence_methods import METHODS
from kanalstrategi.content.evidence_model import ClauseResult, Evidence, Outcome
from kanalstrategi.danish.phrases import count_phrase, long_date
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import heading, table, table_row
from kanalstrategi.rendering.macros import Call, macro

_COLUMNS = ("Det viser prøverne", "Det skal et menneske se på")
"""The headings of the columns after the first."""
_OUTCOMES = {
    Outcome.PASSED: ("Bestået", "adopted"),
    Outcome.FAILED: ("Fejl", "draft"),
    Outcome.NOT_RUN: ("Ikke kørt", "draft"),
}
"""The word for what came of tests, and the class of its badge."""
_PRINCIPLE_IDS = {"1": "opfattelig", "2": "anvendelig", "3": "forstaaelig", "4": "robust"}
_RESULT_ID, _WEB_ID, _PDF_ID, _EDITOR_ID, _METHODS_ID = "resultatet", "siderne", "pdf-filerne", "redigeringen", "proeverne"
NO_TEST, NO_RESULT = "Ingen prøve", "Intet resultat"
"""What stands for a requirement that no test looks at, and for any requirement while no tests have run."""
_COMMIT_CHARACTERS = 10
"""As much of a commit's name as readers need."""


@macro(anchors=lambda content: (_RESULT_ID, _WEB_ID, *_PRINCIPLE_IDS.values(), _PDF_ID, _EDITOR_ID, _METHODS_ID), is_of_site=True)
def accessibility_evidence(call: Call) -> list[Node]:
    """Return what was tested by the criteria of the standard. The call must be alone on its line."""
    evidence = call.content.evidence
    parts: list[Node] = [heading(2, "Resultatet", _RESULT_ID), *_summary(evidence), heading(2, f"Siderne: kapitel 9 i {STANDARD}", _WEB_ID)]
    for number, title in PRINCIPLES.items():
        rows = [_row(criterion, criterion.clause, evidence) for criterion in CRITERIA if criterion.principle == number]
        parts += [heading(3, title, _PRINCIPLE_IDS[number]), _table(f"{title}: krav, prøver og det, et menneske skal se på", rows)]
    return [*parts, *_documents(evidence), *_editor(), *_methods(evidence)]


def _summary(evidence: Evidence | None) -> list[Node]:
    limits = element(
        "p",
        "At en prøve er bestået, betyder ikke, at kravet er opfyldt. En maskine ser kun en del af fejlene. "
        "Det, den ikke kan se, står ud for hvert krav, og det har ingen set på, medmindre tilgængelighedserklæringen siger det.",
    )
    if evidence is None:
        none = " Der er ingen resultater fra prøver af denne udgave af hjemmesiden, så intet krav er vist som bestået."
        return [element("p", element("strong.badge.draft", "Ikke prøvet"), none), limits]
    day = long_date(date.fromisoformat(evidence.day))
    commit: list[Node] = [" (", element("code", evidence.commit[:_COMMIT_CHARACTERS]), ")"] if evidence.commit else []
    when = element("p", f"Prøvet den {day} på netop denne udgave af hjemmesiden", commit, ".")
    if not evidence.is_current:
        since = ". Den er ændret siden. Det, der står her, gælder måske ikke mere."
        words = element("p", f"Hjemmesiden blev prøvet den {day} på en tidligere udgave", commit, since)
        when = element("div.admonition.warning", element("p.admonition-title", "Prøvet på en tidligere udgave"), words)
    programs = ", ".join(f"{name} {version}".strip() for name, version in evidence.tools)
    tested_with = element("p", f"Prøvet med: {programs}.") if programs else ""
    words = element("p", f"»{NO_TEST}« betyder, at ingen af vores prøver ser på kravet. »{_OUTCOMES[Outcome.NOT_RUN][0]}« er en prøve, som ikke blev kørt.")
    return [when, element("p", element("strong", _total_words(evidence))), tested_with, words, limits]


def _total_words(evidence: Evidence) -> str:
    total = evidence.total
    seen = [evidence.result_of(criterion.clause) for criterion in CRITERIA]
    tested = [result for result in seen if result and result.outcome is not Outcome.NOT_RUN]
    failed = [result for result in tested if result.outcome is Outcome.FAILED]
    tests = f"{count_phrase(total.passed + total.failed, 'prøve er kørt', 'prøver er kørt')}: {total.passed} bestået, {total.failed} med fejl."
    skipped = f" {count_phrase(total.not_run, 'prøve er ikke kørt', 'prøver er ikke kørt')}." if total.not_run else ""
    of_criteria = f" De siger noget om {len(tested)} af de {len(CRITERIA)} krav til sider. {len(failed) or 'Ingen'} af dem har fejl."
    return tests + skipped + of_criteria


def _row(criterion: Criterion, clause: str, evidence: Evidence | None) -> Element:
    name: list[Node] = [f"{clause} {criterion.title} ", element("span.criterion-level", f"({criterion.level})")]
    result = evidence.result_of(clause) if evidence else None
    return table_row(name, zip(_COLUMNS, (_result(result, has_run=evidence is not None), criterion.by_hand), strict=True))


def _result(result: ClauseResult | None, *, has_run: bool) -> Node | list[Node]:
    """Return what tests show about a requirement. `has_run` says whether any tests have run: only then is it known which there are none of."""
    if result is None:
        return NO_TEST if has_run else NO_RESULT
    word, kind = _OUTCOMES[result.outcome]
    count = result.passed + result.failed + result.not_run
    parts = [
        f"{result.failed} af {count_phrase(count, 'prøve', 'prøver')} har fejl" if result.failed else "",
        f"{result.not_run} af {count_phrase(count, 'prøve', 'prøver')} er ikke kørt" if result.not_run else "",
    ]
    number = "; ".join(filter(None, parts)) or count_phrase(count, "prøve", "prøver")
    return [element(f"strong.badge.{kind}", word), f" {number}: {_names(result.methods)}"]


def _names(methods: Iterable[str]) -> str:
    """Return the names of methods. One that this version does not know, from an older file, is called by its id."""
    return ", ".join(METHODS[how][0] if how in METHODS else how for how in methods)


def _table(caption: str, rows: Iterable[Element]) -> Element:
    return table("follow-up evidence", caption, ["Krav", *_COLUMNS], rows)


def _documents(evidence: Evidence | None) -> list[Node]:
    words = (
        f"Kapitel {DOCUMENT_CHAPTER} stiller de samme krav til filer, med de samme tal efter {DOCUMENT_CHAPTER}. "
        "Her står de krav, der er prøver af. Resten er ikke prøvet for sig."
    )
    parts: list[Node] = [heading(2, f"PDF-filerne: kapitel {DOCUMENT_CHAPTER}", _PDF_ID), element("p", words)]
    criteria = evidence.criteria(DOCUMENT_CHAPTER) if evidence else ()
    if not criteria:
        return [*parts, element("p", "Der er ingen resultater fra prøver af denne udgave.")]
    rows = [_row(criterion, f"{DOCUMENT_CHAPTER}.{criterion.number}", evidence) for criterion in criteria]
    return [*parts, _table("PDF-filerne: krav, prøver og det, et menneske skal se på", rows)]


def _editor() -> list[Node]:
    words = "Redigeringen i browseren er et fremmed program, Decap CMS. Den er ikke prøvet efter standarden, og den er kun for redaktører."
    return [heading(2, "Redigeringen: kapitel 11", _EDITOR_ID), element("p", words)]


def _methods(evidence: Evidence | None) -> list[Node]:
    used = set(evidence.total.methods) if evidence else set(METHODS)
    items = [element("li", element("strong", name), f": {words}") for how, (name, words) in METHODS.items() if how in used]
    lead = "Prøverne kræver dette. Om kravene er opfyldt, står i resultatet."
    return [heading(2, "Det kræver prøverne", _METHODS_ID), element("p", lead), element("ul", items, data_search_exclude="")]
