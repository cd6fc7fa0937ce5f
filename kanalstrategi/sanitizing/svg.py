"""Checks that an SVG file is a drawing and nothing else, and takes comments and the document type out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tinycss2
from lxml import etree

from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.incoming_text import forbidden_character
from kanalstrategi.sanitizing.xml_files import is_utf8_xml, xml_parser

MAX_ELEMENT_DEPTH = 30
"""How deeply elements may be nested in an SVG file."""

_SVG_NAMESPACE = "http://www.w3.org/2000/svg"

_ELEMENTS = frozenset({
    "circle", "clipPath", "defs", "desc", "ellipse", "g", "line", "linearGradient", "path", "polygon", "polyline",
    "radialGradient", "rect", "stop", "style", "svg", "symbol", "text", "title", "tspan", "use",
})  # fmt: skip # one line per name would fill pages
"""The allowed elements: no scripts, animations, links or other files."""
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
"""The attributes that say what a `<use>` repeats."""
MAX_REPEATED_ELEMENTS = 5_000
"""How many elements all that is repeated may come to."""
_PLAIN_DOCTYPE = re.compile(
    rb"<!DOCTYPE\s+svg\s+PUBLIC\s+\"-//W3C//DTD SVG 1\.[01](?: (?:Basic|Tiny))?//EN\"\s+\"https?://www\.w3\.org/[\w./-]{1,80}\.dtd\"\s*>"
)
"""The document type that drawing programs write, which declares nothing itself. It is never read, and not published."""

_ATTRIBUTES = frozenset({
    "baseProfile", "class", "clip-path", "clip-rule", "clipPathUnits", "color", "cx", "cy", "d", "dominant-baseline", "dx", "dy",
    "fill", "fill-opacity", "fill-rule", "font-family", "font-size", "font-style", "font-weight", "fx", "fy",
    "gradientTransform", "gradientUnits", "height", "id", "lang", "letter-spacing", "offset", "opacity", "points",
    "preserveAspectRatio", "r", "role", "rotate", "rx", "ry", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "stroke-width", "style", "text-anchor", "textLength", "transform", "data-name", "vector-effect", "version", "viewBox", "visibility",
    "width", "x", "x1", "x2", "y", "y1", "y2", "aria-hidden", "aria-label", "aria-labelledby", "focusable",
    "{http://www.w3.org/XML/1998/namespace}lang", "{http://www.w3.org/XML/1998/namespace}space",
})  # fmt: skip # one line per name would fill pages

_NUMBER = r"[-+]?(?:\d{1,5}(?:\.\d*)?|\.\d+)(?:e-\d)?"
_LENGTH = re.compile(rf"{_NUMBER}(?:px|pt|pc|mm|cm|in|em|ex|rem|%)?", re.IGNORECASE)

_NUMBER_PATTERNS = {
    **dict.fromkeys(
        ("cx", "cy", "fx", "fy", "height", "offset", "r", "rx", "ry", "stroke-miterlimit", "stroke-width", "textLength",
         "width", "x1", "x2", "y1", "y2"),
        _LENGTH,
    ),
    "font-size": re.compile(rf"{_LENGTH.pattern}|(?:x?x?-)?(?:small|large)|medium|smaller|larger", re.IGNORECASE),
    "viewBox": re.compile(rf"(?:{_NUMBER}[\s,]+){{3}}{_NUMBER}", re.IGNORECASE),
    "d": re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9.,\s+-]*"),
    "points": re.compile(r"[Ee0-9.,\s+-]*"),
}  # fmt: skip # one line per name would fill pages
"""Patterns for numeric attributes, since Typst (0.15) leaves out a shape with any other value without a word."""

_LOCAL_URL = re.compile(r"url\(\s*['\"]?#[\w-]+['\"]?\s*\)", re.IGNORECASE)

_STYLE_FUNCTIONS = frozenset({"url", "rgb", "rgba", "hsl", "hsla", "calc", "matrix", "translate", "scale", "rotate", "skewx", "skewy"})
"""The functions that a drawing's style may use."""

_SAVE_AS_PLAIN = "gem billedet som almindelig (»plain« eller optimeret) SVG eller som PNG"


