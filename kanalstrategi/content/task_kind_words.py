"""Says in Danish what kind of thing has to be done, and how it stands: the words of mails, calendars and spreadsheets."""

from __future__ import annotations

from kanalstrategi.content.tasks import Task, TaskKind, TaskState

KIND_LABELS = {
    TaskKind.EVALUATION: "Evaluering",
    TaskKind.ACTION: "Handling",
    TaskKind.MEASUREMENT: "Måling",
    TaskKind.REVIEW: "Gennemgang",
    TaskKind.CONFIRM: "Genbekræftelse",
    TaskKind.GUIDELINE: "Retningslinje",
    TaskKind.OUTDATED: "Udgået af strategien",
    TaskKind.CHANGED_QUOTE: "Ændret i strategien",
    TaskKind.TRANSLATION: "Oversættelse",
    TaskKind.LINK: "Link",
}
"""What each kind of task is called, as a noun."""
STATE_LABELS = {
    TaskState.OVERDUE: "over fristen",
    TaskState.DUE_SOON: "frist inden for 30 dage",
    TaskState.LATER: "senere",
    TaskState.UNDATED: "uden frist",
}
"""How a task stands."""
_REQUESTS = {
    TaskKind.REVIEW: "Gennemgå siden",
    TaskKind.CONFIRM: "Bekræft igen",
    TaskKind.GUIDELINE: "Gør retningslinjen færdig",
    TaskKind.OUTDATED: "Fjern det, der er udgået",
    TaskKind.CHANGED_QUOTE: "Se, om siden stadig passer",
    TaskKind.TRANSLATION: "Opdatér oversættelsen",
    TaskKind.LINK: "Ret linket på siden",
}


def request(task: Task) -> str:
    """Return what somebody is asked to do: `Gennemgå siden: Formål`."""
    if task.kind is TaskKind.EVALUATION:
        return task.title
    if task.kind is TaskKind.ACTION:
        return f"{task.title} (procesplanen)"
    if task.kind is TaskKind.MEASUREMENT:
        return f"{'Mål igen' if task.due else 'Mål'}: {task.title}"
    return f"{_REQUESTS[task.kind]}: {task.title}"
