"""What every template may use: icons, pictures, filters, and the words of a domain problem."""

import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug.datastructures import MultiDict

from ..domain.errors import Problem
from ..domain.known_names import english_of
from . import display
from .clause_words import clause_words
from .icons import icon
from .language import current_language
from .pictures import picture
from .settings import current_settings
from .words import _

_DAYS = ("day", "until", "picked", "from")
"""Names of values that are days: told as people say them, not as they are stored."""
_IS_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def problem_text(problem: Problem) -> str:
    """A domain problem in the reader's language, the name of its field not included."""
    language, values = current_language(), dict(problem.values)
    units = [name for name in values if name == "unit" or name.endswith("_unit")]
    values |= {name: display.unit_word(values[name], language) for name in units}
    days = [name for name in _DAYS if _IS_DAY.fullmatch(values.get(name, ""))]
    values |= {name: display.day(values[name], language, year=True) for name in days}
    if language == "en" and "substance" in values:
        values["substance"] = english_of(values["substance"])
    return _(problem.message, **values)


def problem_label(problem: Problem) -> str:
    """The name of the problem's field in the reader's language, or an empty text."""
    return _(problem.label) if problem.label else ""


# Jinja computes filters of constants once, when it compiles, whatever the reader's language is, but
# never those that ask for the context: hence the unused first argument.


@pass_context
def _day(_context: Context, value: date | datetime | str, year: bool = False) -> str:
    return display.day(value, current_language(), year)


@pass_context
def _weekday(_context: Context, value: date | datetime | str) -> str:
    return display.weekday(value, current_language())


@pass_context
def _moment(
    _context: Context, value: datetime | str, year: bool = False, zone: tzinfo | None = None
) -> str:
    return display.moment(value, current_language(), year, zone)


@pass_context
def _days_ago(_context: Context, value: date | datetime | str, today: date) -> str:
    return display.days_ago(value, today, current_language())


@pass_context
def _quantity(_context: Context, amount: Decimal | int | str, unit: str) -> str:
    return display.quantity(amount, unit, current_language())


@pass_context
def _unit_word(_context: Context, unit: str, amount: Decimal | int | str = 2) -> str:
    return display.unit_word(unit, current_language(), amount)


@pass_context
def _clause_words(_context: Context, clause: str) -> str:
    return clause_words(clause, current_language())


def _page_context() -> Mapping[str, Any]:
    return {
        "is_example": current_settings().is_example,
        "typed": MultiDict(),
        "problems": (),
    }


def furnish(app: Flask) -> None:
    """Add the names and filters to this application's templates."""
    app.jinja_env.globals.update(icon=icon, picture=picture)
    app.jinja_env.filters.update(
        day=_day,
        weekday=_weekday,
        clock=display.clock,
        moment=_moment,
        days_ago=_days_ago,
        number=display.number,
        quantity=_quantity,
        unit_word=_unit_word,
        code_groups=display.code_groups,
        problem_text=problem_text,
        clause_words=_clause_words,
        problem_label=problem_label,
    )
    app.context_processor(lambda: dict(_page_context()))
