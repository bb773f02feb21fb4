"""Translating, with types: `from .words import _, ngettext, pgettext`.

A message with places: `_("Picked on %(day)s", day=…)`; one without may hold no per cent sign.
For tables, mark with `N_` of the domain's errors and translate where it is shown.
"""

import flask_babel


def _(message: str, **values: object) -> str:
    """The message in the reader's language, its places filled."""
    return str(flask_babel.gettext(message, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The message for one or many; %(num)s is the number."""
    return str(flask_babel.ngettext(one, many, num, **values))


def pgettext(context: str, message: str, **values: object) -> str:
    """The message where its English alone has two meanings, such as pgettext("verb", "Water")."""
    return str(flask_babel.pgettext(context, message, **values))
