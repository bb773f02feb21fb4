"""Looking at what the ledger of a small co-op holds."""

import json
from typing import Any

from trace.repository import ledger

from .small_farm import SmallFarm


def last_body(farm: SmallFarm) -> dict[str, Any]:
    """The newest entry of the ledger."""
    with farm.instance.database.reading() as connection:
        newest = list(ledger.iterate_entries(connection))[-1]
    body: dict[str, Any] = json.loads(newest.body)
    return body


def entries(farm: SmallFarm) -> int:
    with farm.instance.database.reading() as connection:
        return ledger.size(connection)


def row_of(farm: SmallFarm, sql: str, *values: Any) -> Any:
    """The first row of a query."""
    with farm.instance.database.reading() as connection:
        return connection.execute(sql, values).fetchone()


def maker_of(farm: SmallFarm, lot: str) -> str:
    """The entry that made this lot first."""
    return str(
        row_of(
            farm,
            "SELECT e.entry_id FROM node n JOIN event e ON e.entry_index = n.entry_index"
            " WHERE n.node_id = ?",
            lot,
        )["entry_id"]
    )
