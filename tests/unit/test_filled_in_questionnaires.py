"""A questionnaire is read as Word, LibreOffice and people leave it, and a damaged file is refused in Danish."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from kanalstrategi.word.answer_report import answers_of
from kanalstrategi.word.filled_in import FilledInError, FilledRow, Line, read_filled_in
from tests.support.questionnaires import FilledInByHand

ID = "telefon-telefontider"
OTHER_VALUES = ("", "x", "-1", "99999999999", "w:p")


def row_with(xml: str) -> FilledRow:
    """The row of a question whose answer is some WordprocessingML."""
    file = FilledInByHand()
    file.insert_xml(ID, xml)
    return next(row for row in read_filled_in(file.saved()).rows if row.id == ID)


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("<w:r><w:t>Fra 8</w:t><w:tab/><w:t>til</w:t><w:br/><w:t>14</w:t></w:r>", "Fra 8 til\n14"),
        ("<w:r><w:t>Fra 8 </w:t></w:r><w:ins><w:r><w:t>til 14</w:t></w:r></w:ins>", "Fra 8 til 14"),
        ("<w:moveFrom><w:r><w:t>Væk</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>Her</w:t></w:r></w:moveTo>", "Her"),
        ("<w:sdt><w:sdtContent><w:r><w:t>I et felt</w:t></w:r></w:sdtContent></w:sdt>", "I et felt"),
        ("<w:hyperlink><w:r><w:t>borger.dk</w:t></w:r></w:hyperlink>", "borger.dk"),
        ("<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>DATE</w:instrText><w:fldChar w:fldCharType='separate'/><w:t>1. marts</w:t></w:r>", "1. marts"),
        ("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>post</w:t></w:r>", "e-post"),
        ("<w:r><w:t>a\u030a</w:t></w:r>", "å"),
    ],
)
def test_the_words_of_an_answer(xml: str, words: str) -> None:
    assert row_with(xml).answer == (Line(words),)


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ("<w:del><w:r><w:delText>Aldrig</w:delText></w:r></w:del>", "slettet med ændringssporing: »Aldrig«"),
        ("<w:r><w:drawing/></w:r>", "et billede er ikke sat ind"),
        ("<w:r><w:footnoteReference w:id='1'/></w:r>", "en fodnote er ikke sat ind"),
    ],
)
def test_what_is_no_text_is_told(xml: str, told: str) -> None:
    assert told in row_with(xml).rest


def test_items_of_lists_and_columns_in_another_order() -> None:
    file = FilledInByHand()
    file.answer(ID, "Et punkt")
    file.rows[ID].cells[1].paragraphs[0].style = file.document.styles["List Bullet"]
    for table in file.document.tables:
        for row in table.rows:
            row._tr.append(row._tr.tc_lst[0])  # the question comes last
    found = next(row for row in read_filled_in(file.saved()).rows if row.id == ID)
    assert (found.answer, found.question.partition(":")[0], found.rest) == ((Line("Et punkt", is_item=True),), "Telefontider", ())


def test_a_file_of_an_office_that_has_a_template_is_read() -> None:
    file = FilledInByHand()
    file.answer(ID, "Fra 8 til 14.")
    template = RELATIONSHIP_TYPE.SETTINGS.replace("settings", "attachedTemplate")
    file.document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).relate_to("file:///S:/skabelon.dotx", template, is_external=True)
    assert next(row for row in read_filled_in(file.saved()).rows if row.id == ID).answer == (Line("Fra 8 til 14."),)


def test_a_damaged_file_is_read_or_refused() -> None:
    """Never anything else, whatever a program that breaks off, or somebody who tries, has left in it."""
    file = FilledInByHand()
    file.answer(ID, "Ja", "x")
    file.document.add_comment(file.rows[ID].cells[1].paragraphs[0].runs, "Er det nu rigtigt?")
    with zipfile.ZipFile(BytesIO(file.saved())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    outcomes = set()
    for seed in range(80):
        try:
            answers_of(read_filled_in(damaged(parts, random.Random(seed))))
            outcomes.add("read")
        except FilledInError as error:
            outcomes.add("refused")
            assert " – " in str(error)
    assert outcomes == {"read", "refused"}


def damaged(parts: dict[str, bytes], choice: random.Random) -> bytes:
    """A file some of whose parts, elements and attributes are gone, moved or changed."""
    changed = dict(parts)
    for _ in range(choice.randint(1, 6)):
        name = choice.choice(sorted(changed))
        if choice.random() < 0.08:
            del changed[name]
            continue
        root = etree.fromstring(changed[name])
        elements = list(root.iter(etree.Element))
        one, other = choice.choice(elements), choice.choice(elements)
        action = choice.randrange(4)
        if action == 0 and one is not root:
            one.getparent().remove(one)
        elif action == 1 and one.attrib:
            del one.attrib[choice.choice(sorted(one.attrib))]
        elif action == 2 and one.attrib:
            one.set(choice.choice(sorted(one.attrib)), choice.choice(OTHER_VALUES))
        elif action == 3 and other is not root and one not in other.iter():
            one.append(other)
        changed[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in changed.items():
            archive.writestr(name, content)
    return target.getvalue()
