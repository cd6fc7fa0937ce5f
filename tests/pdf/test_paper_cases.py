"""Pages that came out wrong on paper, each one example of its kind."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.support.adopted_text import pages_as_text
from tests.support.paper import FIRST_PAGE, content_of, on_paper, squeezed, words_of

SENTENCE = "ansvarlig afdeling svarer borgeren inden fristen"
MONTHS = ("Januar", "Februar", "Marts", "April", "Maj", "Juni", "Juli", "August", "September", "Oktober", "November", "December", "I alt")


def table(*rows: tuple[str, ...]) -> str:
    """Return a table in Markdown, whose first row is the head."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join((lines[0], "|" + "---|" * len(rows[0]), *lines[1:]))


def test_a_row_taller_than_a_page_goes_on_under_its_head(tmp_path: Path) -> None:
    pdf = on_paper("# En høj række\n\n" + table(("Emne", "Krav", "Ansvar"), ("Langt", f"{SENTENCE} " * 200, "Skoler")), tmp_path)
    pages = pages_as_text(pdf)
    table_pages = [page for page in pages[1:] if "svarer" in page]
    assert len(table_pages) > 1 and all(re.search(r"Emne +Krav +Ansvar", page) for page in table_pages)
    assert content_of(pdf).count(squeezed(SENTENCE)) == 200


def test_a_head_with_links_is_repeated_and_low_rows_are_whole(tmp_path: Path) -> None:
    rows = [(f"r{number:02}", f"{SENTENCE} " * (3 + number % 4), f"s{number:02}") for number in range(30)]
    pdf = on_paper("# En lang tabel\n\n" + table(("Emne", "[Krav](https://borger.dk)", "Ansvar"), *rows), tmp_path)
    words = words_of(pdf)
    pages = {word.page for word in words if word.text.startswith("svarer")}
    assert len(pages) > 1 and {word.page for word in words if word.text == "Krav"} >= pages
    for page in pages:
        first_line = min(word.top for word in words if word.page == page and word.text == "ansvarlig")
        assert any(re.fullmatch(r"r\d\d", word.text) and abs(word.top - first_line) < 2 for word in words if word.page == page), page


def test_a_table_with_more_columns_than_fit_is_on_the_paper(tmp_path: Path) -> None:
    figures = [f"{number}.345" for number in range(112, 124)]
    pdf = on_paper("# Henvendelser pr. måned\n\n" + table(("Kanal", *MONTHS), ("Telefonopkald", *figures, "1.348.140")), tmp_path)
    words = [word for word in words_of(pdf) if word.page >= FIRST_PAGE]
    assert {*figures, "1.348.140", *MONTHS[:-1]} <= {word.text for word in words}
    assert all(word.is_on_paper for word in words)
    turned = " ".join(word.text for word in words if word.page_width > word.page_height)
    assert turned.startswith("Prøve Henvendelser pr. måned Henvendelser pr. måned Kanal") and "Side 3 af 4" in turned  # its heading, and the header and footer


def test_code_is_wrapped_without_a_sign(tmp_path: Path) -> None:
    name = "selvbetjeningsopsætningsfil_for_borgerservice_og_sundhedsplejen.ini"
    line = "python3 scripts/build.py --site-dir /srv/www/kanalstrategi --pdf-engine typst --config-file mkdocs.yml SLUTORD"
    pdf = on_paper(f"# Lange linjer\n\nSe vejledningen i `{name}` og skriv\n\n```\n{line}\n```\n", tmp_path)
    content = content_of(pdf)
    assert name in content and squeezed(line) in content
    shown = "".join(word.text for word in words_of(pdf))
    assert name in shown and "SLUTORD" in shown
    assert not re.search("[-\u2010\u00ad]$", "\n".join(word.text for word in words_of(pdf) if word.text.startswith("selvbe")), re.MULTILINE)


def test_addresses_are_broken_without_a_sign(tmp_path: Path) -> None:
    """Nor does a character for the break become part of an address that someone copies."""
    addresses = "borgerserviceafdelingen@eksempelkommune.dk", "https://www.eksempelkommune.dk/borgerserviceafdelingen/selvbetjeningsløsninger"
    text = "\n\n".join("Ord " * number + f"skriv til {addresses[0]} og se {addresses[1]} samt `selvbetjeningsopsætningsfil.ini`." for number in range(9))
    pdf = on_paper(f"# Adresser på papir\n\n{text}\n", tmp_path)
    content = content_of(pdf)
    assert all(content.count(address) == 9 for address in addresses)
    shown = "".join(word.text for word in words_of(pdf))
    assert all(shown.count(address) == 9 for address in addresses) and "\u00ad" not in re.sub("Adres\u00adser|af\u00adde\u00adling", "", shown)


@pytest.mark.parametrize("letter", ["a", "8", "W", "æ", "_", "ab"])
def test_a_word_without_an_end_is_broken(tmp_path: Path, letter: str) -> None:
    word = letter * 300
    rows = table(("Emne", word), ("x", f"{word} og {word}"))
    text = f"# {word}\n\n## {word}\n\n{word} **{word}** [{word}](https://borger.dk) `{word}`\n\n- {word}\n    - {word}\n\n> x {word}\n\n{rows}\n"
    pdf = on_paper(text, tmp_path)
    words = words_of(pdf)
    assert all(part.is_on_paper for part in words) and content_of(pdf).count(word) >= 11


def test_a_block_may_begin_with_a_space_before_an_element(tmp_path: Path) -> None:
    cell = "<table><tr><th> <em>Emne</em></th></tr><tr><td> <em>Svar</em> </td></tr></table>"
    content = content_of(on_paper(f"# Side\n\n{cell}\n\n- <span> </span>[punkt](https://borger.dk)\n", tmp_path))
    assert "Emne" in content and "Svar" in content and "punkt" in content


def test_an_image_has_the_size_asked_for(tmp_path: Path) -> None:
    """A CSS pixel is 0.75 points."""
    stream = BytesIO()
    Image.new("RGB", (800, 1600), "#125a73").save(stream, "JPEG")
    pdf = on_paper('# Foto\n\n![Et foto](../billeder/i-foto.jpg){: width="100" height="200" }\n', tmp_path, {"billeder/i-foto.jpg": stream.getvalue()})
    with pikepdf.open(pdf) as opened:
        instructions = [instruction for page in opened.pages for instruction in pikepdf.parse_content_stream(page)]
        matrices = [[float(number) for number in part.operands] for part in instructions if str(part.operator) == "cm"]
    sizes = [(round(abs(matrix[0])), round(abs(matrix[3]))) for matrix in matrices]
    assert (75, 150) in sizes, sizes


def test_a_footnote_stands_at_the_foot_of_the_page_with_its_mark(tmp_path: Path) -> None:
    pdf = on_paper("# Noter\n\nVi følger loven.[^1]\n\n[^1]: Se bekendtgørelsen, kapitel 3.\n", tmp_path)
    words = words_of(pdf)
    law = next(word for word in words if word.text.startswith("loven"))
    note = next(word for word in words if word.text.startswith("bekendt"))
    assert note.page == law.page and note.top > law.page_height * 0.8 > law.top
    with pikepdf.open(pdf) as opened:
        tags = [str(found.S) for found in opened.objects if isinstance(found, pikepdf.Dictionary) and "/S" in found and "/P" in found]
    assert tags.count("/Note") == 1
