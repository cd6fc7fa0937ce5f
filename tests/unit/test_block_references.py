"""The reference of each block of an edition's text, which hearings, answers and notes name."""

from __future__ import annotations

from kanalstrategi.content.block_references import ReferencedBlock, page_name, referenced_blocks
from kanalstrategi.markdown.allow_list import ID_PATTERN
from kanalstrategi.markdown.parser import parse
from tests.support.project import ROOT

PAGE = """\
# Telefon

{{ status() }}

## Telefonen {: #telefon }

Vi ringer.[^1]
{: #telefon-ring }

### Det betyder, at

- vi skal ringe
    {: #telefon-straks }
- vi skal svare

En {{ rule("x") }} mere.

## Kun på skærmen {: .web-only }

Ikke med.

## Til sidst

[^1]: En note.
"""


def found(text: str, path: str = "kanaler/telefoni.md") -> list[ReferencedBlock]:
    return list(referenced_blocks(parse(text).root, path, {"telefon"}))


def test_a_block_has_its_id_or_a_number_and_what_is_not_part_of_the_text_has_none() -> None:
    assert [(block.reference, block.kind, block.text) for block in found(PAGE)] == [
        ("telefoni-1", "heading", "Telefon"),
        ("telefon", "heading", "Telefonen"),
        ("telefon-ring", "paragraph", "Vi ringer."),
        ("telefoni-2", "heading", "Det betyder, at"),
        ("telefon-straks", "item", "vi skal ringe"),
        ("telefoni-3", "item", "vi skal svare"),
        ("telefoni-4", "paragraph", "En mere."),
        ("telefoni-5", "heading", "Til sidst"),
        ("telefoni-6", "paragraph", "En note."),
    ]


def test_a_number_passes_over_what_is_an_id_on_the_page() -> None:
    text = "# A\n\nEt.\n{: #b-2 }\n\nTo.\n\nTre.\n"
    assert [block.reference for block in found(text, "strategi/b.md")] == ["b-1", "b-2", "b-3", "b-4"]


def test_index_pages_are_named_after_their_folders() -> None:
    assert [page_name(path) for path in ("index.md", "kanaler/index.md", "strategi/formaal.md")] == ["forside", "kanaler", "formaal"]


def test_the_references_of_the_whole_strategy_are_ids_that_differ() -> None:
    docs = ROOT / "docs"
    files = [docs / "index.md", *sorted(file for folder in ("strategi", "kanaler") for file in (docs / folder).glob("*.md"))]
    references = [block.reference for file in files for block in found(file.read_text(encoding="utf-8"), file.relative_to(docs).as_posix())]
    assert len(references) == len(set(references)) > 100
    assert all(map(ID_PATTERN.fullmatch, references))
