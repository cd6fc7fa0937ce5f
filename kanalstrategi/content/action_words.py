"""Says in Danish how far an action is and when it is done. Pure: the plan, the actions' pages, the follow-up and the reminders all say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from kanalstrategi.content.action_model import Action, ActionState
from kanalstrategi.danish.phrases import capitalized, count_phrase, long_date

STATE_WORDS = {
    ActionState.OPEN: "åben",
    ActionState.PLANNED: "planlagt",
    ActionState.STARTED: "i gang",
    ActionState.DONE: "gennemført",
    ActionState.DROPPED: "opgivet",
}
"""What readers see for each state."""
_STATES_OF_MANY = {**STATE_WORDS, ActionState.OPEN: "åbne", ActionState.PLANNED: "planlagte", ActionState.DONE: "gennemførte", ActionState.DROPPED: "opgivne"}
UNDECIDED = "Ingen har besluttet hvornår"
"""What readers see in the place of a date that nobody has set."""


def time_words(action: Action) -> str:
    """Return when an action is done: `Fra 1. februar 2026, senest 30. juni 2026`, `Gennemført 3. marts 2026`; a dash for one that never had a date."""
    if action.done:
        late = (action.done - action.due).days if action.due else 0
        return f"Gennemført {long_date(action.done)}" + (f", {_days(late)} efter fristen" if late > 0 else "")
    begins = f"fra {long_date(action.begins)}" if action.begins else ""
    due = f"senest {long_date(action.due)}" if action.due else ""
    if action.state is ActionState.DROPPED:
        return capitalized(f"skulle være sket {due}") if due else "–"
    return capitalized(", ".join(filter(None, (begins, due)))) or UNDECIDED


def late_words(action: Action, today: date) -> str:
    """Return that an action should have been done, and how long ago; an empty string if it is in time."""
    if action.due is None or not action.is_overdue(today):
        return ""
    return f"Skulle være færdig senest {long_date(action.due)}, {_days((today - action.due).days)} over fristen"


def words_on(action: Action, today: date) -> str:
    """Return when an action is done as seen on a day: it may be late, or should have been begun."""
    late = late_words(action, today)
    if late or action.begins is None or not action.has_late_start(today):
        return late or time_words(action)
    due = f", skal være færdig senest {long_date(action.due)}" if action.due else ""
    return f"Skulle være begyndt {long_date(action.begins)}{due}"


def task_words(action: Action) -> str:
    """Return what its owner has to do about an action that is not closed, as a phrase. It changes with the state, and not from day to day."""
    if action.state is ActionState.OPEN:
        return "ingen har sat en frist" if action.due is None else "åben i procesplanen"
    return f"{STATE_WORDS[action.state]} i procesplanen"


def sum_words(actions: Iterable[Action], today: date) -> str:
    """Return how many actions there are in each state, and how many are late: `3 handlinger: 1 åben og 2 planlagte. 1 er over fristen.`."""
    found = list(actions)
    counts = Counter(action.state for action in found)
    states = [f"{counts[state]} {(STATE_WORDS if counts[state] == 1 else _STATES_OF_MANY)[state]}" for state in ActionState if counts[state]]
    listed = " og ".join(filter(None, (", ".join(states[:-1]), states[-1]))) if states else ""
    many = len(found) > 1
    if len(counts) == 1:
        listed = f"{'alle ' if many else ''}{(_STATES_OF_MANY if many else STATE_WORDS)[found[0].state]}"
    late = sum(action.is_overdue(today) for action in found)
    return capitalized(count_phrase(len(found), "handling", "handlinger")) + (f": {listed}." if listed else ".") + (f" {late} er over fristen." if late else "")


def _days(number: int) -> str:
    return count_phrase(number, "dag", "dage")
