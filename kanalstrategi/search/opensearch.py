"""Writes the OpenSearch 1.1 description, which lets a browser or an intranet offer the site's search. No I/O."""

from __future__ import annotations

import textwrap

from lxml import etree
from lxml.builder import ElementMaker

OPENSEARCH_FILE = "opensearch.xml"
"""The URL of the description, relative to the site's root."""

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"

SHORT_NAME, _MAX_SHORT_CHARACTERS = "Kanalstrategi", 16
"""The short name of the search, and how long the specification allows it to be."""

_MAX_NAME_CHARACTERS = 48
"""The maximum length of the long name in the specification."""


def opensearch_xml(site_url: str, search_url: str, site_name: str, description: str, short_name: str = SHORT_NAME) -> str:
    """Return the description as XML. `site_url` is the URL of the published site, since URLs in the description must be absolute."""
    make = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
    root = make.OpenSearchDescription(
        make.ShortName(short_name if len(short_name) <= _MAX_SHORT_CHARACTERS else "Søgning"),
        make.LongName(textwrap.shorten(site_name, _MAX_NAME_CHARACTERS, placeholder=" …")),
        make.Description(description),
        make.Url(type="text/html", template=f"{site_url}{search_url}?q={{searchTerms}}"),
        make.Url(type="application/opensearchdescription+xml", rel="self", template=f"{site_url}{OPENSEARCH_FILE}"),
        make.Language("da"),
        make.InputEncoding("UTF-8"),
    )
    xml: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return xml.decode()
