"""A page at each address that a page has left, which sends the reader on. For web servers that know nothing of redirects;
a PDF's address only a server can redirect.
"""

from __future__ import annotations

import posixpath
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from kanalstrategi.content.model import Content
from kanalstrategi.content.redirects import redirects
from kanalstrategi.publishing.csp import page_policy, with_policy


def write_redirects(site: Path, content: Content, public_address: str) -> None:
    """Write them into a built site."""
    titles = {page.url: page.title for page in content.pages.values()}
    for old, new in redirects(content).items():
        if old.endswith("/"):
            folder = site / old
            folder.mkdir(parents=True, exist_ok=True)
            page = redirect_page(old, new, titles[new], public_address)
            (folder / "index.html").write_text(with_policy(page, page_policy(())), encoding="utf-8")


def redirect_page(old: str, new: str, title: str, public_address: str = "") -> str:
    """The page at an old address. Where the site will be published is named only when that is known."""
    target = escape(posixpath.relpath(new or ".", old) + "/")
    canonical = f'<link rel="canonical" href="{escape(urljoin(public_address, new))}">\n' if public_address else ""
    return f"""\
<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<title>Siden er flyttet</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
{canonical}</head>
<body>
<main>
<h1>Siden er flyttet</h1>
<p><a href="{target}">Gå til »{escape(title)}«</a></p>
</main>
</body>
</html>
"""
