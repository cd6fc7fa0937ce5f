"""Mistakes that the editor in the browser tells of by itself, before anything is saved, each with the message that it is told by."""

from __future__ import annotations

import re
from dataclasses import dataclass

PAGE = "medarbejdere.md"
"""The page that the mistakes are made on, once `with_call` has put a macro call on it."""
_LISTS = ("keywords", "redirects")
"""The fields that hold a list. An editor types it with commas between."""
_CALL = '{{ rules("telefon") }}'


def with_call(text: str) -> str:
    """Return the text of the page's file with a macro call that mistakes can be made in."""
    return f"{text.rstrip()}\n\n{_CALL}\n"


@dataclass(frozen=True)
class Mistake:
    """One change to a page."""

    name: str
    message: str
    new: str
    """What is written: the value of a field, or what takes the place of `old` in the text of the page."""
    field: str = "body"
    told: str = ""
    """The words of the form for the message, where they differ."""
    old: str = ""
    """What is replaced in the text of the page; if empty, `new` becomes a paragraph at its end."""

    def in_text(self, body: str) -> str:
        """Return the text of a page, without its fields, with the mistake."""
        if not self.old:
            return f"{body.rstrip()}\n\n{self.new}\n"
        assert body.count(self.old) == 1, self.name
        return body.replace(self.old, self.new)

    def in_file(self, text: str) -> str:
        """Return the text of a page's file with the mistake."""
        end = text.index("\n---\n") + 1
        front, rest = text[:end], text[end:]
        if self.field == "body":
            return front + self.in_text(rest)
        front = re.sub(rf"^{self.field}:.*\n(?:[ -].*\n)*", "", front, flags=re.MULTILINE)
        value = f'\n  - "{self.new}"' if self.field in _LISTS else f" {self.new}"
        return f"{front}{self.field}:{value}\n{rest}"


MISTAKES = (
    Mistake("a brace is missing", "makroen kan ikke læses", _CALL[:-1], old=_CALL),
    Mistake("a quotation mark is missing", "makroen kan ikke læses", '{{ rules("telefon) }}', old=_CALL),
    Mistake("quotation marks of a word processor", "makroen kan ikke læses", "{{ rules(”telefon”) }}", old=_CALL),
    Mistake("no quotation marks", "makroen bruger et ukendt ord, telefon", "{{ rules(telefon) }}", old=_CALL),
    Mistake("no parentheses", "makroen rules mangler sine parenteser", "{{ rules }}", old=_CALL),
    Mistake("nothing in the parentheses", "makroen rules er kaldt med forkerte oplysninger", "{{ rules() }}", old=_CALL),
    Mistake("a misspelled macro", "makroen rulse findes ikke", '{{ rulse("telefon") }}', old=_CALL),
    Mistake("a misspelled channel", "kanalen telefn findes ikke", '{{ rules("telefn") }}', old=_CALL),
    Mistake("an unknown rule", "reglen telefon-ringes findes ikke", '{{ rule("telefon-ringes") }}'),
    Mistake("an unknown owner in a call", "den ansvarlige politik findes ikke", '{{ contact("politik") }}'),
    Mistake("an unknown folder", "mappen kanal har ingen sider", '{{ cards("kanal") }}'),
    Mistake("a sum", "det, der står mellem {{ og }}, er ikke et makrokald", "{{ 1 + 2 }}"),
    Mistake("a condition", "{% if %} kan ikke bruges på en side", "{% if x %}"),
    Mistake("a note without an end", "noten {# slutter ikke", "{# husk at spørge"),
    Mistake("braces that are left over", "der står løse makrotegn i teksten", "Det er }} sådan."),
    Mistake("a link to no page", "linket peger på strategi/formal.md, som ikke findes", "Se [formålet](strategi/formal.md)."),
    Mistake("a link to no section", "linket peger på #formaalet, som ikke findes i docs/strategi/formaal.md", "Se [det](strategi/formaal.md#formaalet)."),
    Mistake("a link without https", "linket www.borger.dk mangler sin begyndelse", "Se [Borger.dk](www.borger.dk)."),
    Mistake("a link from the root", "linket /strategi/formaal.md begynder med /", "Se [formålet](/strategi/formaal.md)."),
    Mistake("a link to a file on a disk", "linket file:///C:/plan.pdf kan ikke følges af læserne", "Se [planen](file:///C:/plan.pdf)."),
    Mistake("an image without a description", "billedet billeder/logo.svg mangler en beskrivelse", "![](billeder/logo.svg)"),
    Mistake("an image from elsewhere", "billedet https://example.org/a.png ligger et andet sted end på siden", "![Et kort](https://example.org/a.png)"),
    Mistake("a page as an image", "filen strategi/formaal.md er ikke et billede", "![Formålet](strategi/formaal.md)"),
    Mistake("an icon that does not exist", "ikonet telefon findes ikke", "telefon", field="icon"),
    Mistake("a former URL with spaces", "den tidligere adresse Gammel side kan ikke bruges", "Gammel side", field="redirects"),
    Mistake("a keyword without letters", "søgeordet »...« har ingen bogstaver", "...", field="keywords"),
    Mistake(
        "markup in what is said in short",
        "short kan kun være ren tekst, men indeholder *",
        "Se *her*.",
        field="short",
        told="»Kort fortalt« kan kun være ren tekst, men indeholder *",
    ),
    Mistake("half a sentence in short", "short slutter midt i en sætning", "Det er os", field="short", told="»Kort fortalt« slutter midt i en sætning"),
    Mistake("a review in the future", "siden er gennemgået på en dato, der ikke er kommet", "2999-01-02", field="reviewed"),
    Mistake(
        "a deadline before the review",
        "datoen i review_by ligger før datoen i reviewed",
        "2020-01-02",
        field="review_by",
        told="datoen i »Gennemgås senest« ligger før datoen i »Gennemgået«",
    ),
)
"""Each of them is told by the checks of the build, too, with the same message."""
