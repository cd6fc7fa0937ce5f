"""Run wkhtmltopdf on pages in one folder."""

from __future__ import annotations

import os
import secrets
import subprocess
from pathlib import Path

import pdfkit
import pikepdf

from kanalstrategi.design.fonts import FONTS, font_bytes
from kanalstrategi.design.tokens import print_style
from kanalstrategi.pdf.engine import PdfError

PROGRAM = "wkhtmltopdf"

MAX_SECONDS_PER_RUN = 180
"""How long one run may take. 70 pages take one second."""


class Runner:
    """Runs wkhtmltopdf on pages in a folder, the only one that it may read."""

    def __init__(self, program: str, folder: Path) -> None:
        self._folder = folder
        for font in FONTS.values():
            (folder / "fonts").mkdir(exist_ok=True)
            (folder / "fonts" / font).write_bytes(font_bytes(font))
        # The fonts are found through fontconfig, which knows each weight of a variable font by its name.
        (folder / "fonts.conf").write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            f"<dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir>"
            f"<cachedir>{folder}/cache</cachedir><cachedir>/var/cache/fontconfig</cachedir></fontconfig>"
        )
        environment = {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),
            "QT_HASH_SEED": "0",  # the fonts are in the file in the order of a hash table
            "QT_QPA_PLATFORM": "offscreen",  # some distributions' builds look for a screen otherwise
        }
        # pdfkit takes options from `<meta name="pdfkit-…">` in the page, unless nobody can guess the prefix.
        self._configuration = pdfkit.configuration(
            wkhtmltopdf=program, meta_tag_prefix=secrets.token_hex(), environ=environment
        )

    def run(self, name: str, body: str, margins: dict[str, str]) -> bytes:
        """Return the PDF of a body. `name` is its class and the name of its files. Raises PdfError."""
        page, target = self._folder / f"{name}.html", self._folder / f"{name}.pdf"
        page.write_text(
            f'<!doctype html><html><head><meta charset="utf-8"><title></title><style>{print_style("print-pdfkit.css")}</style></head>'
            f'<body class="{name}">{body}</body></html>',
            encoding="utf-8",
        )
        options = {
            "allow": str(self._folder),
            "disable-local-file-access": "",
            "disable-javascript": "",
            "disable-plugins": "",
            "proxy": "http://127.0.0.1:1",  # where nothing listens
            "load-error-handling": "abort",
            "load-media-error-handling": "abort",
            "encoding": "utf-8",
            "page-size": "A4",
            "log-level": "error",
            **margins,
        }
        # `verbose` keeps pdfkit from adding --quiet, which hides what went wrong. Its `to_pdf` is not used, because it
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
