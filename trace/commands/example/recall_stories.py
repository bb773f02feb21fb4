"""What came after: answers to the recall of the potatoes, a recall that was closed long ago, and a
hold on suspicion that a look into the crates cleared up.
"""

from .steps import (
    Answer,
    Called,
    Closing,
    Drill,
    Labels,
    Lifting,
    Recall,
    Report,
    Step,
    rapid_test,
    some,
)

MANAGER = "dafengshou manager"


def steps() -> tuple[Step, ...]:
    """Every step of these stories."""
    return (*_potato_answers(), *_first_strawberries(), *_wet_bags(), _drill())


def _potato_answers() -> tuple[Step, ...]:
    """The supermarket has answered, the fruit shop has not: nobody picked up the telephone."""
    return (
        Called(-2, "16:40", MANAGER, "potato recall", "supermarket", "called"),
        Called(-2, "16:50", MANAGER, "potato recall", "shop", "nobody_reached"),
        Answer(
            -1, "15:50", MANAGER, "potato recall", "supermarket", "即墨好邻居超市 赵店长",
            {"taken_off": "46", "still_there": "0", "sold": "14"}, "bag",
            note="46 袋已下架退回，14 袋卖掉了，店里贴了召回告示。",
        ),
        Report(
            -1, MANAGER, "recall_updated",
            {"recall": "~potato recall",
             "words": "超市的 46 袋已经全部拉回；在合作社门口买的，拿回来就退钱。",
             "words_en": "All 46 bags of the supermarket are back. Bags bought at our gate are "
                         "refunded when you bring them back."},
            at="17:30",
        ),
    )  # fmt: skip


def _first_strawberries() -> tuple[Step, ...]:
    """A small recall from the beginning of the season, answered and closed within three days."""
    return (
        Report(
            -31, "sun", "harvesting",
            {"takes": [some("strawberries", "15", "kg")], "picked_by": "grower"},
            called="first strawberries", at="06:30", note="头茬，红得早的。",
        ),
        Report(-31, "zhou", "inspection", rapid_test(("first strawberries",), "7"), at="08:20"),
        Report(
            -31, "li", "packing",
            {"takes": [some("first strawberries", "15", "kg")], "packed_quantity": "30",
             "unit": "box", "site": "@packing house"},
            called="boxed strawberries", at="09:30",
        ),
        Labels(-31, "10:00", "li", "boxed strawberries", 30),
        Report(
            -31, "li", "selling",
            {"lots": [some("boxed strawberries", "24", "box")], "channel": "chat_group",
             "customer": "@chat group"},
            at="11:20",
        ),
        Recall(
            -30, "08:10", MANAGER, "boxed strawberries",
            "冷库夜里停电五个小时，这批草莓可能变质。",
            "请不要吃，拍张照片发群里，全额退款。",
            "",
            "The cold store lost power for five hours: these strawberries may have spoiled.",
            "Do not eat them. Send a picture to the group for a full refund.",
            called="strawberry recall",
        ),
        Answer(
            -30, "12:40", MANAGER, "strawberry recall", "chat group", "群主小陈",
            {"taken_off": "20", "still_there": "0", "sold": "4"}, "box",
            note="20 盒没送出去，4 盒已经吃了，没人不舒服。",
        ),
        Report(
            -29, "li", "returning",
            {"lots": [some("boxed strawberries", "20", "box")], "customer": "@chat group",
             "reason": "召回退货"},
            at="09:00",
        ),
        Report(
            -29, "li", "destroying",
            {"lots": [some("boxed strawberries", "26", "box")], "reason": "召回的草莓",
             "method": "堆肥"},
            at="10:00",
        ),
        Closing(
            -28, "09:30", MANAGER, "strawberry recall",
            "24 盒都有下落：20 盒退回，连剩下的 6 盒一起堆肥；4 盒已吃，问过没有不舒服，钱都退了。",
        ),
    )  # fmt: skip


def _wet_bags() -> tuple[Step, ...]:
    """The shop is worried about its carrots; a look into twenty bags ends it the same day."""
    return (
        Report(
            -3, MANAGER, "hold",
            {"subjects": ["@packed carrots"], "reason": "店里来电话，说有几袋发黏，先停一停。"},
            called="carrot hold", at="09:00",
        ),
        Lifting(
            -3, "14:10", MANAGER, "carrot hold",
            "开了 20 袋看过：袋里有水珠，胡萝卜没坏。擦干换袋，接着卖。",
        ),
    )  # fmt: skip


def _drill() -> Drill:
    """After the strawberries the manager tried how long it takes to find everything."""
    return Drill(-15, "15:00", MANAGER, "packed lettuce")
