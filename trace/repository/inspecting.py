"""What an inspector may read, and what he read: spans of invitations and memberships, the log."""

from .database import Connection, Row, marks, row, rows

_PART = 500


def set_invitation_span(
    connection: Connection, token_hash: str, first_day: str | None, last_day: str | None
) -> None:
    """The days an invitation is for."""
    connection.execute(
        "INSERT INTO invitation_span(token_hash, first_day, last_day) VALUES(?,?,?)",
        (token_hash, first_day, last_day),
    )


def hand_on_span(connection: Connection, token_hash: str, membership_id: str) -> None:
    """The invitation's days are the membership's from now on; without any it has no limit."""
    connection.execute("DELETE FROM membership_span WHERE membership_id = ?", (membership_id,))
    connection.execute(
        "INSERT INTO membership_span(membership_id, first_day, last_day)"
        " SELECT ?, first_day, last_day FROM invitation_span WHERE token_hash = ?",
        (membership_id, token_hash),
    )


def spans_of(connection: Connection, membership_ids: list[str]) -> dict[str, Row]:
    """The limited days of these memberships; those without a limit are left out."""
    if not membership_ids:
        return {}
    found = rows(
        connection,
        "SELECT membership_id, first_day, last_day FROM membership_span"
        f" WHERE membership_id IN ({marks(len(membership_ids))})",
        membership_ids,
    )
    return {one["membership_id"]: one for one in found}


def invitation_span(connection: Connection, token_hash: str) -> Row | None:
    """The days an invitation is limited to, or None."""
    return row(
        connection,
        "SELECT first_day, last_day FROM invitation_span WHERE token_hash = ?",
        (token_hash,),
    )


def add_read(
    connection: Connection,
    *,
    coop_id: str,
    account_id: str,
    party_id: str,
    page: str,
    subject: str,
    first_day: str | None,
    last_day: str | None,
    read_at: str,
) -> None:
    """One page that an inspector read."""
    connection.execute(
        "INSERT INTO inspector_read(coop_id, account_id, party_id, page, subject, first_day,"
        " last_day, read_at) VALUES(?,?,?,?,?,?,?,?)",
        (coop_id, account_id, party_id, page, subject, first_day, last_day, read_at),
    )


def reads_of(
    connection: Connection, coop_id: str, account_id: str, before: int | None, limit: int
) -> list[Row]:
    """What was read of a co-op, the last first; of one account, or of all where it is empty."""
    return rows(
        connection,
        "SELECT * FROM inspector_read WHERE coop_id = ? AND (? = '' OR account_id = ?)"
        " AND (? IS NULL OR read_key < ?) ORDER BY read_key DESC LIMIT ?",
        (coop_id, account_id, account_id, before, before, limit),
    )


def days_of_file(connection: Connection, coop_id: str, sha256: str) -> list[str]:
    """The days of the co-op's records that carry this file."""
    found = rows(
        connection,
        "SELECT DISTINCT e.event_date FROM event_file f JOIN event e"
        " ON e.entry_index = f.entry_index WHERE f.sha256 = ? AND e.coop_id = ?",
        (sha256, coop_id),
    )
    return [one["event_date"] for one in found]


def purchases_of(connection: Connection, node_ids: list[str]) -> dict[str, Row]:
    """Input lots by their code: lot number, supplier, the supplier's own lot number."""
    found: dict[str, Row] = {}
    for start in range(0, len(node_ids), _PART):
        part = node_ids[start : start + _PART]
        for one in rows(
            connection,
            "SELECT code, lot_number, supplier_id, supplier_lot_number FROM lot"
            f" WHERE code IN ({marks(len(part))})",
            part,
        ):
            found[one["code"]] = one
    return found


def varieties_of(connection: Connection, node_ids: list[str]) -> dict[str, Row]:
    """Plantings by their code: variety, and the day of sowing or planting."""
    found: dict[str, Row] = {}
    for start in range(0, len(node_ids), _PART):
        part = node_ids[start : start + _PART]
        for one in rows(
            connection,
            "SELECT n.node_id, p.variety, p.started_on FROM planting p"
            f" JOIN node n ON n.node_key = p.node_key WHERE n.node_id IN ({marks(len(part))})",
            part,
        ):
            found[one["node_id"]] = one
    return found


def events_in_order(
    connection: Connection,
    coop_id: str,
    first_day: str,
    last_day: str,
    event_types: list[str],
    limit: int,
) -> list[Row]:
    """Events of these types and days, struck-out ones too, in the order they happened."""
    if not event_types:
        return []
    return rows(
        connection,
        "SELECT * FROM event WHERE coop_id = ? AND event_date >= ? AND event_date <= ?"
        f" AND event_type IN ({marks(len(event_types))})"
        " ORDER BY event_date, event_utc, entry_index LIMIT ?",
        (coop_id, first_day, last_day, *event_types, limit),
    )


def plantings_on(connection: Connection, coop_id: str, plot_id: str) -> list[int]:
    """The keys of the plantings of a plot, newest first."""
    found = rows(
        connection,
        "SELECT node_key FROM planting WHERE coop_id = ? AND plot_id = ?"
        " ORDER BY started_on DESC, node_key DESC",
        (coop_id, plot_id),
    )
    return [one["node_key"] for one in found]


def events_on_plot(
    connection: Connection, coop_id: str, plot_id: str, first_day: str, last_day: str, limit: int
) -> list[Row]:
    """What was done on a plot in some days: to its plantings, or as an inspection of it."""
    return rows(
        connection,
        "SELECT * FROM event WHERE coop_id = ? AND event_date >= ? AND event_date <= ?"
        " AND entry_index IN (SELECT s.entry_index FROM planting p JOIN event_node s"
        " ON s.node_key = p.node_key WHERE p.coop_id = ? AND p.plot_id = ?"
        " UNION SELECT t.entry_index FROM inspection_plot t WHERE t.coop_id = ? AND t.plot_id = ?)"
        " ORDER BY event_utc DESC, entry_index DESC LIMIT ?",
        (coop_id, first_day, last_day, coop_id, plot_id, coop_id, plot_id, limit),
    )
