"""Checks that the marked content of pages and forms, the structure tree and the parent tree agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, counted, quoted
from kanalstrategi.pdf.audit.model import Mark, PdfDocument
from kanalstrategi.pdf.audit.objects import DIRECT, ObjGen, as_integer, as_list, object_id


@dataclass(frozen=True)
class _MarkedStream:
    """A page or a form with marked content."""

    id: ObjGen
    """The id of its object."""
    page: int
    """The number of the page, or of the first page that paints the form, counted from 1."""
    struct_parents: int | None
    """Its key in the parent tree."""
    marks: tuple[Mark, ...]
    """Its marks, with one entry for each time that a mark is opened."""


def _marked_streams(document: PdfDocument) -> Iterator[_MarkedStream]:
    for page in document.pages:
        yield _MarkedStream(page.id, page.number, page.struct_parents, page.content.marks)
    for id, form in document.forms.items():
        yield _MarkedStream(id, form.page, form.struct_parents, form.content.marks)


def check_marks(document: PdfDocument, reported: Collection[Mark | None]) -> Iterator[PdfDiagnostic]:
    """Check the marked content of a document. The marks in `reported` are already known to be missing from the structure."""
    referenced_by_stream: dict[ObjGen, list[Mark]] = defaultdict(list)
    for mark in document.elements_by_mark:
        referenced_by_stream[mark.stream].append(mark)
    known = set()
    for stream in _marked_streams(document):
        known.add(stream.id)
        present, referenced = set(stream.marks), referenced_by_stream[stream.id]
        stray = {mark for mark in present if mark not in document.elements_by_mark and mark not in reported}
        if stray:
            text = " ".join(document.texts.get(mark, "") for mark in sorted(stray, key=lambda mark: mark.mcid))
            quote = f" ({quoted(' '.join(text.split()))})" if text.strip() else ""
            noun = counted(len(stray), "stykke indhold", "stykker indhold")
            message = f"{noun} er mærket, men mangler i strukturen{quote}"
            yield PdfDiagnostic("mcid-stray", stream.page, message, "sæt det ind i strukturen, eller gør det til /Artifact")
        dangling = sum(1 for mark in referenced if mark not in present)
        if dangling:
            noun = counted(dangling, "stykke indhold", "stykker indhold")
            message = f"strukturen henviser til {noun}, der ikke findes"
            yield PdfDiagnostic("mcid-dangling", stream.page, message, "fjern henvisningen")
        twice = sum(1 for times in Counter(stream.marks).values() if times > 1)
        twice += sum(1 for mark in referenced if len(document.elements_by_mark[mark]) > 1)
        if twice:
            noun = counted(twice, "stykke indhold", "stykker indhold")
            hint = "giv hvert stykke sit eget nummer og ét tag"
            yield PdfDiagnostic("mcid-twice", stream.page, f"{noun} er brugt to gange", hint)
        wrong = _count_wrong_parents(document, stream, referenced)
        if wrong:
            noun = counted(wrong, "sted", "steder")
            message = f"registret over sidens indhold (ParentTree) passer ikke med strukturen {noun}"
            yield PdfDiagnostic("parent-tree", stream.page, message, "lav registret igen ud fra strukturen")
    unknown = sum(1 for mark in document.elements_by_mark if mark.stream not in known)
    if unknown:
        noun = counted(unknown, "stykke indhold", "stykker indhold")
        message = f"strukturen henviser til {noun} på sider, der ikke findes"
        yield PdfDiagnostic("mcid-dangling", None, message, "fjern henvisningen")


def _count_wrong_parents(document: PdfDocument, stream: _MarkedStream, referenced: Sequence[Mark]) -> int:
    """Return how many marks of a stream have a different parent in the parent tree than in the structure."""
    present = set(stream.marks)
    shared = [mark for mark in referenced if mark in present]
    if stream.struct_parents is None:
        return len(shared)
    entry = document.parent_tree.get(stream.struct_parents)
    listed = {mcid: object_id(thing) for mcid, thing in enumerate(as_list(entry)) if thing is not None}
    parents = {mark.mcid: {document.elements[index].id for index in document.elements_by_mark[mark]} for mark in shared}
    wrong = sum(1 for mcid, ids in parents.items() if listed.get(mcid) not in ids)
    return wrong + sum(1 for mcid in listed if mcid not in parents and Mark(stream.id, mcid) not in present)


def check_annotation_parents(document: PdfDocument) -> Iterator[PdfDiagnostic]:
    """Check that the parent tree has the right elements for links and fields."""
    for page in document.pages:
        wrong = 0
        for annotation in page.annotations:
            indices = document.elements_by_annotation.get(object_id(annotation), ())
            parents = {document.elements[index].id for index in indices}
            key = as_integer(annotation.get("/StructParent"))
            listed = object_id(document.parent_tree.get(key)) if key is not None else DIRECT
            wrong += bool(parents) and listed not in parents
        if wrong:
            noun = counted(wrong, "link eller felt", "links eller felter")
            message = f"registret (ParentTree) kender ikke {noun} på siden"
            yield PdfDiagnostic("parent-tree", page.number, message, "lav registret igen ud fra strukturen")
