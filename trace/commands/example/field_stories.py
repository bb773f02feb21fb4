"""Fields, the mushroom house and what was bought in: celery of three growers in one lot, potatoes
recalled through one lot of pesticide, unsprayed mushrooms, carrots of another co-op.
"""

from .steps import Labels, Recall, Report, Step, of, rapid_test, some


def steps() -> tuple[Step, ...]:
    """Every step of the fields, the mushroom house and the goods bought in."""
    return (*_celery(), *_potatoes(), *_mushrooms(), *_carrots())


def _celery() -> tuple[Step, ...]:
    growers = (("liu", "celery 1"), ("yu", "celery 2"), ("qian", "celery 3"))
    all_three = {"plantings": [f"@{planting}" for _, planting in growers]}
    plantings = (
        Report(
            -82 + number, who, "planting",
            {"plot": f"@celery field {number + 1}", "product": "@celery",
             "variety": "文图拉", "seed_lot": "@celery seed lot",
             "seed_amount": of("2", "packet"), "method": "transplanted"},
            called=planting,
        )
        for number, (who, planting) in enumerate(growers)
    )  # fmt: skip
    picking = (
        Report(
            -4, who, "harvesting",
            {"takes": [some(planting, amount, "kg")], "picked_by": "grower"},
            called=f"picked {planting}", at=at,
            photos=("celery_field",) if number == 0 else (),
        )
        for number, ((who, planting), amount, at) in enumerate(
            zip(growers, ("40", "30", "25"), ("06:10", "06:25", "06:50"), strict=True)
        )
    )  # fmt: skip
    picked = tuple(f"picked {planting}" for _, planting in growers)
    amounts = ("40", "30", "20")
    return (
        *plantings,
        Report(
            -70, "dafengshou manager", "fertilising",
            all_three | {"input_lot": "@organic fertiliser lot", "amount": of("700", "kg"),
                         "method": "top_dressing"},
            done_by="liu", note="三家合雇一台撒肥车。",
        ),
        Report(-55, "liu", "irrigation",
               {"plantings": ["@celery 1"], "method": "furrow", "volume": of("20", "m3")}),
        Report(-33, "qian", "irrigation",
               {"plantings": ["@celery 3"], "method": "furrow", "volume": of("14", "m3")}),
        Report(
            -26, "yu", "spraying",
            {"plantings": ["@celery 2"], "input_lot": "@imidacloprid lot", "amount": of("7", "g"),
             "water": of("30", "l"), "target": "蚜虫"},
        ),
        Report(
            -16, "liu", "spraying",
            {"plantings": ["@celery 1"], "input_lot": "@matrine lot", "amount": of("90", "ml"),
             "water": of("45", "l"), "target": "蚜虫"},
            recorded_day=-13, recorded_at="19:10", note="手机没电了，过了三天才记。",
        ),
        *picking,
        Report(-4, "zhou", "inspection", rapid_test(picked, "8"), at="08:40"),
        Report(
            -4, "li", "cooling",
            {"lots": [f"@{lot}" for lot in picked], "site": "@cold store",
             "temperature": of("2.5", "celsius")},
            at="09:20",
        ),
        Report(
            -4, "li", "packing",
            {"takes": [some(lot, mass, "kg") for lot, mass in zip(picked, amounts, strict=True)],
             "packed_quantity": "180", "unit": "bundle", "site": "@packing house"},
            called="packed celery", at="14:30", photos=("celery_bundles",),
        ),
        Labels(-4, "15:00", "li", "packed celery", 120),
        Report(
            -3, "li", "shipping",
            {"lots": [some("packed celery", "120", "bundle")], "customer": "@supermarket",
             "carrier": "@carrier", "temperature": of("3", "celsius")},
            called="celery shipping", at="06:15",
        ),
    )  # fmt: skip


