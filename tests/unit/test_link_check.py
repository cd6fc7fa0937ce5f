"""The link check reports exactly the links that are broken, with manners, and never reaches a machine inside."""

from __future__ import annotations

import itertools
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.cli.link_check.addresses import is_public
from kanalstrategi.cli.link_check.checker import MAX_LINKS_PER_HOST, LinkChecker, Plan
from kanalstrategi.cli.link_check.client import Limits
from kanalstrategi.cli.link_check.network import Network, connect, look_up, trusted_authorities
from kanalstrategi.cli.link_check.outcome import LinkError, Outcome, Verdict
from kanalstrategi.cli.link_check.robots import MAX_ROBOTS_BYTES, PRODUCT, RobotsRules
from kanalstrategi.cli.link_check.targets import parse_target
from kanalstrategi.cli.link_check.turns import MAX_PAUSE_SECONDS
from tests.support.outside import PUBLIC, REFUSING, SILENT, Answer, Asked, Names, Outside, Server, Step, outside, reply

FAILS, UNCHECKED, LATER, WORKS = Verdict.FAILS, Verdict.UNCHECKED, Verdict.LATER, Verdict.WORKS
PATIENT, TIMED, IMPATIENT = Limits(50, 50, 10**9), Limits(50, 50, 50), Limits(50, 0.1, 10**9)
"""For servers that answer, however slow the machine is; for those that let time pass, which are asked alone; and for those that never answer."""


@dataclass(frozen=True)
class Trouble:
    """A link, what its server does, and what has to be said about it."""

    url: str
    verdict: Verdict
    words: str = ""
    server: Server | None = None
    robots: Answer = ()
    names: Names = ()
    """The addresses of the host, if it is not one of the servers outside."""
    limits: Limits = PATIENT

    @property
    def host(self) -> str:
        return self.url.split("/")[2].partition("@")[2] or self.url.split("/")[2]


def always(*answer: bytes | float | Step) -> Server:
    return lambda asked: answer


def by_method(head: Answer, get: Answer) -> Server:
    return lambda asked: head if asked.method == "HEAD" else get


def redirect(to: str, status: int = 302) -> Server:
    return always(*reply(status, Location=to))


def slow_headers(asked: Asked) -> Answer:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(1000):
        yield 1.0
        yield f"X-{number}: a\r\n".encode()
    yield Step.HOLD


def slow_body(asked: Asked) -> Answer:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    if asked.method == "GET":
        for _ in range(1000):
            yield 1.0
            yield b"a"


def endless_information(asked: Asked) -> Answer:
    for _ in range(1000):
        yield 1.0
        yield b"HTTP/1.1 103 Early\r\n\r\n"
    yield Step.HOLD


def huge(asked: Asked) -> Answer:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    if asked.method == "GET":
        for _ in range(100_000):
            yield b"10000\r\n" + b"a" * 0x10000 + b"\r\n"


def ring(asked: Asked) -> Answer:
    return reply(302, Location="/b" if asked.path == "/a" else "/a")


def chain(asked: Asked) -> Answer:
    return reply(302, Location=f"/{int(asked.path[1:] or 0) + 1}")


def once_busy(status: int, seconds: str) -> Server:
    """A server that asks for a pause the first time that it is asked for the page."""
    has_been_asked = threading.Event()

    def answer(asked: Asked) -> Answer:
        if has_been_asked.is_set():
            return reply(200)
        has_been_asked.set()
        return reply(status, Retry_After=seconds)

    return answer


def long_robots(asked: Asked) -> Answer:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /lukket\n"
    for _ in range(100_000):
        yield b"# " + b"a" * 9998


def slow_robots() -> Answer:
    yield b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\n"
    for _ in range(1000):
        yield 1.0
        yield b"#"
    yield Step.HOLD


