"""Tests and their papers, and slips of the finger: a failed test that a laboratory cleared, a
report that leaves something out, quantities corrected twice.
"""

from .season_papers import OTHER_REPORTS
from .season_time import Calendar
from .steps import Correction, PagesRead, Report, Step, TakingBack, of, rapid_test, some

PICKING = -20


def steps(calendar: Calendar) -> tuple[Step, ...]:
    """Every step of these stories."""
    return (
        *_released_lettuce(calendar),
        *_sold_more_than_packed(),
        _celery_report(calendar),
        *_slips(),
        _inspectors_visit(),
    )


def _report_on(calendar: Calendar, name: str, subjects: tuple[str, ...], at: str) -> Report:
    paper = OTHER_REPORTS[name]
    sent = {
        "inspection_kind": "laboratory_report",
        "subjects": [f"@{one}" for one in subjects],
        "passed": "yes",
        "method": "GB 23200.121",
        "results": [
            {"analyte": one.analyte.split()[0], "result": one.found, "unit": one.unit,
             "limit": one.limit}
            for one in paper.results
        ],
        "report_number": paper.number(calendar),
        "laboratory": "@laboratory",
        "sampled_on": calendar.date_of(paper.sampled).isoformat(),
        "valid_until": calendar.date_of(paper.reported + paper.valid_days).isoformat(),
    }  # fmt: skip
    return Report(
        paper.reported, "zhou", "inspection", sent, at=at, done_by="laboratory", paper=name
    )


def _picked(amount: str) -> dict[str, object]:
    return {"takes": [some("lettuce 21", amount, "kg")], "picked_by": "grower"}


def _weighed_again(day: int, at: str, amount: str, note: str) -> Correction:
    picked = Report(PICKING, "dafengshou manager", "harvesting", _picked(amount),
                    at="06:40", done_by="yu")  # fmt: skip
    return Correction(day, at, "dafengshou manager", "picked lettuce", note, picked)


def _released_lettuce(calendar: Calendar) -> tuple[Step, ...]:
    """Failed in the testing room, passed in the laboratory two days later; weighed three times."""
    return (
        Report(
            PICKING, "yu", "harvesting", _picked("300"), called="picked lettuce", at="06:40",
        ),
        Report(
            PICKING, "zhou", "inspection",
            rapid_test(("picked lettuce",), "54", passed=False),
            at="08:50", note="超过 50%，先扣住，留样送检测公司。",
        ),
        _weighed_again(
            PICKING, "10:15", "33", "于德水多按了一个零：不是 300 公斤，是 33 公斤。"
        ),
        _report_on(calendar, "report on lettuce", ("picked lettuce",), "10:30"),
        Report(
            PICKING + 2, "li", "packing",
            {"takes": [some("picked lettuce", "30", "kg")], "packed_quantity": "75",
             "unit": "bundle", "site": "@packing house"},
            called="packed lettuce", at="13:30", note="检测公司报告合格，扣留解除，当天装完。",
        ),
        _weighed_again(
            PICKING + 3, "08:20", "30", "33 公斤是连筐称的，筐重 3 公斤，净重 30 公斤。"
        ),
    )  # fmt: skip


def _sold_more_than_packed() -> tuple[Step, ...]:
    """Three bundles more went out than were packed: flagged, nobody has found out why."""
    return (
        Report(
            PICKING + 3, "li", "selling",
            {"lots": [some("packed lettuce", "60", "bundle")], "channel": "chat_group",
             "customer": "@chat group"},
            at="10:00",
        ),
        Report(
            PICKING + 3, "li", "selling",
            {"lots": [some("packed lettuce", "18", "bundle")], "channel": "gate"},
            at="16:30", note="门口卖完一数，多出 3 捆，怕是装的时候少数了。",
        ),
    )  # fmt: skip


def _celery_report(calendar: Calendar) -> Report:
    """A report that measured what one grower sprayed, not what another did."""
    return _report_on(calendar, "report on celery", ("celery 1", "celery 2", "celery 3"), "15:40")


def _slips() -> tuple[Step, ...]:
    """The same watering saved twice, and the second taken back at once."""
    watered = {"plantings": ["@tomatoes"], "method": "drip", "volume": of("8", "m3")}
    return (
        Report(-5, "wang", "irrigation", watered, at="16:50", recorded_at="17:20"),
        Report(
            -5, "wang", "irrigation", watered,
            called="watered twice", at="16:50", recorded_at="17:22",
        ),
        TakingBack(-5, "17:24", "wang", "watered twice", "按了两下，记重了。"),
    )  # fmt: skip


def _inspectors_visit() -> PagesRead:
    """What the county's inspector looked at before he went to the chive field."""
    return PagesRead(
        -6, "09:10", "zheng",
        (("inspect.home", ""), ("inspect.records", ""), ("inspect.lot", "@west chives")),
    )  # fmt: skip
