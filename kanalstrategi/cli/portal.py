"""Puts the built sites of many municipalities under one host, with a front page and a search over all.

One bad site does not stop the others: its last good edition stays, and the front page says so.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.portal_files import RefusedSiteError, copy_site, read_data
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.dates import today_in_denmark
from kanalstrategi.danish.compounds import danish_dictionary
from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.design.assets import Assets, read_assets, without_comments
from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.diagnostics import printable
from kanalstrategi.file_system import explain
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.publishing.compression import EXTENSIONS, compress
from kanalstrategi.publishing.csp import page_policy, with_policy
from kanalstrategi.publishing.portal.front_page import SCRIPT, Listed, front_page
from kanalstrategi.publishing.portal.own_scripts import OwnScripts, own_scripts
from kanalstrategi.publishing.portal.sites import MAX_BYTES, Portal, PortalSite, read_portal
from kanalstrategi.search.portal_index import UnreadableDataError, portal_index, portal_pages
from kanalstrategi.search.sections import IndexedPage

USAGE = "kanalstrategi portal sites.yml BYGGEDE PORTAL [--previous MAPPE] eller portal sites.yml --matrix github|gitlab"
RECORD = "portal.json"
"""The file of the portal that says from which day each site is."""
_SOURCES = OVERRIDES / "portal"


@explains_errors
def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Assemble the portal, or print what a CI needs for it, and return the exit code. Paths are relative to `root`."""
    parser = ArgumentParser(usage_line=USAGE, description="Saml mange kommuners byggede hjemmesider på én adresse.")
    parser.add_argument("sites", type=Path, help="filen med kommunerne, sites.yml")
    parser.add_argument("built", type=Path, nargs="?", help="mappen med de byggede hjemmesider, én mappe for hver kommunes id")
    parser.add_argument("out", type=Path, nargs="?", help="mappen, som portalen skrives i; den forrige portal i den bliver skiftet ud")
    parser.add_argument("--previous", type=Path, help="mappen med den forrige portal, hvis den ikke er den, der skrives i")
    parser.add_argument("--matrix", choices=("github", "gitlab"), help="skriv kun listen, som GitHub eller GitLab bygger efter")
    options = parser.parse_args(arguments)
    file = root / options.sites
    text = file.read_bytes()[: MAX_BYTES + 1].decode("utf-8", errors="replace")
    portal, diagnostics = read_portal(text, options.sites.as_posix())
    if portal is None:
        print("\n".join(map(str, diagnostics)), file=sys.stderr)
        return 1
    if options.matrix:
        print(matrix(portal, options.matrix))
        return 0
    if options.built is None or options.out is None:
        parser.error("both folders are needed")
    out = root / options.out
    return assemble(portal, root / options.built, out, root / options.previous if options.previous else out)


def matrix(portal: Portal, system: str) -> str:
    """Return the list of sites in the form that GitHub's or GitLab's `matrix` takes. No value can end a command: `read_portal` has checked them."""
    if system == "github":
        return json.dumps([{"id": site.id, "repository": site.repository, "commit": site.commit} for site in portal.sites])
    rows = [{"SITE": site.id, "REPOSITORY": site.repository, "COMMIT": site.commit or "HEAD"} for site in portal.sites]
    return json.dumps({".sites": {"parallel": {"matrix": rows}}}, indent=2)  # JSON is YAML, too