OK = always(*reply(200, b"<p>Her</p>"))
GET_ONLY = reply(200, b"<p>Her</p>")
BOMB = always(*reply(200, b"\x1f\x8b\x08\x00" + b"\x00" * 5000, Content_Encoding="gzip"))
TROUBLES = [
    Trouble("http://virker.dk/", WORKS, server=OK),
    Trouble("https://sikker.dk/side?a=b&c=æ", WORKS, server=OK),
    Trouble("http://blåbær.dk/æble", WORKS, server=None),
    Trouble("http://findes-ikke.dk/", FAILS, "siden findes ikke (404)", always(*reply(404))),
    Trouble("http://fjernet.dk/", FAILS, "siden er fjernet (410)", always(*reply(410))),
    Trouble("http://fejl.dk/", FAILS, "serveren svarer med en fejl (500)", always(*reply(500))),
    Trouble("http://forkert.dk/", FAILS, "serveren svarer ikke med en side (400)", always(*reply(400))),
    Trouble("http://langsomt-hoved.dk/", FAILS, "serveren svarer ikke i tide", slow_headers, limits=TIMED),
    Trouble("http://langsom-krop.dk/", WORKS, server=slow_body, limits=TIMED),
    Trouble("http://altid-paa-vej.dk/", FAILS, "serveren svarer ikke i tide", endless_information, limits=TIMED),
    Trouble("http://tavs.dk/", FAILS, "serveren svarer ikke i tide", always(Step.HOLD), limits=IMPATIENT),
    Trouble("https://tavs-sikker.dk/", FAILS, "serveren svarer ikke i tide", always(Step.HOLD), limits=IMPATIENT),
    Trouble("http://tager-ikke-telefonen.dk/", FAILS, "serveren svarer ikke i tide", names=(SILENT,)),
    Trouble("http://afviser.dk/", FAILS, "serveren afviser forbindelsen", names=(REFUSING,)),
    Trouble("http://ukendt.dk/", FAILS, "hjemmesidens navn kan ikke slås op"),
    Trouble("http://laegger-paa.dk/", FAILS, "serveren afbryder forbindelsen", always()),
    Trouble("http://bryder-af.dk/", FAILS, "serveren afbryder forbindelsen", always(Step.RESET)),
    Trouble("http://vrøvler.dk/".replace("ø", "oe"), FAILS, "serveren svarer med noget, der ikke er en hjemmeside", always(b"SSH-2.0-OpenSSH_9.2\r\n" * 3)),
    Trouble("http://stort-hoved.dk/", FAILS, "serveren svarer med noget, der ikke er en hjemmeside", always(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000)),
    Trouble("http://kaempe.dk/", WORKS, server=huge),
    Trouble("http://bombe.dk/", WORKS, server=BOMB),
    Trouble("http://i-ring.dk/a", FAILS, "adressen viderestiller i ring", ring),
    Trouble("http://lang-kaede.dk/", FAILS, "adressen viderestiller mere end 10 gange", chain),
    Trouble("http://smaakager.dk/", UNCHECKED, "siden kan kun ses af browsere med cookies", always(*reply(302, Location="/", Set_Cookie="a=b"))),
    Trouble("http://ingen-steder.dk/", FAILS, "adressen viderestiller uden at sige hvorhen", always(*reply(302))),
    Trouble("http://til-vaek.dk/", FAILS, "efter en viderestilling: siden findes ikke (404)", redirect("http://findes-ikke.dk/")),
    Trouble("http://flyttet.dk/", WORKS, server=redirect("https://sikker.dk/", 301)),
    Trouble("http://midlertidig.dk/", WORKS, server=redirect("//sikker.dk/")),
    Trouble("http://til-mig-selv.dk/", FAILS, "efter en viderestilling: adressen er på et lukket net", redirect("http://127.0.0.1/")),
    Trouble("http://til-mig-selv-6.dk/", FAILS, "efter en viderestilling: adressen er på et lukket net", redirect("http://[::1]/")),
    Trouble("http://til-skyen.dk/", FAILS, "efter en viderestilling: adressen er på et lukket net", redirect("http://169.254.169.254/latest/meta-data/")),
    Trouble("http://til-indenfor.dk/", UNCHECKED, "efter en viderestilling: hjemmesidens navn fører herfra til et lukket net", redirect("http://indenfor.dk/")),
    Trouble("http://til-et-tal.dk/", UNCHECKED, "efter en viderestilling: hjemmesidens navn fører herfra til et lukket net", redirect("http://2130706433/")),
    Trouble("http://til-en-fil.dk/", FAILS, "efter en viderestilling: adressen begynder ikke med https://", redirect("file:///etc/passwd")),
    Trouble("http://til-porten.dk/", UNCHECKED, "på de sædvanlige porte, ikke på 8080", redirect("http://virker.dk:8080/")),
    Trouble("http://til-navn.dk/", UNCHECKED, "efter en viderestilling: adressen har et brugernavn i sig", redirect("http://a:b@virker.dk/")),
    Trouble("http://indenfor.dk/", UNCHECKED, "hjemmesidens navn fører herfra til et lukket net", names=("10.0.0.5",)),
    Trouble("http://baade-og.dk/", UNCHECKED, "hjemmesidens navn fører herfra til et lukket net", names=(PUBLIC, "192.168.0.1")),
    Trouble("http://forklaedt.dk/", UNCHECKED, "hjemmesidens navn fører herfra til et lukket net", names=("::ffff:127.0.0.1",)),
    Trouble("http://skifter.dk/", UNCHECKED, "hjemmesidens navn fører herfra til et lukket net", OK, names=[(PUBLIC,), ("10.0.0.5",)]),
    Trouble("http://localhost/", UNCHECKED, "hjemmesidens navn fører herfra til et lukket net", names=("127.0.0.1", "::1")),
    Trouble("http://10.0.0.5/", FAILS, "adressen er på et lukket net"),
    Trouble("http://virker.dk:8080/", UNCHECKED, "på de sædvanlige porte, ikke på 8080"),
    Trouble("http://bruger:kode@virker.dk/", UNCHECKED, "adressen har et brugernavn i sig"),
    Trouble("https://udloebet.dk/", FAILS, "certifikatet er udløbet", OK),
    Trouble("https://forkert-navn.dk/", FAILS, "certifikatet gælder et andet navn", OK),
    Trouble("https://selvudstedt.dk/", FAILS, "certifikatet er udstedt af en, browsere ikke kender", OK),
    Trouble("http://kun-get.dk/", WORKS, server=by_method(reply(405), GET_ONLY)),
    Trouble("http://lyver.dk/", WORKS, server=by_method(reply(404), GET_ONLY)),
    Trouble("http://svarer-ikke-head.dk/", WORKS, server=by_method([Step.RESET], GET_ONLY)),
    Trouble("http://lyver-om-vejen.dk/", WORKS, server=by_method(reply(302, Location="http://findes-ikke.dk/"), GET_ONLY)),
    Trouble("http://log-ind.dk/", UNCHECKED, "siden kræver, at man logger ind (401)", always(*reply(401))),
    Trouble("http://afviser-programmer.dk/", UNCHECKED, "serveren svarer ikke programmer (403)", always(*reply(403))),
    Trouble("http://jura.dk/", UNCHECKED, "siden er lukket af juridiske grunde (451)", always(*reply(451))),
    Trouble("http://travl.dk/", LATER, "serveren har travlt (429)", always(*reply(429, Retry_After="86400"))),
    Trouble("http://altid-travl.dk/", LATER, "serveren har travlt (429)", always(*reply(429, Retry_After="1"))),
    Trouble("http://travl-til-en-dato.dk/", LATER, "serveren har travlt (503)", always(*reply(503, Retry_After="Mon, 30 Nov 2026 08:00:00 GMT"))),
    Trouble("http://lidt-travl.dk/", WORKS, server=once_busy(429, "5")),
    Trouble("http://lidt-nede.dk/", WORKS, server=once_busy(503, "5")),
    Trouble("http://nede.dk/", FAILS, "serveren svarer med en fejl (503)", always(*reply(503))),
    Trouble("http://vil-ikke.dk/side", UNCHECKED, "vil ikke besøges af programmer", OK, reply(200, b"User-agent: *\nDisallow: /side")),
    Trouble("http://til-vil-ikke.dk/", UNCHECKED, "efter en viderestilling: hjemmesiden vil ikke besøges", redirect("http://vil-ikke.dk/side")),
    Trouble("http://robots-nede.dk/", UNCHECKED, "det kan ikke læses, om hjemmesiden vil besøges", OK, reply(500)),
    Trouble("http://robots-lang.dk/lukket", UNCHECKED, "vil ikke besøges af programmer", OK, list(long_robots(Asked("", "", "", {}, 0, "")))[:200]),
    Trouble("http://robots-langsom.dk/", WORKS, "", OK, [*list(slow_robots())], limits=TIMED),
    Trouble("http://robots-bryder-af.dk/", WORKS, "", OK, [Step.RESET]),
    Trouble("http://robots-indenfor.dk/", WORKS, "", OK, reply(302, Location="http://169.254.169.254/")),
    Trouble("http://robots-lukket.dk/", WORKS, "", OK, reply(403)),
]
IDN_HOST = "xn--blbr-roah.dk"
"""blåbær.dk, as DNS has it."""


