"""SVG files: each is the content of a drawing, or a whole file."""

_NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90"'


def _drawing(content: str) -> bytes:
    return f"<svg {_NAMESPACES}>{content}</svg>".encode()


DRAWINGS: dict[str, bytes] = {
    "script": _drawing("<script>__canary()</script>"),
    "script of another namespace": _drawing('<h:script xmlns:h="http://www.w3.org/1999/xhtml">__canary()</h:script>'),
    "script by prefix": b'<x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script>__canary()</x:script></x:svg>',
    "script as character data": _drawing("<script><![CDATA[__canary()]]></script>"),
    "script of the type of a module": _drawing('<script type="module" href="//evil.example/x.js"/>'),
    "handler on the root": b'<svg xmlns="http://www.w3.org/2000/svg" onload="__canary()"/>',
    "handler in a namespace": _drawing('<rect ev:onload="__canary()" xmlns:ev="http://www.w3.org/2001/xml-events"/>'),
    "handler element": _drawing('<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">__canary()</handler>'),
    "handler of an animation": _drawing('<animate attributeName="x" dur="1s" onbegin="__canary()"/>'),
    "handler that an animation sets": _drawing('<rect><set attributeName="onmouseover" to="__canary()"/></rect>'),
    "address that an animation sets": _drawing('<a><set attributeName="href" to="javascript:__canary()"/><text y="20">x</text></a>'),
    "link by a script": _drawing('<a href="javascript:__canary()"><text y="20">x</text></a>'),
    "link in the old form": _drawing('<a xlink:href="https://evil.example/"><text y="20">x</text></a>'),
    "base": b'<svg xmlns="http://www.w3.org/2000/svg" xml:base="https://evil.example/"><use href="x.svg#a"/></svg>',
    "use of another file": _drawing('<use href="//evil.example/x.svg#a"/>'),
    "use of another file of the site": _drawing('<use href="../regler/index.html#a"/>'),
    "use of data": _drawing('<use href="data:image/svg+xml,x#a"/>'),
    "use of itself": _drawing('<g id="a"><use href="#a"/></g>'),
    "use that doubles": _drawing(
        '<defs><g id="a0"><rect width="1" height="1"/></g>'
        + "".join(f'<g id="a{n}"><use href="#a{n - 1}"/><use href="#a{n - 1}"/></g>' for n in range(1, 30))
        + '</defs><use href="#a29"/>'
    ),
    "pattern that doubles": _drawing(
        "".join(f'<pattern id="p{n}" width="1" height="1"><rect width="9" height="9" fill="url(#p{n + 1})"/></pattern>' for n in range(30))
        + '<rect width="9" height="9" fill="url(#p0)"/>'
    ),
    "image from elsewhere": _drawing('<image href="https://evil.example/x.png" width="9" height="9"/>'),
    "image of the machine": _drawing('<image href="file://SECRET_PATH" width="9" height="9"/>'),
    "image from above": _drawing('<image xlink:href="../../hemmelig.txt" width="9" height="9"/>'),
    "image of a drawing in data": _drawing('<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>'),
    "HTML": _drawing('<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="//evil.example/"/></foreignObject>'),
    "HTML without its container": _drawing('<iframe xmlns="http://www.w3.org/1999/xhtml" src="//evil.example/"/>'),
    "picture of HTML": _drawing('<img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="__canary()"/>'),
    "refresh of HTML": _drawing('<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=//evil.example/"/>'),
    "style that imports": _drawing("<style>@import '//evil.example/x.css';</style>"),
    "style that imports by escape": _drawing("<style>@\\69mport '//evil.example/x.css';</style>"),
    "style of a font": _drawing("<style>@font-face{font-family:x;src:url(//evil.example/x.woff)}text{font-family:x}</style><text>x</text>"),
    "style that fetches": _drawing("<style>rect{fill:url(//evil.example/x.svg#a)}</style><rect/>"),
    "style that fetches by escape": _drawing("<style>rect{fill:u\\72l(//evil.example/x.svg#a)}</style><rect/>"),
    "style that fetches for other sizes": _drawing("<rect style=\"background:image-set('//evil.example/x' 1x)\"/>"),
    "style that fetches after a comment": _drawing("<rect style=\"fill:/**/url(/**/'//evil.example/x#a')\"/>"),
    "style that fetches by variable": _drawing('<style>rect{--a:url(//evil.example/x);mask:var(--a)}</style><rect width="9" height="9"/>'),
    "style sheet by instruction": b'<?xml-stylesheet href="//evil.example/x.css"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "transformation by instruction": b'<?xml-stylesheet type="text/xsl" href="#a"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "fill from elsewhere": _drawing('<rect fill="url(//evil.example/x.svg#a)" width="9" height="9"/>'),
    "filter from elsewhere": _drawing('<rect filter="url(https://evil.example/x.svg#a)" width="9" height="9"/>'),
    "image in a filter": _drawing('<filter id="a"><feImage href="//evil.example/x.png"/></filter><rect filter="url(#a)" width="9" height="9"/>'),
    "mask from elsewhere": _drawing('<rect mask="url(//evil.example/x.svg#a)" width="9" height="9"/>'),
    "marker from elsewhere": _drawing('<path d="M0 0L9 9" marker-end="url(//evil.example/x.svg#a)"/>'),
    "cursor from elsewhere": _drawing('<rect cursor="url(//evil.example/x.cur),auto" width="9" height="9"/>'),
    "gradient from elsewhere": _drawing('<linearGradient id="a" href="//evil.example/x.svg#b"/>'),
    "text along a path from elsewhere": _drawing('<text><textPath href="//evil.example/x.svg#a">x</textPath></text>'),
    "path of an animation from elsewhere": _drawing('<animateMotion><mpath href="//evil.example/x.svg#a"/></animateMotion>'),
    "font from elsewhere": _drawing('<font-face><font-face-src><font-face-uri xlink:href="//evil.example/x"/></font-face-src></font-face>'),
    "color profile from elsewhere": _drawing('<color-profile name="x" xlink:href="//evil.example/x.icc"/>'),
    "text from elsewhere": _drawing('<tref xlink:href="file://SECRET_PATH"/>'),
    "entity": b'<!DOCTYPE svg [<!ENTITY a "<script>__canary()</script>">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "entity of the machine": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file://SECRET_PATH">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
    "entities that double": (
        b"<!DOCTYPE svg ["
        + b"".join(b'<!ENTITY a%d "&a%d;&a%d;">' % (n, n + 1, n + 1) for n in range(40))
        + b']><svg xmlns="http://www.w3.org/2000/svg">&a0;</svg>'
    ),
    "attribute by a document type": (b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "__canary()">]><svg xmlns="http://www.w3.org/2000/svg"/>'),
    "document type from elsewhere": b'<!DOCTYPE svg SYSTEM "//evil.example/x.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>',
    "inclusion": _drawing('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://SECRET_PATH" parse="text"/>'),
    "other encoding": '<?xml version="1.0" encoding="UTF-16"?><svg xmlns="http://www.w3.org/2000/svg" onload="__canary()"/>'.encode("utf-16"),
    "encoding of seven bits": b'<?xml version="1.0" encoding="UTF-7"?><svg xmlns="http://www.w3.org/2000/svg">+ADw-script+AD4-__canary()+ADw-/script+AD4-</svg>',
    "encoding that nobody knows": b'<?xml version="1.0" encoding="x-user-defined"?><svg xmlns="http://www.w3.org/2000/svg"><text>\xff</text></svg>',
    "version that nobody knows": b'<?xml version="1.1"?><svg xmlns="http://www.w3.org/2000/svg"><text>&#1;</text></svg>',
    "HTML by its first bytes": b'<!-- <html><script>__canary()</script> --><svg xmlns="http://www.w3.org/2000/svg"/>',
    "drawing without its namespace": b"<svg><text>x</text></svg>",
    "HTML by its namespace": b'<svg xmlns="http://www.w3.org/1999/xhtml"><script>__canary()</script></svg>',
    "HTML by its name": b'<html xmlns="http://www.w3.org/1999/xhtml"><script>__canary()</script></html>',
    "compressed": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    "script after the end": b'<svg xmlns="http://www.w3.org/2000/svg"/><script>__canary()</script>',
    "choice by language": _drawing('<switch><text systemLanguage="en">A</text><text>B</text></switch>'),
    "depth": _drawing("<g>" * 5_000 + "</g>" * 5_000),
    "size without bound": b'<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="1e9" viewBox="0 0 1e9 1e9"/>',
    "size of nothing": b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="-1" viewBox="0 0 0 0"/>',
    "path that is long": _drawing('<path d="M0 0' + "l1 1-1 0" * 40_000 + '"/>'),
    "dashes without number": _drawing('<path d="M0 0L1e9 0" stroke="red" stroke-dasharray="1e-9"/>'),
    "blur without bound": _drawing('<filter id="a"><feGaussianBlur stdDeviation="1e9"/></filter><rect filter="url(#a)" width="9" height="9"/>'),
    "noise without bound": _drawing('<filter id="a"><feTurbulence numOctaves="999999999"/></filter><rect filter="url(#a)" width="9" height="9"/>'),
    "place of the author": _drawing("<metadata><rdf>55.6761 12.5683</rdf></metadata><!-- 55.6761 12.5683 -->"),
    "data of an editor": b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" s:docname="/home/eva/x.svg"/>',
    "PHP": _drawing("<?php readfile('SECRET_PATH') ?>"),
    "expression": _drawing("<text>{{ 1000000007*3+141592632 }}</text>"),
}
