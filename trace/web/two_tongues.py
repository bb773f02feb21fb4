"""Words in a language of their own choosing: a notice or a poster says the same in both."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g
from flask_babel import force_locale

_KEPT = ("catalogue", "language")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside the block every message comes in this language, `zh` or `en`."""
    before = {name: g.pop(name) for name in _KEPT if name in g}
    try:
        with force_locale(language):
            yield
    finally:
        for name in _KEPT:
            g.pop(name, None)
        for name, value in before.items():
            setattr(g, name, value)
