"""Choices of forms: declared nouns, the choices of a field, pictures."""

from collections.abc import Iterable

from ...domain.declared import Field
from ...query.declared_nouns import Declared
from ..language import current_language
from ..pictures import PICTURES
from ..words import _

Tile = dict[str, str]


def option_pairs(nouns: Iterable[Declared]) -> list[tuple[str, str]]:
    """Nouns for a drop-down."""
    language = current_language()
    return [(one.id, one.in_language("name", language) or _("(erased)")) for one in nouns]


def option_tiles(nouns: Iterable[Declared]) -> list[Tile]:
    """Nouns as tiles to tick."""
    return [{"value": value, "words": words} for value, words in option_pairs(nouns)]


def choice_pairs(field: Field) -> list[tuple[str, str]]:
    """The choices of a field for a drop-down."""
    return [(value, _(words)) for value, words in field.choices]


def choice_tiles(field: Field) -> list[Tile]:
    """The choices of a field as tiles."""
    return [{"value": value, "words": words} for value, words in choice_pairs(field)]


def picture_tiles(names: Iterable[str]) -> list[Tile]:
    """Pictures to choose one of, with their words below."""
    return [{"value": name, "picture": name, "words": _(PICTURES[name])} for name in names]
