"""Writes the configuration for Microsoft's IIS, which has to have its module URL Rewrite (2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.builder import E

from kanalstrategi.publishing.servers.headers import COMMON_HEADERS, HeaderRule
from kanalstrategi.publishing.servers.served_files import CONTENT_TYPES, DENIED_PATHS, GENERATED_MARKER, OTHER_CONTENT_TYPES

_PACKED = r"\.(?:br|gz)$"
"""The compressed files that lie beside others. IIS compresses by itself, and would send these without saying what they are."""
_NOT_FOUND = {"type": "CustomResponse", "statusCode": "404", "statusReason": "Not Found", "statusDescription": "Not Found"}
"""The action whose answer `httpErrors` replaces by our page."""


def web_config(rules: tuple[HeaderRule, ...], redirects: Mapping[str, str], temporary: Mapping[str, str], base: str, host: str) -> str:
    """Return the content of `web.config`. `redirects` maps old to new paths on the host, `temporary` paths to URLs; `base` is the path of the site.

    `host` is the start of the site's URLs (scheme and host), or empty if it is not known: IIS, like Apache, completes a path with what it
    was asked by. Names of rules end with the site's path: one that the folder above has, too, would stop the whole site.
    """
    server = E("system.webServer")
    server.append(E.rewrite(*_rewriting(rules, redirects, temporary, base, host)))
    server.append(E.httpProtocol(E.customHeaders(E.remove(name="X-Powered-By"), *_replaced("name", "value", dict(COMMON_HEADERS)))))
    server.append(
        E.httpErrors(
            *(E.remove(statusCode=status) for status in ("403", "404")),
            *(E.error(statusCode=status, path="404.html", responseMode="File") for status in ("403", "404")),
            errorMode="Custom",
            existingResponse="Replace",
        )
    )
    texts = {f".{extension}": f"{type}; charset=utf-8" for extension, type in CONTENT_TYPES.items()}
    others = {f".{extension}": type for extension, type in OTHER_CONTENT_TYPES.items()}
    server.append(E.staticContent(*_replaced("fileExtension", "mimeType", texts | others, add="mimeMap")))
    server.append(E.defaultDocument(E.files(E.clear(), E.add(value="index.html")), enabled="true"))
    server.append(E.directoryBrowse(enabled="false"))
    server.append(E.urlCompression(doStaticCompression="true", doDynamicCompression="false"))
    # The proofs for a certificate authority have no extension, and IIS sends no file whose type it does not know.
    proofs = E.location(E("system.webServer", E.staticContent(*_replaced("fileExtension", "mimeType", {".": "text/plain"}, add="mimeMap"))))
    proofs.set("path", ".well-known")
    configuration = E.configuration(etree.Comment(f" {GENERATED_MARKER} It needs the module URL Rewrite. "), server, proofs)
    return str(etree.tostring(configuration, encoding="unicode", pretty_print=True))


def _rewriting(
    rules: tuple[HeaderRule, ...], redirects: Mapping[str, str], temporary: Mapping[str, str], base: str, host: str
) -> Iterator[etree._Element]:
    """Yield what the module does: the redirects, the answer for what is not to be sent, and the headers that depend on the URL."""
    place = base.strip("/").replace("/", "-") or "root"
    moves = {
        f"moved-{place}": ("Permanent", "true", {old.removeprefix(base): f"{host}{new}" for old, new in redirects.items()}),
        f"elsewhere-{place}": ("Found", "false", {old.removeprefix(base): _complete(url, host) for old, url in temporary.items()}),
    }
    yield E.rewriteMaps(
        *(E.rewriteMap(*(E.add(key=old, value=new) for old, new in paths.items()), name=name, ignoreCase="false") for name, (_, _, paths) in moves.items())
    )
    yield E.rules(
        *(_rule(f"{name}-{place}", pattern, _NOT_FOUND) for name, pattern in (("denied", f"^{DENIED_PATHS}"), ("packed", _PACKED))),
        *(
            _rule(name, ".*", _redirect("{C:1}", kind, with_query), [_pattern(f"{{{name}:{{R:0}}}}", "(.+)")])
            for name, (kind, with_query, _) in moves.items()
        ),
        _rule(
            f"slash-{place}",
            "^(.*[^/])$",
            _redirect(f"{host}{base}{{R:1}}/", "Permanent", "true"),
            [_on_disk("{REQUEST_FILENAME}", "IsDirectory"), _on_disk("{REQUEST_FILENAME}\\index.html", "IsFile")],
        ),
        _rule(
            f"no-page-{place}",
            ".*",
            _NOT_FOUND,
            [_on_disk("{REQUEST_FILENAME}", "IsDirectory"), _on_disk("{REQUEST_FILENAME}\\index.html", "IsFile", negate="true")],
        ),
    )
    yield _outbound_rules(rules, base, place)


def _outbound_rules(rules: tuple[HeaderRule, ...], base: str, place: str) -> etree._Element:
    """Return the headers that depend on the URL.

    The conditions exclude each other, since Microsoft does not say whether `stopProcessing` holds for the rules of other headers. HTML at any
    other URL is the page that says that nothing is there, with the headers of a page.
    """
    start = f"^{re.escape(base)}"
    html_kinds = [rule for rule in rules if rule.kind in ("page", "admin")]
    conditions, outbound = [], []
    for number, rule in enumerate(rules):
        tests = [_pattern("{URL}", start + rule.pattern), *(_pattern("{URL}", start + earlier.pattern, negate="true") for earlier in rules[:number])]
        if rule not in html_kinds:
            tests.append(_pattern("{RESPONSE_CONTENT_TYPE}", "^text/html", negate="true"))
        conditions.append((f"{rule.kind}-{place}", rule, tests))
        if rule.kind == "page":
            other = [_pattern("{URL}", start + kind.pattern, negate="true") for kind in html_kinds]
            conditions.append((f"error-{place}", rule, [_pattern("{RESPONSE_CONTENT_TYPE}", "^text/html"), *other]))
    for name, rule, _ in conditions:
        type = [("Content-Type", f"{rule.content_type}; charset=utf-8")] if rule.content_type else []
        for header, value in (*rule.own, *type):
            match = E.match(serverVariable=f"RESPONSE_{header.replace('-', '_')}", pattern=".*")
            outbound.append(E.rule(match, E.action(type="Rewrite", value=value), name=f"{name}: {header}", preCondition=name))
    return E.outboundRules(
        E.clear(),
        E.preConditions(E.clear(), *(E.preCondition(*tests, name=name, logicalGrouping="MatchAll") for name, _, tests in conditions)),
        *outbound,
    )


def _redirect(url: str, kind: str, with_query: str) -> dict[str, str]:
    return {"type": "Redirect", "url": url, "redirectType": kind, "appendQueryString": with_query}


def _complete(url: str, host: str) -> str:
    return f"{host}{url}" if url.startswith("/") else url


def _rule(name: str, pattern: str, action: Mapping[str, str], conditions: list[etree._Element] | None = None) -> etree._Element:
    rule = E.rule(E.match(url=pattern), name=name, stopProcessing="true")
    if conditions:
        rule.append(E.conditions(*conditions, logicalGrouping="MatchAll"))
    rule.append(E.action(**action))
    return rule


def _pattern(input: str, pattern: str, **more: str) -> etree._Element:
    """Return a condition. Capital letters match, too, as they do in the names of files on Windows."""
    return E.add(input=input, pattern=pattern, **more)


def _on_disk(input: str, kind: str, **more: str) -> etree._Element:
    return E.add(input=input, matchType=kind, **more)


def _replaced(key: str, value: str, entries: Mapping[str, str], add: str = "add") -> Iterator[etree._Element]:
    """Yield a removal and an addition for each entry: one that the server has already would stop the whole site."""
    for name, text in entries.items():
        yield E.remove(**{key: name})
        yield E(add, **{key: name, value: text})
