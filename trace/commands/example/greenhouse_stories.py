"""The other greenhouses: tomatoes sold out and sprayed since, cucumbers that wait for their test,
spinach that is held, strawberries that were destroyed, and pots with all their labels to print.
"""

from .steps import Labels, Report, Step, of, rapid_test, some


def steps() -> tuple[Step, ...]:
    """Every step of the other greenhouses."""
    return (*_tomatoes(), *_waiting_cucumbers(), *_spinach(), *_strawberries(), *_pots())


def _tomatoes() -> tuple[Step, ...]:
    here = {"plantings": ["@tomatoes"]}
    return (
        Report(
            -112, "wang", "planting",
            {"plot": "@greenhouse 16", "product": "@tomato",
             "variety": "普罗旺斯", "area": of("1.1", "mu"), "method": "transplanted"},
            called="tomatoes", at="08:10",
        ),
        Report(-100, "wang", "irrigation", here | {"method": "drip", "volume": of("9", "m3")}),
        Report(-80, "wang", "field_work", here | {"work": "pruning"}, note="打杈，留四穗果。"),
        Report(
            -70, "wang", "fertilising",
            here | {"input_lot": "@organic fertiliser lot", "amount": of("220", "kg"),
                    "method": "top_dressing"},
        ),
        Report(
            -41, "wang", "spraying",
            here | {"input_lot": "@azoxystrobin lot", "amount": of("28", "ml"),
                    "water": of("30", "l"), "target": "早疫病"},
        ),
        Report(
            -8, "wang", "harvesting",
            {"takes": [some("tomatoes", "80", "kg")], "picked_by": "grower"},
            called="picked tomatoes", at="06:40",
        ),
        Report(-8, "zhou", "inspection", rapid_test(("picked tomatoes",), "9"), at="09:00"),
        Report(
            -8, "li", "packing",
            {"takes": [some("picked tomatoes", "80", "kg")], "packed_quantity": "160",
             "unit": "box", "site": "@packing house"},
            called="packed tomatoes", at="13:10",
        ),
        Labels(-8, "13:40", "li", "packed tomatoes", 160),
        Report(
            -7, "li", "shipping",
            {"lots": [some("packed tomatoes", "100", "box")], "customer": "@shop",
             "carrier": "@carrier", "temperature": of("12", "celsius")},
            called="tomato shipping", at="06:00",
        ),
        Report(
            -7, "li", "selling",
            {"lots": [some("packed tomatoes", "60", "box")], "channel": "chat_group",
             "customer": "@chat group"},
            at="10:30",
        ),
        Report(
            -3, "wang", "spraying",
            here | {"input_lot": "@imidacloprid lot", "amount": of("6", "g"),
                    "water": of("30", "l"), "target": "白粉虱"},
            at="17:00",
        ),
    )  # fmt: skip


def _waiting_cucumbers() -> tuple[Step, ...]:
    here = {"plantings": ["@cucumbers 8"]}
    return (
        Report(
            -64, "liu", "planting",
            {"plot": "@greenhouse 8", "product": "@cucumber", "variety": "津优35",
             "seed_lot": "@cucumber seed lot", "seed_amount": of("2", "packet"),
             "area": of("1", "mu"), "method": "sown"},
            called="cucumbers 8",
        ),
        Report(-30, "liu", "irrigation", here | {"method": "drip", "volume": of("8", "m3")}),
        Report(
            -3, "liu", "harvesting",
            {"takes": [some("cucumbers 8", "60", "kg")], "picked_by": "grower"},
            called="picked cucumbers 8", at="07:00",
        ),
        Report(
            -3, "li", "packing",
            {"takes": [some("picked cucumbers 8", "60", "kg")], "packed_quantity": "120",
             "unit": "bundle", "site": "@packing house"},
            called="packed cucumbers 8", at="15:10",
            note="还没快检，标签先不打。",
        ),
        Report(
            -2, "liu", "spraying",
            here | {"input_lot": "@azoxystrobin lot", "amount": of("25", "ml"),
                    "water": of("30", "l"), "target": "霜霉病"},
            at="16:30",
        ),
    )  # fmt: skip


