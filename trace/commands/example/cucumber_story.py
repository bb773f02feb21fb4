"""The cucumbers of greenhouse 17, from the seed to the shop: the season's hero.

Sown 74 days before they were picked, sprayed 9 days before, tested, packed, corrected, shipped.
"""

from .season_papers import REPORT_VALID_DAYS, REPORTED_DAY, SAMPLED_DAY, report_number
from .season_time import Calendar
from .steps import Correction, Labels, Report, Step, of, rapid_test, some

HERO, PLANTING, PICKED = "hero", "cucumbers 17", "picked cucumbers 17"
PICKING_DAY, SOWING_DAY, SPRAYING_DAY = -1, -75, -10
_HERE = {"plantings": [f"@{PLANTING}"]}
_PACKED = {
    "takes": [some(PICKED, "120", "kg")],
    "unit": "bundle",
    "site": "@packing house",
}


def steps(calendar: Calendar) -> tuple[Step, ...]:
    """Every step of the hero."""
    return (*_growing(), _laboratory_report(calendar), *_picking_and_packing(), *_on_the_way())


def _growing() -> tuple[Step, ...]:
    return (
        Report(
            SOWING_DAY, "wang", "planting",
            {
                "plot": "@greenhouse 17",
                "product": "@cucumber",
                "variety": "津优35",
                "seed_lot": "@cucumber seed lot",
                "seed_amount": of("3", "packet"),
                "area": of("1.2", "mu"),
                "method": "sown",
            },
            called=PLANTING, at="08:30", photos=("seedlings",),
        ),
        _watering(-73, "6"),
        _watering(-60, "8"),
        Report(-55, "wang", "field_work", _HERE | {"work": "traps"}, note="挂黄板 40 张，防蚜虫。"),
        _watering(-52, "9"),
        Report(
            -47, "wang", "fertilising",
            _HERE
            | {
                "input_lot": "@organic fertiliser lot",
                "amount": of("240", "kg"),
                "method": "top_dressing",
            },
            at="07:40", note="每亩 200 公斤。", photos=("fertiliser",),
        ),
        _watering(-40, "10"),
        Report(
            -34, "wang", "field_work", _HERE | {"work": "tying"},
            at="16:30", recorded_day=-33, recorded_at="18:10",
            note="开花了，吊蔓。昨天忘了记，今天补上。", photos=("cucumber_flowering",),
        ),
        _watering(-29, "10", photos=("drip_irrigation",)),
        Report(
            -27, "wang", "fertilising",
            _HERE
            | {
                "input_lot": "@compound fertiliser lot",
                "amount": of("12", "kg"),
                "method": "with_water",
            },
        ),
        Report(-20, "wang", "field_work", _HERE | {"work": "pruning"}, note="打老叶，透风。"),
        _watering(-18, "10"),
        Report(
            SPRAYING_DAY, "wang", "spraying",
            _HERE
            | {
                "input_lot": "@azoxystrobin lot",
                "amount": of("30", "ml"),
                "water": of("30", "l"),
                "target": "霜霉病",
            },
            at="16:10", note="两桶水，一桶 15 毫升。", photos=("spraying",),
        ),
        _watering(-6, "9", photos=("cucumbers_on_vine",)),
    )  # fmt: skip


def _watering(day: int, cubic_metres: str, photos: tuple[str, ...] = ()) -> Report:
    sent = _HERE | {"method": "drip", "volume": of(cubic_metres, "m3")}
    return Report(day, "wang", "irrigation", sent, photos=photos)


def _laboratory_report(calendar: Calendar) -> Report:
    sent = {
        "inspection_kind": "laboratory_report",
        "subjects": [f"@{PLANTING}"],
        "passed": "yes",
        "method": "GB 23200.121",
        "results": [
            {"analyte": "嘧菌酯", "result": "0.08", "unit": "mg/kg", "limit": "0.5"},
            {"analyte": "吡虫啉", "result": "未检出", "unit": "mg/kg", "limit": "1"},
            {"analyte": "腐霉利", "result": "未检出", "unit": "mg/kg", "limit": "2"},
        ],
        "report_number": report_number(calendar),
        "laboratory": "@laboratory",
        "sampled_on": calendar.date_of(SAMPLED_DAY).isoformat(),
        "valid_until": calendar.date_of(REPORTED_DAY + REPORT_VALID_DAYS).isoformat(),
    }
    return Report(
        REPORTED_DAY, "zhou", "inspection", sent,
        at="15:20", done_by="laboratory", paper="laboratory report",
    )  # fmt: skip


def _picking_and_packing() -> tuple[Step, ...]:
    return (
        Report(
            PICKING_DAY, "wang", "harvesting",
            {"takes": [some(PLANTING, "126", "kg")], "crates": "7", "picked_by": "grower"},
            called=PICKED, at="06:30", recorded_at="06:55", photos=("cucumber_crates",),
        ),
        Report(
            PICKING_DAY, "zhou", "inspection", rapid_test((PICKED,), "12"),
            at="08:20", photos=("testing_room",),
        ),
        Report(
            PICKING_DAY, "li", "packing", _PACKED | {"packed_quantity": "420"},
            called=HERO, at="14:00", photos=("cucumber_bundles",),
        ),
        Report(
            PICKING_DAY, "li", "storing",
            {
                "lots": [f"@{HERO}"], "site": "@cold store",
                "temperature": of("12.6", "celsius"), "humidity": of("92", "percent"),
            },
            at="15:00", photos=("storage_room",),
        ),
        Correction(
            PICKING_DAY, "16:05", "dafengshou manager", HERO,
            "李秀兰说数字写颠倒了：不是 420 捆，是 240 捆。",
            Report(
                PICKING_DAY, "dafengshou manager", "packing",
                _PACKED | {"packed_quantity": "240"},
                at="14:00", done_by="li", photos=("cucumber_bundles",),
            ),
        ),
        Labels(PICKING_DAY, "16:40", "li", HERO, 240),
        Report(
            PICKING_DAY, "li", "certificate_issued",
            {"lot": f"@{HERO}", "basis": "laboratory", "number": "DEMO-CN-0117"},
            at="16:55", recorded_at="16:56",
        ),
        _reading(PICKING_DAY, "17:20", "11.8"),
        Report(
            PICKING_DAY, "li", "selling",
            {"lots": [some(PICKED, "6", "kg")], "channel": "gate"},
            at="17:40", note="挑出来的弯瓜，便宜卖给街坊。",
        ),
    )  # fmt: skip


def _reading(day: int, at: str, celsius: str) -> Report:
    sent = {
        "lots": [f"@{HERO}"], "site": "@cold store", "temperature": of(celsius, "celsius")
    }  # fmt: skip
    return Report(day, "li", "storage_reading", sent, at=at, recorded_at=at)


def _on_the_way() -> tuple[Step, ...]:
    return (
        _reading(0, "05:15", "10.4"),
        Report(
            0, "li", "shipping",
            {
                "lots": [some(HERO, "240", "bundle")],
                "customer": "@shop", "carrier": "@carrier", "vehicle": "鲁B·示例17",
                "temperature": of("11", "celsius"), "reference": "FH-示例-0117",
            },
            called="hero shipping", at="05:40", recorded_at="05:45", photos=("lorry_at_gate",),
        ),
        Report(
            0, "li", "receiving",
            {
                "lots": [f"@{HERO}"], "shipping": "~hero shipping",
                "temperature": of("11.6", "celsius"),
            },
            at="07:25", recorded_at="07:40", done_by="shop", photos=("shop_shelf",),
            note="店里签收，240 捆一捆不少。",
        ),
    )  # fmt: skip