def check_svg(data: bytes) -> Iterator[TextDiagnostic]:
    """Yield a diagnostic for everything in an SVG file that is not part of a drawing."""
    if not is_utf8_xml(data):
        yield TextDiagnostic(1, "filen er ikke gemt som UTF-8", _SAVE_AS_PLAIN)
        return
    try:
        root = etree.fromstring(data, xml_parser())
    except etree.XMLSyntaxError as error:
        yield TextDiagnostic(max(error.lineno or 1, 1), "filen kan ikke læses som SVG", _SAVE_AS_PLAIN)
        return
    except ValueError:  # for example if the declared encoding does not exist
        yield TextDiagnostic(1, "filen kan ikke læses som SVG", _SAVE_AS_PLAIN)
        return
    tree = root.getroottree()
    has_plain_doctype = data.count(b"<!DOCTYPE") == len(_PLAIN_DOCTYPE.findall(data)) == 1 and b"<!ENTITY" not in data
    if (tree.docinfo.internalDTD is not None or tree.docinfo.doctype) and not has_plain_doctype:
        yield TextDiagnostic(1, "filen har en DOCTYPE", "slet linjen med <!DOCTYPE …>, eller " + _SAVE_AS_PLAIN)
    if root.tag != f"{{{_SVG_NAMESPACE}}}svg":
        yield TextDiagnostic(1, "filen er ikke et SVG-billede", _SAVE_AS_PLAIN)
        return
    yield from _check_repetitions(root)
    siblings = [*root.itersiblings(preceding=True), *root.itersiblings()]
    for element in [*siblings, *root.iter()]:
        line = element.sourceline or 1
        if isinstance(element, etree._Comment):
            continue
        if not isinstance(element.tag, str):  # a processing instruction or an entity
            yield TextDiagnostic(line, "filen henter noget andre steder fra", _SAVE_AS_PLAIN)
            continue
        name = etree.QName(element)
        if name.namespace != _SVG_NAMESPACE or name.localname not in _ELEMENTS:
            yield TextDiagnostic(line, f"<{name.localname}> kan ikke bruges i et SVG-billede", _SAVE_AS_PLAIN)
            continue
        for text in (element.text, element.tail, *element.attrib.values()):
            if text and (found := forbidden_character(text)):
                yield TextDiagnostic(line, found[0].replace("linjen", "billedet"), _SAVE_AS_PLAIN)
        for attribute, value in element.attrib.items():
            if name.localname == "style" and attribute == "type" and value == "text/css":
                continue
            if name.localname == "use" and attribute in _HREFS:
                continue  # checked above
            if attribute not in _ATTRIBUTES:
                yield TextDiagnostic(line, f"{etree.QName(attribute).localname} kan ikke bruges i et SVG-billede", _SAVE_AS_PLAIN)
            elif attribute in _NUMBER_PATTERNS and not _NUMBER_PATTERNS[attribute].fullmatch(value.strip()):
                yield TextDiagnostic(line, f"{attribute} kan ikke være {value[:40]}", _SAVE_AS_PLAIN)
            elif "\\" in value:
                yield TextDiagnostic(line, f"{attribute} kan ikke indeholde \\", _SAVE_AS_PLAIN)
            elif "(" in value and "url" in value.lower() and not _LOCAL_URL.fullmatch(value.strip()) and attribute != "style":
                yield TextDiagnostic(line, f"{attribute} peger ud af SVG-billedet", _SAVE_AS_PLAIN)
            elif attribute == "clip-path" and any(True for _ in element.iterancestors(f"{{{_SVG_NAMESPACE}}}clipPath")):
                yield TextDiagnostic(line, "en udklipning bruger en anden udklipning", _SAVE_AS_PLAIN)
        style = element.get("style", "") + ("".join(element.itertext()) if name.localname == "style" else "")
        if not _is_harmless_style(style) or (name.localname == "style" and len(element)):
            yield TextDiagnostic(line, "SVG-billedets stil henter noget andre steder fra", _SAVE_AS_PLAIN)
        if sum(1 for _ in element.iterancestors()) >= MAX_ELEMENT_DEPTH:
            yield TextDiagnostic(line, f"SVG-billedet har mere end {MAX_ELEMENT_DEPTH} lag", _SAVE_AS_PLAIN)
            return


def _check_repetitions(root: etree._Element) -> Iterator[TextDiagnostic]:
    """Yield a diagnostic for each `<use>` that leads out of the file, or to something that repeats others, which could grow without bound."""
    use = f"{{{_SVG_NAMESPACE}}}use"
    by_id: dict[str, etree._Element] = {}
    for element in root.iter(etree.Element):
        by_id.setdefault(element.get("id", ""), element)
    repeated = 0
    for element in root.iter(use):
        line, targets = element.sourceline or 1, {element.get(name, "").strip() for name in _HREFS} - {""}
        target = by_id.get(next(iter(targets))[1:]) if len(targets) == 1 and re.fullmatch(r"#[\w.-]+", next(iter(targets))) else None
        in_clip = any(True for _ in element.iterancestors(f"{{{_SVG_NAMESPACE}}}clipPath"))
        if target is None or target is root or in_clip or next(target.iter(use), None) is not None or len(element):
            yield TextDiagnostic(line, "<use> gentager noget, der ikke er en enkel del af SVG-billedet", _SAVE_AS_PLAIN)
            return
        repeated += sum(1 for _ in target.iter())
        if repeated > MAX_REPEATED_ELEMENTS:
            yield TextDiagnostic(line, f"<use> gentager mere end {MAX_REPEATED_ELEMENTS} elementer", _SAVE_AS_PLAIN)
            return


def plain_svg(data: bytes) -> bytes:
    """Return an SVG file without its document type and comments, in which programs name people and folders. It must have passed `check_svg`."""
    if b"<!" not in data:
        return data
    drawing: bytes = etree.tostring(etree.fromstring(data, xml_parser(remove_comments=True)), encoding="utf-8")
    return drawing


def _is_harmless_style(style: str) -> bool:
    """Whether a style loads nothing: it has no `@import`, and no `url()` that leads out of the file."""
    if re.search(r"\\|clip-path|filter|mask|animation|behavior|binding", style, re.IGNORECASE):
        return False
    waiting = list(tinycss2.parse_component_value_list(style, skip_comments=True))
    while waiting:
        part = waiting.pop()
        if part.type in ("at-keyword", "error"):
            return False
        if part.type == "url" and not part.value.strip().startswith("#"):
            return False
        if part.type == "function" and part.lower_name not in _STYLE_FUNCTIONS:
            return False
        if part.type == "function" and part.lower_name == "url":
            inner = [token for token in part.arguments if token.type != "whitespace"]
            if any(token.type != "string" or not token.value.strip().startswith("#") for token in inner):
                return False
        waiting += [*(getattr(part, "arguments", None) or ()), *(getattr(part, "content", None) or ())]
    return True