def with_robots(trouble: Trouble, server: Server) -> Server:
    return lambda asked: (trouble.robots or reply(404)) if asked.path == "/robots.txt" else server(asked)


@pytest.fixture(scope="module")
def checked() -> Iterator[tuple[Outside, dict[str, Outcome]]]:
    """All troubles, and what became of them."""
    servers = {trouble.host: with_robots(trouble, trouble.server) for trouble in TROUBLES if trouble.server}
    servers[IDN_HOST] = always(*reply(200))
    names = {trouble.host: trouble.names for trouble in TROUBLES if trouble.names} | {"2130706433": ("127.0.0.1",)}
    with outside(servers, names) as world:
        found: dict[str, Outcome] = {}
        for limits in (PATIENT, IMPATIENT):
            found |= check(world, *(trouble.url for trouble in TROUBLES if trouble.limits == limits), limits=limits)
        for trouble in TROUBLES:
            if trouble.limits == TIMED:
                found |= check(world, trouble.url, limits=TIMED)
        yield world, found


def check(world: Outside, *urls: str, limits: Limits = PATIENT, known: tuple[str, ...] = (), today: date = date(2026, 11, 29)) -> dict[str, Outcome]:
    plan = Plan(today, f"{PRODUCT}/1.0 (+https://example.org/)", known, limits, max_seconds=10**9)
    return LinkChecker(plan, world.network, world.trust()).check(urls)


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.url.partition("://")[2])
def test_what_is_said_about_a_link(checked: tuple[Outside, dict[str, Outcome]], trouble: Trouble) -> None:
    outcome = checked[1][trouble.url]
    assert outcome.verdict is trouble.verdict, outcome
    assert trouble.words in outcome.reason and bool(outcome.reason) == (trouble.verdict is not WORKS), outcome


