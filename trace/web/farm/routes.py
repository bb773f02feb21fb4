"""The blueprint of the farmer's form, and what all its views ask: who, whose plots, which day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template

from ...domain.errors import N_
from ...domain.key_data import KEY_DATA
from ...domain.roles import ROLES, own_plots_only
from ...domain.standing import (
    BANNED_INPUT_USED,
    BREACHES,
    PICKED_TOO_EARLY,
    UNLISTED_INPUT_USED,
)
from ...domain.vocabulary import EVENT_TYPES
from ...query.farm import plots
from ..access import can, house, signed_in
from ..language import current_language

blueprint = Blueprint("farm", __name__)

STOPPED_BY = {
    BANNED_INPUT_USED: N_(
        "This substance is banned. The planting is on hold: do not pick. The manager sees it now."
    ),
    UNLISTED_INPUT_USED: N_("Not in the list: on hold until the co-op says what it was."),
    PICKED_TOO_EARLY: N_("What was picked too early is on hold now."),
}
"""What a record on the field stops, in words for the person who wrote it."""

CHOICE_WORDS = {
    value: words
    for elements in KEY_DATA.values()
    for element in elements
    if element.kind == "choice" and element.name not in ("unit", "stock")
    for value, words in element.choices
}
"""The words of every choice of every event type, for records that name one."""


def own_grower() -> str | None:
    """The party whose plots alone are shown; None for those who see every plot of the co-op."""
    session = signed_in()
    return session.party_id if own_plots_only(session.role) else None


def today() -> date:
    """Today's date at the co-op."""
    return house().recorder.clock().astimezone(signed_in().zone).date()


def last_days() -> tuple[date, date, date]:
    """Today, yesterday and the day before: the day buttons."""
    day = today()
    return day, day - timedelta(days=1), day - timedelta(days=2)


def plots_named(ids: Iterable[str]) -> list[str]:
    """The names of these plots of the co-op in the reader's language, such as those of a report."""
    wanted = set(ids)
    found = plots(house().instance, signed_in().coop_id, None) if wanted else ()
    return [one.in_language("name", current_language()) for one in found if one.id in wanted]


def page(template: str, **shown: Any) -> str:
    """A page of templates/phone with what all of them need."""
    session = signed_in()
    return render_template(
        f"phone/{template}.html",
        session=session,
        language=current_language(),
        today=today(),
        can=can,
        roles=ROLES,
        event_types=EVENT_TYPES,
        choice_words=CHOICE_WORDS,
        breaches=BREACHES,
        plots_named=plots_named,
        stopped_by=STOPPED_BY,
        **shown,
    )
