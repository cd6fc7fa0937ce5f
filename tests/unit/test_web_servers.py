"""The configuration of the web servers, compression, and the policy of a page."""

from __future__ import annotations

import gzip
import re

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.publishing.compression import compress
from kanalstrategi.publishing.csp import page_policy, with_policy
from kanalstrategi.publishing.servers.headers import header_rules
from kanalstrategi.publishing.servers.server_config import UnusableUrlError, host_and_base, server_files


@given(st.binary(max_size=3000))
def test_compression_is_lossless_and_never_enlarges(content: bytes) -> None:
    result = compress("page.html", content)
    assert all(len(packed) < len(content) for packed in result.values())
    assert all(packed[9] == 255 for suffix, packed in result.items() if suffix == ".gz")  # it does not say which system it was made on
    assert all({".br": brotli.decompress, ".gz": gzip.decompress}[suffix](packed) == content for suffix, packed in result.items())


def test_the_policy_precedes_what_it_governs() -> None:
    page = with_policy('<html><head><meta charset="utf-8"><script>1</script>', page_policy(("'sha256-x'",)))
    assert page.index("Content-Security-Policy") < page.index("<script>")
    with pytest.raises(ValueError, match="charset"):
        with_policy("<html><head></head>", page_policy(()))


@pytest.mark.parametrize(
    ("url", "host", "base"),
    [
        ("", "", "/"),
        ("https://example.org", "https://example.org", "/"),
        ("https://example.org/", "https://example.org", "/"),
        ("https://example.org//", "https://example.org", "/"),
        ("https://xn--blbr-roah.dk:8443/a/b/", "https://xn--blbr-roah.dk:8443", "/a/b/"),
    ],
)
def test_where_the_site_lies(url: str, host: str, base: str) -> None:
    assert host_and_base(url) == (host, base)


@pytest.mark.parametrize(
    "url",
    [
        *(f"https://example.org/{path}/" for path in ('a";}', "a b", "a/../b", "a//b", ".", "æ", "%C3%A6", "a$b", "?a=b", "#a")),
        *(f"https://{host}/" for host in ("exa mple.dk", "x.dk%20y", "blåbær.dk", "x$1.dk", "a@b.dk", "[::1]")),
        "ftp://example.org/",
    ],
)  # fmt: skip - laid out by hand, as a table
def test_a_site_url_with_special_characters_is_refused(url: str) -> None:
    with pytest.raises(UnusableUrlError):
        host_and_base(url)


@given(st.text('ab/.-_~\n;{}"$%# ', max_size=6), st.text('ab/.-_~\n;{}"$%# ', max_size=6))
def test_a_redirect_is_a_line_of_its_own_or_refused(old: str, new: str) -> None:
    old, before = f"old{old}", server_files(header_rules(frozenset()), {}, "", {})
    try:
        result = server_files(header_rules(frozenset()), {old: new}, "", {})
    except ValueError:
        assert ".." in old + new or set(old + new) & set('\n;{}"$%# ')
        return
    count = 2 if old.endswith("/") else 1  # with and without the slash
    more = {name: sorted(set(result[name].splitlines()) - set(before[name].splitlines())) for name in result}
    assert [len(more[name]) for name in ("_redirects", "_nginx.conf", ".htaccess")] == [count] * 3
    assert all(re.fullmatch(r"/old[ab/.~_-]* /[ab/.~_-]* 301", line) for line in more["_redirects"])