def test_exactly_the_broken_links_fail(checked: tuple[Outside, dict[str, Outcome]]) -> None:
    failed = {url for url, outcome in checked[1].items() if outcome.verdict is FAILS}
    assert failed == {trouble.url for trouble in TROUBLES if trouble.verdict is FAILS} and len(failed) >= 20


def test_no_machine_inside_was_reached(checked: tuple[Outside, dict[str, Outcome]]) -> None:
    assert checked[0].inside == 0
    assert [asked for asked in checked[0].asked if "lukket" in asked.path or asked.path == "/side"] == []


def test_the_machine_inside_does_count() -> None:
    """Or the test above could not fail."""
    with outside({}) as world:
        world.network.connect("127.0.0.1", 80, 60).close()
        assert world.inside == 1


def test_where_a_link_has_moved_to(checked: tuple[Outside, dict[str, Outcome]]) -> None:
    moved = {url: outcome.moved_to for url, outcome in checked[1].items() if outcome.moved_to}
    assert moved == {"http://flyttet.dk/": "https://sikker.dk/"}


def test_a_host_that_has_forbidden_it_is_asked_for_robots_txt_alone(checked: tuple[Outside, dict[str, Outcome]]) -> None:
    assert checked[0].requests("vil-ikke.dk") == checked[0].requests("robots-nede.dk") == []


def test_head_comes_first_and_get_only_where_it_is_needed(checked: tuple[Outside, dict[str, Outcome]]) -> None:
    assert checked[0].requests("virker.dk") == [("HEAD", "/")]
    assert checked[0].requests("lyver.dk") == [("HEAD", "/"), ("GET", "/")]


