"""The patches of WeasyPrint: the PDF is the same with and without them, and each of them still saves work.

Uses private names of `patches`: what it keeps of WeasyPrint's own functions, which no public name gives.
"""

from __future__ import annotations

import gc
from collections import Counter
from typing import Any

import pydyf
import pytest
import weasyprint
from weasyprint.css import targets
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, page, preferred
from weasyprint.text import line_break

from kanalstrategi.pdf.weasyprint import engine, patches

WORDS = "Kommunen svarer på henvendelser inden for de frister, der er aftalt, og skriver, så det kan forstås. "
STYLE = """
@page { size: A5; @bottom-right { content: counter(page) " af " counter(pages) } }
@page wide { size: A5 landscape }
html { font: 10pt serif; hyphens: auto }
section { break-before: page }
.n5 { page: wide }
.columns { columns: 2 }
.unbroken { break-inside: avoid }
[data-to]::after { content: " " target-counter(attr(data-to), page) }
"""


def entry(number: int) -> str:
    return f'<li><a href="#c{number}">Kapitel</a><span data-to="#c{number}"></span></li>'


def document() -> str:
    """Return a document whose contents name later pages, and whose columns name earlier ones; the numbers lengthen the lines."""
    contents = '<li>Indhold<span data-to="#indhold"></span></li>' + "".join(entry(number) for number in range(12))
    table = f'<table class="unbroken"><tr><th>Frist</th><td>{WORDS * 2}</td></tr><tr><th>Svar</th><td>{WORDS}</td></tr></table>'
    chapters = "".join(
        f'<section class="n{number}"><h1 id="c{number}">Kapitel {number}</h1><p>{WORDS * (number + 4)}</p>{table}</section>' for number in range(12)
    )
    index = "".join(f'<li>{WORDS[: 9 + number]}<span data-to="#c{number % 12}"></span></li>' for number in range(60))
    columns = f'<section><div class="columns"><ul>{index}</ul></div></section>'
    body = f'<h1 id="indhold">Indhold</h1><ol>{contents}</ol>{chapters}{columns}'
    return f'<html lang="da"><title>Frister</title><style>{STYLE}</style>{body}'


def result(monkeypatch: pytest.MonkeyPatch, replaced: tuple[Any, ...]) -> tuple[bytes, Counter[str]]:
    """Return the PDF that some replacements lead to, and how often WeasyPrint's own functions were called."""
    calls: Counter[str] = Counter()

    def counted(name: str) -> Any:
        own = getattr(patches, name)

        def call(*given: Any, **named: Any) -> Any:
            calls[name] += 1
            return own(*given, **named)

        return call

    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1760000000")
        for name in ("_remake_page", "_split_first_line"):
            patch.setattr(patches, name, counted(name))
        patch.setattr(page, "remake_page", patches._remake_page)
        for module in (inline, preferred):
            patch.setattr(module, "split_first_line", patches._split_first_line)
        for owner, name, own_or_ours in replaced:
            patch.setattr(owner, name, own_or_ours)
        return weasyprint.HTML(string=document()).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"x"), calls


OWN = (
    (targets.TargetCollector, "collect_missing_counters", patches._collect_missing_counters),
    (targets.TargetCollector, "cache_target_page_counters", patches._cache_target_page_counters),
    (boxes.ParentBox, "page_values", patches._page_values),
    (pydyf.PDF, "page_references", patches._page_references),
)


def test_the_pdf_is_the_same_with_patches(monkeypatch: pytest.MonkeyPatch) -> None:
    (own, slow), (ours, fast) = result(monkeypatch, OWN), result(monkeypatch, patches.PATCHES)
    assert ours == own
    assert 12 < fast["_remake_page"] < slow["_remake_page"]
    assert fast["_split_first_line"] < slow["_split_first_line"]


@pytest.mark.parametrize("missing", [0, 1, 2], ids=["counters of a target", "number of all pages", "known numbers"])
def test_each_patch_saves_page_layouts(monkeypatch: pytest.MonkeyPatch, missing: int) -> None:
    all_of_them = patches.PATCHES

    def page_as_it_comes(index: int, context: Any, *given: Any) -> Any:
        context.lines_of_page = {}
        return patches._remake_page(index, context, *given)

    own = (*OWN[:2], (page, "remake_page", page_as_it_comes))[missing]
    without = tuple(own if (owner, name) == own[:2] else (owner, name, ours) for owner, name, ours in all_of_them)
    assert result(monkeypatch, all_of_them)[1]["_remake_page"] < result(monkeypatch, without)[1]["_remake_page"]


def test_every_patch_replaces_a_name_that_exists() -> None:
    assert line_break.split_first_line is patches._split_first_line
    for owner, name, ours in patches.PATCHES:
        assert owner.__dict__[name] is ours


def test_garbage_is_collected_again_after_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    # Private: only this function runs while no garbage is collected.
    monkeypatch.setattr(engine, "_make", lambda *_: seen.append(gc.isenabled()))
    engine.make("", None, None)  # type: ignore[arg-type]  # `_make` is replaced
    assert (seen, gc.isenabled()) == ([False], True)
