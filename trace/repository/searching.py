"""Searching a co-op's lots, plantings and records for words, with what was typed already folded."""

from collections.abc import Iterable, Sequence

from ..domain.searching import spellings
from .database import Connection, Row, marks, rows

Values = list[str | int]


def _like(column: str, word: str) -> tuple[str, Values]:
    """A condition that a column holds a word, whatever its case and width."""
    kinds = [_escaped(one) for one in spellings(word)]
    condition = " OR ".join([rf"lower({column}) LIKE ? ESCAPE '\'"] * len(kinds))
    return f"({condition})", [f"%{one}%" for one in kinds]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _among(column: str, ids: Iterable[str]) -> tuple[str, Values]:
    found: Values = [*ids]
    if not found:
        return "1 = 0", []
    return f"{column} IN ({marks(len(found))})", found


def _any(parts: Iterable[tuple[str, Values]]) -> tuple[str, Values]:
    found = list(parts)
    return (
        "(" + " OR ".join(condition for condition, _ in found) + ")",
        [value for _, values in found for value in values],
    )


def nodes_found(
    connection: Connection, coop_id: str, words: Sequence[tuple[str, Sequence[str]]], limit: int
) -> list[Row]:
    """Lots, packages, input lots and plantings in which every word is found, the last made first.

    With each word come the ids of the plots, products and inputs whose names hold it.
    """
    conditions, values = list[str](), Values([coop_id])
    for word, ids in words:
        condition, more = _any(
            [
                _like("COALESCE(l.lot_number, '')", word),
                _like("COALESCE(l.name, '')", word),
                _like("COALESCE(p.variety, '')", word),
                _like("n.node_id", word),
                _among("COALESCE(l.product_id, p.product_id, '')", ids),
                _among("COALESCE(l.input_id, '')", ids),
                _among("COALESCE(p.plot_id, '')", ids),
            ]
        )
        conditions.append(condition)
        values += more
    return rows(
        connection,
        "SELECT n.node_key, n.kind FROM node n LEFT JOIN lot l ON l.node_key = n.node_key"
        " LEFT JOIN planting p ON p.node_key = n.node_key WHERE n.coop_id = ?"
        f" AND {' AND '.join(conditions)} ORDER BY n.node_key DESC LIMIT ?",
        [*values, limit],
    )


def records_found(
    connection: Connection, coop_id: str, word: str, event_types: Sequence[str], limit: int
) -> list[Row]:
    """Events whose note, or whose words where they are of these types, hold a word.

    The last written first, at most `limit` by their notes and as many by their words. The words of
    an event stand in its JSON beside ids: the caller looks again at the words alone.
    """
    in_note, values = _like("v.value", word)
    by_note = rows(
        connection,
        "SELECT e.* FROM private_value v JOIN event e ON e.entry_id = v.entry_id"
        f" WHERE v.path = 'note' AND {in_note} AND e.coop_id = ?"
        " ORDER BY e.entry_index DESC LIMIT ?",
        [*values, coop_id, limit],
    )
    in_words, values = _like("what", word)
    of_types, types = _among("event_type", event_types)
    by_words = rows(
        connection,
        f"SELECT * FROM event WHERE coop_id = ? AND {of_types} AND {in_words}"
        " ORDER BY entry_index DESC LIMIT ?",
        [coop_id, *types, *values, limit],
    )
    once = {one["entry_index"]: one for one in (*by_note, *by_words)}
    return [once[index] for index in sorted(once, reverse=True)]
