"""Asks all outward links: several hosts at once, one request at a time to each, within a time."""

from __future__ import annotations

import ssl
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from kanalstrategi.cli.link_check.client import Limits, LinkClient
from kanalstrategi.cli.link_check.follow import LinkFollower
from kanalstrategi.cli.link_check.network import Network
from kanalstrategi.cli.link_check.outcome import Outcome, Verdict
from kanalstrategi.cli.link_check.turns import HostTurns

MAX_HOSTS_AT_ONCE = 8
MAX_LINKS_PER_HOST = 200
"""How many links one host is asked for in a day, so that a page with thousands of them is no attack. The others come on the next days."""
MAX_SECONDS = 45 * 60.0
"""Limit of the whole. What has not been asked by then is asked another day."""

_TOO_MANY = f"hjemmesiden er spurgt om {MAX_LINKS_PER_HOST} adresser i dag; resten kommer en anden dag"
_OUT_OF_TIME = "tiden var gået; adressen bliver spurgt en anden dag"


@dataclass(frozen=True)
class Plan:
    """What is asked, and by whom."""

    today: date
    user_agent: str
    known_failures: Collection[str] = ()
    """URLs that have failed before, which are asked first."""
    limits: Limits = field(default_factory=Limits)
    max_seconds: float = MAX_SECONDS


class LinkChecker:
    """Asks links once."""

    def __init__(self, plan: Plan, network: Network, context: ssl.SSLContext) -> None:
        self._plan = plan
        self._clock = network.clock
        self._end = network.clock() + plan.max_seconds
        self._follower = LinkFollower(LinkClient(network, context, plan.user_agent, plan.limits), HostTurns(network.clock, network.sleep))

    def check(self, urls: Iterable[str]) -> dict[str, Outcome]:
        """Return what became of each URL."""
        by_host = defaultdict[str, list[str]](list)
        for url in sorted(set(urls)):
            by_host[_host(url)].append(url)
        outcomes: dict[str, Outcome] = {}
        with ThreadPoolExecutor(MAX_HOSTS_AT_ONCE) as threads:
            try:
                for found in threads.map(self._check_host, by_host.values()):
                    outcomes |= found
            finally:
                self._end = float("-inf")  # so that the threads end soon when somebody has pressed Ctrl-C
        return outcomes

    def _check_host(self, urls: Sequence[str]) -> dict[str, Outcome]:
        chosen = set(self._chosen(urls))
        return {url: self._check_one(url) if url in chosen else Outcome(Verdict.LATER, _TOO_MANY, has_answer=False) for url in urls}

    def _check_one(self, url: str) -> Outcome:
        if self._clock() > self._end:
            return Outcome(Verdict.LATER, _OUT_OF_TIME, has_answer=False)
        return self._follower.follow(url)

    def _chosen(self, urls: Sequence[str]) -> list[str]:
        """Return the URLs of one host that are asked today: those that have failed, and as many others as there is room for, in turn."""
        failed = [url for url in urls if url in self._plan.known_failures]
        others = [url for url in urls if url not in self._plan.known_failures]
        start = self._plan.today.toordinal() * MAX_LINKS_PER_HOST % max(len(others), 1)
        return [*failed, *others[start:], *others[:start]][:MAX_LINKS_PER_HOST]


def is_offline(outcomes: Collection[Outcome], hosts: int) -> bool:
    """Whether the network of this machine does not work, rather than the links: of several hosts, none has answered."""
    return hosts > 1 and not any(outcome.has_answer for outcome in outcomes)


def hosts_of(urls: Iterable[str]) -> set[str]:
    """Return the hosts of URLs."""
    return set(map(_host, urls))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
