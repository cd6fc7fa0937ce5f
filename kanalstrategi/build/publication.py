"""Says what the law asks for before a site is published and this one does not have, and stops a build that must have it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, MutableMapping

from kanalstrategi.build.messages import log, printable_lines, stop
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


def announce_gaps(content: Content, site_url: str) -> None:
    """Print what is missing if the build is for publication. It is no warning of MkDocs, which would stop a strict build, and `--quiet` keeps it.

    What somebody else has to do is said as information.
    """
    if site_url and (gaps := publication_gaps(content)):
        lines = ["", f"OBS: {_LAW}", *(f"  {gap}" for gap in gaps), "Med --strict-publication bliver den ikke bygget, før det er på plads."]
        print(printable_lines("\n".join(lines)), file=sys.stderr)
    if hint := statement_hint(content, site_url):
        log.info("%s", hint)
