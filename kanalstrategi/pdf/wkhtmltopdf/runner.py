"""Runs wkhtmltopdf in a folder of its own."""

from __future__ import annotations

import os
import secrets
import subprocess
from pathlib import Path

import pdfkit
import pikepdf

from kanalstrategi.design.brand_fonts import as_sfnt
from kanalstrategi.design.fonts import CODE_FONT_FOLDER, CODE_FONTS, FONTS, font_bytes
from kanalstrategi.design.look import Look, default_look
from kanalstrategi.design.tokens import print_style
from kanalstrategi.pdf.engine import PdfError

PROGRAM = "wkhtmltopdf"

_FONT = '"IBM Plex Sans"'
"""The font of the print style, in front of which that of a site comes."""
MAX_SECONDS_PER_RUN = 180
"""The time limit for one run. 70 pages take one second."""


class Runner:
    """Runs wkhtmltopdf on pages in a folder, which is the only folder that it may read."""

    def __init__(self, program: str, folder: Path, look: Look | None = None) -> None:
        look = look or default_look()
        self._folder = folder
        self._style = print_style(look.tokens)
        (folder / "fonts").mkdir()
        for font in FONTS:
            (folder / "fonts" / font).write_bytes(font_bytes(font))
        for font in CODE_FONTS:
            (folder / "fonts" / font).write_bytes(CODE_FONT_FOLDER.joinpath(font).read_bytes())
        if look.text or look.headings:
            self._style = self._with_fonts(look)
        # wkhtmltopdf gets the fonts through fontconfig, which has a name for each weight of a variable font.
        (folder / "fonts.conf").write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            f"<dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir>"
            f"<cachedir>{folder}/cache</cachedir><cachedir>/var/cache/fontconfig</cachedir></fontconfig>",
            encoding="utf-8",
            newline="\n",
        )
        environment = {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),
            "QT_HASH_SEED": "0",  # the order of the fonts in the file is that of a hash table
            "QT_QPA_PLATFORM": "offscreen",  # otherwise the builds of some distributions look for a screen
        }
        # pdfkit reads options from `<meta name="pdfkit-…">` in the page, so we give it a prefix that nobody can guess.
        self._configuration = pdfkit.configuration(wkhtmltopdf=program, meta_tag_prefix=secrets.token_hex(), environ=environment)

    def _with_fonts(self, look: Look) -> str:
        """Write the site's own fonts, and return the style that has them."""
        names = {purpose: f"Brand {purpose.title()}" for purpose in look.families}
        for purpose, family in look.families.items():
            for number, face in enumerate(family.faces):
                (self._folder / "fonts" / f"{purpose}-{number}.ttf").write_bytes(as_sfnt(face.data, names[purpose]))
        style = self._style.replace(_FONT, f'"{names["text"]}", {_FONT}') if look.text else self._style
        heading = f'h1, h2, h3, h4, h5, h6, .cover-title {{ font-family: "{names["headings"]}", {_FONT}; }}' if look.headings else ""
        return style + heading

    def run(self, name: str, body: str, margins: dict[str, str]) -> bytes:
        """Return the PDF of a body. `name` is used as its class and as the name of its files. Raises PdfError."""
        page, target = self._folder / f"{name}.html", self._folder / f"{name}.pdf"
        page.write_text(
            f'<!doctype html><html><head><meta charset="utf-8"><title></title><style>{self._style}</style></head><body class="{name}">{body}</body></html>',
            encoding="utf-8",
            newline="\n",
        )
        options = {
            "allow": str(self._folder),
            "disable-local-file-access": "",
            "disable-javascript": "",
            "disable-plugins": "",
            "proxy": "http://127.0.0.1:1",  # nothing listens there
            "load-error-handling": "abort",
            "load-media-error-handling": "abort",
            "encoding": "utf-8",
            "page-size": "A4",
            "log-level": "error",
            **margins,
        }
        # `verbose` keeps pdfkit from adding --quiet, which hides error messages. Its `to_pdf` is not used, because it
        # waits for the program forever.
        kit = pdfkit.PDFKit(str(page), "file", options=options, configuration=self._configuration, verbose=True)
        target.unlink(missing_ok=True)
        try:
            done = subprocess.run(
                kit.command(str(target)), env=kit.environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=MAX_SECONDS_PER_RUN, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise PdfError(f"{PROGRAM} blev ikke færdig på {MAX_SECONDS_PER_RUN} sekunder") from error
        except OSError as error:
            raise PdfError(f"{PROGRAM} kan ikke køres: {error.strerror}") from error
        if done.returncode or not target.is_file():
            lines = done.stderr.decode(errors="replace").replace(f"{self._folder}/", "").split("\n")
            last_line = next((line.strip() for line in reversed(lines) if line.strip()), f"kode {done.returncode}")
            raise PdfError(f"{PROGRAM} gik i stå: {last_line}")
        try:
            pikepdf.open(target).close()
        except pikepdf.PdfError as error:
            raise PdfError(f"{PROGRAM} gik i stå: det, der kom ud, er ikke en PDF") from error
        return target.read_bytes()
