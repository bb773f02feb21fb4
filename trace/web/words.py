"""Translating, with types: `from .words import _, ngettext, pgettext`.

A message with places: `_("Picked on %(day)s", day=…)`; one without may hold no per cent sign.
For tables, mark with `N_` of the domain's errors and translate where it is shown.

The reader's catalogue is looked up once a request. flask-babel asks the context again for every
message, and a page with two hundred messages took several times as long (measured).
"""

from collections.abc import Callable
from typing import Any

import flask_babel
from flask import g
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup


def _catalogue() -> Any:
    try:
        return g.catalogue
    except AttributeError:
        g.catalogue = flask_babel.get_translations()
        return g.catalogue
    except RuntimeError:  # outside of the application: English
        return flask_babel.get_translations()


def _(message: str, **values: object) -> str:
    """The message in the reader's language, its places filled."""
    text = str(_catalogue().ugettext(message))
    return text % values if values else text


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The message for one or many; %(num)s is the number."""
    return str(_catalogue().ungettext(one, many, num)) % ({"num": num} | values)


def pgettext(context: str, message: str, **values: object) -> str:
    """The message where its English alone has two meanings, such as pgettext("verb", "Water")."""
    text = str(_catalogue().upgettext(context, message))
    return text % values if values else text


def _filled(context: EvalContext, text: str, values: dict[str, Any]) -> str:
    """What Jinja's own i18n does: markup where the template escapes, always a format."""
    words = Markup(text) if context.autoescape else text  # noqa: S704 - our own catalogue
    return words % values if values or "%" in text else words


@pass_eval_context
def _in_template(context: EvalContext, message: str, **values: Any) -> str:
    return _filled(context, _catalogue().ugettext(message), values)


@pass_eval_context
def _many_in_template(context: EvalContext, one: str, many: str, num: int, **values: Any) -> str:
    return _filled(context, _catalogue().ungettext(one, many, num), {"num": num} | values)


@pass_eval_context
def _meant_in_template(context: EvalContext, meaning: str, message: str, **values: Any) -> str:
    text = _catalogue().upgettext(meaning, message)
    return _filled(context, text, {"context": meaning} | values)


TEMPLATE_WORDS: dict[str, Callable[..., str]] = {
    "_": _in_template,
    "gettext": _in_template,
    "ngettext": _many_in_template,
    "pgettext": _meant_in_template,
}
"""What templates translate with; `speak` puts them in the place of flask-babel's."""
