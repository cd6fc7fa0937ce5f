"""Describes the open data about the strategy itself: its channels, rules, editions, and the answers and pages of the site."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from kanalstrategi.content.data_model import DataFile, boolean, count, day, record, records, text, texts, url, web_url
from kanalstrategi.content.edition_changes import ChangeKind
from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.model import Status
from kanalstrategi.content.rule_kinds import RuleKind

ID = text("id", "Postens navn. Det bliver ved med at være det samme, også når titlen rettes.")
TITLE = text("title", "Titlen, som den står på hjemmesiden.")
STATUS = text("status", "Om siden er vedtaget.", {Status.ADOPTED: "vedtaget", Status.DRAFT: "udkast"})
_NOT_OF_PROGRAM = "Altid nej for en side, der følger med programmet."
EDITION = text("edition", "Navnet på den udgave af strategien, som posten hører til. Tom, hvis udgaven ikke har noget navn.").or_empty
CHANGE_KINDS: dict[Enum, str] = {
    ChangeKind.NEW: "ny",
    ChangeKind.CHANGED: "ændret, hvor den står",
    ChangeKind.MOVED: "flyttet til et andet sted, måske med andre ord",
    ChangeKind.GONE: "udgået",
}
_WITH_THE_STRATEGY = "Når strategien ændres."
_RULE_IDS = texts("rules", "Navnene på kanalens regler. De står som id i filen med regler.")

CHANNELS = DataFile(
    "channels",
    "Kanaler",
    "De grupper af kanaler, som strategien deler kommunens kommunikation i, med kanalerne i hver gruppe.",
    _WITH_THE_STRATEGY,
    ("kanal", "telefon", "digital post", "selvbetjening"),
    (
        ID,
        TITLE,
        url("url", "Siden om gruppen."),
        _RULE_IDS,
        text("description", "Hvad siden handler om."),
        records(
            "channels",
            "Kanalerne i gruppen.",
            ID,
            TITLE,
            url("url", "Stedet på gruppens side, hvor kanalen er beskrevet."),
            _RULE_IDS,
        ),
    ),
)

RULES = DataFile(
    "rules",
    "Regler",
    "Det, strategien siger, at kommunen skal, bestræber sig på eller ikke må, med en post for hver regel.",
    _WITH_THE_STRATEGY,
    ("regel", "pligt", "forbud"),
    (
        ID,
        text("title", "Begyndelsen af reglen. Hele teksten står i text."),
        url("url", "Stedet i strategien, hvor reglen står."),
        text("channel", "Navnet på den kanal, reglen hører til. Det står som id i filen med kanaler."),
        text("group", "Navnet på den gruppe af kanaler, reglen hører til."),
        text("text", "Reglen, ord for ord."),
        text(
            "kind",
            "Hvilken slags regel det er. Ordet står ikke i strategien, men er læst af reglens egne ord.",
            {RuleKind.DUTY: "noget, kommunen skal", RuleKind.AIM: "noget, kommunen bestræber sig på", RuleKind.PROHIBITION: "noget, kommunen ikke må"},
        ),
        text("lead", "Det, der står foran reglen i strategien, og som den læses sammen med."),
        url("page", "Siden om reglen alene. Tom, hvis den ikke har en, som en regel i et forslag.").or_empty,
        EDITION,
    ),
)

EDITIONS = DataFile(
    "editions",
    "Udgaver",
    "Strategiens udgaver: den, der gælder, de tidligere og de foreslåede.",
    "Når en udgave bliver foreslået, sendt i høring, vedtaget, afløst eller opgivet.",
    ("udgave", "høring", "vedtagelse"),
    (
        ID,
        TITLE,
        url("url", "Udgavens forside. Tom for den udgave, der gælder: dens forside er hjemmesidens.").or_empty,
        text(
            "state",
            "Hvor langt udgaven er.",
            {
                EditionState.PROPOSAL: "forslag",
                EditionState.CONSULTATION: "i høring",
                EditionState.ADOPTED: "vedtaget, gælder nu",
                EditionState.SUPERSEDED: "afløst af en anden",
                EditionState.LAPSED: "bortfaldet: foreslået og opgivet",
            },
        ),
        day("adopted", "Den dag, udgaven blev vedtaget.").or_null,
        text("adopted_by", "Hvem der vedtog den. Tom, hvis ingen har.").or_empty,
        web_url("decision", "Adressen på beslutningen om at vedtage den. Tom, hvis den ikke er angivet.").or_empty,
        day("consultation_from", "Høringens første dag.").or_null,
        day("consultation_to", "Høringens sidste dag.").or_null,
        day("superseded", "Den dag, en anden udgave tog over.").or_null,
        text("superseded_by", "Navnet på den udgave, der tog over. Tom, hvis ingen har.").or_empty,
        day("lapsed", "Den dag, forslaget blev opgivet.").or_null,
        text("compared_with", "Navnet på den udgave, som ændringerne er talt i forhold til. Tom, hvis der ingen er.").or_empty,
        record(
            "changes",
            "Hvor mange steder udgaven ændrer i forhold til den, den er sammenlignet med.",
            count(ChangeKind.NEW.value, "Nye steder."),
            count(ChangeKind.CHANGED.value, "Steder med andre ord, hvor de stod før."),
            count(ChangeKind.MOVED.value, "Steder, der er flyttet, måske med andre ord."),
            count(ChangeKind.GONE.value, "Steder, der er udgået."),
        ).or_null,
        count("rules", "Hvor mange regler udgaven har."),
        text("digest", "Kontrolsummen (SHA-256) i udgavens kvittering. Tom, hvis den ingen kvittering har.").or_empty,
    ),
)

ANSWERS = DataFile(
    "answers",
    "Svar",
    "Borgernes spørgsmål, og det korte svar på hvert af dem.",
    "Når et svar bliver rettet, eller der kommer et nyt.",
    ("spørgsmål", "svar"),
    (
        ID,
        text("title", "Spørgsmålet."),
        url("url", "Siden med svaret."),
        text("channel", "Navnet på den kanal, spørgsmålet handler om. Tom, hvis siden ingen nævner.").or_empty,
        texts("words", "Ord, som folk bruger, når de spørger."),
        STATUS,
        text("first_sentence", "Svarets første sætning. Tom, hvis siden ikke svarer endnu.").or_empty,
    ),
)

PAGES = DataFile(
    "pages",
    "Sider",
    "Hjemmesidens sider, hvem der holder dem ved lige, og hvornår de skal gennemgås.",
    "Når en side bliver rettet. Om en side er over sin frist, er regnet ud den dag, filen er lavet.",
    ("side", "ansvarlig", "gennemgang"),
    (
        text("id", "Sidens sti uden endelse."),
        TITLE,
        url("url", "Siden. Tom for forsiden.").or_empty,
        texts("redirects", "Adresser, som siden har haft før, og som fører til den."),
        text("description", "Hvad siden handler om."),
        text("short", "Siden kort fortalt. Tom, hvis det ikke er skrevet.").or_empty,
        text("owner", "Navnet på den, der holder siden ved lige."),
        text("owner_name", "Den samme, som det skrives på hjemmesiden."),
        text("owner_phone", "Telefonnummeret. Tom, hvis der ikke er et.").or_empty,
        text("owner_email", "Mailadressen. Tom, hvis der ikke er en.").or_empty,
        replace(STATUS, meaning=f"{STATUS.meaning} Tom for en side, der følger med programmet og derfor ikke skal vedtages.").or_empty,
        day("reviewed", "Den dag, siden sidst blev gennemgået."),
        day("review_by", "Den sidste dag for næste gennemgang."),
        boolean("overdue", f"Om den dag er overskredet. {_NOT_OF_PROGRAM}"),
        boolean("old", f"Om sidste gennemgang ligger længere tilbage, end kommunen har sat som grænse, normalt seks måneder. {_NOT_OF_PROGRAM}"),
        EDITION,
        count("open_decisions", "Hvor mange beslutninger der er åbne, hvis siden er en lokal retningslinje. Ellers 0."),
        texts("kle", "Numre i KLE, kommunernes fælles emnesystematik, på det, siden handler om. Listen over numre er ikke med: den kræver licens."),
        text("language", "Sidens sprog som kode i BCP 47: da, en, de, uk, ar."),
        text("translation_of", "Stien uden endelse til den side, som den er en oversættelse af. Tom, hvis den ikke er oversat.").or_empty,
    ),
)
