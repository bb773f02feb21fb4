"""The blueprint of the packing room, and what all its views ask: who, which day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template

from ...domain.standing import BREACHES
from ...domain.vocabulary import EVENT_TYPES
from ...query.packing import Noun
from ..access import house, signed_in
from ..form_once import new_form
from ..language import current_language
from ..record_words import basis_words, summary, told_pairs, type_words
from ..words import _

blueprint = Blueprint("packing", __name__, url_prefix="/packing")

GOODS = (
    *("packing", "package_made", "receiving", "storing", "shipping", "selling", "returning"),
    *("destroying", "loss", "labels_issued", "repacking", "splitting", "merging", "cooling"),
)
"""Event types whose records have a page in the packing room."""


def today() -> date:
    """Today's date at the co-op."""
    return house().recorder.clock().astimezone(signed_in().zone).date()


def last_days() -> tuple[date, date, date]:
    """Today, yesterday and the day before: the day buttons."""
    day = today()
    return day, day - timedelta(days=1), day - timedelta(days=2)


def page(template: str, **shown: Any) -> str:
    """A page of templates/packing with what all of them need."""
    session = signed_in()
    shown.setdefault("typed", new_form())
    return render_template(
        f"packing/{template}.html",
        session=session,
        language=current_language(),
        today=today(),
        zone=session.zone,
        summary=summary,
        told_pairs=told_pairs,
        type_words=type_words,
        basis_words=basis_words,
        choices=choices,
        translated=translated,
        breach_words=breach_words,
        event_picture=event_picture,
        is_goods=is_goods,
        **shown,
    )


def choices(nouns: Iterable[Noun]) -> list[tuple[str, str]]:
    """Declared nouns as the options of a drop-down."""
    return [(one.id, one.in_language("name", current_language())) for one in nouns]


def translated(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """A choice's values with their words in the reader's language."""
    return [(value, _(words)) for value, words in options]


def breach_words(breach: str) -> str:
    """What was recorded although it should not have been, in words."""
    return _(BREACHES.get(breach, breach))


def event_picture(event_type: str) -> str:
    """The picture of an event type."""
    return EVENT_TYPES[event_type].picture


def is_goods(event_type: str) -> bool:
    """Whether a record has a page of its own here."""
    return event_type in GOODS