def test_a_busy_host_is_asked_again_after_its_pause_or_not_at_all(checked: tuple[Outside, dict[str, Outcome]]) -> None:
    world = checked[0]
    assert world.requests("travl.dk") == world.requests("travl-til-en-dato.dk") == [("HEAD", "/")]
    assert world.requests("altid-travl.dk") == [("HEAD", "/")] * 2
    first, second = (asked.time for asked in world.asked if asked.host == "lidt-travl.dk" and asked.path == "/")
    assert second - first >= 5


def test_how_we_present_ourselves(checked: tuple[Outside, dict[str, Outcome]]) -> None:
    assert {asked.headers["user-agent"] for asked in checked[0].asked} == {"kanalstrategi-links/1.0 (+https://example.org/)"}
    assert {(asked.path, asked.host) for asked in checked[0].asked if asked.host == IDN_HOST} == {("/robots.txt", IDN_HOST), ("/%C3%A6ble", IDN_HOST)}
    assert ("HEAD", "/side?a=b&c=%C3%A6") in checked[0].requests("sikker.dk")


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause() -> None:
    with outside({"a.dk": OK, "b.dk": redirect("http://a.dk/fra-b"), "c.dk": redirect("http://a.dk/fra-c")}) as world:
        outcomes = check(world, *(f"http://a.dk/{number}" for number in range(5)), "http://b.dk/", "http://c.dk/")
        assert {outcome.verdict for outcome in outcomes.values()} == {WORKS}
        times = sorted(asked.time for asked in world.asked if asked.host == "a.dk")
        assert world.most_at_once["a.dk"] == 1 and len(times) >= 8
        assert all(later - earlier >= 1 for earlier, later in itertools.pairwise(times))


def test_a_robots_txt_may_ask_for_longer_pauses_within_reason() -> None:
    def server(delay: str) -> Server:
        return lambda asked: reply(200, f"User-agent: *\nCrawl-delay: {delay}".encode()) if asked.path == "/robots.txt" else reply(200)

    with outside({"ti.dk": server("10"), "ti-aar.dk": server("300000000")}) as world:
        check(world, "http://ti.dk/a", "http://ti.dk/b")
        assert world.clock.now == 1 + 10
        check(world, "http://ti-aar.dk/a", "http://ti-aar.dk/b")
        assert world.clock.now == 1 + 10 + 1 + MAX_PAUSE_SECONDS


def test_several_hosts_are_asked_at_once() -> None:
    both = threading.Barrier(2, timeout=60)

    def wait(asked: Asked) -> Answer:
        if asked.path != "/robots.txt":
            both.wait()
        return reply(200)

    with outside({"a.dk": wait, "b.dk": wait}) as world:
        assert {outcome.verdict for outcome in check(world, "http://a.dk/", "http://b.dk/").values()} == {WORKS}


def test_a_page_with_thousands_of_links_is_no_attack() -> None:
    urls = [f"http://a.dk/{number:04}" for number in range(MAX_LINKS_PER_HOST + 50)]
    with outside({"a.dk": OK}) as world:
        outcomes = check(world, *urls, known=(urls[-1],))
        assert sum(outcome.verdict is WORKS for outcome in outcomes.values()) == MAX_LINKS_PER_HOST
        assert outcomes[urls[-1]].verdict is WORKS, "one that has failed is asked first"
        left = {url for url, outcome in outcomes.items() if outcome.verdict is LATER}
        assert all(outcome.verdict is WORKS for url, outcome in check(world, *urls, today=date(2026, 11, 30)).items() if url in left), "the rest in turn"


