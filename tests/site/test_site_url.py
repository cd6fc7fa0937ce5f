"""Built with SITE_URL, the site and the PDF name the URL at which they are published."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
from lxml import etree

from tests.support.adopted_text import pdf_text
from tests.support.project import PUBLISHED


def links_out(pdf: Path) -> set[str]:
    with pikepdf.open(pdf) as opened:
        return {str(annotation.A.URI) for page in opened.pages for annotation in page.get("/Annots", []) if "/A" in annotation and "/URI" in annotation.A}


def test_site_and_pdf_name_the_site_url(published: Path) -> None:
    page = (published / "strategi/formaal/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{PUBLISHED}strategi/formaal/">' in page
    assert re.search(r'href="/under/path/assets/\w{12}/site\.css"', (published / "404.html").read_text(encoding="utf-8"))
    assert f"<loc>{PUBLISHED}kanaler/</loc>" in (published / "sitemap.xml").read_text(encoding="utf-8")
    assert '<link rel="search" type="application/opensearchdescription+xml" title="Guldborgsund Kommunes kanalstrategi" href="../../opensearch.xml">' in page
    offered = etree.parse(str(published / "opensearch.xml")).getroot()
    assert offered.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    (url,) = offered.xpath("*[local-name()='Url'][@type='text/html']/@template")
    assert url == f"{PUBLISHED}soeg/?q={{searchTerms}}"
    pdf = published / "pdf" / "kort.pdf"
    assert f"den nyeste udgave findes på {PUBLISHED}pdf/kort.pdf" in pdf_text(pdf)
    assert links_out(pdf) == {f"{PUBLISHED}pdf/kort.pdf", "tel:+4554731000"}
