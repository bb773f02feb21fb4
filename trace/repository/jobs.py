"""The job table: work that a process of its own does, with progress, stop and resume."""

from .database import Connection, Row, row, rows

HANGING_IS_RESUMED = "UPDATE job SET state = 'waiting', done = 0 WHERE state = 'running'"


def next_job(connection: Connection, started_at: str) -> Row | None:
    """Take the oldest waiting job; call inside a writing transaction."""
    waiting = row(
        connection,
        "SELECT * FROM job WHERE state = 'waiting' ORDER BY asked_at, job_id LIMIT 1",
    )
    if waiting:
        connection.execute(
            "UPDATE job SET state = 'running', started_at = ? WHERE job_id = ?",
            (started_at, waiting["job_id"]),
        )
    return waiting


def resume_interrupted(connection: Connection) -> None:
    """Jobs that ran when the process died are done again from their beginning."""
    connection.execute(HANGING_IS_RESUMED)


def report_progress(connection: Connection, job_id: str, done: int) -> None:
    """How far a job is."""
    connection.execute("UPDATE job SET done = ? WHERE job_id = ?", (done, job_id))


def finish_job(connection: Connection, job_id: str, result: str, ended_at: str) -> None:
    """A job's work is done; `result` names its file in the jobs folder."""
    connection.execute(
        "UPDATE job SET state = 'done', done = total, result = ?, ended_at = ? WHERE job_id = ?",
        (result, ended_at, job_id),
    )


def fail_job(connection: Connection, job_id: str, problem: str, ended_at: str) -> None:
    """A job could not be done, and why."""
    connection.execute(
        "UPDATE job SET state = 'failed', problem = ?, ended_at = ? WHERE job_id = ?",
        (problem, ended_at, job_id),
    )


def job(connection: Connection, job_id: str) -> Row | None:
    """One job."""
    return row(connection, "SELECT * FROM job WHERE job_id = ?", (job_id,))


def waiting_count(connection: Connection) -> int:
    """How many jobs wait or run."""
    return len(rows(connection, "SELECT 1 AS found FROM job WHERE state IN ('waiting', 'running')"))


def has_waiting(connection: Connection) -> bool:
    """Whether any job waits to be taken."""
    return bool(row(connection, "SELECT 1 AS found FROM job WHERE state = 'waiting' LIMIT 1"))


def take_waiting(connection: Connection, job_id: str, started_at: str) -> Row | None:
    """Take this job if it waits; call inside a writing transaction."""
    found = row(connection, "SELECT * FROM job WHERE job_id = ? AND state = 'waiting'", (job_id,))
    if found:
        connection.execute(
            "UPDATE job SET state = 'running', started_at = ? WHERE job_id = ?",
            (started_at, job_id),
        )
    return found


def ask_again(connection: Connection, job_id: str) -> None:
    """A job that ended waits again; one that waits or runs goes on."""
    connection.execute(
        "UPDATE job SET state = 'waiting', done = 0, result = NULL, problem = NULL,"
        " ended_at = NULL WHERE job_id = ? AND state IN ('done', 'failed', 'stopped')",
        (job_id,),
    )
