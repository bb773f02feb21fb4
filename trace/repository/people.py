"""Accounts, memberships, invitations and sessions. Only hashes of tokens are ever stored."""

from .database import Connection, Row, row, rows


def add_account(connection: Connection, account_id: str, created_at: str) -> None:
    """An account that signs in."""
    connection.execute(
        "INSERT INTO account(account_id, created_at) VALUES(?,?)", (account_id, created_at)
    )


def add_membership(
    connection: Connection,
    *,
    membership_id: str,
    account_id: str,
    coop_id: str,
    role: str,
    party_id: str,
    created_at: str,
) -> None:
    """An account's role in a co-op, as one of its parties."""
    connection.execute(
        "INSERT INTO membership(membership_id, account_id, coop_id, role, party_id, created_at)"
        " VALUES(?,?,?,?,?,?)",
        (membership_id, account_id, coop_id, role, party_id, created_at),
    )


def memberships_of(connection: Connection, account_id: str) -> list[Row]:
    """An account's memberships that have not ended."""
    return rows(
        connection,
        "SELECT * FROM membership WHERE account_id = ? AND ended_at IS NULL"
        " ORDER BY created_at, membership_id",
        (account_id,),
    )


def memberships_in(connection: Connection, coop_id: str) -> list[Row]:
    """A co-op's memberships, ended ones too, with the newest session's start."""
    return rows(
        connection,
        "SELECT m.*, (SELECT MAX(s.created_at) FROM session s WHERE s.account_id = m.account_id)"
        " AS last_session, (SELECT COUNT(*) FROM session s WHERE s.account_id = m.account_id"
        " AND s.revoked_at IS NULL) AS open_sessions"
        " FROM membership m WHERE m.coop_id = ? ORDER BY m.created_at, m.membership_id",
        (coop_id,),
    )


def membership(connection: Connection, membership_id: str) -> Row | None:
    """One membership."""
    return row(connection, "SELECT * FROM membership WHERE membership_id = ?", (membership_id,))


def end_membership(connection: Connection, membership_id: str, ended_at: str) -> None:
    """End a membership; its sessions end with it."""
    connection.execute(
        "UPDATE membership SET ended_at = ? WHERE membership_id = ?", (ended_at, membership_id)
    )
    connection.execute(
        "UPDATE session SET revoked_at = ? WHERE membership_id = ? AND revoked_at IS NULL",
        (ended_at, membership_id),
    )


def add_invitation(
    connection: Connection,
    *,
    token_hash: str,
    coop_id: str,
    role: str,
    party_id: str,
    invited_by: str | None,
    created_at: str,
    expires_at: str,
) -> None:
    """An invitation that may be used once before it expires."""
    connection.execute(
        "INSERT INTO invitation(token_hash, coop_id, role, party_id, invited_by, created_at,"
        " expires_at) VALUES(?,?,?,?,?,?,?)",
        (token_hash, coop_id, role, party_id, invited_by, created_at, expires_at),
    )


def invitation(connection: Connection, token_hash: str) -> Row | None:
    """An invitation by the hash of its token."""
    return row(connection, "SELECT * FROM invitation WHERE token_hash = ?", (token_hash,))


def use_invitation(connection: Connection, token_hash: str, account_id: str, used_at: str) -> None:
    """Use an invitation up."""
    connection.execute(
        "UPDATE invitation SET used_at = ?, account_id = ? WHERE token_hash = ?",
        (used_at, account_id, token_hash),
    )


def open_invitations(connection: Connection, coop_id: str, now: str) -> list[Row]:
    """Invitations of a co-op that can still be used."""
    return rows(
        connection,
        "SELECT * FROM invitation WHERE coop_id = ? AND used_at IS NULL AND expires_at > ?"
        " ORDER BY created_at",
        (coop_id, now),
    )


def membership_as(connection: Connection, coop_id: str, role: str, party_id: str) -> Row | None:
    """A party's membership in a role that has not ended: a new phone joins its account."""
    return row(
        connection,
        "SELECT * FROM membership WHERE coop_id = ? AND role = ? AND party_id = ?"
        " AND ended_at IS NULL ORDER BY created_at LIMIT 1",
        (coop_id, role, party_id),
    )


def add_session(
    connection: Connection,
    *,
    token_hash: str,
    account_id: str,
    membership_id: str,
    device: str,
    created_at: str,
    expires_at: str,
) -> None:
    """A device that is signed in."""
    connection.execute(
        "INSERT INTO session(token_hash, account_id, membership_id, device, created_at,"
        " expires_at) VALUES(?,?,?,?,?,?)",
        (token_hash, account_id, membership_id, device, created_at, expires_at),
    )


def session(connection: Connection, token_hash: str) -> Row | None:
    """A session with its membership, as it stands."""
    return row(
        connection,
        "SELECT s.*, m.coop_id, m.role, m.party_id, m.ended_at AS membership_ended"
        " FROM session s JOIN membership m ON m.membership_id = s.membership_id"
        " WHERE s.token_hash = ?",
        (token_hash,),
    )


def choose_membership(connection: Connection, token_hash: str, membership_id: str) -> None:
    """The session now acts in another co-op or role of the same account."""
    connection.execute(
        "UPDATE session SET membership_id = ? WHERE token_hash = ?", (membership_id, token_hash)
    )


def revoke_session(connection: Connection, token_hash: str, revoked_at: str) -> None:
    """Sign one device out."""
    connection.execute(
        "UPDATE session SET revoked_at = ? WHERE token_hash = ? AND revoked_at IS NULL",
        (revoked_at, token_hash),
    )


def revoke_account(connection: Connection, account_id: str, revoked_at: str) -> None:
    """Sign every device of an account out."""
    connection.execute(
        "UPDATE session SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL",
        (revoked_at, account_id),
    )
