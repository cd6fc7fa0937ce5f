"""Asks every outward link whether it still works, and remembers which do not in `records/links.json`.

A link that fails is no error: the exit code is 0. It is 1 if the record cannot be read or written, and 2 if the command is called wrongly.
"""

from __future__ import annotations

import os
import re
import ssl
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.request import getproxies

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.link_check.checker import LinkChecker, Plan, hosts_of, is_offline
from kanalstrategi.cli.link_check.network import Network, trusted_authorities
from kanalstrategi.cli.link_check.outcome import Outcome, Verdict
from kanalstrategi.cli.link_check.robots import PRODUCT
from kanalstrategi.cli.link_report import BEHIND_PROXY, OFFLINE, link_report
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.link_record import LINK_RECORD, LinkRecord, link_record_json, next_record, read_link_record
from kanalstrategi.content.outward_links import outward_links
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.file_system import write_whole

USAGE = "python3 scripts/links.py [--dry-run]"


@explains_errors
def main(
    root: Path,
    arguments: Sequence[str] | None = None,
    network: Network | None = None,
    authorities: Callable[[], ssl.SSLContext] = trusted_authorities,
) -> int:
    """Check the outward links of the project in a folder, and return the exit code. Tests hand in a network of their own."""
    parser = ArgumentParser(usage_line=USAGE, description="Spørg alle links til andre hjemmesider, om de stadig virker.")
    parser.add_argument("--dry-run", action="store_true", help=f"skriv intet i {LINK_RECORD}")
    options = parser.parse_args(arguments)
    diagnostics: list[Diagnostic] = []
    record = read_link_record(root, diagnostics)
    if diagnostics:
        print(*diagnostics, sep="\n", file=sys.stderr)
        return 1
    project = read_project(root, os.environ)
    links = outward_links(project.content, project.parsed_pages, project.config)
    plan = Plan(project.content.today, user_agent(project, os.environ), record.keys())
    outcomes = LinkChecker(plan, network or Network(), authorities()).check(link.url for link in links)
    if is_offline(outcomes.values(), len(hosts_of(outcomes))):
        print(OFFLINE, *([BEHIND_PROXY] if getproxies() else []), sep="\n")
        return 0
    remembered = _remembered(record, outcomes, project)
    if not options.dry_run and remembered != record:
        (root / LINK_RECORD).parent.mkdir(exist_ok=True)
        write_whole(root / LINK_RECORD, link_record_json(remembered))
    print(*link_report(links, outcomes, remembered), sep="\n")
    return 0


def user_agent(project: Project, environment: Mapping[str, str]) -> str:
    """Return how we present ourselves to servers: with a name, and with the site's address if it is known."""
    url = environment.get("SITE_URL") or str((project.config.values or {}).get("site_url") or "")
    return f"{PRODUCT}/1.0 (+{url})" if re.fullmatch(r"https?://[!-'*-~]{1,200}", url) else f"{PRODUCT}/1.0"


def _remembered(record: LinkRecord, outcomes: Mapping[str, Outcome], project: Project) -> LinkRecord:
    failed = {url: outcome.reason for url, outcome in outcomes.items() if outcome.verdict is Verdict.FAILS}
    undecided = {url for url, outcome in outcomes.items() if outcome.verdict is Verdict.LATER}
    return next_record(record, failed, undecided, project.content.today)
