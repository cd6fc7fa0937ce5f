"""Built for an address (SITE_URL), the site and the PDF say where they are published."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
from conftest import Project
from lxml import etree
from words import pdf_text

ADDRESS = "https://example.org/under/path/"


def links_out(pdf: Path) -> set[str]:
    with pikepdf.open(pdf) as opened:
        return {
            str(annotation.A.URI)
            for page in opened.pages
            for annotation in page.get("/Annots", [])
            if "/A" in annotation and "/URI" in annotation.A
        }


def test_published_under_an_address(project: Project) -> None:
    done = project.build(site_url=ADDRESS)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (project.site / "strategi/formaal/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{ADDRESS}strategi/formaal/">' in page
    assert re.search(r'href="/under/path/assets/\w{12}/site\.css"', (project.site / "404.html").read_text(encoding="utf-8"))
    assert f"<loc>{ADDRESS}kanaler/</loc>" in (project.site / "sitemap.xml").read_text(encoding="utf-8")
    assert '<link rel="search" type="application/opensearchdescription+xml" title="Guldborgsund Kommunes kanalstrategi" href="../../opensearch.xml">' in page
    offered = etree.parse(str(project.site / "opensearch.xml")).getroot()
    assert offered.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    (address,) = offered.xpath("*[local-name()='Url'][@type='text/html']/@template")
    assert address == f"{ADDRESS}soeg/?q={{searchTerms}}"
    pdf = project.site / "pdf" / "kanalstrategi.pdf"
    assert f"den nyeste udgave findes på {ADDRESS}pdf/kanalstrategi.pdf" in pdf_text(pdf)
    assert links_out(pdf) == {f"{ADDRESS}pdf/kanalstrategi.pdf", "tel:+4554731000"}
