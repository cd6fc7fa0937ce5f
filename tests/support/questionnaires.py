"""Questionnaires that a program fills in, as LibreOffice or Word would save them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import docx
from lxml import etree

from kanalstrategi.content.model import Guideline
from kanalstrategi.word.questionnaire import questionnaire_of, write_questionnaire
from tests.support.documents import CONTENT
from tests.support.office import OpenDocument, line

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SCHOOLS = next(guideline for guideline in CONTENT.guidelines if guideline.id == "skoler")


def fill_in_with_libreoffice(file: Path, answers: Mapping[str, list[str]], marked: set[str]) -> None:
    """Fill in a questionnaire that LibreOffice has saved as `.fodt`. `answers` and `marked` have the ids of decisions."""
    document = OpenDocument(file)
    for row in document.all(".//table:table/table:table-row"):
        question, answer, mark = document.find_all("table:table-cell", row)
        id = line(question).rpartition("/")[2]
        (empty,) = document.find_all("text:p", answer)
        for text in answers.get(id, []):
            paragraph = deepcopy(empty)
            paragraph.text = text
            empty.addprevious(paragraph)
        if id in answers:
            answer.remove(empty)
        if id in marked:
            document.find_all("text:p", mark)[0].text = "x"
    document.tree.write(file, encoding="utf-8", xml_declaration=True)


class FilledInByHand:
    """A questionnaire of the schools that a test fills in as Word would."""

    def __init__(self, guideline: Guideline = SCHOOLS) -> None:
        self.document = docx.Document(BytesIO(write_questionnaire(questionnaire_of(guideline, CONTENT))))
        self.rows = {row.cells[0].text.rpartition("/")[2]: row for table in self.document.tables for row in table.rows[1:]}

    def answer(self, id: str, text: str = "", mark: str = "") -> None:
        """Write into the second and the third cell of a row."""
        self.rows[id].cells[1].text, self.rows[id].cells[2].text = text, mark

    def add_row(self, question: str, text: str, mark: str = "") -> None:
        """Add a row at the end of the first table."""
        table = self.document.tables[0]
        table._tbl.append(deepcopy(table.rows[-1]._tr))
        for cell, words in zip(table.rows[-1].cells, (question, text, mark), strict=True):
            cell.text = words

    def insert_xml(self, id: str, xml: str) -> None:
        """Put runs of WordprocessingML into the answer of a row."""
        namespace = WORD.strip("{}")
        fragment = etree.fromstring(f'<w:p xmlns:w="{namespace}">{xml}</w:p>')
        self.rows[id].cells[1].paragraphs[0]._p.extend(list(fragment))

    def saved(self) -> bytes:
        """Return the content of the file."""
        target = BytesIO()
        self.document.save(target)
        return target.getvalue()
