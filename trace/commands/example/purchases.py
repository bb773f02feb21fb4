"""What the co-ops bought for their fields, each with its receipt, and one handing out."""

from .season_time import Calendar
from .steps import Report, Step, of, some


def _bought(
    day: int,
    what: str,
    amount: dict[str, str],
    lot_number: str,
    paper: str = "",
    *,
    called: str = "",
    who: str = "dafengshou manager",
    supplier: str = "input shop",
    expires: str = "",
) -> Report:
    return Report(
        day, who, "input_purchase",
        {"input": f"@{what}", "supplier": f"@{supplier}", "quantity": amount,
         "lot_number": lot_number, "expires_on": expires},
        called=called or f"{what} lot", at="09:30", paper=paper,
    )  # fmt: skip


def steps(calendar: Calendar) -> tuple[Step, ...]:
    """Every purchase of both co-ops; one bottle of the store soon runs out of date."""
    soon, next_year = (calendar.date_of(day).isoformat() for day in (19, 420))
    seed, fertiliser = "receipt of seed", "receipt of fertiliser"
    pesticides = "receipt of pesticides"
    return (
        _bought(-120, "cucumber seed", of("40", "packet"), "HGZ-EX-35", seed),
        _bought(-120, "celery seed", of("30", "packet"), "QCZ-EX-12", seed),
        _bought(-120, "organic fertiliser", of("6000", "kg"), "YJF-EX-07", fertiliser),
        _bought(-120, "compound fertiliser", of("1000", "kg"), "FHF-EX-15", fertiliser),
        _bought(
            -118, "azoxystrobin", of("2000", "ml"), "MJZ-EX-0601", pesticides, expires=next_year
        ),
        _bought(
            -118, "imidacloprid", of("600", "g"), "BCL-EX-0602", pesticides, expires=next_year
        ),
        _bought(-118, "matrine", of("3000", "ml"), "KSJ-EX-0604", pesticides, expires=soon),
        _bought(
            -118, "snail matrine", of("1500", "ml"), "KSJ-EX-0611", "receipt of the vineyard",
            who="snail manager", supplier="snail input shop",
        ),
        _bought(
            -110, "seed potatoes", of("360", "kg"), "ZS-EX-15", called="seed potato lot"
        ),
        _bought(-66, "spawn", of("400", "bag"), "PGZ-EX-650"),
        _bought(
            -60, "imidacloprid", of("300", "g"), "BCL-EX-0908",
            "receipt of the other imidacloprid", called="other imidacloprid lot",
        ),
        Report(
            -11, "dafengshou manager", "input_issue",
            {"lots": [some("azoxystrobin lot", "100", "ml")], "recipient": "@wang"},
            at="08:00",
        ),
    )  # fmt: skip
