"""Defines the fields of the editor that pages of several kinds have, and those of the strategy's front page."""

from __future__ import annotations

from kanalstrategi.content.conventions import HOME_TEMPLATE
from kanalstrategi.content.model import Content, Status
from kanalstrategi.editor.field_types import Json, choices_field, date_field, text_field
from kanalstrategi.editor.language_fields import language_fields

_STATUS_LABELS = {Status.ADOPTED: "Vedtaget", Status.DRAFT: "Udkast"}


def common_fields(content: Content) -> dict[str, Json]:
    """Return the fields that every page has, keyed by name."""
    owners = [{"label": owner.name, "value": owner.id} for owner in content.organisation.owners.values()]
    statuses = [{"label": _STATUS_LABELS[status], "value": status.value} for status in Status]
    return {
        "description": text_field("Beskrivelse", "Én sætning om, hvad læseren finder på siden. Den står i søgeresultater og på kort."),
        "owner": {"label": "Ansvarlig", "widget": "select", "options": owners},
        "status": {"label": "Status", "widget": "select", "options": statuses, "hint": "Et udkast er mærket overalt, hvor det vises."},
        "reviewed": date_field("Gennemgået"),
        "review_by": date_field("Gennemgås senest"),
    }


def strategy_fields(content: Content) -> dict[str, Json]:
    """Return the fields of the front page of the strategy or of an edition."""
    return {
        "adopted": date_field("Vedtaget"),
        "adopted_by": text_field("Vedtaget af", "Som det står på forsiden af PDF’en: »Vedtaget den … af …«."),
        "evaluate_by": {**date_field(content.say("Strategien evalueres senest")), "required": False},
        "evaluated": {**date_field(content.say("Strategien er evalueret")), "required": False, "hint": "Tom, indtil det er sket."},
        "edition": {**text_field("Udgave", "Navnet på den udgave, der gælder, som 2026-2029. Det står i adresser, så ret det ikke."), "required": False},
        "decision": {**text_field("Beslutning", "Adressen på referatet. Den begynder med https://."), "required": False},
        "confirm_by": {**date_field("Genbekræftes senest"), "required": False, "hint": content.say("Fagområdernes frist for at se på det, der er ændret.")},
        "consultation_from": {**date_field("I høring fra"), "required": False, "hint": "Den første dag. Tom, hvis der ikke er en høring."},
        "consultation_to": {**date_field("I høring til"), "required": False, "hint": "Den sidste dag."},
    }


def optional_fields(content: Content) -> dict[str, Json]:
    """Return the fields that a page may have, and those of guidelines and answers."""
    channels = [{"label": channel.title, "value": channel.id} for channel in content.channels.values()]
    parts = {"navigation": "Menuen", "toc": "Sidens indhold"}
    return {
        "department": text_field(content.say("Fagområde"), "Navnet, som det skal stå i oversigten og blive til sidens adresse."),
        "short": {
            "label": "Kort fortalt",
            "widget": "text",
            "required": False,
            "hint": "Højst tre korte sætninger i et enkelt sprog, uden links og makroer. De står øverst på siden og er ikke en del af den vedtagne tekst.",
        },
        "channel": {"label": "Kanal", "widget": "select", "options": channels, "hint": "Den kanal, som spørgsmålet handler om."},
        "icon": {**text_field("Ikon", "Som material/phone-outline. Ikonet står på kort og i oversigter."), "required": False},
        "keywords": {
            "label": "Søgeord",
            "widget": "list",
            "required": False,
            "hint": "Ord, som læserne søger med, men som siden ikke selv bruger, adskilt af komma.",
        },
        "redirects": {
            "label": "Tidligere adresser",
            "widget": "list",
            "required": False,
            "hint": f"Adresser, som nu fører til denne side, adskilt af komma. Som {content.folders.guidelines}/gammelt-navn/ eller pdf/gammel.pdf.",
        },
        "subchannels": {
            "label": "Underkanaler",
            "widget": "list",
            "required": False,
            "hint": "Id’er på de afsnit, der er kanaler for sig, adskilt af komma.",
        },
        "changed": {
            "label": "Ændringer",
            "label_singular": "Ændring",
            "widget": "list",
            "collapsed": False,
            "add_to_top": True,
            "required": False,
            "hint": "Hvad der er ændret på en vedtaget side. Det står på siden Nyt og kommer ud til dem, der følger med.",
            "field": {"name": "change", **text_field("Ændring", "Dagen, et kolon og en sætning: 2026-03-01: Telefontiden er rettet.")},
        },
        "hide": choices_field("Skjul", parts, "Det, der ikke skal stå ved siden af teksten."),
        "kle": {
            "label": "KLE-numre",
            "widget": "list",
            "required": False,
            "hint": "Sidens emner i KLE, adskilt af komma. Som 27.35.00, eventuelt med en facet: 27.35.00 G01.",
        },
        **language_fields(content),
        # Only developers change it. The format leaves it unchanged.
        "template": {"widget": "hidden", "default": HOME_TEMPLATE},
    }