def test_the_whole_has_an_end() -> None:
    with outside({"a.dk": OK}) as world:
        plan = Plan(date(2026, 11, 29), "x", limits=PATIENT, max_seconds=3.5)
        outcomes = LinkChecker(plan, world.network, world.trust()).check(f"http://a.dk/{number}" for number in range(9))
    found = [outcome.verdict for outcome in outcomes.values()]
    assert found == [WORKS] * found.count(WORKS) + [LATER] * found.count(LATER) and 0 < found.count(WORKS) < 9


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        *((address, True) for address in ("8.8.8.8", "185.163.72.1", "2a00:1450:400f:80d::2004", "64:ff9b::808:808", "2001:4860:4860::8888")),
        *((address, False) for address in ("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1")),
        *((address, False) for address in ("240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "203.0.113.7", "192.88.99.1", "192.0.0.8")),
        *((address, False) for address in ("::", "::1", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "::10.0.0.1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1")),
        *((address, False) for address in ("ff02::1", "2002:a00:1::1", "2001:0:a00:1::1", "64:ff9b::a00:1", "64:ff9b:1::808:808", "2001:db8::1", "3fff::1")),
        *((address, False) for address in ("100::1", "4000::1", "localhost", "", "2130706433", "0x7f.1")),
    ],
)
def test_which_addresses_are_on_the_open_internet(address: str, expected: bool) -> None:
    assert is_public(address) == expected


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_in_another_form_is_not_more_public(number: int) -> None:
    is_open = is_public(str(IPv4Address(number)))
    assert is_public(str(IPv6Address((0x64FF9B << 96) + number))) == is_open
    assert not is_public(f"::ffff:{IPv4Address(number)}") and not is_public(str(IPv6Address((0x2002 << 112) + (number << 80))))


@given(st.one_of(st.text(max_size=60), st.text("/:@.[]0x7f?#\\ é%\x00", max_size=30).map("http://".__add__)))
def test_no_url_is_more_than_a_link_error(url: str) -> None:
    base = parse_target("https://example.dk/a")
    for origin in (None, base):
        try:
            target = parse_target(url, origin)
        except LinkError:
            continue
        assert target.host.isascii() and target.path.isascii() and target.path.startswith("/") and target.port in (80, 443)
        assert not set("\r\n\x00 \\@") & set(target.host + target.path.replace("@", ""))


def test_the_network_of_the_system_is_kept_from_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        connect("127.0.0.1", listener.getsockname()[1], 60).close()
        listener.accept()[0].close()
    assert "127.0.0.1" in look_up("localhost", 80)
    for url in ("http://localhost/", "http://127.0.0.1/"):
        reached: list[str] = []

        def refuse(address: str, port: int, seconds: float, reached: list[str] = reached) -> socket.socket:
            reached.append(address)
            raise OSError

        plan = Plan(date(2026, 11, 29), "x", limits=PATIENT)
        outcomes = LinkChecker(plan, Network(connect=refuse), trusted_authorities()).check([url])
        assert outcomes[url].verdict is not WORKS and reached == []


def test_certificates_are_looked_at() -> None:
    context = trusted_authorities()
    assert context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname and len(context.get_ca_certs()) > 50


def test_proxies_from_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy looks up names itself, so nobody would know what it reaches."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.5:3128/")
    with outside({"a.dk": OK}) as world:
        assert check(world, "http://a.dk/")["http://a.dk/"].verdict is WORKS and world.inside == 0


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow:", "/", True),
        ("User-agent: *\nDisallow: /a*z$", "/abcz", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", True),
        ("User-agent: Googlebot\nDisallow: /", "/", True),
        ("User-agent: Googlebot\nUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: Kanalstrategi-Links/2.0 # os\nDisallow: /\n\nUser-agent: *\nAllow: /", "/", False),
        ("User-agent: kanalstrategi\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: kanalstrategi-links\nAllow: /", "/", True),
        ("User-agent *\nDisallow: /", "/", False),
        ("<html>Findes ikke</html>", "/", True),
        ("\x00\xff\ud7ff" * 99, "/", True),
    ],
)
def test_what_a_robots_txt_says(text: str, path: str, expected: bool) -> None:
    assert RobotsRules(text.encode()).allows(f"https://example.dk{path}") == expected


def test_a_hostile_robots_txt_does_not_fill_the_memory() -> None:
    """Protego keeps the rules of each program: here they would be 400 million."""
    agents, rules = "".join(f"User-agent: a{number}\n" for number in range(15_000)), "Allow: /x\n" * 26_000
    assert RobotsRules((agents + rules).encode()[:MAX_ROBOTS_BYTES]).allows("https://example.dk/")
