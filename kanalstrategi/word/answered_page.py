"""Puts a questionnaire that was filled in together with the page of its guideline: what the page becomes, and the report."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kanalstrategi.content.model import Content, Guideline
from kanalstrategi.diagnostics import Diagnostic, printable
from kanalstrategi.incoming_text import read_bytes
from kanalstrategi.sanitizing.files import MAX_BYTES
from kanalstrategi.suggestions import suggestion
from kanalstrategi.word.answer_report import answers_of, report_lines
from kanalstrategi.word.answers import apply_answers
from kanalstrategi.word.filled_in import FilledIn, FilledInError, read_filled_in
from kanalstrategi.word.questionnaire import questionnaire_of

MAX_FILE_BYTES = MAX_BYTES[".docx"]
"""The maximum size of a questionnaire."""


class AnswersError(ValueError):
    """The answers cannot be written. The message says why, in Danish."""


@dataclass(frozen=True)
class AnsweredPage:
    """The page of a guideline with the answers of a questionnaire."""

    path: str
    """Path relative to the project's root."""
    former: bytes
    """The content of its file without the answers, and with them."""
    content: bytes
    report: tuple[str, ...]
    """The lines of the report."""
    questions: tuple[tuple[int, str], ...]
    """The questions of the questionnaire that the page has, each with its line on the page."""

    def explain(self, diagnostics: Sequence[Diagnostic]) -> str:
        """Return why the answers are not written, given what would be wrong with them: each with its question, and the report."""
        advice = "Ret svarene i skemaet, og prøv igen."
        wrong = [self._with_question(diagnostic) for diagnostic in diagnostics]
        return "\n".join([f"{self.path} er ikke ændret, for svarene ville give fejl:", *wrong, advice, "", *map(printable, self.report)])

    def _with_question(self, diagnostic: Diagnostic) -> str:
        above = [question for question in self.questions if diagnostic.file == self.path and question[0] <= diagnostic.line]
        return printable(f"- i svaret på »{max(above)[1]}«: {diagnostic.message} – {diagnostic.hint}" if above else f"- {diagnostic}")


def read_questionnaire(data: bytes, name: str) -> FilledIn:
    """Return the questionnaire in a file, given its content and its name. Raises AnswersError."""
    if PurePosixPath(name).suffix.lower() != ".docx":
        raise AnswersError(printable(f"{name}: filen er ikke en .docx – gem skemaet som .docx, og prøv igen"))
    if len(data) > MAX_FILE_BYTES:
        raise AnswersError(printable(f"{name}: filen er for stor – den må højst fylde {MAX_FILE_BYTES // 1_000_000} MB"))
    try:
        filled_in = read_filled_in(data)
    except FilledInError as error:
        raise AnswersError(printable(f"{name}: {error}")) from error
    if not filled_in.department:
        raise AnswersError("filen er ikke et udfyldt skema: der er ingen række med en nøgle – hent skemaet på retningslinjens side, og udfyld det")
    return filled_in


def answered_page(root: Path, content: Content, filled_in: FilledIn) -> AnsweredPage:
    """Return the page of a project in the folder `root` that a questionnaire belongs to, with its answers. Raises AnswersError."""
    guideline = _guideline(content, filled_in.department)
    path = f"docs/{guideline.page.path}"
    former = (root / path).read_bytes()
    mark, text = _decoded(former, path)
    answers, remarks = answers_of(filled_in, content.settings.words)
    changed, results = apply_answers(text, answers)
    new = mark + changed.encode()
    if len(new) > MAX_BYTES[".md"]:
        raise AnswersError(f"{path}: siden ville fylde for meget – del svarene op, og skriv dem kortere")
    report = report_lines(results, remarks, filled_in, questionnaire_of(guideline, content))
    return AnsweredPage(path, former, new, tuple(report), tuple((result.line, result.question) for result in results if result.line))


def _guideline(content: Content, department: str) -> Guideline:
    guidelines = {guideline.id: guideline for guideline in content.guidelines}
    if department not in guidelines:
        raise AnswersError(f"docs/{content.folders.guidelines}/{printable(department)}.md findes ikke – {suggestion(department, guidelines)}")
    return guidelines[department]


def _decoded(data: bytes, path: str) -> tuple[bytes, str]:
    """Return the byte order mark of a page, if it has one, and its text with its line endings unchanged. Raises AnswersError."""
    for diagnostic in read_bytes(data).diagnostics:
        raise AnswersError(f"{diagnostic.in_file(path)}\nRet siden først")
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark, data.removeprefix(mark).decode()
