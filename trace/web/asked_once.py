"""Asking once about a likely slip of the finger: "it is so" records it, nothing is blocked.

The answer names the questions it answers, so that an amount changed afterwards is asked about anew.
"""

from collections.abc import Sequence
from hashlib import sha256

from flask import request

from ..domain.errors import Problem

SURE = "sure"


def asked(questions: Sequence[Problem]) -> str:
    """What the button "it is so" sends: these questions, and no others."""
    told = sorted((one.field, one.message, sorted(one.values.items())) for one in questions)
    return sha256(repr(told).encode()).hexdigest()[:16]


def is_answered(questions: Sequence[Problem]) -> bool:
    """Whether nothing is asked, or this form says that it is so."""
    return not questions or request.form.get(SURE) == asked(questions)
