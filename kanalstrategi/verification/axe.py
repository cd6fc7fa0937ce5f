"""Runs axe on a page in a browser, and says in Danish what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kanalstrategi.verification.model import Finding

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The rules of axe that are tried: those of WCAG 2.2 AA, and axe's own advice."""
AXE_RUN = """async tags => (await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })).violations
  .flatMap(({ id, help, helpUrl, nodes }) => nodes.map(({ target }) => ({ id, help, helpUrl, target: target.join(" ") })))"""
"""Returns what axe finds on a page as it is now."""
_IN_DANISH = {
    "aria-allowed-attr": "et element har en ARIA-egenskab, som det ikke kan have",
    "button-name": "en knap har ingen tekst",
    "color-contrast": "teksten er for svag mod baggrunden",
    "duplicate-id-aria": "to elementer har samme id",
    "empty-heading": "en overskrift er tom",
    "frame-title": "en ramme har intet navn",
    "heading-order": "en overskrift springer et niveau over",
    "html-has-lang": "siden siger ikke, hvilket sprog den er på",
    "image-alt": "et billede har ingen alternativ tekst",
    "label": "et felt har intet navn",
    "landmark-one-main": "siden har ikke netop ét hovedindhold",
    "link-in-text-block": "et link kan kun kendes på sin farve",
    "link-name": "et link har ingen tekst",
    "list": "en liste holder andet end punkter",
    "page-has-heading-one": "siden har ingen overskrift af første niveau",
    "region": "noget af siden ligger uden for dens dele",
    "scrollable-region-focusable": "noget, der kan rulles, kan ikke nås med tastaturet",
    "svg-img-alt": "en tegning har intet navn",
    "target-size": "noget, man skal trykke på, er for lille",
    "td-headers-attr": "en celle peger på en overskrift, der ikke er i tabellen",
    "valid-lang": "et sprog er skrevet med en kode, der ikke findes",
}
"""What the rules that are broken most often mean, keyed by axe's name of the rule."""


def axe_finding(where: str, violation: Mapping[str, Any], state: str) -> Finding:
    """Return what axe has found at one element. `state` says how the page was looked at."""
    rule = str(violation["id"])
    message = f"{_IN_DANISH.get(rule, violation['help'])}: {violation['target']} (axe: {rule}; {state})"
    return Finding(where, message, f"læs, hvad der kan gøres, på {violation['helpUrl']}")
