"""What is new, and the Atom feeds that tell of it: valid, and the same in each build."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kanalstrategi.checks.changed_pages import check_changed_pages
from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.content.model import Content
from kanalstrategi.content.news import NewsItem, NewsKind, news
from kanalstrategi.content.project import read_project
from kanalstrategi.content.receipts import Receipt
from kanalstrategi.content.word_digest import word_digest
from kanalstrategi.markdown.nodes import descendants, line_of
from kanalstrategi.markdown.parser import parse
from kanalstrategi.publishing.feeds import feeds
from kanalstrategi.rendering.page import render_page
from macros import MACROS
from tests.support.feeds import link, read_feed, texts

FRONT = "---\ndescription: Om det.\nowner: hus\nstatus: adopted\nreviewed: 2020-01-01\nreview_by: 2030-01-01\n{more}---\n\n# {title}\n\nTekst.\n"
DRAFT = FRONT.replace("status: adopted", "status: draft")
CONFIG = """\
site_name: Byens "kanaler" & <veje>
extra:
  organisation: Byen & Landet
  owners: {hus: {name: Huset}}
"""
SITE = "https://example.org/under/path/"


def page(title: str, more: str = "", front: str = FRONT) -> str:
    return front.format(title=title, more=more)


PAGES = {
    "index.md": page("Strategi 2026", "edition: 2026\nadopted: 2026-02-24\nadopted_by: byrådet\nconsultation_from: 2025-10-01\nconsultation_to: 2025-11-01\n"),
    "strategi/formaal.md": page("Formål", 'changed:\n  - "2026-06-01: Et ord er <b>rettet</b> & \\"uddybet\\"."\n  - "2026-03-01: Nyt afsnit."\n'),
    "kanaler/telefon.md": page("Telefon & video"),
    "retningslinjer/skoler.md": page(
        "Lokal retningslinje for &lt;skoler>",
        'department: Skoler & SFO\nadopted: 2026-03-03\nadopted_by: skoleudvalget\nchanged: "2026-06-01: Telefontiden er rettet."\n',
    ).replace("Tekst.", "## Telefon & video {: #telefon }\n\nVi ringer."),
    "retningslinjer/huse.md": page("Lokal retningslinje for huse", "department: Huse\n", DRAFT).replace(
        "Tekst.", "## Telefon & video {: #telefon }\n\nVi ringer."
    ),
    "udgaver/2023/index.md": page("Strategi 2023", "adopted: 2023-02-28\nadopted_by: chefgruppen\nsuperseded: 2026-02-24\nsuperseded_by: 2026\n"),
    "udgaver/2023/strategi/formaal.md": page("Formål", 'changed: "2024-01-02: En fejl er rettet."\n'),
    "udgaver/2030/index.md": page("Strategi 2030", "consultation_from: 2026-08-01\nconsultation_to: 2026-09-01\n", DRAFT),
    "udgaver/retningslinjer/skoler/2024-05-05.md": page("Retningslinje for skoler", "department: Skoler\nadopted: 2024-05-05\nsuperseded: 2026-03-03\n"),
    "nyt.md": page("Nyt", front=DRAFT).replace("Tekst.", "{{ news() }}"),
    "soeg.md": page("Søg", front=DRAFT).replace("Tekst.", "{{ search() }}"),
}  # fmt: skip - a page each


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for path, text in PAGES.items():
        write(tmp_path, path, text)
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    file = root / "docs" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def on(day: str) -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": str((date.fromisoformat(day) - date(1970, 1, 1)).days * 86400 + 43200)}


def content(root: Path, day: str = "2026-07-31") -> Content:
    return read_project(root, on(day)).content


def checked(root: Path) -> list[str]:
    """Return what the checks say about everything but receipts, which this municipality has none of."""
    return [line for line in map(str, find_diagnostics(root, on("2026-07-31"), MACROS)) if "kvittering" not in line]


def test_the_small_municipality_has_no_mistakes(root: Path) -> None:
    assert checked(root) == []


def test_news_are_what_was_adopted_changed_and_sent_in_hearing_newest_first(root: Path) -> None:
    assert [(item.id, item.title, item.summary, item.url, item.department) for item in news(content(root))] == [
        ("aendring/2026-06-01/retningslinjer/skoler", "Lokal retningslinje for <skoler>", "Telefontiden er rettet.", "retningslinjer/skoler/", "skoler"),
        ("aendring/2026-06-01/strategi/formaal", "Formål", 'Et ord er <b>rettet</b> & "uddybet".', "strategi/formaal/", ""),
        (
            "retningslinje/2026-03-03/retningslinjer/skoler",
            "Lokal retningslinje for <skoler>",
            "Retningslinjen er vedtaget af skoleudvalget.",
            "retningslinjer/skoler/",
            "skoler",
        ),
        ("aendring/2026-03-01/strategi/formaal", "Formål", "Nyt afsnit.", "strategi/formaal/", ""),
        ("udgave/2026-02-24/strategi", "Strategi 2026", "Strategien er vedtaget af byrådet. Den afløser Strategi 2023.", "", ""),
        ("hoering/2025-10-01/2026", "Strategi 2026", "Høringen varede fra den 1. oktober 2025 til og med den 1. november 2025.", "", ""),
        (
            "retningslinje/2024-05-05/retningslinjer/skoler",
            "Retningslinje for skoler",
            "Retningslinjen er vedtaget.",
            "udgaver/retningslinjer/skoler/2024-05-05/",
            "skoler",
        ),
        ("aendring/2024-01-02/strategi/formaal", "Formål", "En fejl er rettet.", "udgaver/2023/strategi/formaal/", ""),
        ("udgave/2023-02-28/strategi", "Strategi 2023", "Strategien er vedtaget af chefgruppen.", "udgaver/2023/", ""),
    ]  # fmt: skip - a line each


def test_an_adoption_leads_to_what_it_changed_and_to_the_answers(root: Path) -> None:
    def more() -> list[tuple[str, ...]]:
        return [tuple(url for _, url in item.more) for item in news(content(root)) if item.kind is NewsKind.EDITION]

    assert more() == [("udgaver/2026/aendringer/",), ()]
    write(root, "udgaver/2026/svar.md", page("Svar på høringen"))
    assert more() == [("udgaver/2026/aendringer/", "udgaver/2026/svar/"), ()]
    related = read_feed(feeds(content(root), "Byen", SITE)["nyt/feed.xml"]).findall("{*}entry/{*}link[@rel='related']")
    assert [one.get("href") for one in related] == [f"{SITE}udgaver/2026/aendringer/", f"{SITE}udgaver/2026/svar/"]


def test_a_hearing_that_is_over_says_so_and_stays_the_same_news(root: Path) -> None:
    def hearing(day: str) -> NewsItem:
        return next(item for item in news(content(root, day)) if item.subject == "2026" and item.kind is NewsKind.CONSULTATION)

    last, over = hearing("2025-11-01"), hearing("2025-11-02")
    assert (last.label, over.label) == ("I høring", "Høringen er slut") and (last.id, last.day) == (over.id, over.day)
    assert last.summary.startswith("Høringen varer fra") and over.summary.startswith("Høringen varede fra")


def test_the_address_of_each_feed_can_be_copied(root: Path) -> None:
    project = read_project(root, on("2026-07-31"))
    for site_url in ("", SITE):
        record, parsed = project.content.pages["nyt.md"], parse((root / "docs/nyt.md").read_text(encoding="utf-8"))
        shown = render_page(parsed, record, project.content, MACROS, files=(), assets="a", site_url=site_url).root
        addresses = [line_of(node) for node in descendants(shown) if node.tag == "code"]
        assert addresses == ([f"{SITE}nyt/{name}.xml" for name in ("feed", "huse", "skoler")] if site_url else [])  # a part of an address is none


def test_nothing_is_told_before_its_day(root: Path) -> None:
    of_hearing = [item for item in news(content(root, "2026-08-01")) if item.kind is NewsKind.CONSULTATION]
    assert [(item.day.isoformat(), item.url) for item in of_hearing] == [("2026-08-01", "udgaver/2030/"), ("2025-10-01", "")]
    assert [item.subject for item in news(content(root, "2023-02-28"))] == ["strategi"]
    assert news(content(root, "2023-02-27")) == ()


def test_an_id_stays_when_titles_are_corrected_and_the_edition_is_named_and_filed(root: Path) -> None:
    before = {item.id for item in news(content(root))}
    for path, text in PAGES.items():
        write(root, path, text.replace("# Strategi", "# Ny strategi").replace("# Formål", "# Formålet").replace("&lt;skoler>", "skolerne"))
    assert {item.id for item in news(content(root))} == before
    write(root, "index.md", PAGES["index.md"].replace("edition: 2026\n", ""))
    assert {item.id for item in news(content(root))} | {"hoering/2025-10-01/2026"} == before
    filed = "superseded: 2026-07-01\nsuperseded_by: 2028\n---\n\n# "
    write(root, "udgaver/2026/index.md", PAGES["index.md"].replace("---\n\n# ", filed))
    write(root, "udgaver/2026/strategi/formaal.md", PAGES["strategi/formaal.md"])
    write(root, "index.md", page("Strategi 2028", "edition: 2028\nadopted: 2026-07-01\nadopted_by: byrådet\n"))
    write(root, "strategi/formaal.md", page("Formål"))
    assert {item.id for item in news(content(root))} == before | {"udgave/2026-07-01/strategi"}


def test_an_unnamed_edition_is_told_of_as_well(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    write(tmp_path, "index.md", page("Strategi", "adopted: 2023-02-28\nadopted_by: byrådet\nevaluate_by: 2025-12-31\n"))
    assert [(item.id, item.summary) for item in news(content(tmp_path))] == [("udgave/2023-02-28/strategi", "Strategien er vedtaget af byrådet.")]


# Feeds


def test_the_feeds_are_valid_and_say_what_is_new(root: Path) -> None:
    found = feeds(content(root), 'Byens "kanaler" & <veje>', SITE)
    assert sorted(found) == ["nyt/feed.xml", "nyt/huse.xml", "nyt/skoler.xml"]
    read = {url: read_feed(xml) for url, xml in found.items()}
    for url, feed in read.items():
        assert texts(feed, "id") == [SITE + url] == [link(feed, "self")] and link(feed, "alternate") == f"{SITE}nyt/"
        assert texts(feed, "author/name") == ["Byen & Landet"] and feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "da"
    everything, huse, skoler = read.values()
    assert [texts(feed, "title") for feed in read.values()] == [
        ['Nyt: Byens "kanaler" & <veje>'],
        ['Nyt om Huse: Byens "kanaler" & <veje>'],
        ['Nyt om Skoler & SFO: Byens "kanaler" & <veje>'],
    ]
    assert texts(everything, "entry/title")[:3] == ["Ændret: Lokal retningslinje for <skoler>", "Ændret: Formål", "Vedtaget: Lokal retningslinje for <skoler>"]
    assert texts(everything, "entry/summary")[1] == 'Et ord er <b>rettet</b> & "uddybet".'
    assert len(texts(everything, "entry/id")) == len(texts(skoler, "entry/id")) == len(texts(huse, "entry/id")) + 3
    assert not any("skoler" in id for id in texts(huse, "entry/id"))


def test_days_begin_at_midnight_in_denmark_in_summer_and_winter(root: Path) -> None:
    feed = read_feed(feeds(content(root), "Byen", SITE)["nyt/feed.xml"])
    assert texts(feed, "updated") == ["2026-06-01T00:00:00+02:00"]
    assert texts(feed, "entry/updated") == texts(feed, "entry/published") and "2026-03-01T00:00:00+01:00" in texts(feed, "entry/updated")
    assert texts(feed, "entry/id")[0] == "tag:example.org,2026-06-01:/under/path/nyt/aendring/2026-06-01/retningslinjer/skoler"
    [*_, first] = feed.findall("{*}entry")
    assert link(first, "alternate") == f"{SITE}udgaver/2023/"


def test_entries_stay_the_same_when_more_is_new(root: Path) -> None:
    def entries(day: str) -> dict[str, tuple[str, str]]:
        feed = read_feed(feeds(content(root, day), "Byen", SITE)["nyt/feed.xml"])
        ids, updated, titles = (texts(feed, f"entry/{name}") for name in ("id", "updated", "title"))
        return dict(zip(ids, zip(updated, titles, strict=True), strict=True))

    early, late = entries("2026-07-31"), entries("2026-08-02")
    assert len(late) == len(early) + 1 and early.items() <= late.items()
    assert feeds(content(root), "Byen", SITE) == feeds(content(root), "Byen", SITE)
    assert len(read_feed(feeds(content(root, "2020-01-01"), "Byen", SITE)["nyt/feed.xml"]).findall("{*}entry")) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<id>https://example.org/under/path/nyt/feed.xml</id>", ""),
        ("<id>https://example.org/", "<id>/"),
        ("<updated>2026-06-01T00:00:00+02:00</updated>", ""),
        ("T00:00:00+02:00</updated>", "T00:00:00</updated>"),
        ("2026-06-01T", "2026-06-31T"),
        ("<name>Byen &amp; Landet</name>", ""),
        ("<author>", "<author><nickname/>"),
        ('href="https://example.org/', 'href="/'),
        ('rel="self"', 'rel="other"'),
        ("<title>Nyt: Byen</title>", "<title/>"),
        ("<summary>Nyt afsnit.</summary>", ""),
        (
            "tag:example.org,2026-03-03:/under/path/nyt/retningslinje/2026-03-03/retningslinjer/skoler",
            "tag:example.org,2026-03-01:/under/path/nyt/aendring/2026-03-01/strategi/formaal",
        ),
        ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"),
    ],
)  # fmt: skip - a case each
def test_a_feed_with_a_mistake_is_not_valid(root: Path, old: str, new: str) -> None:
    xml = feeds(content(root), "Byen", SITE)["nyt/feed.xml"].decode()
    assert old in xml
    with pytest.raises(AssertionError):
        read_feed(xml.replace(old, new).encode())


def test_no_department_takes_the_feed_of_all(root: Path) -> None:
    write(root, "retningslinjer/feed.md", PAGES["retningslinjer/huse.md"].replace("Huse", "Feed"))
    assert checked(root) == ["docs/retningslinjer/feed.md:10: navnet feed er taget af hjemmesidens nyheder, nyt/feed.xml – giv filen et andet navn"]


# Changes that nobody has told of


def receipt(root: Path, folder: str, *paths: str) -> None:
    """Write the receipt of pages as they are now."""
    words = {path: word_digest(parse((root / "docs" / path).read_text(encoding="utf-8"))) for path in paths}
    write(root, f"udgaver/{folder}/kvittering.json", Receipt({"edition": folder}, {}, words).to_json().decode())


def told(root: Path) -> list[str]:
    """Return what is said about changes of adopted pages."""
    return [str(one) for one in check_changed_pages(read_project(root, on("2026-07-31")), root / "docs")]


def test_a_change_of_adopted_words_is_asked_for_and_nothing_else(root: Path) -> None:
    receipt(root, "2026", "index.md", "strategi/formaal.md", "kanaler/telefon.md")
    receipt(root, "retningslinjer/skoler", "retningslinjer/skoler.md")
    assert told(root) == []
    write(root, "kanaler/telefon.md", PAGES["kanaler/telefon.md"].replace("Om det.", "Om telefonen.").replace("Tekst.", "*Tekst.*\n\n{{ status() }}"))
    assert told(root) == []  # the words are the same
    write(root, "kanaler/telefon.md", PAGES["kanaler/telefon.md"].replace("Tekst.", "Ny tekst."))
    write(root, "strategi/formaal.md", PAGES["strategi/formaal.md"].replace("Tekst.", "Ny tekst."))  # which tells of its changes
    hint = 'skriv `changed: "2026-07-31: …"` øverst med dagen og en sætning om, hvad der er ændret, eller ret ordene tilbage'
    assert told(root) == [f"docs/kanaler/telefon.md:9: siden er ændret, siden den blev vedtaget – {hint}"]
    write(root, "kanaler/telefon.md", page("Telefon & video", 'changed: "2026-02-24: Teksten er ny."\n').replace("Tekst.", "Ny tekst."))
    assert told(root) == []
    without_change = PAGES["retningslinjer/skoler.md"].replace('changed: "2026-06-01: Telefontiden er rettet."\n', "")
    write(root, "retningslinjer/skoler.md", without_change.replace("Vi ringer.", "Vi ringer hjem."))
    assert told(root) == [f"docs/retningslinjer/skoler.md:12: siden er ændret, siden den blev vedtaget – {hint}"]
    write(root, "retningslinjer/skoler.md", without_change.replace("status: adopted", "status: draft").replace("Vi ringer.", "Vi ringer hjem."))
    assert told(root) == []  # a draft is not what was adopted


def test_a_change_from_before_the_adoption_is_reported_at_its_line_and_does_not_count(root: Path) -> None:
    receipt(root, "2026", "strategi/formaal.md")
    text = page("Formål", 'changed:\n  - "2026-02-23: Før."\n').replace("Tekst.", "Ny tekst.")
    write(root, "strategi/formaal.md", text)
    before, asked = told(root)
    assert before == "docs/strategi/formaal.md:8: ændringen 2026-02-23 er fra før, siden blev vedtaget den 24. februar 2026 – ret datoen, eller slet ændringen"
    assert asked.startswith("docs/strategi/formaal.md:11: siden er ændret")
    write(root, "retningslinjer/skoler.md", PAGES["retningslinjer/skoler.md"].replace("2026-06-01", "2026-03-02"))
    assert "ændringen 2026-03-02 er fra før, siden blev vedtaget den 3. marts 2026" in told(root)[-1]


@pytest.mark.parametrize("content_of_receipt", ["", "[]", '{"words": 3}', '{"words": {"strategi/formaal.md": 3}}', "{}"])
def test_a_receipt_that_cannot_be_read_asks_for_nothing(root: Path, content_of_receipt: str) -> None:
    write(root, "udgaver/2026/kvittering.json", content_of_receipt)
    assert told(root) == []
