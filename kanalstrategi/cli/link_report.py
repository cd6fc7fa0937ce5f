"""Says in Danish what has become of the outward links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kanalstrategi.cli.link_check.checker import hosts_of
from kanalstrategi.cli.link_check.outcome import Outcome, Verdict
from kanalstrategi.content.link_record import REPORTED_AFTER_DAYS, LinkRecord, broken_links
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.content.outward_links import OutwardLink
from kanalstrategi.content.record_model import BrokenLink
from kanalstrategi.danish.phrases import count_phrase, long_date
from kanalstrategi.diagnostics import printable

OFFLINE = "Ingen af hjemmesiderne svarede. Maskinen har nok ikke adgang til internettet, så intet er skrevet ned."
BEHIND_PROXY = (
    "Den når det måske kun gennem en proxy (HTTPS_PROXY). Links spørges uden om den: den slår selv navne op, så ingen ville vide, om den "
    "blev sendt til jeres eget net. Kør tjekket på en maskine, der selv når internettet, for eksempel i jeres CI."
)


def link_report(links: Sequence[OutwardLink], outcomes: Mapping[str, Outcome], record: LinkRecord) -> Iterator[str]:
    """Yield the report as lines of text. `record` is what is remembered after today."""
    yield _summary(outcomes)
    yield from _reported(links, record)
    failing = [link for link in links if link.url in record and not record[link.url].is_reported]
    title = f"Virker ikke, men endnu ikke på {REPORTED_AFTER_DAYS} forskellige dage:"
    yield from _list(title, [f"{_place(link)} – {record[link.url].reason} (dag {len(record[link.url].failed)})" for link in failing])
    moved = [(link, outcomes[link.url].moved_to) for link in links if outcomes[link.url].moved_to]
    yield from _list("Er flyttet for altid; ret adressen, næste gang siden ændres:", [f"{_place(link)} – nu {to}" for link, to in moved])
    for verdict, title in ((Verdict.UNCHECKED, "Ikke tjekket:"), (Verdict.LATER, "Bliver spurgt en anden dag:")):
        others = [link for link in links if outcomes[link.url].verdict is verdict]
        yield from _list(title, [f"{_place(link)} – {outcomes[link.url].reason}" for link in others])


def _summary(outcomes: Mapping[str, Outcome]) -> str:
    if not outcomes:
        return "Ingen sider linker til andre hjemmesider."
    found = [outcome.verdict for outcome in outcomes.values()]
    words = {Verdict.WORKS: "virker", Verdict.FAILS: "virker ikke", Verdict.UNCHECKED: "er ikke tjekket", Verdict.LATER: "bliver spurgt en anden dag"}
    counts = ", ".join(f"{found.count(verdict)} {word}" for verdict, word in words.items() if verdict in found)
    addresses, sites = count_phrase(len(found), "adresse", "adresser"), count_phrase(len(hosts_of(outcomes)), "hjemmeside", "hjemmesider")
    return f"{addresses} på {sites}: {counts}."


def _reported(links: Sequence[OutwardLink], record: LinkRecord) -> Iterator[str]:
    owners = {link.page.path: link.page.owner for link in links}
    by_owner: dict[str, tuple[Owner, list[BrokenLink]]] = {}
    for broken in broken_links(record, links):
        by_owner.setdefault(owners[broken.path].id, (owners[broken.path], []))[1].append(broken)
    if by_owner:
        yield f"\nVirker ikke på {REPORTED_AFTER_DAYS} forskellige dage eller flere, og skal rettes:"
    for owner, found in by_owner.values():
        yield printable("  " + ", ".join(filter(None, [f"{owner.name} ({owner.id})", owner.phone, owner.email])))
        for broken in found:
            yield printable(f"    {broken.place}: {broken.url} – {broken.reason}, siden {long_date(broken.since)}")


def _list(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n{title}"
        yield from (f"  {printable(line)}" for line in lines)


def _place(link: OutwardLink) -> str:
    return f"{link.file}:{link.line}: {link.url}"
