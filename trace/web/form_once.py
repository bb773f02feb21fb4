"""Forms that count once: a double click, or the same form sent again, makes one record.

The id a form carries is joined with what was sent, so that a form opened again by the back button
and changed is a new one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import uuid4

from flask import request
from werkzeug.datastructures import MultiDict

from ..domain.errors import Problem

FORM_ID = "form_id"


def new_form(values: Mapping[str, Any] | None = None) -> MultiDict[str, str]:
    """A form's first values, with an id of its own; lists give a field several values."""
    typed: MultiDict[str, str] = MultiDict({FORM_ID: uuid4().hex})
    for name, value in (values or {}).items():
        typed.setlist(
            name, [str(one) for one in value] if isinstance(value, list) else [str(value)]
        )
    return typed


def submission_id(*more: str) -> str:
    """The id of this form with this content; `more` is what was uploaded, by hash."""
    said = [(name, value) for name, value in request.form.items(multi=True) if name != FORM_ID]
    own = request.form.get(FORM_ID) or uuid4().hex
    text = repr((own, request.path, sorted(said), more))
    return sha256(text.encode()).hexdigest()[:32]


def placed(problems: Iterable[Problem], places: Mapping[str, str]) -> tuple[Problem, ...]:
    """Problems at the fields of a page: `places` maps a field, or its part before a hyphen."""
    return tuple(
        replace(one, field=places.get(one.field, places.get(one.field.split("-")[0], one.field)))
        for one in problems
    )
