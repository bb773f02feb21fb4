"""A declared noun in words: its line in a list, and what each version changed."""

from collections.abc import Mapping
from typing import Any

from ...domain.declared import NOUNS, Field, fields
from ...query.declared_nouns import Declared
from .. import display
from ..language import current_language
from ..pictures import PICTURES
from ..words import _
from .noun_forms import Shelf


def about(shelf: Shelf, noun: Declared, referred: Mapping[str, Declared]) -> str:
    """The second half of a line: kind, grower, size, in the reader's words."""
    told = [
        field_words(shelf, fields(shelf.noun)[name], noun.fields.get(name), referred)
        for name in shelf.about
        if name != "kind" or shelf.noun not in ("party", "input", "site")
    ]
    needs = noun.text("label_needs")
    if shelf.noun == "product" and needs in ("rapid_test", "laboratory"):
        what = field_words(shelf, fields("product")["label_needs"], needs, referred)
        told.append(_("before labels: %(what)s", what=what))
    return " · ".join(one for one in told if one)


def field_words(shelf: Shelf, field: Field, value: Any, referred: Mapping[str, Declared]) -> str:
    """One value as a person reads it; an empty text where it is not filled in."""
    language = current_language()
    if value in (None, "", []):
        return ""
    if field.name == "picture":
        return _(PICTURES.get(str(value), str(value)))
    if field.name == "file":
        return _("attached")
    if field.kind == "choice":
        return _(dict(field.choices).get(str(value), str(value)))
    if field.kind == "date":
        return display.day(str(value), language, year=True)
    if field.kind in ("decimal", "count"):
        unit = shelf.units.get(field.name)
        return display.quantity(str(value), unit, language) if unit else display.number(str(value))
    if field.kind == "list":
        ids = {name: referred.get(str(name)) for name in value}
        words = [noun.in_language("name", language) if noun else str(one)
                 for one, noun in ids.items()]  # fmt: skip
        return (", " if language == "en" else "、").join(words)
    if field.kind in NOUNS:
        noun = referred.get(str(value))
        return noun.in_language("name", language) if noun else ""
    return str(value)


def changes(
    shelf: Shelf,
    version: Declared,
    before: tuple[Declared, ...],
    referred: Mapping[str, Declared],
) -> list[tuple[str, str, str]]:
    """What a version changed: name of the field, as it was, as it became. All, for the first."""
    earlier: Mapping[str, Any] = before[0].fields if before else {}
    found = []
    for field in NOUNS[shelf.noun]:
        was, became = earlier.get(field.name), version.fields.get(field.name)
        if was != became:
            told = [field_words(shelf, field, value, referred) for value in (was, became)]
            found.append((_(field.label), told[0], told[1]))
    return found
