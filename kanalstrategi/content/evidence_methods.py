"""Names the ways in which the site is tested for accessibility, in words for readers. The tests say which one they are. Plain data."""

from __future__ import annotations

METHODS = {
    "axe": ("axe-core", "Programmet axe-core ser på alle slags sider, på en telefon og en stor skærm, i lyse og mørke farver."),
    "bypass": ("springlinket", "Chromium bruger linket øverst og ser, om det fører forbi menuen."),
    "chooser": ("kanalvælgeren", "Chromium går alle veje i kanalvælgeren med tastaturet alene."),
    "colour": ("uden farver", "Chromium viser siderne med læserens egne farver. Det, farver viser, skal også kunne ses uden dem."),
    "contrast": ("beregnet kontrast", "Kontrasten mellem alle farver, der bruges sammen, bliver regnet ud."),
    "headings": ("overskrifter og områder", "Chromiums tilgængelighedstræ, som skærmlæsere får det, har navne på områder og overskrifter i orden."),
    "html": ("HTML-tjek", "Nu HTML Checker finder ingen fejl i sidernes HTML."),
    "keyboard": ("tastatur", "Chromium går gennem siderne med tabulatortasten. Fokus skal kunne ses, have et navn og ikke være dækket."),
    "language": ("sprog", "Alle sider siger, at de er på dansk."),
    "lighthouse": ("Lighthouse", "Programmet Lighthouse giver siderne fulde point for tilgængelighed."),
    "motion": ("ro", "Intet bevæger sig for den læser, der har bedt om ro."),
    "pdf": ("PDF-tjek", "Hver PDF bliver holdt op mod PDF/UA-1 og vores egne krav til mærker, rækkefølge, sprog og titel."),
    "read-aloud": ("oplæsning", "Oplæsningen begynder kun, når læseren beder om den, og kan stoppes."),
    "reflow": ("smal skærm", "Ingen side ruller sidelæns på en skærm på 320 punkter, og ingen gør det, når teksten er dobbelt så stor."),
    "search": ("søgning", "Chromium søger med tastaturet alene. Antallet af resultater bliver sagt højt, og en tastefejl får et forslag."),
    "spacing": ("tekstafstand", "Ingen side skjuler tekst eller ruller sidelæns, når linjer og bogstaver står så langt fra hinanden, som kravet siger."),
    "tables": ("tabeller", "En tabel er stadig en tabel for en skærmlæser på en lille skærm, og tastaturet kan rulle i den."),
    "words": ("hele ord", "På seks skærmbredder og i tre skrifter bliver intet ord skåret over."),
}
"""The name of each method and what it does, keyed by the id that the marker of a test has as `how`."""
