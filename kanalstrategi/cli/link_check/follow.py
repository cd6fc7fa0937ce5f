"""Follows one link to its end, with manners: robots.txt, HEAD before GET, and another day where the server asks for it."""

from __future__ import annotations

from kanalstrategi.cli.link_check.client import Answer, LinkClient
from kanalstrategi.cli.link_check.outcome import LinkError, Outcome, Verdict
from kanalstrategi.cli.link_check.robots import MAX_ROBOTS_BYTES, RobotsRules
from kanalstrategi.cli.link_check.targets import Target, parse_target
from kanalstrategi.cli.link_check.turns import HostTurns

MAX_REDIRECTS = 10
"""How many redirects are followed. Browsers give up after 20."""
MAX_ROBOTS_REDIRECTS = 5
MAX_WAIT_SECONDS = 60
"""A server that asks for a longer pause is asked another day."""

_REDIRECTS, _PERMANENT_REDIRECTS = (301, 302, 303, 307, 308), (301, 308)
_CLOSED_TO_PROGRAMS = {
    401: "siden kræver, at man logger ind (401)",
    403: "serveren svarer ikke programmer (403)",
    405: "serveren svarer ikke programmer (405)",
    407: "serveren svarer ikke programmer (407)",
    451: "siden er lukket af juridiske grunde (451)",
    999: "serveren svarer ikke programmer (999)",
}
"""Answers that do not say whether a person sees the page."""
_FAILURES = {404: "siden findes ikke (404)", 410: "siden er fjernet (410)"}
_FORBIDDEN = "hjemmesiden vil ikke besøges af programmer (robots.txt)"
_ROBOTS_FAILED = "det kan ikke læses, om hjemmesiden vil besøges af programmer (robots.txt)"
_BUSY = "serveren har travlt"


class LinkFollower:
    """Follows links. Used by all threads; what the servers have said about robots is remembered."""

    def __init__(self, client: LinkClient, turns: HostTurns) -> None:
        self._client = client
        self._turns = turns
        self._robots: dict[str, RobotsRules | LinkError] = {}

    def follow(self, url: str) -> Outcome:
        """Return what becomes of a link. Many servers answer HEAD wrongly, or not at all: what does not work is asked for again, with GET."""
        try:
            return self._walk(url, "HEAD")
        except LinkError as error:
            if error.verdict is Verdict.LATER or not error.is_connected:
                return Outcome(error.verdict, error.reason, has_answer=error.has_answer)
        try:
            return self._walk(url, "GET")
        except LinkError as error:
            return Outcome(error.verdict, error.reason, has_answer=error.has_answer)

    def _walk(self, url: str, method: str) -> Outcome:
        """Return the outcome of a link that works. Raises LinkError for any other."""
        target = parse_target(url)
        seen, moved_to, is_permanent, has_cookie, is_redirected = {target.url}, "", True, False, False
        while True:
            try:
                self._check_robots(target)
                answer = self._ask(method, target)
                if answer.status not in _REDIRECTS:
                    if error := _error_of(answer.status):
                        raise error
                    return Outcome(Verdict.WORKS, moved_to=moved_to)
                if not answer.location:
                    raise LinkError("adressen viderestiller uden at sige hvorhen", is_connected=True, has_answer=True)
                is_redirected = True
                target = parse_target(answer.location, target)
            except LinkError as error:
                raise (_after_redirect(error) if is_redirected else error) from error.__cause__
            has_cookie = has_cookie or answer.sets_cookie
            is_permanent = is_permanent and answer.status in _PERMANENT_REDIRECTS
            moved_to = target.url if is_permanent else moved_to
            if target.url in seen or len(seen) > MAX_REDIRECTS:
                raise _lost(is_loop=target.url in seen, has_cookie=has_cookie)
            seen.add(target.url)

    def _ask(self, method: str, target: Target, max_body_bytes: int = 0) -> Answer:
        """Return the answer to one request; one that asks for a short pause is given it once. Raises LinkError."""
        for is_last in (False, True):
            if reason := self._turns.closed(target.host):
                raise LinkError(reason, Verdict.LATER, has_answer=True)
            with self._turns.turn(target.host):
                answer = self._client.ask(method, target, max_body_bytes)
                if answer.status != 429 and not (answer.status == 503 and answer.retry_after):
                    return answer
                seconds = _seconds(answer.retry_after)
                if is_last or seconds is None or seconds > MAX_WAIT_SECONDS:
                    self._turns.close(target.host, f"{_BUSY} ({answer.status})")
                else:
                    self._turns.pause(target.host, seconds)
        raise LinkError(f"{_BUSY} ({answer.status})", Verdict.LATER, has_answer=True)

    def _check_robots(self, target: Target) -> None:
        """Raise LinkError if the server does not want programs to visit a page."""
        if target.origin not in self._robots:
            self._robots[target.origin] = self._read_robots(target)
        rules = self._robots[target.origin]
        if isinstance(rules, LinkError):
            raise LinkError(rules.reason, rules.verdict, has_answer=rules.has_answer)
        if not rules.allows(target.url):
            raise LinkError(_FORBIDDEN, Verdict.UNCHECKED, has_answer=True)

    def _read_robots(self, target: Target) -> RobotsRules | LinkError:
        """Return the rules of a server, or why it cannot be asked anything.

        A server that does not answer this request has given no rules, and is asked for the page once: readers ask it, too.
        """
        place, redirects = parse_target("/robots.txt", target), 0
        try:
            answer = self._ask("GET", place, MAX_ROBOTS_BYTES)
            while answer.status in _REDIRECTS and answer.location and redirects < MAX_ROBOTS_REDIRECTS:
                redirects += 1
                place = parse_target(answer.location, place)
                answer = self._ask("GET", place, MAX_ROBOTS_BYTES)
        except LinkError as error:
            is_unreachable = not redirects and not error.is_connected
            return error if is_unreachable or error.verdict is Verdict.LATER else RobotsRules(b"")
        if answer.status >= 500:
            return LinkError(f"{_ROBOTS_FAILED} ({answer.status})", Verdict.UNCHECKED, has_answer=True)
        rules = RobotsRules(answer.body if answer.status == 200 else b"")
        self._turns.slow_down(target.host, rules.delay)
        return rules


def _error_of(status: int) -> LinkError | None:
    """Return what an answer says of a link, or None if the link works."""
    if 200 <= status < 300:
        return None
    if reason := _CLOSED_TO_PROGRAMS.get(status):
        return LinkError(reason, Verdict.UNCHECKED, is_connected=True, has_answer=True)
    kind = "serveren svarer med en fejl" if status >= 500 else "serveren svarer ikke med en side"
    return LinkError(_FAILURES.get(status, f"{kind} ({status})"), is_connected=True, has_answer=True)


def _lost(*, is_loop: bool, has_cookie: bool) -> LinkError:
    """Return what a link is whose redirects have no end. With cookies, which we do not keep, a browser may find it."""
    if has_cookie:
        return LinkError("siden kan kun ses af browsere med cookies", Verdict.UNCHECKED, is_connected=True, has_answer=True)
    reason = "adressen viderestiller i ring" if is_loop else f"adressen viderestiller mere end {MAX_REDIRECTS} gange"
    return LinkError(reason, is_connected=True, has_answer=True)


def _after_redirect(error: LinkError) -> LinkError:
    return LinkError(f"efter en viderestilling: {error.reason}", error.verdict, is_connected=True, has_answer=True)


def _seconds(text: str) -> int | None:
    """Return the seconds in a Retry-After header; None if it names a time, or nothing."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
