"""Finds characters that look like Markdown, but that Markdown gave no meaning, so that readers would see them as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.markdown.boxes import ADDED_LINE

_BACKSLASH = ord("\\")
_HIDDEN = bytes(character if character in b" \t\n" else 0 for character in range(256))
"""Translates a text that readers do not see."""


class ShownText:
    """A text in which everything that readers do not see (markup, code, URLs) is replaced by NUL characters. White space stays.

    A backslash that takes the meaning from the next character stays, too.
    """

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._shown = bytearray(source.translate(_HIDDEN))

    def show(self, start: int, end: int) -> None:
        """Mark a range of the source as text that readers see."""
        self._shown[start:end] = self._source[start:end]
        if start and self._source[start - 1] == _BACKSLASH and not self._shown[start - 1]:
            self._shown[start - 1] = _BACKSLASH

    def hide(self, start: int, end: int) -> None:
        """Mark a range of the source as something that readers do not see."""
        self._shown[start:end] = self._source[start:end].translate(_HIDDEN)

    def is_shown(self, place: int) -> bool:
        """Whether readers see the character at a place, which is no white space."""
        return self._shown[place] != 0

    def failed_markup(self, first_line: int) -> Iterator[TextDiagnostic]:
        """Yield a diagnostic for each piece of markup that did not take; only one of each kind on a line."""
        shown = "\n" + self._shown.decode(errors="replace").replace(ADDED_LINE, "")
        for needed, pattern, message, hint in PATTERNS:
            if needed not in shown:
                continue  # true of most patterns on most pages, and a tenth of the time that searching takes
            seen: set[int] = set()
            line, counted = first_line - 1, 0
            for match in pattern.finditer(shown):
                start = match.start("at" if "at" in pattern.groupindex else 0)
                if start < 0:
                    continue  # the beginning has lost its meaning to a backslash: `\\[a](b)`
                line, counted = line + shown.count("\n", counted, start), start
                if line not in seen:
                    seen.add(line)
                    quoted = next((group for group in match.groups() if group), match[0]).strip("\0\n ")[:40]
                    yield TextDiagnostic(line, message.format(quoted), hint.format(quoted))


_LINE = r"\n[\0 \t]*+"
"""The beginning of a line: the text that is searched begins with a line break, which makes searching twice as fast as `^` would."""
_ESCAPED = r"(?<!\\)"


PATTERNS = [
    (needed, re.compile(pattern), message, hint)
    for needed, pattern, message, hint in (
        (
            "**",
            _ESCAPED + r"\*\*(?!\*)",
            "** gør ikke teksten fed her",
            "sæt ** lige op ad teksten på begge sider, med et mellemrum eller tegn uden om, eller skriv \\*\\* hvis det er tekst",
        ),
        (
            "*",
            r"(?<![\w*\\\0])\*(?=[^\W_])[^\n*\0]*[ \t]\*(?=[\s.,;:!?)]|\Z)",
            "* gør ikke teksten kursiv her",
            "sæt * lige op ad teksten på begge sider, eller skriv \\* hvis det er tekst",
        ),
        (
            "__",
            _ESCAPED + r"(?<![\w\\])__(?=[^\W_])|(?<=[^\W_]|[.:!?])__(?!\w)",
            "__ gør ikke teksten fed her",
            "skriv ** i stedet, eller \\_ hvis det er tekst",
        ),
        (
            "_",
            r"(?<![\w\\\0])_(?=[^\W_])[^\n_\0]*[ \t]_(?=[\s.,;:!?)]|\Z)",
            "_ gør ikke teksten kursiv her",
            "sæt * lige op ad teksten på begge sider i stedet, eller skriv \\_ hvis det er tekst",
        ),
        ("~~", _ESCAPED + r"~~(?!~)", "~~ streger ikke teksten over her", "sæt ~~ lige op ad teksten på begge sider, eller skriv \\~ hvis det er tekst"),
        ("==", _ESCAPED + r"==(?=[^\s=])[^\n=\0]*(?<=\S)==", "== fremhæver ikke teksten", "skriv <mark>…</mark> om den, eller ** for fed"),
        (
            "~",
            _ESCAPED + r"(?<!~)~(?=[^\s~])[^\s~\0]{1,20}~(?!~)",
            "~ om en tekst gør ingenting",
            "skriv <sub>…</sub> om et lille tal, ~~…~~ om gennemstreget tekst, eller \\~ hvis det er tekst",
        ),
        ("^", _ESCAPED + r"\^(?=[^\s^])[^\s^\[\]\0]{1,20}\^", "^ om en tekst gør ingenting", "skriv <sup>…</sup> om et hævet tal, eller \\^ hvis det er tekst"),
        (
            "[^",
            _ESCAPED + r"\[\^([^\]\n\0]{1,40})\]",
            "fodnoten [^{0}] har ingen tekst",
            "skriv [^{0}]: og teksten på en linje for sig, eller slet den; \\[ hvis det er tekst",
        ),
        (
            "](",
            r"\\\[(?:[^\\\[\]\n]|\\[^\[\]\n])*\]\(|(?<!\\)(?P<at>\])\(",
            "linket er ikke læst som et link",
            "skriv %20 i stedet for mellemrum i adressen og %28 og %29 i stedet for parenteser, eller \\[ hvis det er tekst",
        ),
        (
            "] ",
            _ESCAPED
            + r"\[[^\[\]\n]+(?P<at>\])[ ]+\((?:https?:|mailto:|tel:|www\.|\.{0,2}/|#|[\w./-]{1,99}\.(?:md|html|pdf|docx|xlsx|csv|png|jpe?g|svg)[)#])[^\s()]*+",
            "linket er ikke læst som et link",
            "slet mellemrummet mellem ] og (, eller skriv \\[ hvis det er tekst",
        ),
        (
            "][",
            _ESCAPED + r"\[[^\[\]\n]+\](\[(?!\^)[^\[\]\n]*\])",
            "linket henviser til {0}, som ikke findes",
            "skriv [tekst](adresse), eller \\[ hvis det er tekst",
        ),
        ("[[", _ESCAPED + r"\[\[[^\[\]\n]+\]\]", "[[ laver ikke et link", "skriv [tekst](adresse), eller \\[ hvis det er tekst"),
        (
            "![",
            _ESCAPED + r"!\[[^\[\]\n]*\](?!\()",
            "billedet er ikke læst som et billede",
            "skriv ![beskrivelse](sti), eller \\[ hvis det er tekst",
        ),
        ("[TOC]", _LINE + r"(?P<at>\[TOC\])[\0 \t]*(?=\n|$)", "[TOC] laver ikke en indholdsfortegnelse", "slet det; siden har sin egen"),
        (
            "--",
            _LINE + r"(?P<at>(?=[^\n]*\|)(?=[^\n]*--)[ \-:|]+)(?=\n|$)",
            "linjen {0} har ikke gjort teksten til en tabel",
            "giv linjen over lige så mange felter, og sæt en tom linje over tabellen",
        ),
        (
            "|",
            _LINE + r"(?P<at>\|[^\n]*\|)[ \t]*(?=\n|$)",
            "linjen med | er ikke læst som en tabel",
            "skriv en linje med | --- | under tabellens overskrift, eller \\| hvis det er tekst",
        ),
        (
            "--",
            r"\n(?![\0 \t]*+\|[^\n]*\|[ \t]*(?:\n|$)|[\0 \t]*+[ \t:|-]*+(?:\n|$))[^\n]*?(?<!\\)(?P<at>\|[ ]?:?-{3,}:?[ ]?\|)",
            "{0} laver ikke en tabel",
            "skriv tabellens rækker på hver sin linje, eller \\| hvis det er tekst",
        ),
        (
            "#",
            _LINE + r"(?P<at>#{2,6}[^\s#\0][^\n]*|#{7,}[ \t][^\n]*|#[A-ZÆØÅ][^\n.!?]*(?=\n[\0 \t]*(?:\n|$)|$))",
            "{0} er ikke læst som en overskrift",
            "skriv # til ###### og et mellemrum foran overskriften, eller skriv \\# hvis det er tekst",
        ),
        (
            "{",
            r"\{(?<!\\\{)(?::|[ ]*[#.][a-zA-Z][^{}\n\0]*\})",
            "{{: … }} hører ikke til noget",
            "skriv den på linjen under et afsnit, eller lige efter en overskrift, et link eller fremhævet tekst",
        ),
        (
            "!!!",
            _LINE + r"(?P<at>!!!)(?=[ ]?\w)",
            "boksen er ikke læst som en boks",
            'begynd boksen yderst på linjen, som !!! note "Husk", og ryk teksten under den fire mellemrum ind',
        ),
        ("???", _LINE + r"(?P<at>\?\?\?\+?)[ ]?\w", "??? laver ikke en boks", "skriv !!! i stedet, eller brug <details>"),
        (":::", _LINE + r"(?P<at>:::)", "::: laver ikke en boks", 'skriv !!! note "Husk", og ryk teksten under den fire mellemrum ind'),
        (
            "",
            _LINE + r"(?P<at>[•·▪▫◦‣⁃\uf0b7\uf0a7](?=[ \t])|[•▪▫◦‣⁃\uf0b7\uf0a7]|[§o](?=\t))",
            "{0} laver ikke en liste",
            "skriv - foran hvert punkt",
        ),
        (
            "",
            _LINE + r"(?P<at>[-+*](?=[A-Za-zÆØÅæøå]))[^\n*]*(?=\n|$)",
            "{0} laver ikke en liste",
            "sæt et mellemrum efter tegnet, eller skriv \\ foran det, hvis det er tekst",
        ),
        (
            "",
            _LINE + r"(?P<at>[0-9]{1,3}[.)])(?=[A-ZÆØÅ][a-zæøå])",
            "{0} laver ikke en liste",
            "sæt et mellemrum efter det, eller skriv \\. hvis det er tekst",
        ),
        (
            "",
            _LINE + r"(?P<at>[aAiI][.)])[ \t][^\n]*\n[\0 \t]*(?:[bB]|ii|II)[.)][ \t]",
            "{0} laver ikke en liste",
            "skriv - eller 1. foran hvert punkt, eller sæt en tom linje mellem punkterne",
        ),
        (
            "",
            _LINE + r"(?P<at>[–—])[ \t][^\n]*\n[\0 \t]*[–—][ \t]",
            "{0} laver ikke en liste",
            "skriv - foran hvert punkt, eller sæt en tom linje mellem linjerne",
        ),
        (
            "",
            r"\n[ \t]*(?P<at>[0-9]{1,9}[.)])[ \t]+[A-ZÆØÅ][^\n]*\n[ \t]*[0-9]{1,9}[.)][ \t]+[A-ZÆØÅ]",
            "{0} laver ikke en liste",
            "sæt en tom linje over listen",
        ),
        (
            "    ",
            r"\n[ ]{4}[ \t]*(?P<at>[-+*>](?=[ \t]+\S)|#{1,6}(?=[ \t]+\S)|[0-9]{1,9}[.)](?=[ \t]+[A-ZÆØÅ]))",
            "{0} står så langt inde, at det bliver tekst",
            "ryk linjen mindre ind, eller skriv \\ foran tegnet, hvis det er tekst",
        ),
        (
            "]",
            _LINE + r"(?P<at>\[(?:[ \t]{2,3})?\](?=[ \t]+[^\s\0])|\[[ xX-]?\](?=[ \t]*(?:\n|$)))",
            "{0} laver ikke en opgave",
            "skriv - [ ] foran en åben opgave, - [x] foran en, der er klaret, og - [-] foran en, der ikke er relevant, eller skriv \\[ hvis det er tekst",
        ),
        (
            "]",
            r"\n[ \t]*(?P<at>[-+*]?\[[ xX-]\])[ \t]+[^\s\0]",
            "{0} laver ikke en opgave her",
            "skriv - og et mellemrum foran, yderst på linjen, eller skriv \\[ hvis det er tekst",
        ),
        (
            "===",
            _LINE + r"(?P<at>={3,})[\0 \t]*(?=\n|$)",
            "{0} laver ikke en overskrift her",
            "skriv # og et mellemrum foran overskriften i stedet, eller \\= hvis det er tekst",
        ),
        (
            ":",
            _LINE + r"(?P<at>:)(?=[ \t]+[^\s\0])",
            ": laver ikke en forklaring her",
            "sæt en tom linje over ordet, der forklares, eller skriv \\: hvis det er tekst",
        ),
        ("```", _ESCAPED + r"```", "kodeboksen er ikke læst som en kodeboks", "skriv ``` yderst på en linje for sig før og efter koden"),
        ("`", r"(?<![\w`\\])`(?=\w)", "` har ikke gjort teksten til kode", "skriv ` på begge sider af koden, eller \\` hvis det er tekst"),
        (
            "<",
            _ESCAPED + r"<(/?[a-zA-Z][^\s<>]{0,40}|!--|[!?][a-zA-Z\[-])",
            "<{0} er ikke læst som HTML",
            "luk mærket med >, eller skriv < som &lt;, hvis det er tekst",
        ),
        ("\\", r"(?<!\\)\\[ ]*(?=\n|$)", "\\ sidst på linjen gør ingenting", "slet det, eller skriv \\\\ hvis det er tekst"),
        (
            "\\",
            r"(?<![\w\\])(?P<at>\\\\(?=\w[\w.$-]*\\\w)|[A-Za-z]:(?:\\[^\s\\]{1,99}){0,9}\\(?=[!-/:-@\[-`{-~]))",
            "{0} mister et \\",
            "sæt ` på begge sider af stien, eller skriv \\\\ for hvert \\",
        ),
    )
]
"""What is looked for in the shown text: characters without which the pattern cannot match, the pattern, a message and a hint in Danish.

`{0}` is what was found.
"""
