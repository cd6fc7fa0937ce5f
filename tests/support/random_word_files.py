"""Draws Word files at random: headings, lists, tables in tables, notes, links, tracked changes, text boxes, and text that looks like markup."""

from __future__ import annotations

from random import Random

from tests.support.word_files import WordFile, field_of, p, photo, picture, run, tbl, tc, tr

WORDS = (
    *("telefon", "Mail", "hjemmesiden", "borgerne", "ringer", "28. februar", "1.", "a)", "§ 3", "kl. 8-15", "R&D", "C#", "æble", "Ærø", "e-mail", "100 %"),
    *(
        "*",
        "**",
        "_a_",
        "`",
        "~~x~~",
        "[x]",
        "[ ]",
        "](",
        "![",
        "<b>",
        "</td>",
        "<!--",
        "&amp;",
        "&lt;",
        "{{",
        "}}",
        "{%",
        "{#",
        "{: .lead }",
        "|",
        "---",
        "===",
    ),
    *(
        "# ",
        "- ",
        "+ ",
        "> ",
        ": ",
        "!!!",
        "???",
        ":::",
        "```",
        "[^1]",
        "[^1]:",
        "*[CPR]:",
        "[TOC]",
        "\\",
        "C:\\a",
        "\\\\server\\a",
        "•",
        "–",
        "o\t",
        "=",
        "==a==",
    ),
    *("\u00a0", "\u00ad", "\u200b", "\uf0b7", "😀", "العربية", "a\u030a", "Ã¦", "☐", "\u2028", "²"),
)
LOOKS = ("", "", "", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", '<w:vertAlign w:val="superscript"/>', "<w:strike/>", '<w:rStyle w:val="Strk"/>', "<w:vanish/>")
HEADINGS = (
    "Telefon",
    "Mails og post",
    "Videomøder",
    "Indledning",
    "Sociale medier",
    "C#",
    "3. Hjemmesiden",
    "Telefon og mail",
    "[x] {{ a }} #",
    "-",
    "1. januar",
)
LINKS = {"l1": "https://www.borger.dk/a?b=(c)&d=e f", "l2": "mailto:a@b.dk", "l3": "file:///c:/a", "l4": "javascript:alert(1)", "l5": "tel:+4512345678"}


class _Drawn:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.notes: dict[str, str] = {}
        self.endnotes: dict[str, str] = {}
        self.comments: dict[str, str] = {}

    def chance(self, one_in: int) -> bool:
        return self.random.randrange(one_in) == 0

    def text(self) -> str:
        separator = self.random.choice((" ", " ", ""))
        return separator.join(self.random.choice(WORDS) for _ in range(self.random.randrange(1, 5)))

    def run(self) -> str:
        return run(self.text() + self.random.choice((" ", "", "")), self.random.choice(LOOKS))

    def piece(self, depth: int) -> str:
        kind = self.random.randrange(16)
        if kind == 0:
            return f'<w:hyperlink r:id="{self.random.choice(list(LINKS))}">{self.run()}{self.run() if self.chance(2) else ""}</w:hyperlink>'
        if kind == 1:
            return f'<w:ins w:id="1" w:author="a">{self.run()}</w:ins>'
        if kind == 2 and depth < 2:
            return f'<w:del w:id="1" w:author="a"><w:r><w:delText xml:space="preserve">{self.random.choice(("altid ", "ord"))}</w:delText></w:r></w:del>'
        if kind == 3:
            return self.random.choice(("<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>", "<w:r><w:noBreakHyphen/></w:r>", '<w:r><w:br w:type="page"/></w:r>'))
        if kind == 4 and depth == 0:
            return self.note()
        if kind == 5 and depth == 0:
            return f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{self.blocks(1, 2)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        if kind == 6:
            return run(" ") + picture(self.random.choice(("foto", "mangler")), self.random.choice(("", "Et [foto]"))) + run(" ")
        if kind == 7:
            return field_of(self.random.choice(('HYPERLINK "https://a.dk"', "REF x", 'HYPERLINK "c:\\x"')), self.run())
        if kind == 8 and depth == 0:
            id = str(len(self.comments))
            self.comments[id] = p(self.run())
            return f'<w:r><w:commentReference w:id="{id}"/></w:r>'
        if kind == 9:
            return run(" ") + field_of('TOC \\o "1-3"', self.run()) + run(" ")
        return self.run()

    def note(self) -> str:
        kind, notes = self.random.choice((("footnote", self.notes), ("endnote", self.endnotes)))
        id = str(len(notes) + 1)
        notes[id] = self.blocks(2, 2)
        mark = f'<w:r><w:{kind}Reference w:id="{id}"/></w:r>'
        return f'<w:del w:id="1" w:author="a">{mark}</w:del>' if self.chance(4) else mark

    def paragraph(self, depth: int) -> str:
        if self.chance(5):
            return p(self.random.choice(HEADINGS), self.random.choice(("Overskrift1", "Overskrift2", "Overskrift5", "Titel")))
        content = "".join(self.piece(depth) for _ in range(self.random.randrange(5)))
        number = (self.random.randrange(1, 6), self.random.choice((0, 0, 0, 1, 2, 8))) if self.chance(3) else None
        return p(content, number=number)

    def table(self, depth: int) -> str:
        columns = self.random.randrange(1, 4)
        rows = []
        for _ in range(self.random.randrange(1, 4)):
            cells, column = [], 0
            while column < columns:
                span = self.random.choice((1, 1, 1, min(2, columns - column)))
                merge = self.random.choice(("", "", "", '<w:vMerge w:val="restart"/>', "<w:vMerge/>"))
                content = self.blocks(depth + 1, 2) + p() if self.chance(3) else p("".join(self.piece(max(depth, 1)) for _ in range(self.random.randrange(3))))
                cells.append(tc(content, f'<w:gridSpan w:val="{span}"/>{merge}'))
                column += span
            rows.append(tr(*cells, properties=self.random.choice(("", "", "<w:tblHeader/>", '<w:del w:id="1" w:author="a"/>'))))
        return tbl(*rows)

    def blocks(self, depth: int, most: int) -> str:
        count = self.random.randrange(1, most + 1)
        return "".join(self.table(depth) if depth < 3 and self.chance(6) else self.paragraph(depth) for _ in range(count))


def random_word_file(random: Random, most_blocks: int = 12) -> bytes:
    """Return a file that is drawn with a source of random numbers."""
    drawn = _Drawn(random)
    body = drawn.blocks(0, most_blocks)
    return WordFile(
        body, notes=drawn.notes, endnotes=drawn.endnotes, comments=drawn.comments, header=p(drawn.run()), links=LINKS, media={"foto.png": photo(4, 4, "PNG")}
    ).bytes()
