"""Reads a site's `web.config` as Microsoft's reference says that IIS and its module URL Rewrite do: there is no IIS where the tests run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from tests.support.project import DATA

MAX_BYTES = 250 * 1024
"""The largest `web.config` that IIS reads, unless its registry says otherwise."""


@dataclass(frozen=True)
class Answer:
    """What IIS would answer."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


class WebConfig:
    """A site's configuration, and its files below some path."""

    def __init__(self, site: Path, base: str) -> None:
        file = site / "web.config"
        assert file.stat().st_size <= MAX_BYTES
        self._site, self._base, self.tree = site, base, etree.parse(str(file))
        schema = etree.RelaxNG(etree.parse(str(DATA / "web_config.rng")))
        assert schema.validate(self.tree), schema.error_log
        self._require_unique()
        self._server = self.tree.getroot().find("system.webServer")
        self._maps = {one.get("name"): {add.get("key"): add.get("value") for add in one} for one in self._server.iter("rewriteMap")}

    def _require_unique(self) -> None:
        """Fail for a key that stands twice in a collection, which IIS answers with an error for the whole site."""
        for parent in self.tree.iter(etree.Element):
            keys = [(child.tag, key) for child in parent for name in ("name", "key", "fileExtension") if (key := child.get(name))]
            assert len(set(keys)) == len(keys), (parent.tag, keys)

    def ask(self, url: str) -> Answer:
        """Return what a GET of a URL (a path, perhaps with a query) is answered with."""
        parts = urlsplit(url)
        path = unquote(parts.path)
        assert path.startswith(self._base)
        rest = path.removeprefix(self._base)
        status, headers = self._inbound(rest, parts.query)
        body = b""
        if status == 200:
            status, headers, body = self._file(rest)
        error = self._server.find(f"httpErrors/error[@statusCode='{status}']")
        if error is not None:
            body, headers = (self._site / error.get("path")).read_bytes(), {"Content-Type": "text/html"}
        headers |= {add.get("name"): add.get("value") for add in self._server.findall("httpProtocol/customHeaders/add")}
        self._outbound(path, headers)
        return Answer(status, headers, body)

    def _inbound(self, rest: str, query: str) -> tuple[int, dict[str, str]]:
        for rule in self._server.findall("rewrite/rules/rule"):
            match = re.search(rule.find("match").get("url"), rest, re.IGNORECASE)
            if not match or not self._holds(rule.find("conditions"), {"REQUEST_FILENAME": str(self._site / rest)}, groups := {"R": match}):
                continue
            action = rule.find("action")
            if action.get("type") == "CustomResponse":
                return int(action.get("statusCode")), {}
            target = self._filled(action.get("url"), {}, groups)
            query = f"?{query}" if query and action.get("appendQueryString") == "true" else ""
            return {"Permanent": 301, "Found": 302}[action.get("redirectType")], {"Location": target + query, "Content-Type": "text/html; charset=UTF-8"}
        return 200, {}

    def _file(self, rest: str) -> tuple[int, dict[str, str], bytes]:
        file = self._site / rest
        if rest.endswith("/") or not rest:
            file = file / self._server.find("defaultDocument/files/add").get("value")
        place = self._server
        for location in self.tree.getroot().findall("location"):
            if rest.startswith(f"{location.get('path')}/") and not file.suffix:
                place = location
        extension = file.suffix or "."
        map = next((one for one in place.iter("mimeMap") if one.get("fileExtension") == extension), None)
        if map is None or not file.is_file():
            return 404, {}, b""
        return 200, {"Content-Type": map.get("mimeType")}, file.read_bytes()

    def _outbound(self, path: str, headers: dict[str, str]) -> None:
        variables = {"URL": path, **{f"RESPONSE_{name.upper().replace('-', '_')}": value for name, value in headers.items()}}
        met = {one.get("name") for one in self._server.iter("preCondition") if self._holds(one, variables, {})}
        for rule in self._server.findall("rewrite/outboundRules/rule"):
            if rule.get("preCondition") in met:
                name = rule.find("match").get("serverVariable").removeprefix("RESPONSE_").replace("_", "-")
                headers[name] = rule.find("action").get("value")

    def _holds(self, conditions: etree._Element | None, variables: dict[str, str], groups: dict[str, re.Match[str]]) -> bool:
        for test in conditions if conditions is not None else ():
            text = self._filled(test.get("input"), variables, groups)
            if kind := test.get("matchType"):
                path = Path(text.replace("\\", "/"))
                holds = {"IsFile": path.is_file, "IsDirectory": path.is_dir}[kind]()
            else:
                match = re.search(test.get("pattern"), text, re.IGNORECASE)
                holds = match is not None
                if match:
                    groups["C"] = match
            if holds == (test.get("negate") == "true"):
                return False
        return True

    def _filled(self, text: str, variables: dict[str, str], groups: dict[str, re.Match[str]]) -> str:
        text = re.sub(r"\{([RC]):(\d)\}", lambda found: groups[found[1]][int(found[2])], text)
        text = re.sub(r"\{([\w-]+):([^{}]*)\}", lambda found: self._maps[found[1]].get(found[2], ""), text)
        return re.sub(r"\{(\w+)\}", lambda found: variables.get(found[1], ""), text)
