"""The description by which a browser or an intranet offers the site's search (OpenSearch 1.1). Pure: to XML."""

from __future__ import annotations

import textwrap

from lxml import etree
from lxml.builder import ElementMaker

OPENSEARCH_FILE = "opensearch.xml"

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"

_SHORT_NAME = "Kanalstrategi"  # the specification allows sixteen signs

_MAX_NAME_CHARACTERS = 48


def opensearch_xml(site_url: str, search_url: str, site_name: str, description: str) -> str:
    """`site_url` is where the site is published: an address in the description has to be a whole one."""
    make = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
    root = make.OpenSearchDescription(
        make.ShortName(_SHORT_NAME),
        make.LongName(textwrap.shorten(site_name, _MAX_NAME_CHARACTERS, placeholder=" …")),
        make.Description(description),
        make.Url(type="text/html", template=f"{site_url}{search_url}?q={{searchTerms}}"),
        make.Url(type="application/opensearchdescription+xml", rel="self", template=f"{site_url}{OPENSEARCH_FILE}"),
        make.Language("da"),
        make.InputEncoding("UTF-8"),
    )
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True).decode()
