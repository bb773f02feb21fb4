"""What broke a rule of the field, and how it went on: picked too early, a banned substance, a
bottle nobody knew. What was recorded stays recorded; what it spoilt is held until it is put right.
"""

from .steps import Naming, Report, Step, of, some


def steps() -> tuple[Step, ...]:
    """Every step of these stories."""
    return (*_sprayed_three_times(), *_early_lettuce(), *_old_bottle(), *_unknown_bottle())


def _sprayed_three_times() -> tuple[Step, ...]:
    """Greenhouse 8 has used up its three sprayings; yesterday somebody picked there too early."""
    here = {"plantings": ["@cucumbers 8"]}
    return (
        *(
            Report(
                day, "liu", "spraying",
                here | {"input_lot": "@azoxystrobin lot", "amount": of("25", "ml"),
                        "water": of("30", "l"), "target": "霜霉病"},
                at="16:40",
            )
            for day in (-33, -17)
        ),
        Report(
            -1, "liu", "harvesting",
            {"takes": [some("cucumbers 8", "22", "kg")], "crates": "1", "picked_by": "grower"},
            called="early cucumbers 8", at="06:10", recorded_at="07:20",
            note="儿媳妇不知道昨天傍晚打过药，一早摘了一筐。我说了实话，先放着没动。",
        ),
    )  # fmt: skip


def _early_lettuce() -> tuple[Step, ...]:
    """The season's first early picking: held the same hour, on the compost the same day."""
    here = {"plantings": ["@lettuce 21"]}
    return (
        Report(
            -76, "yu", "planting",
            {"plot": "@greenhouse 21", "product": "@lettuce", "variety": "散叶生菜",
             "area": of("1", "mu"), "method": "transplanted"},
            called="lettuce 21", at="08:20",
        ),
        Report(-60, "yu", "irrigation", here | {"method": "drip", "volume": of("8", "m3")}),
        Report(
            -40, "yu", "spraying",
            here | {"input_lot": "@imidacloprid lot", "amount": of("6", "g"),
                    "water": of("30", "l"), "target": "蚜虫"},
            at="17:10",
        ),
        Report(
            -36, "yu", "harvesting",
            {"takes": [some("lettuce 21", "15", "kg")], "crates": "1", "picked_by": "grower"},
            called="early lettuce", at="06:30", note="超市催得急，把打药的日子记岔了。",
        ),
        Report(
            -36, "li", "destroying",
            {"lots": [some("early lettuce", "15", "kg")], "reason": "安全间隔期没到就采了",
             "method": "全部堆肥"},
            at="15:30", note="于德水自己送来的，当面倒进堆肥坑。",
        ),
        Report(
            -28, "yu", "spraying",
            here | {"input_name": "小瓶虫药，老宋家匀的", "amount": of("90", "ml"),
                    "water": of("45", "l"), "target": "菜青虫"},
            called="small bottle", at="16:50",
        ),
        Naming(
            -27, "09:10", "dafengshou manager", "small bottle", "matrine",
            "去看了瓶子：0.5%苦参碱水剂，登记证号 PD-DEMO-00036，和咱们库里的一样。",
        ),
    )  # fmt: skip


def _old_bottle() -> tuple[Step, ...]:
    """A banned substance on the chives: half is ploughed under, the other half waits for it."""
    beds = (("east chives", "东畦", "0.3"), ("west chives", "西畦", "0.3"))
    both = {"plantings": [f"@{name}" for name, *_ in beds]}
    return (
        *(
            Report(
                -150, "xu", "planting",
                {"plot": "@chive field", "product": "@chives", "variety": f"独根红（{bed}）",
                 "area": of(area, "mu"), "method": "transplanted"},
                called=name, at="07:50",
            )
            for name, bed, area in beds
        ),
        Report(-40, "xu", "irrigation", both | {"method": "furrow", "volume": of("12", "m3")}),
        Report(
            -9, "xu", "spraying",
            both | {"input_name": "40%毒死蜱乳油", "amount": of("120", "ml"),
                    "water": of("60", "l"), "target": "韭蛆"},
            called="old bottle", at="15:40", note="仓房里剩的老药，记下来才知道菜上早不让用了。",
        ),
        Report(
            -6, "zheng", "inspection",
            {"inspection_kind": "field_inspection", "plots": ["@chive field"], "passed": "no",
             "method": "现场检查"},
            at="10:30", note="用过禁用农药，地里的韭菜一律不得上市。旧药瓶已封存带走。",
        ),
        Report(
            -5, "dafengshou manager", "destroying",
            {"plantings": ["@east chives"], "reason": "用了禁用农药", "method": "旋耕机翻压"},
            at="14:30", done_by="xu", note="东畦翻完了，我在边上看着。", photos=("ploughed_under",),
        ),
        Report(
            -2, "xu", "field_work", {"plantings": ["@west chives"], "work": "other"},
            note="西畦拉了绳子，一棵没割。旋耕机后天来，翻完张主任再记。",
        ),
    )  # fmt: skip


def _unknown_bottle() -> tuple[Step, ...]:
    """Something without a readable label on the strawberries: the manager has yet to name it."""
    return (
        Report(
            -2, "sun", "spraying",
            {"plantings": ["@strawberries"], "input_name": "亲戚给的药，瓶签看不清",
             "amount": of("20", "ml"), "water": of("15", "l"), "target": "白粉病"},
            at="16:00", note="拍了瓶子，请合作社看看是什么。", photos=("unknown_bottle",),
        ),
    )  # fmt: skip
