"""Texts and units that the label tests share."""

import random

from labels.drawing import CODE_ALPHABET
from labels.sheet import UnitLabel
from labels.text import LabelRow, LabelText

ROWS = (
    LabelRow("采摘", "2026-11-21", is_strong=True),
    LabelRow("种植", "王长财 17号大棚"),
    LabelRow("产地", "青岛 即墨 七级"),
    LabelRow("生产", "大丰收农业合作社"),
)
CUCUMBER = LabelText("黄瓜", "净重 500 克", ROWS, "扫码看这 74 天", example_mark="示例数据")
BILINGUAL = LabelText("黄瓜", "净重 500 克", ROWS, "扫码看这 74 天", second_name="Cucumber")
LONG = LabelText(
    "水果黄瓜（绿翡翠）",
    "净重 2.5 千克",
    (
        LabelRow("采摘", "2026-11-21", is_strong=True),
        LabelRow("种植", "欧阳长财、王长财 17号大棚"),
        LabelRow("产地", "山东青岛市即墨区七级镇大欧村"),
        LabelRow("生产", "青岛大丰收蔬菜专业合作社"),
    ),
    "扫码看这 128 天",
)
ENGLISH = LabelText(
    "Cucumber",
    "500 g",
    (
        LabelRow("Picked", "2026-11-21", is_strong=True),
        LabelRow("Grower", "Wang Changcai, house 17"),
        LabelRow("Origin", "Qiji, Jimo, Qingdao"),
        LabelRow("Packed by", "Dafengshou Farm Co-op"),
    ),
    "Scan to see these 74 days",
    example_mark="Example data",
    language="en",
)
TEXTS = {"cucumber": CUCUMBER, "bilingual": BILINGUAL, "long": LONG, "english": ENGLISH}


def units(count: int, seed: int = 1, host: str = "Q.EXAMPLE.ORG") -> list[UnitLabel]:
    """Unit labels with random codes, the same for the same seed."""
    chance = random.Random(seed)
    codes = ["".join(chance.choices(CODE_ALPHABET, k=16)) for _ in range(count)]
    return [UnitLabel(code, f"HTTPS://{host}/T/{code}") for code in codes]