def _potatoes() -> tuple[Step, ...]:
    here = {"plantings": ["@potatoes"]}
    return (
        Report(
            -98, "song", "planting",
            {"plot": "@potato field", "product": "@potato", "variety": "荷兰15",
             "seed_lot": "@seed potato lot", "seed_amount": of("360", "kg"),
             "area": of("2.4", "mu")},
            called="potatoes", at="07:30", photos=("potato_field",),
        ),
        Report(
            -90, "song", "fertilising",
            here | {"input_lot": "@compound fertiliser lot", "amount": of("96", "kg"),
                    "method": "base"},
        ),
        Report(-62, "song", "field_work", here | {"work": "weeding"}),
        Report(
            -32, "song", "spraying",
            here | {"input_lot": "@other imidacloprid lot", "amount": of("14", "g"),
                    "water": of("60", "l"), "target": "二十八星瓢虫"},
        ),
        Report(
            -14, "song", "harvesting",
            {"takes": [some("potatoes", "1000", "kg")], "picked_by": "grower"},
            called="dug potatoes", at="08:00", photos=("potato_sacks",),
        ),
        Report(-14, "zhou", "inspection", rapid_test(("dug potatoes",), "6"), at="15:10"),
        Report(
            -13, "li", "packing",
            {"takes": [some("dug potatoes", "1000", "kg")], "packed_quantity": "200",
             "unit": "bag", "site": "@packing house"},
            called="packed potatoes", at="09:40",
        ),
        Labels(-13, "10:20", "li", "packed potatoes", 96),
        Report(
            -12, "li", "shipping",
            {"lots": [some("packed potatoes", "60", "bag")], "customer": "@supermarket",
             "carrier": "@carrier"},
            called="potato shipping", at="06:30",
        ),
        Report(
            -12, "li", "shipping",
            {"lots": [some("packed potatoes", "20", "bag")], "customer": "@shop",
             "carrier": "@carrier"},
            called="second potato shipping", at="06:40",
        ),
        Report(
            -11, "li", "selling",
            {"lots": [some("packed potatoes", "16", "bag")], "channel": "gate"},
            at="16:40",
        ),
        Recall(
            -2, "16:20", "dafengshou manager", "other imidacloprid lot",
            "这批吡虫啉里查出标签上没写的成分。",
            "请不要吃，退回买的店，全额退款。",
            "农资店来电通知，同一批药只有宋福田家用过。",
            "An ingredient that its label does not name was found in this lot of imidacloprid.",
            "Do not eat them. Take them back to the shop for a full refund.",
            called="potato recall",
        ),
        Report(
            -1, "li", "returning",
            {"lots": [some("packed potatoes", "46", "bag")], "customer": "@supermarket",
             "reason": "召回退货"},
            at="15:30",
        ),
    )  # fmt: skip


def _mushrooms() -> tuple[Step, ...]:
    here = {"plantings": ["@mushrooms"]}
    return (
        Report(
            -58, "mushroom grower", "planting",
            {"plot": "@mushroom house", "product": "@mushroom", "variety": "平菇650",
             "seed_lot": "@spawn lot", "method": "inoculated"},
            called="mushrooms", at="09:00",
        ),
        Report(-40, "mushroom grower", "field_work", here | {"work": "covering"},
               note="早晚各通风一回。"),
        Report(-28, "mushroom grower", "irrigation", here | {"method": "sprinkler"}),
        Report(
            -23, "zheng", "inspection",
            {"inspection_kind": "field_inspection", "subjects": ["@mushrooms"], "passed": "yes",
             "method": "现场检查"},
            at="10:00", note="投入品记录齐全，菇房没用药。",
        ),
        Report(
            -17, "mushroom grower", "harvesting",
            {"takes": [some("mushrooms", "30", "kg")], "picked_by": "grower"},
            called="first flush", at="06:00", note="第一潮。",
        ),
        Report(
            -17, "li", "packing",
            {"takes": [some("first flush", "30", "kg")], "packed_quantity": "120", "unit": "box",
             "site": "@packing house"},
            called="packed first flush", at="09:10",
        ),
        Report(
            -16, "li", "selling",
            {"lots": [some("packed first flush", "120", "box")], "channel": "chat_group",
             "customer": "@chat group"},
            at="11:00",
        ),
        Report(
            -3, "mushroom grower", "harvesting",
            {"takes": [some("mushrooms", "75", "kg")], "picked_by": "grower"},
            called="second flush", at="05:50", note="第二潮。", photos=("mushroom_house",),
        ),
        Report(
            -3, "li", "packing",
            {"takes": [some("second flush", "75", "kg")], "packed_quantity": "300", "unit": "box",
             "site": "@packing house"},
            called="packed second flush", at="08:50", photos=("mushroom_punnet",),
        ),
        Report(
            -2, "li", "selling",
            {"lots": [some("packed second flush", "60", "box")], "channel": "gate"},
            at="17:10",
        ),
        Report(
            -1, "li", "loss",
            {"lots": [some("packed second flush", "8", "box")], "cause": "spoiled"},
            at="08:20", note="捂了，挑出来喂鸡。",
        ),
    )  # fmt: skip


def _carrots() -> tuple[Step, ...]:
    return (
        Report(
            -6, "li", "receiving",
            {"supplier": "@carrot supplier", "product": "@carrot", "quantity": of("300", "kg"),
             "supplier_lot_number": "PDHLB-DEMO-33", "supplier_certificate": "DEMO-CN-2231",
             "temperature": of("4", "celsius")},
            called="bought carrots", at="10:00",
        ),
        Report(-6, "zhou", "inspection", rapid_test(("bought carrots",), "10"), at="11:10"),
        Report(
            -5, "li", "packing",
            {"takes": [some("bought carrots", "300", "kg")], "packed_quantity": "300",
             "unit": "bag", "site": "@packing house"},
            called="packed carrots", at="13:30",
        ),
        Report(
            -4, "li", "shipping",
            {"lots": [some("packed carrots", "120", "bag")], "customer": "@shop",
             "carrier": "@carrier"},
            called="carrot shipping", at="06:05",
        ),
    )  # fmt: skip
