"""Search over everything a co-op has: lots, plantings, lists, records, and codes of labels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..domain.declared import NOUNS as NOUN_FIELDS
from ..domain.errors import Refused
from ..domain.identifiers import parse_code
from ..domain.key_data import KEY_DATA, PLANTING
from ..domain.searching import has_words, words_of
from ..repository import declared, events, nodes, searching, units
from ..repository.database import Connection
from ..repository.declared import Declared
from ..repository.instance import Instance
from .coop_nodes import NodeLine, node_lines
from .field_records import FieldRecord, records_told

NOUNS = ("plot", "product", "input", "party", "certificate", "site")
NOT_WORDS = ("picture", "file", "product_ids", "site_ids")
"""Fields whose values are names of ours or ids."""

MOST_NODES, MOST_NOUNS, MOST_RECORDS = 30, 30, 20
_LOOKED_AT = 400
WRITTEN = ("text", "results")
"""Kinds of elements that are written in words and not chosen."""

WORDY = tuple(name for name, row in KEY_DATA.items() if any(one.kind in WRITTEN for one in row))
"""Event types that say anything in words, beside their note."""


@dataclass(frozen=True)
class Found:
    """What was found, by group; `by_code` is what a code typed or scanned leads to at once."""

    by_code: tuple[NodeLine, ...] = ()
    lots: tuple[NodeLine, ...] = ()
    plantings: tuple[NodeLine, ...] = ()
    nouns: tuple[Declared, ...] = ()
    records: tuple[FieldRecord, ...] = ()

    @property
    def count(self) -> int:
        """How many things were found."""
        groups = (self.by_code, self.lots, self.plantings, self.nouns, self.records)
        return sum(len(one) for one in groups)


def search(instance: Instance, coop_id: str, typed: str) -> Found:
    """Everything of this co-op in which all the words typed are found."""
    words, code = words_of(typed), _code(typed)
    if not words:
        return Found()
    with instance.database.reading() as connection:
        lists = [
            one
            for noun in NOUNS
            for one in declared.all_current(connection, coop_id, noun, with_retired=True)
        ]
        by_code = _by_code(connection, coop_id, code)
        known = {one.key for one in by_code}
        lines = [one for one in _nodes(connection, coop_id, words, lists) if one.key not in known]
        return Found(
            by_code,
            tuple(one for one in lines if one.kind != PLANTING),
            tuple(one for one in lines if one.kind == PLANTING),
            _nouns(lists, words),
            _records(connection, coop_id, code, words),
        )


def _texts(noun: Declared) -> list[str]:
    """All that people wrote of a noun, personal values included where they were not erased."""
    written = [
        noun.fields.get(field.name)
        for field in NOUN_FIELDS[noun.noun]
        if field.kind in ("text", "list") and field.name not in NOT_WORDS
    ]
    return [
        str(each)
        for value in written
        if value is not None
        for each in (value if isinstance(value, list) else [value])
    ]


def _nouns(lists: Iterable[Declared], words: Sequence[str]) -> tuple[Declared, ...]:
    found = [one for one in lists if has_words(_texts(one), words)]
    return tuple(sorted(found, key=lambda one: one.is_retired))[:MOST_NOUNS]


def _nodes(
    connection: Connection, coop_id: str, words: Sequence[str], lists: Sequence[Declared]
) -> tuple[NodeLine, ...]:
    named = [one for one in lists if one.noun in ("plot", "product", "input")]
    by_word = [
        (word, [one.id for one in named if has_words(_names(one), [word])]) for word in words
    ]
    rows = searching.nodes_found(connection, coop_id, by_word, MOST_NODES)
    return node_lines(connection, [row["node_key"] for row in rows])


def _names(noun: Declared) -> list[str]:
    return [noun.text(name) for name in ("name", "name_en", "full_name", "registration_number")]


def _code(typed: str) -> str:
    try:
        return parse_code(typed)
    except Refused:
        return ""


def _by_code(connection: Connection, coop_id: str, code: str) -> tuple[NodeLine, ...]:
    """The lot of a label's code, or the lot or planting whose own code it is."""
    unit = units.unit_by_code(connection, code) if code else None
    own = nodes.node_keys(connection, [code] if code else []).get(code)
    keys = [one["node_key"] for one in (unit, own) if one]
    return tuple(one for one in node_lines(connection, keys) if one.coop_id == coop_id)


def _records(
    connection: Connection, coop_id: str, code: str, words: Sequence[str]
) -> tuple[FieldRecord, ...]:
    one = events.event_by_id(connection, coop_id, code) if code else None
    if one is not None:
        return records_told(connection, coop_id, [one])
    longest = max(words, key=len)
    rows = searching.records_found(connection, coop_id, longest, WORDY, _LOOKED_AT)
    found: list[FieldRecord] = []
    for start in range(0, len(rows), MOST_RECORDS):
        told = records_told(connection, coop_id, rows[start : start + MOST_RECORDS])
        found += [record for record in told if has_words(_said(record), words)]
        if len(found) >= MOST_RECORDS:
            break
    return tuple(found[:MOST_RECORDS])


def _said(record: FieldRecord) -> list[str]:
    """A record's own words: its note, and the elements that are written and not chosen."""
    written = [one.name for one in KEY_DATA[record.event_type] if one.kind in WRITTEN]
    return [record.note, *(str(record.what.get(name, "")) for name in written)]