def assemble(portal: Portal, built: Path, out: Path, previous: Path) -> int:
    """Write the portal into a new folder, and put it in the place of the former one when it is whole. Return the exit code."""
    new, former = out.with_name(f"{out.name}.new"), out.with_name(f"{out.name}.old")
    if former.is_dir() and not out.exists():  # it was interrupted between the two renames below
        former.rename(out)
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    days, today, allowed = _former_days(previous), today_in_denmark(), own_scripts(_assets())
    listed, pages = [], []
    for site in portal.sites:
        one, found = _add_site(site, built / site.id, previous / site.id, new / site.id, days.get(site.id), today, allowed)
        listed.append(one)
        pages += found
    if not any(one.day for one in listed):
        shutil.rmtree(new)
        print("Ingen af hjemmesiderne kan bruges: den forrige portal er ikke rørt", file=sys.stderr)
        return 1
    _write_own_files(portal, listed, pages, new)
    shutil.rmtree(former, ignore_errors=True)
    if out.exists():
        out.rename(former)
    new.rename(out)
    shutil.rmtree(former, ignore_errors=True)
    newest = sum(one.is_newest for one in listed)
    print(f"Portalen er skrevet: {count_phrase(len(listed), 'kommune', 'kommuner')}, {newest} af dem med den nyeste udgave.")
    return 0


@cache
def _assets() -> Assets:
    """Return what every page loads, read once."""
    return read_assets()


_compressed = cache(compress)
"""The assets of one portal after the other are the same, and the best compression takes a second."""


def _add_site(
    site: PortalSite, built: Path, former: Path, target: Path, former_day: str | None, today: date, allowed: OwnScripts
) -> tuple[Listed, list[IndexedPage]]:
    """Copy a site, or its last good edition, and return how it is listed and what the search shows of it."""
    for source, day in ((built, today), (former, _day(former_day))):
        if not source.is_dir() or day is None:
            reason = "den er ikke bygget"
        else:
            try:
                copy_site(source, target, allowed)
                pages = portal_pages(site.id, site.name, read_data(target))
                return Listed(site, day, is_newest=source is built), pages
            except RefusedSiteError as error:
                reason = str(error)
            except UnreadableDataError:
                reason = "dens åbne data er ikke dem, som programmet skriver"
            except OSError as error:
                reason = explain(error) or "en fil kan ikke læses"
            shutil.rmtree(target, ignore_errors=True)
        if source is built:
            hint = "den forrige udgave bliver stående" if former_day else "kommunen står på forsiden uden hjemmeside"
            print(printable(f"{site.id}: {reason} – {hint}"), file=sys.stderr)
    return Listed(site, None, is_newest=False), []


def _former_days(previous: Path) -> dict[str, str]:
    try:
        read = json.loads((previous / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(id): str(day) for id, day in read.items()} if isinstance(read, dict) else {}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _write_own_files(portal: Portal, listed: Sequence[Listed], pages: Sequence[IndexedPage], out: Path) -> None:
    """Write what is the portal's own: the front page, its assets, the index, and the day of each site."""
    contents = dict(_assets().contents)
    contents |= {SCRIPT: without_comments((_SOURCES / SCRIPT).read_bytes()), "portal.css": (_SOURCES / "portal.css").read_bytes()}
    digest = sha256(b"\0".join(part for name, content in sorted(contents.items()) for part in (name.encode(), content)))
    folder = f"assets/{digest.hexdigest()[:12]}"
    files = {f"{folder}/{name}": content for name, content in contents.items()} | portal_index(pages, danish_dictionary())
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string((_SOURCES / "page.html").read_text(encoding="utf-8"))
    html = template.render(
        name=portal.name,
        url=portal.url,
        assets=folder,
        description=f"Find din kommunes kanalstrategi, og søg i {'den' if len(listed) == 1 else f'alle {len(listed)} på én gang'}.",
        body=Markup(write_html(front_page(portal, listed, f"{folder}/{SCRIPT}"))),  # noqa: S704 - the renderer has escaped it
    )
    files["index.html"] = with_policy(html, page_policy(())).encode()
    files[RECORD] = json.dumps({one.site.id: one.day.isoformat() for one in listed if one.day}, indent=1).encode()
    for name, content in files.items():
        file = out / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        for suffix, compressed in _compressed(file.name, content).items() if file.suffix in EXTENSIONS else ():
            file.with_name(file.name + suffix).write_bytes(compressed)
