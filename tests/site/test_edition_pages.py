"""Pages of an edition that is not in force say which it is, lead to one another, and are not offered to search engines. A small site is built once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from lxml import html

from tests.support.metadata import graph, metadata_of
from tests.support.project import PUBLISHED, Project, copied

FRONT = "---\ndescription: Om {title}.\nowner: hus\nstatus: {status}\nreviewed: 2025-12-01\nreview_by: 2026-06-01\n{facts}---\n\n# {title}\n\n{text}\n"
RULE = "## Det betyder, at\n\n- vi skal {rule}\n    {{: #telefon-ring }}"
CONFIG = """\
site_name: Strategi
site_url: !ENV [SITE_URL, "http://localhost:8000/"]
extra: {organisation: Byen, owners: {hus: {name: Huset}}, consultation: {email: hus@example.org}}
nav: [index.md, {Kanalerne: [kanaler/index.md, kanaler/telefon.md]}, {Strategien: [strategi/formaal.md, udgaver/index.md]}, soeg.md]
theme: {name: material, custom_dir: overrides/theme, language: da, font: false}
plugins: [kanalstrategi, macros: {module_name: macros}]
"""


def write_edition(project: Project, folder: str, title: str, rule: str, facts: str, status: str = "adopted") -> None:
    for path, name, text in (
        ("index.md", title, "Tekst."),
        ("strategi/formaal.md", "Formål", "Vi taler sammen."),
        ("kanaler/index.md", "Kanalerne", "Vi har én."),
        ("kanaler/telefon.md", "Telefon", RULE.format(rule=rule)),
    ):
        front = facts if path == "index.md" else ""
        project.write(f"docs/{folder}{path}", FRONT.format(title=name, status=status, facts=front, text=text))


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copied(tmp_path_factory.mktemp("editions") / "project")
    shutil.rmtree(project.root / "docs")
    project.write("mkdocs.yml", CONFIG)
    project.write("docs/soeg.md", FRONT.format(title="Søg", status="draft", facts="", text="{{ search() }}"))
    project.write("docs/udgaver/index.md", FRONT.format(title="Udgaver", status="draft", facts="", text="{{ editions() }}"))
    adopted = "adopted: 2023-02-28\nadopted_by: byrådet\nevaluate_by: 2025-12-31\n"
    write_edition(project, "", "Strategi 2023", "ringe", f"{adopted}edition: 2023\n")
    hearing = "consultation_from: 2025-12-20\nconsultation_to: 2026-01-20\n"
    write_edition(project, "udgaver/2026/", "Strategi 2026", "sende brevduer", hearing, status="draft")
    project.write("docs/udgaver/2023/svar.md", FRONT.format(title="Svar på høringen", status="adopted", facts="", text="## telefon-ring\n\nTak."))
    process = project.build(site_url=PUBLISHED, is_cold=True)
    assert process.returncode == 0, process.stdout + process.stderr
    return project.site


def page(site: Path, url: str) -> html.HtmlElement:
    return html.parse(str(site / url / "index.html"), html.HTMLParser(encoding="utf-8")).getroot()


def test_search_engines_are_told_to_pass_it_over(small_site: Path) -> None:
    sitemap = (small_site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{PUBLISHED}udgaver/</loc>" in sitemap and "udgaver/2026" not in sitemap
    assert metadata_of(page(small_site, "udgaver/2026/strategi/formaal"))["robots"] == "noindex"
    assert "robots" not in metadata_of(page(small_site, "strategi/formaal")) | metadata_of(page(small_site, "udgaver"))


def test_it_names_its_edition_where_it_is_shared(small_site: Path) -> None:
    shown = page(small_site, "udgaver/2026/strategi/formaal")
    phrase = "Strategi 2026, i høring til 20. januar 2026"
    assert shown.findtext("head/title") == f"Formål - {phrase} - Strategi"
    assert metadata_of(shown)["og:title"] == f"Formål – {phrase}" and metadata_of(shown)["article:section"] == phrase
    trail = [(item["name"], item["item"]) for item in graph(shown)["BreadcrumbList"]["itemListElement"]]
    assert trail[1] == ("Strategi 2026", f"{PUBLISHED}udgaver/2026/")
    assert page(small_site, "strategi/formaal").findtext("head/title") == "Formål - Strategi"


def test_its_menu_is_that_of_the_edition(small_site: Path) -> None:
    shown = page(small_site, "udgaver/2026/strategi/formaal")
    links = shown.xpath("//nav[@class='section-menu']//a")
    assert [link.text for link in links] == ["Oversigt", "Formål", "Kanalerne", "Telefon", "Ændringer i Strategi 2026"]
    assert [link.text for link in links if link.get("aria-current")] == ["Formål"] and not shown.xpath("//nav[@class='section-menu']//strong")
    assert shown.xpath("//nav[@id='menu']//*[@aria-current]") == []
    assert [link.get("href") for link in shown.xpath("//nav[@class='siblings']/a")] == ["../../", "../../kanaler/"]


def test_the_answers_of_the_one_in_force_have_its_menu_and_lead_to_it(small_site: Path) -> None:
    shown = page(small_site, "udgaver/2023/svar")
    links = shown.xpath("//nav[@class='section-menu']//a")
    assert [link.text for link in links] == ["Oversigt", "Formål", "Kanalerne", "Telefon", "Svar på høringen"]
    assert [link.text for link in links if link.get("aria-current")] == ["Svar på høringen"] and links[0].get("href").rstrip("/") == "../../.."
    assert shown.xpath("//div[contains(@class, 'edition-banner')]//a/@href")[0] == "../../../"
    assert [link.text for link in page(small_site, "kanaler/telefon").xpath("//nav[@class='section-menu']//a")] == ["Oversigt", "Telefon"]


def test_the_page_of_changes_says_nothing_of_a_review(small_site: Path) -> None:
    assert "Sidst gennemgået" not in "".join(page(small_site, "udgaver/2026/aendringer").itertext())
    assert "Sidst gennemgået" in "".join(page(small_site, "udgaver/2023/svar").itertext())


def test_the_list_leads_to_each(small_site: Path) -> None:
    rows = page(small_site, "udgaver").xpath("//table//tbody/tr")
    assert [(row.xpath("string(th)"), row.xpath("string(th/a/@href)"), row.xpath("string(td[1])")) for row in rows] == [
        ("Strategi 2026", "2026/", "Status: I høring til 20. januar 2026"),
        ("Strategi 2023", "../", "Status: Gælder nu"),
    ]


def test_its_words_are_only_in_the_index_for_those_who_ask(small_site: Path) -> None:
    own, others = (json.loads((small_site / "search" / name).read_text(encoding="utf-8"))["words"].split() for name in ("index.json", "editions.json"))
    assert "brevduer" in others and "brevduer" not in own and "ringe" in own
    assert "brevdue" not in "".join(page(small_site, "soeg").itertext())
