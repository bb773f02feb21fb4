"""Words that stand in Chinese on an English page: known names in English, the rest marked so."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from ..domain.known_names import english_of
from .language import current_language
from .words import _

_SIGN = "[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]"
_CHINESE = re.compile(f"{_SIGN}(?:[^A-Za-z]*{_SIGN})*")


def known(typed: str) -> str:
    """A typed name in the reader's language where it is a common one."""
    return english_of(typed) if current_language() == "en" else typed


def is_foreign(text: str) -> bool:
    """Whether an English page would show Chinese here."""
    return current_language() == "en" and bool(_CHINESE.search(text))


def said(what: Mapping[str, Any], name: str) -> str:
    """An element of free text in the reader's language where it was given in both."""
    in_english = what.get(f"{name}_en") if current_language() == "en" else ""
    return str(in_english or what.get(name, ""))


def marked(text: str) -> Markup:
    """The text, its Chinese marked as such on an English page: a screen reader changes voice."""
    if not is_foreign(text):
        return escape(text)
    parts, end = [], 0
    for run in _CHINESE.finditer(text):
        parts += [escape(text[end : run.start()]), Markup('<span lang="zh">%s</span>') % run[0]]
        end = run.end()
    return Markup("").join([*parts, escape(text[end:])])


def told(text: str) -> Markup:
    """Somebody's own words: marked, with a quiet note for who cannot read them."""
    if not is_foreign(text):
        return escape(text)
    return marked(text) + Markup(' <small class="soft">%s</small>') % _("(in Chinese)")
