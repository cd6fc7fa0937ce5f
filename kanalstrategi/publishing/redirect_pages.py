"""Writes pages at former URLs that send readers on to the current URLs.

They are for web servers without redirects. The former URL of a PDF needs a redirect by the server.
"""

from __future__ import annotations

import posixpath
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from kanalstrategi.content.model import Content
from kanalstrategi.content.redirects import all_redirects
from kanalstrategi.publishing.csp import page_policy, with_policy

_SCRIPT = "redirect.js"
"""The script that takes the query and the anchor along. It is a file, since servers send the same policy for all pages."""


def write_redirects(site: Path, content: Content, site_url: str, assets: str) -> None:
    """Write the redirect pages into a built site.

    `site_url` is the URL of the published site, or empty if it is not known. `assets` is the URL of the folder with the scripts,
    relative to the site's root.
    """
    titles = {page.url: page.title for page in content.pages.values()}
    for old, new in all_redirects(content).items():
        if old.endswith("/"):
            folder = site / old
            folder.mkdir(parents=True, exist_ok=True)
            page = redirect_page(old, new, titles[new], assets, site_url)
            (folder / "index.html").write_text(with_policy(page, page_policy(())), encoding="utf-8", newline="\n")


def redirect_page(old: str, new: str, title: str, assets: str, site_url: str = "") -> str:
    """Return the page at a former URL. It has a canonical URL only if `site_url` is known.

    Without JavaScript, the browser follows `<meta http-equiv="refresh">`, which drops the anchor of the URL. It is in a `<noscript>`
    because it would otherwise compete with the script.
    """
    target = escape(posixpath.relpath(new or ".", old) + "/")
    script = escape(posixpath.relpath(f"{assets}/{_SCRIPT}", old))
    canonical = f'<link rel="canonical" href="{escape(urljoin(site_url, new))}">\n' if site_url else ""
    return f"""\
<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<title>Siden er flyttet</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<script src="{script}" data-target="{target}"></script>
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
{canonical}</head>
<body>
<main>
<h1>Siden er flyttet</h1>
<p><a href="{target}">Gå til »{escape(title)}«</a></p>
</main>
</body>
</html>
"""