def _spinach() -> tuple[Step, ...]:
    here = {"plantings": ["@east spinach"]}
    return (
        Report(
            -42, "wang", "planting",
            {"plot": "@east field", "product": "@spinach", "variety": "大叶菠菜",
             "area": of("0.8", "mu"), "method": "sown"},
            called="east spinach",
        ),
        Report(-25, "wang", "irrigation", here | {"method": "sprinkler", "volume": of("6", "m3")}),
        Report(-20, "wang", "field_work", here | {"work": "weeding"}),
        Report(
            -2, "wang", "harvesting",
            {"takes": [some("east spinach", "36", "kg")], "picked_by": "grower"},
            called="picked spinach", at="07:10",
        ),
        Report(
            -2, "li", "packing",
            {"takes": [some("picked spinach", "36", "kg")], "packed_quantity": "90",
             "unit": "bundle", "site": "@packing house"},
            called="packed spinach", at="10:20",
        ),
        Report(
            -2, "zhou", "inspection", rapid_test(("packed spinach",), "56", passed=False),
            at="11:00", note="超过 50%，先扣住，样品已送检测公司。",
        ),
    )  # fmt: skip


def _strawberries() -> tuple[Step, ...]:
    here = {"plantings": ["@strawberries"]}
    return (
        Report(
            -105, "sun", "planting",
            {"plot": "@strawberry house 3", "product": "@strawberry",
             "variety": "红颜", "area": of("1", "mu"), "method": "transplanted"},
            called="strawberries",
        ),
        Report(
            -38, "sun", "field_work", here | {"work": "pollination"},
            note="放了一箱蜜蜂。", photos=("strawberry_beds",),
        ),
        Report(
            -13, "sun", "spraying",
            here | {"input_lot": "@imidacloprid lot", "amount": of("5", "g"),
                    "water": of("30", "l"), "target": "蚜虫"},
        ),
        Report(
            -5, "sun", "harvesting",
            {"takes": [some("strawberries", "20", "kg")], "picked_by": "grower"},
            called="picked strawberries", at="06:20",
        ),
        Report(
            -5, "li", "packing",
            {"takes": [some("picked strawberries", "20", "kg")], "packed_quantity": "40",
             "unit": "box", "site": "@packing house"},
            called="packed strawberries", at="09:00",
        ),
        Report(
            -5, "zhou", "inspection", rapid_test(("packed strawberries",), "58", passed=False),
            at="10:10", note="抑制率 58%，没过。整批扣住。",
        ),
        Report(
            -4, "li", "destroying",
            {"lots": [some("packed strawberries", "40", "box")],
             "reason": "快检没过",
             "method": "堆肥深埋"},
            at="16:00", photos=("strawberries_destroyed",),
        ),
    )  # fmt: skip


def _pots() -> tuple[Step, ...]:
    here = {"plantings": ["@pots"]}
    return (
        Report(
            -46, "gao", "planting",
            {"plot": "@pot house", "product": "@potted", "variety": "四季小油菜",
             "area": of("0.9", "mu"), "method": "sown"},
            called="pots", at="09:20",
        ),
        Report(-30, "gao", "irrigation", here | {"method": "hose", "volume": of("3", "m3")}),
        Report(
            -22, "gao", "fertilising",
            here | {"input_lot": "@organic fertiliser lot", "amount": of("60", "kg"),
                    "method": "top_dressing"},
        ),
        Report(
            -1, "li", "packing",
            {"takes": [some("pots", "1400", "pot")], "packed_quantity": "1400", "unit": "pot",
             "site": "@packing house"},
            called="packed pots", at="11:00", photos=("potted_vegetables",),
        ),
    )  # fmt: skip
