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
    connection: Connection, coop_id: str, words: Sequence[str], limit: int
) -> list[Row]:
    """Events whose note or words hold every word, the last written first.

    The words of an event stand in its JSON beside ids: the caller looks again at the words alone.
    """
    conditions, values = list[str](), Values([coop_id])
    for word in words:
        condition, more = _any([_like("e.what", word), _like("COALESCE(v.value, '')", word)])
        conditions.append(condition)
        values += more
    return rows(
        connection,
        "SELECT e.* FROM event e LEFT JOIN private_value v"
        " ON v.entry_id = e.entry_id AND v.path = 'note' WHERE e.coop_id = ?"
        f" AND {' AND '.join(conditions)} ORDER BY e.entry_index DESC LIMIT ?",
        [*values, limit],
    )
