"""Plans the adoption of the first strategy of a site: its drafts become what is in force, where they are. No I/O."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kanalstrategi.content.adoption import AdoptionRequest, in_docs, receipt_of, review_after
from kanalstrategi.content.edition_names import MAX_NAME_CHARACTERS, is_edition_name, name_in_title
from kanalstrategi.content.edition_steps import EDITIONS, FRONT, pages_in_force, proposals, refuse_future, title_of
from kanalstrategi.content.steps import DOCS, Step, StepError, Tree, read_page_of, text_of, with_page_fields
from kanalstrategi.content.unwritten import refuse_unwritten
from kanalstrategi.danish.phrases import count_phrase, long_date
from kanalstrategi.diagnostics import printable
from kanalstrategi.sanitizing.files import RECEIPT_NAME

_EDITION_FRONT = re.compile(rf"{re.escape(EDITIONS)}[^/]+/index\.md")


def is_first(tree: Tree) -> bool:
    """Whether nothing was ever adopted here: the strategy is a draft, and there is no other edition. Raises StepError."""
    return text_of(read_page_of(tree, FRONT), "status") == "draft" and not any(map(_EDITION_FRONT.fullmatch, tree))


def refuse_nameless(tree: Tree) -> None:
    """Raise StepError that says which proposals there are, one of which has to be named."""
    if known := proposals(tree):
        raise StepError(f"skriv, hvilket forslag der er vedtaget – {', '.join(known)}")
    raise StepError("der er intet forslag, der kan vedtages – begynd et med python3 scripts/new.py edition")


def adopt_first(tree: Tree, adoption: AdoptionRequest, today: date) -> Step:
    """Return the step that puts the strategy in force that a site has as drafts. It is named as asked for, or else by its title or the year.

    Raises StepError.
    """
    adoption = replace(adoption, name=_name(tree, adoption))
    refuse_future(adoption.day, today)
    inners = pages_in_force(tree)
    refuse_unwritten(tree, [DOCS + inner for inner in inners], adoption.name)
    pages = {inner: _adopted(tree, inner, adoption) for inner in inners}
    receipt = receipt_of({**tree, **in_docs(pages)}, adoption.name, pages)
    changes: dict[str, bytes | None] = {**in_docs(pages), f"{EDITIONS}{adoption.name}/{RECEIPT_NAME}": receipt}
    report = [
        f"{adoption.name} er vedtaget den {long_date(adoption.day)} af {adoption.by} og gælder nu. Det står på {count_phrase(len(pages), 'side', 'sider')}.",
        f"Udgaven hedder {adoption.name}. Skal den hedde noget andet, så fortryd, og skriv navnet efter adopt.",
    ]
    if not text_of(read_page_of(tree, FRONT), "evaluate_by"):
        report.append(f"Er det besluttet, hvornår der bliver evalueret, så skriv dagen i {FRONT}, som evaluate_by: år-måned-dag")
    return Step({path: content for path, content in changes.items() if tree.get(path) != content}, tuple(report))


def _name(tree: Tree, adoption: AdoptionRequest) -> str:
    """Return what the strategy is called as an edition. Raises StepError."""
    front = read_page_of(tree, FRONT)
    name = adoption.name or text_of(front, "edition") or name_in_title(title_of(front)) or f"{adoption.day.year}"
    if not is_edition_name(name):
        hint = f"brug små bogstaver, tal og bindestreg, højst {MAX_NAME_CHARACTERS} tegn, for eksempel 2026-2029"
        raise StepError(f"udgaven kan ikke hedde »{printable(name)}« – {hint}")
    return name


def _adopted(tree: Tree, inner: str, adoption: AdoptionRequest) -> bytes:
    """Return a page of the strategy as it is once it is adopted."""
    path = DOCS + inner
    fields = {"status": "adopted", "reviewed": adoption.day.isoformat(), "review_by": review_after(tree, read_page_of(tree, path), adoption.day)}
    decision = {"decision": adoption.decision} if adoption.decision else {}
    facts = {"edition": adoption.name, "adopted": adoption.day.isoformat(), "adopted_by": adoption.by, **decision}
    return with_page_fields(path, tree[path], {**fields, **(facts if inner == "index.md" else {})})
