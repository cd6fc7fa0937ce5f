"""Says that a site is built, and what the law asks for before a site is published and this one does not have, and stops a build that must have it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, MutableMapping

from babel.numbers import format_decimal

from kanalstrategi.build.messages import log, printable_lines, stop
from kanalstrategi.build.session import BuildSession
from kanalstrategi.content.model import Content
from kanalstrategi.content.statement import publication_gaps
from kanalstrategi.publishing.statement_door import statement_hint

_LAW = "Loven om webtilgængelighed kræver mere, før hjemmesiden bliver offentliggjort:"


def add_publication_option(parser: argparse.ArgumentParser) -> None:
    """Add the option to a command's."""
    parser.add_argument("--strict-publication", action="store_true")


def set_publication_option(options: argparse.Namespace, environment: MutableMapping[str, str]) -> None:
    """Write the option, if it is given, into the environment of the build, where plain `mkdocs build` finds it, too."""
    if options.strict_publication:
        environment["STRICT_PUBLICATION"] = "1"


def require_publishable(content: Content, site_url: str, environment: Mapping[str, str]) -> None:
    """Stop a strict build for publication if anything is missing. `site_url` is where the site will be published; empty if that is not known."""
    if environment.get("STRICT_PUBLICATION") != "1":
        return
    if not site_url:
        stop(["mkdocs.yml:1: adressen, hvor hjemmesiden bliver offentliggjort, mangler – sæt SITE_URL, eller byg uden --strict-publication"])
    if gaps := publication_gaps(content):
        stop([_LAW, *map(str, gaps), "", "Uden --strict-publication bliver den bygget alligevel."])


def announce(session: BuildSession, pdfs: int, site_url: str) -> None:
    """Say that the site is built, and what is missing before it may be published."""
    count = f"{pdfs} PDF" + ("" if pdfs == 1 else "’er")
    seconds = format_decimal(round(time.monotonic() - session.started, 1), locale="da")
    if not site_url:
        log.info("SITE_URL er ikke sat: hjemmesiden er bygget til at blive læst på denne maskine")
    log.info("Færdig: %d sider og %s på %s s. Se dem med: python3 -m http.server -b 127.0.0.1 -d %s", len(session.bodies), count, seconds, session.site)
    announce_gaps(session.content, site_url)


def announce_gaps(content: Content, site_url: str) -> None:
    """Print what is missing if the build is for publication. It is no warning of MkDocs, which would stop a strict build, and `--quiet` keeps it.

    What somebody else has to do is said as information.
    """
    if site_url and (gaps := publication_gaps(content)):
        lines = ["", f"OBS: {_LAW}", *(f"  {gap}" for gap in gaps), "Med --strict-publication bliver den ikke bygget, før det er på plads."]
        print(printable_lines("\n".join(lines)), file=sys.stderr)
    if hint := statement_hint(content, site_url):
        log.info("%s", hint)
