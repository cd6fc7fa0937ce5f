"""Describes the open data about the work with the strategy: the departments' guidelines, goals, actions and tasks."""

from __future__ import annotations

from kanalstrategi.content.data_fields_strategy import CHANGE_KINDS, ID, TITLE
from kanalstrategi.content.data_model import DataFile, boolean, count, day, records, text, url
from kanalstrategi.content.decision_model import DecisionState
from kanalstrategi.content.model import Coverage

GUIDELINES = DataFile(
    "guidelines",
    "Lokale retningslinjer",
    "Hvor langt hvert fagområde er med sin retningslinje for hver gruppe af kanaler, og hvad der er besluttet.",
    "Når et fagområde ændrer sin retningslinje.",
    ("retningslinje", "fagområde", "beslutning"),
    (
        text("id", "Navnet på fagområdet og gruppen af kanaler med en skråstreg imellem."),
        TITLE,
        url("url", "Afsnittet i fagområdets retningslinje."),
        text("department", "Navnet på fagområdet."),
        text("department_title", "Fagområdet, som det skrives på hjemmesiden."),
        text("channel", "Navnet på gruppen af kanaler. Det står som id i filen med kanaler."),
        text(
            "status",
            "Hvor langt afsnittet er.",
            {Coverage.MISSING: "mangler", Coverage.DRAFT: "udkast", Coverage.ADOPTED: "vedtaget"},
        ),
        day("adopted", "Den dag, retningslinjen blev vedtaget. Tom, hvis den ikke er det.").or_empty,
        text("adopted_by", "Hvem der vedtog den. Tom, hvis det ikke er oplyst.").or_empty,
        count("open_decisions", "Hvor mange beslutninger der er åbne i afsnittet."),
        records(
            "decisions",
            "De beslutninger, som strategien overlader til fagområdet.",
            ID,
            url("url", "Stedet i retningslinjen, hvor beslutningen står."),
            text("channel", "Navnet på den kanal, beslutningen handler om."),
            text("text", "Teksten, som den står i retningslinjen."),
            text("question", "Det, der skal besluttes."),
            text("answer", "Det, fagområdet har besluttet. Tom, hvis det ikke er skrevet.").or_empty,
            text(
                "state",
                "Hvor langt beslutningen er.",
                {DecisionState.OPEN: "åben", DecisionState.DECIDED: "besluttet", DecisionState.NOT_RELEVANT: "ikke relevant for fagområdet"},
            ),
            boolean("open", "Om der mangler en beslutning."),
            boolean("essential", "Om den er en af de vigtigste."),
        ),
        records(
            "to_confirm",
            "De regler, som er ændret, og som fagområdet ikke har bekræftet sit afsnit efter endnu.",
            text("rule", "Navnet på reglen."),
            text("kind", "Hvad der er sket med den.", CHANGE_KINDS),
        ),
        day("confirmed", "Den dag, fagområdet sidst har bekræftet afsnittet.").or_null,
        day("confirm_by", "Den sidste dag for at bekræfte det.").or_null,
    ),
)
