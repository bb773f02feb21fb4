"""Lettuce of three growers on its way: merged, split, packed, packed anew, returned, sold again."""

from .steps import Labels, Report, Step, Together, of, rapid_test, some

GROWERS = (
    ("yu", "lettuce 21", "40", "06:10", "9"),
    ("song", "tunnel lettuce", "35", "06:30", "14"),
    ("qian", "garden lettuce", "80", "06:50", "7"),
)
"""Who picked what that morning: kilograms, when, and the inhibition the testing room found."""


def steps() -> tuple[Step, ...]:
    """Every step of the lettuce of three growers."""
    return (*_growing(), *_garden(), *_picked_and_tested(), *_made_one(), *_salad_boxes())


def _growing() -> tuple[Step, ...]:
    beds = (
        (-62, "qian", "garden lettuce", "qian's garden", "意大利生菜"),
        (-55, "song", "tunnel lettuce", "small greenhouse", "散叶生菜"),
    )
    return tuple(
        Report(
            day, who, "planting",
            {"plot": f"@{plot}", "product": "@lettuce", "variety": variety,
             "method": "transplanted"},
            called=planting, at="08:00",
        )
        for day, who, planting, plot, variety in beds
    )  # fmt: skip


def _garden() -> tuple[Step, ...]:
    """A garden that bears more than its area can: a nought is missing in what was declared.

    Its week of small work was written down in one evening.
    """
    here = {"plantings": ["@garden lettuce"]}
    week = (
        (-12, "irrigation", here | {"method": "hose"}),
        (-11, "field_work", here | {"work": "weeding"}),
        (-10, "irrigation", here | {"method": "hose"}),
        (-9, "field_work", here | {"work": "thinning"}),
        (-8, "irrigation", here | {"method": "hose"}),
    )
    return (
        Report(
            -13, "qian", "harvesting",
            {"takes": [some("garden lettuce", "80", "kg")], "picked_by": "grower"},
            called="first garden lettuce", at="06:20",
        ),
        Report(-13, "zhou", "inspection", rapid_test(("first garden lettuce",), "10"), at="08:40"),
        Report(
            -13, "li", "selling",
            {"lots": [some("first garden lettuce", "80", "kg")], "channel": "chat_group",
             "customer": "@chat group"},
            at="11:00",
        ),
        *(
            Report(
                day, "qian", event_type, sent,
                recorded_day=-8, recorded_at=f"19:{place:02}",
                note="这几天忙，晚上一块儿补上。" if place == 0 else "",
            )
            for place, (day, event_type, sent) in enumerate(week)
        ),
    )  # fmt: skip


def _picked_and_tested() -> tuple[Step, ...]:
    notes = {"qian": "园子是半亩的，一早上割了四筐。"}
    return (
        *(
            Report(
                -6, who, "harvesting",
                {"takes": [some(planting, amount, "kg")], "picked_by": "grower"},
                called=f"picked {planting}", at=at, note=notes.get(who, ""),
            )
            for who, planting, amount, at, _ in GROWERS
        ),
        Together(
            tuple(
                Report(
                    -6, "zhou", "inspection", rapid_test((f"picked {planting}",), inhibition),
                    at="08:20", recorded_at="08:40",
                )
                for _, planting, _, _, inhibition in GROWERS
            )
        ),
    )  # fmt: skip


def _made_one() -> tuple[Step, ...]:
    return (
        Report(
            -6, "li", "merging",
            {"takes": [some(f"picked {planting}", amount, "kg")
                       for _, planting, amount, _, _ in GROWERS]},
            called="merged lettuce", at="09:00", note="三家的凑一批，超市要得多。",
        ),
        Report(
            -6, "li", "splitting",
            {"takes": [some("merged lettuce", "155", "kg")],
             "parts": [of("100", "kg"), of("55", "kg")]},
            called="part", at="09:25",
        ),
        Report(
            -6, "li", "packing",
            {"takes": [some("part 1", "100", "kg")], "packed_quantity": "250", "unit": "bundle",
             "site": "@packing house"},
            called="lettuce bundles", at="10:40",
        ),
        Report(
            -6, "li", "packing",
            {"takes": [some("part 2", "55", "kg")], "packed_quantity": "150", "unit": "bundle",
             "site": "@packing house"},
            called="light bundles", at="11:30", note="捆得小，一捆七两多，系统里还按八两算。",
        ),
        Report(
            -5, "li", "shipping",
            {"lots": [some("lettuce bundles", "200", "bundle")], "customer": "@supermarket",
             "carrier": "@carrier", "temperature": of("3", "celsius")},
            called="lettuce shipping", at="06:10",
        ),
        Report(
            -5, "li", "selling",
            {"lots": [some("light bundles", "150", "bundle")], "channel": "chat_group",
             "customer": "@chat group"},
            at="09:10",
        ),
    )  # fmt: skip


def _salad_boxes() -> tuple[Step, ...]:
    """What was packed is packed anew in small boxes; some come back and are sold again."""
    return (
        Report(
            -5, "li", "repacking",
            {"takes": [some("lettuce bundles", "50", "bundle")], "packed_quantity": "100",
             "unit": "box", "unit_mass": of("0.2", "kg"), "site": "@packing house"},
            called="salad boxes", at="10:30",
        ),
        Labels(-5, "11:00", "li", "salad boxes", 100),
        Report(
            -4, "li", "shipping",
            {"lots": [some("salad boxes", "60", "box")], "customer": "@shop",
             "carrier": "@carrier", "temperature": of("3", "celsius")},
            called="salad shipping", at="06:10",
        ),
        Report(
            -3, "li", "returning",
            {"lots": [some("salad boxes", "12", "box")], "customer": "@shop",
             "reason": "店里订多了，没开封退回来"},
            at="09:40",
        ),
        Report(
            -3, "li", "selling",
            {"lots": [some("salad boxes", "52", "box")], "channel": "gate"},
            at="16:20", note="退回来的 12 盒也在里头，当天便宜卖完。",
        ),
    )  # fmt: skip
