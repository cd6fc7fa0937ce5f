"""Draws pages at random: of Markdown, and of Markdown mixed with HTML, macros, attribute lists and code."""

from __future__ import annotations

from hypothesis import strategies as st

ODD = "\u00a0\u00ad\u200d\u2019\u2028\u0301\ufe0f\U0001f9d1\U0001f3fd\u0627\u05d0æøåÆØÅßİıﬁ｛｝〈&;#<>\"'"
PIECES = st.sampled_from([
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "{: #x }", "{: .lead }", "{ .lead }", "{{ status() }}", '{{ rules("telefon") }}',
    '{{ rule("telefon-ring") }}', "{{ rules(", "{% raw %}", "{% endraw %}", "[", "]", "](", "![", "[a](formaal.md)", "[a][b]", "[b]: formaal.md", "<", ">",
    "</", "<div markdown>", "</div>", "<br>", "<b>", "</b>", "<script>", "<!--", "-->", "<details>", "</details>", "<https://example.org>", "*", "**", "_",
    "`", "```", "~~~", "|", "---", "|---|", "| a | b |", "- ", "* ", "+ ", "1. ", "2) ", "- [ ] ", "- [x] ", "> ", "!!! note", '!!! note "Husk"\n\n    ',
    "# ", "## ", "### ", "###### ", "    ", "\t", "  ", "\\", "&amp;", "&#0;", "&lt;", ":", "===", "[TOC]", "*[ab]: c", "[^1]", ": b",
])  # fmt: skip # laid out by hand, as a table
WORDS = st.one_of(
    st.sampled_from(["telefon", "borgere", "Det betyder, at", "kommunen", "æble", "å", "", " "]),
    st.text(alphabet=ODD + "ab ", max_size=6),
    st.text(max_size=8),
)
LINE = st.lists(st.one_of(WORDS, WORDS, PIECES), max_size=4).map("".join)
NESTED = st.recursive(
    LINE,
    lambda inner: st.tuples(st.sampled_from(["- ", "1. ", "> ", "    ", "- [ ] ", '!!! note "Husk"\n\n    ']), st.lists(inner, min_size=1, max_size=3)).map(
        lambda result: "\n".join(f"{result[0]}{text}".replace("\n", "\n    ") for text in result[1])
    ),
    max_leaves=5,
)
TABLE = st.lists(st.lists(LINE, min_size=1, max_size=4).map(lambda cells: f"| {' | '.join(cells)} |"), min_size=1, max_size=4).map(
    lambda rows: "\n".join([rows[0], "|---|:-:|", *rows[1:]])
)
PAGE = st.lists(st.one_of(LINE, NESTED, TABLE), max_size=3).map("\n\n".join)
HTML_PIECES = st.sampled_from([
    "<p class=status>", "<img src=x onerror=y>", "<form>", "<a href='x'>", "<svg/onload=x>", "<textarea>", "<style>", "<x-y>", "<![CDATA[", "]]>", "<?x",
    "?>", "<!-->", "<!x>", "</ b>", '<span title="', '">', "'>", "<td colspan=9>", "<td colspan=0>", "<b id=a>", "<b id=__a>", "<b onclick=x>", "<ul",
    "<pre>", "{: onclick=x }", "{ .md-overlay }", "{: #a .lead title='b' }", "{: style=c }", "{: width=9 }", "{: lang=da }", "[d](javascript:x)",
    "![p](q.png)", "![p](//e/q)", "![{{ status() }}](a.png)", "[^1]\n\n[^1]: n", "~~x~~", "\x02", "{\x020}", "\x03", "{\x030}",
])  # fmt: skip # laid out by hand, as a table
INLINE_TAGS = ["abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time"]
BLOCK_TAGS = [
    "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "li", "ol", "p", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
]  # fmt: skip # laid out by hand, as a table
USUAL = st.sampled_from([
    "a", "b c", "*e*", "**s**", "`c`", "[l](formaal.md)", "![p](q.png)", "<br>", "<wbr>", "<hr>", "~~d~~", "<https://example.org>", "{{ status() }}",
    '{{ rule("telefon-ring") }}', "{: .lead }", "{% raw %}<b>{% endraw %}",
])  # fmt: skip # laid out by hand, as a table
LEAF = st.one_of(USUAL, LINE, HTML_PIECES)


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return HTML and Markdown around other text."""
    several = st.lists(inner, min_size=1, max_size=3)
    gap = st.sampled_from(["", "\n", "\n\n", "\n\n"])
    return st.one_of(
        st.tuples(st.sampled_from(INLINE_TAGS), several).map(lambda made: f"<{made[0]}>{' '.join(made[1])}</{made[0]}>"),
        st.tuples(st.sampled_from(BLOCK_TAGS), gap, several).map(lambda made: f"<{made[0]}>{made[1]}{made[1].join(made[2])}{made[1]}</{made[0]}>"),
        st.tuples(st.sampled_from(["ul", "ol"]), several).map(lambda made: f"<{made[0]}><li>{'</li><li>'.join(made[1])}</li></{made[0]}>"),
        several.map(lambda cells: f"<table><tr><td>{'</td><td>'.join(cells)}</td></tr></table>"),
        st.tuples(st.sampled_from([("- ", "  "), ("1. ", "   "), ("> ", "> "), ('!!! note "T"\n\n    ', "    "), ("    ", "    ")]), several).map(
            lambda made: made[0][0] + "\n\n".join(made[1]).replace("\n", f"\n{made[0][1]}")
        ),
        st.tuples(st.sampled_from(["# {}", "**{}**", "*{}*", "[{}](formaal.md)", "~~{}~~", "```\n{}\n```", "`{}`", "t\n:   {}", "{} {{: .lead }}"]), inner).map(
            lambda made: made[0].format(made[1])
        ),
        several.map("\n\n".join),
        several.map("".join),
    )


MIXED = st.lists(st.one_of(st.recursive(LEAF, around, max_leaves=6), TABLE, NESTED), min_size=1, max_size=3).map("\n\n".join)
"""Pages that mix HTML, macros, attribute lists and code."""
