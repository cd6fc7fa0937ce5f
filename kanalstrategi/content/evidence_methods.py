"""Names the ways in which the site is tested for accessibility, in words for readers. The tests say which one they are. Plain data."""

from __future__ import annotations

METHODS = {
    "axe": ("axe-core", "Programmet axe-core må ikke finde fejl på nogen slags side, på en telefon og en stor skærm, i lyse og mørke farver."),
    "bypass": ("springlinket", "Linket øverst skal føre forbi menuen, når Chromium bruger det."),
    "chooser": ("kanalvælgeren", "Alle veje i kanalvælgeren skal kunne gås med tastaturet alene."),
    "colour": ("uden farver", "Chromium viser siderne med læserens egne farver. Det, farver viser, skal også kunne ses uden dem."),
    "contrast": ("beregnet kontrast", "Kontrasten mellem alle farver, der bruges sammen, bliver regnet ud og skal være så stor, som kravet siger."),
    "headings": ("overskrifter og områder", "Chromiums tilgængelighedstræ, som skærmlæsere får det, skal have navne på områder og overskrifter i orden."),
    "html": ("HTML-tjek", "Programmet Nu HTML Checker må ikke finde fejl i sidernes HTML."),
    "keyboard": ("tastatur", "Chromium går gennem siderne med tabulatortasten: Fokus skal kunne ses, have et navn og ikke være dækket."),
    "language": ("sprog", "Alle sider skal sige, at de er på dansk."),
    "lighthouse": ("Lighthouse", "Programmet Lighthouse skal give siderne fulde point for tilgængelighed."),
    "motion": ("ro", "Intet må bevæge sig for den læser, der har bedt om ro."),
    "pdf": ("PDF-tjek", "Hver PDF skal overholde PDF/UA-1 og vores egne krav til mærker, rækkefølge, sprog og titel."),
    "read-aloud": ("oplæsning", "Oplæsningen må kun begynde, når læseren beder om den, og skal kunne stoppes."),
    "reflow": ("smal skærm", "Ingen side må rulle sidelæns på en skærm på 320 punkter eller med dobbelt så stor tekst."),
    "search": ("søgning", "Chromium søger med tastaturet alene. Antallet af resultater skal blive sagt højt, og en tastefejl skal få et forslag."),
    "spacing": ("tekstafstand", "Ingen side må skjule tekst eller rulle sidelæns, når linjer og bogstaver står så langt fra hinanden, som kravet siger."),
    "tables": ("tabeller", "En tabel skal stadig være en tabel for en skærmlæser på en lille skærm, og tastaturet skal kunne rulle i den."),
    "words": ("hele ord", "På seks skærmbredder og i tre skrifter må intet ord blive skåret over."),
}
"""The name of each method and what it does, keyed by the id that the marker of a test has as `how`."""
