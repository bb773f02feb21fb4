"""The grapes of the second co-op: a gift box of two sorts, and some sold on to the first co-op."""

from .steps import Labels, Report, Step, of, rapid_test, some


def steps() -> tuple[Step, ...]:
    """Every step of the vineyard."""
    return (*_vineyard(), *_gift_box(), *_to_the_other_coop())


def _vineyard() -> tuple[Step, ...]:
    both = {"plantings": ["@black vines", "@muscat vines"]}
    return (
        Report(
            -130, "snail manager", "planting",
            {"plot": "@trellis east", "product": "@black grapes", "variety": "夏黑",
             "area": of("2", "mu")},
            called="black vines", note="老藤，今年这一茬从剪枝算起。",
        ),
        Report(
            -129, "snail manager", "planting",
            {"plot": "@trellis south", "product": "@muscat grapes",
             "variety": "阳光玫瑰", "area": of("1.5", "mu")},
            called="muscat vines",
        ),
        Report(-95, "snail manager", "irrigation",
               both | {"method": "drip", "volume": of("18", "m3")}),
        Report(-80, "snail manager", "field_work", both | {"work": "thinning"},
               note="疏果、套袋。", photos=("grape_trellis",)),
        Report(
            -60, "snail manager", "spraying",
            both | {"input_lot": "@snail matrine lot", "amount": of("240", "ml"),
                    "water": of("120", "l"), "target": "叶蝉"},
        ),
    )  # fmt: skip


def _gift_box() -> tuple[Step, ...]:
    return (
        Report(
            -5, "snail manager", "harvesting",
            {"takes": [some("black vines", "110", "kg")], "picked_by": "grower"},
            called="black bunches", at="06:10",
        ),
        Report(
            -5, "snail manager", "harvesting",
            {"takes": [some("muscat vines", "60", "kg")], "picked_by": "grower"},
            called="muscat bunches", at="07:30",
        ),
        Report(
            -5, "snail manager", "inspection",
            rapid_test(("black bunches", "muscat bunches"), "7"), at="09:00",
        ),
        Report(
            -5, "snail packer", "package_made",
            {"takes": [some("black bunches", "60", "kg"), some("muscat bunches", "60", "kg")],
             "package_name": "双色葡萄礼盒", "package_name_en": "Two-grape gift box",
             "packed_quantity": "60"},
            called="gift boxes", at="13:20", photos=("grape_gift_box",),
        ),
        Labels(-5, "14:00", "snail packer", "gift boxes", 60),
        Report(
            -4, "snail packer", "selling",
            {"lots": [some("gift boxes", "48", "box")], "channel": "chat_group",
             "customer": "@snail chat group"},
            at="12:30",
        ),
    )  # fmt: skip


def _to_the_other_coop() -> tuple[Step, ...]:
    return (
        Report(
            -4, "snail packer", "packing",
            {"takes": [some("black bunches", "50", "kg")], "packed_quantity": "50", "unit": "box"},
            called="boxed grapes", at="08:00",
        ),
        Report(
            -4, "snail packer", "shipping",
            {"lots": [some("boxed grapes", "50", "box")], "customer": "@snail buyer"},
            called="grape shipping", at="09:30",
        ),
        Report(
            -4, "li", "receiving",
            {"shipping": "~grape shipping", "source": some("boxed grapes", "50", "box"),
             "supplier": "@snail supplier", "product": "@bought grapes",
             "supplier_certificate": "DEMO-CN-0025"},
            called="bought grapes lot", at="10:10",
        ),
        Report(
            -3, "li", "repacking",
            {"takes": [some("bought grapes lot", "40", "box")], "packed_quantity": "80",
             "unit": "box", "unit_mass": of("0.5", "kg"), "site": "@packing house"},
            called="small grape boxes", at="09:20",
        ),
        Labels(-3, "09:40", "li", "small grape boxes", 80),
        Report(
            -3, "li", "selling",
            {"lots": [some("small grape boxes", "52", "box")], "channel": "chat_group",
             "customer": "@chat group"},
            at="11:30",
        ),
    )  # fmt: skip
