"""The criteria that a website has to meet by EN 301 549 v3.2.1, chapter 9, which are those of WCAG 2.1 at the levels A and AA. Plain data.

The number decides: the titles are in plain Danish. Chapter 10 asks the same of documents, with the same numbers behind `10.`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

STANDARD = "EN 301 549 v3.2.1"
"""The standard that the law refers to."""
WEB_CHAPTER, DOCUMENT_CHAPTER = "9", "10"
CLAUSE_PATTERN = re.compile(r"(?:9|10)\.[1-4]\.[1-5]\.[0-9]{1,2}")
"""The pattern of a clause about web pages or documents: `9.1.4.3`."""
PRINCIPLES = {"1": "Opfattelig", "2": "Anvendelig", "3": "Forståelig", "4": "Robust"}
"""The four principles, keyed by the first number of their criteria."""


@dataclass(frozen=True)
class Criterion:
    """One success criterion."""

    number: str
    """Its number in WCAG: `1.4.3`."""
    title: str
    level: str
    """`A` or `AA`."""
    by_hand: str
    """What no machine can tell, and somebody has to look at: a sentence."""

    @property
    def clause(self) -> str:
        """Its number in the standard, for web pages."""
        return f"{WEB_CHAPTER}.{self.number}"

    @property
    def principle(self) -> str:
        """The number of its principle."""
        return self.number[0]


_NO_MEDIA = "Sider kan ikke have lyd eller video. Se, om et link fører til en video, der mangler {}."
_NO_FORM = "Det eneste felt er søgning. Får siden andre felter, skal nogen se, {}."

CRITERIA = (
    Criterion("1.1.1", "Ikke-tekstbaseret indhold", "A", "Om teksten til et billede siger det samme som billedet, og om et billede uden tekst kun er pynt."),
    Criterion("1.2.1", "Kun lyd og kun video (forudindspillet)", "A", _NO_MEDIA.format("en udskrift")),
    Criterion("1.2.2", "Undertekster (forudindspillet)", "A", _NO_MEDIA.format("undertekster")),
    Criterion("1.2.3", "Synstolkning eller mediealternativ (forudindspillet)", "A", _NO_MEDIA.format("synstolkning eller en tekst i stedet")),
    Criterion("1.2.4", "Undertekster (live)", "AA", _NO_MEDIA.format("undertekster, mens den sendes")),
    Criterion("1.2.5", "Synstolkning (forudindspillet)", "AA", _NO_MEDIA.format("synstolkning")),
    Criterion("1.3.1", "Information og relationer", "A", "Om det, der ligner en overskrift, en liste eller en tabel, også er skrevet som en."),
    Criterion("1.3.2", "Meningsfuld rækkefølge", "A", "Om teksten giver mening, når den bliver læst op fra top til bund."),
    Criterion("1.3.3", "Sensoriske egenskaber", "A", "Om en tekst kun kan forstås af den, der ser form, farve eller placering: »knappen til højre«."),
    Criterion("1.3.4", "Visningsretning", "AA", "Om siderne kan bruges, både når telefonen holdes på højkant og på tværs."),
    Criterion("1.3.5", "Formål med felter", "AA", _NO_FORM.format("om et felt til læserens navn eller adresse siger, hvad det er til")),
    Criterion("1.4.1", "Anvendelse af farve", "A", "Om noget på et billede eller i en tekst kun er vist med farve."),
    Criterion("1.4.2", "Styring af lyd", "A", "Om lyd begynder af sig selv på de sider, vi linker til."),
    Criterion("1.4.3", "Kontrast (minimum)", "AA", "Om tekst på et billede kan læses."),
    Criterion("1.4.4", "Ændring af tekststørrelse", "AA", "Om siderne er rare at læse, når teksten er dobbelt så stor."),
    Criterion("1.4.5", "Billeder af tekst", "AA", "Om et billede viser tekst, der skulle have stået som tekst."),
    Criterion("1.4.10", "Ombrydning", "AA", "Om en bred tabel stadig kan forstås på en lille skærm."),
    Criterion("1.4.11", "Kontrast for ikke-tekstbaseret indhold", "AA", "Om streger og flader på et billede kan ses."),
    Criterion("1.4.12", "Tekstafstand", "AA", "Om siderne er til at læse, når læseren selv sætter linjer og bogstaver længere fra hinanden."),
    Criterion("1.4.13", "Indhold, der kommer frem ved mus eller fokus", "AA", "Om det, der kommer frem, kan lukkes igen og ikke dækker noget."),
    Criterion("2.1.1", "Tastatur", "A", "Om alt kan bruges uden mus, også det, ingen har skrevet en prøve til."),
    Criterion("2.1.2", "Ingen tastaturfælde", "A", "Om man altid kan komme videre med tastaturet."),
    Criterion("2.1.4", "Genvejstaster", "A", "Om en genvej kommer i vejen for den, der taler til sin computer."),
    Criterion("2.2.1", "Justerbar timing", "A", "Ingen side har en tidsgrænse. Se, om de selvbetjeninger, vi linker til, har en."),
    Criterion("2.2.2", "Pause, stop, skjul", "A", "Om et billede bevæger sig."),
    Criterion("2.3.1", "Tre glimt eller under grænsen", "A", "Om et billede blinker."),
    Criterion("2.4.1", "Spring over blokke", "A", "Om linket øverst fører derhen, hvor teksten begynder."),
    Criterion("2.4.2", "Sidetitler", "A", "Om titlen siger, hvad siden handler om."),
    Criterion("2.4.3", "Fokusrækkefølge", "A", "Om rækkefølgen giver mening, når man går frem med tabulatortasten."),
    Criterion("2.4.4", "Formål med links (i kontekst)", "A", "Om linkets ord siger, hvor det fører hen: ikke »klik her«."),
    Criterion("2.4.5", "Flere måder", "AA", "Om læserne finder det, de leder efter, både i menuen og med søgning."),
    Criterion("2.4.6", "Overskrifter og etiketter", "AA", "Om overskriften siger, hvad afsnittet handler om."),
    Criterion("2.4.7", "Synligt fokus", "AA", "Om det er let at se, hvor man er, også for den, der ser dårligt."),
    Criterion("2.5.1", "Pegebevægelser", "A", "Om noget kun kan bruges ved at stryge eller knibe."),
    Criterion("2.5.2", "Annullering af peg", "A", "Om man kan fortryde et tryk ved at føre fingeren væk."),
    Criterion("2.5.3", "Etiket i navn", "A", "Om det, man kan se på en knap, er det, man kan sige for at trykke på den."),
    Criterion("2.5.4", "Bevægelsesaktivering", "A", "Intet på siderne styres ved at bevæge telefonen. Se, at det bliver ved med at være sådan."),
    Criterion("3.1.1", "Sidens sprog", "A", "Om en hel side er skrevet på et andet sprog end dansk."),
    Criterion("3.1.2", "Sprog for dele", "AA", "Om tekst på et andet sprog har fået sit sprog skrevet på."),
    Criterion("3.2.1", "I fokus", "A", "Om noget sker, bare fordi man kommer til det."),
    Criterion("3.2.2", "Ved input", "A", "Om noget uventet sker, når man skriver eller vælger."),
    Criterion("3.2.3", "Ensartet navigation", "AA", "Om menuen står ens på alle sider."),
    Criterion("3.2.4", "Ensartede betegnelser", "AA", "Om det samme hedder det samme overalt."),
    Criterion("3.3.1", "Identifikation af fejl", "A", _NO_FORM.format("om en fejl bliver sagt med ord")),
    Criterion("3.3.2", "Etiketter eller instruktioner", "A", _NO_FORM.format("om de siger, hvad man skal skrive")),
    Criterion("3.3.3", "Forslag ved fejl", "AA", _NO_FORM.format("om en fejl bliver fulgt af et forslag")),
    Criterion("3.3.4", "Forebyggelse af fejl (jura, økonomi, data)", "AA", "Siden tager ikke imod noget. Se de selvbetjeninger, vi linker til."),
    Criterion("4.1.1", "Syntaktisk analyse", "A", "Intet ud over det, maskinen ser."),
    Criterion("4.1.2", "Navn, rolle, værdi", "A", "Om navnene giver mening for den, der hører dem i en skærmlæser."),
    Criterion("4.1.3", "Statusbeskeder", "AA", "Om beskeden kommer på et tidspunkt, hvor den hjælper."),
)
"""All fifty criteria, in the order of their numbers."""
BY_NUMBER = {criterion.number: criterion for criterion in CRITERIA}
"""The criteria, keyed by number."""


def criterion_of(clause: str) -> Criterion | None:
    """Return the criterion of a clause about web pages or documents, or None if there is no such clause."""
    return BY_NUMBER.get(clause.partition(".")[2]) if CLAUSE_PATTERN.fullmatch(clause) else None
