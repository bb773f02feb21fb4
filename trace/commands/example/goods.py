"""What is grown and sold, what is used on it, and the certificates: declared by the managers."""

from typing import Any, Final

from .cast import Noun
from .season_time import Calendar

STANDARD: Final = {
    "standard": "GB 2763-2026 农药残留限量",
    "standard_en": "GB 2763-2026 pesticide residue limits",
}
GREEN_FOOD_NUMBER: Final = "LB-15-DEMO-0017"
GREEN_FOOD_DAYS: Final = (-410, 685)
"""First and last day of the certificate's validity."""
ORGANIC_DAYS: Final = (-385, -21)
"""Those of one that ran out between two pickings."""


def _product(
    names: tuple[str, str],
    picture: str,
    prefix: str,
    packed: tuple[str, str],
    needs: str,
    kept: tuple[str, str],
    top_yield: str,
    words: str = "sown",
) -> Any:
    """`packed` is the unit and what one weighs in kg, `kept` the degrees to store it between."""
    return STANDARD | {
        "name": names[0],
        "name_en": names[1],
        "picture": picture,
        "lot_prefix": prefix,
        "unit": packed[0],
        "unit_mass_kg": packed[1],
        "label_needs": needs,
        "store_from_celsius": kept[0],
        "store_to_celsius": kept[1],
        "top_yield_kg_per_mu": top_yield,
        "tolerance_percent": "3",
        "growing_words": words,
    }


_TEST, _NOTHING = "rapid_test", "nothing"

PRODUCTS: Final[tuple[Noun, ...]] = (
    ("product", "cucumber", _product(
        ("黄瓜", "Cucumber"), "cucumber", "HG", ("bundle", "0.5"), _TEST, ("10", "13"), "8000")),
    ("product", "tomato", _product(
        ("西红柿", "Tomato"), "tomato", "XHS", ("box", "0.5"), _TEST, ("8", "13"), "9000")),
    ("product", "spinach", _product(
        ("菠菜", "Spinach"), "leafy-green", "BC", ("bundle", "0.4"), _TEST, ("0", "4"), "3000")),
    ("product", "celery", _product(
        ("芹菜", "Celery"), "leafy-green", "QC", ("bundle", "0.5"), _TEST, ("0", "4"), "7000")),
    ("product", "strawberry", _product(
        ("草莓", "Strawberry"), "strawberry", "CM", ("box", "0.5"), _TEST, ("0", "4"), "3500",
        "planted")),
    ("product", "potato", _product(
        ("马铃薯", "Potato"), "potato", "MLS", ("bag", "5"), _TEST, ("4", "10"), "4500",
        "planted")),
    ("product", "mushroom", _product(
        ("平菇", "Oyster mushroom"), "mushroom", "PG", ("box", "0.25"), _NOTHING, ("0", "5"),
        "12000", "inoculated")),
    ("product", "potted", _product(
        ("盆栽小油菜", "Potted pak choi"), "potted-plant", "PZ", ("pot", "0.6"), _NOTHING,
        ("5", "22"), "9000")),
    ("product", "lettuce", _product(
        ("生菜", "Lettuce"), "leafy-green", "SC", ("bundle", "0.4"), _TEST, ("0", "4"), "3000")),
    ("product", "chives", _product(
        ("韭菜", "Chinese chives"), "herb", "JC", ("bundle", "0.5"), _TEST, ("0", "4"), "4000")),
    ("product", "carrot", _product(
        ("胡萝卜", "Carrot"), "carrot", "HLB", ("bag", "1"), _TEST, ("0", "5"), "6000")),
    ("product", "bought grapes", _product(
        ("葡萄", "Grapes"), "grapes", "PT", ("box", "1"), _TEST, ("0", "4"), "2500", "planted")),
)  # fmt: skip

SNAIL_PRODUCTS: Final[tuple[Noun, ...]] = (
    ("product", "black grapes", _product(
        ("夏黑葡萄", "Summer Black grapes"), "grapes", "XH", ("box", "1"), _TEST, ("0", "4"),
        "2500", "planted")),
    ("product", "muscat grapes", _product(
        ("阳光玫瑰葡萄", "Shine Muscat grapes"), "grapes", "YG", ("box", "1"), _TEST, ("0", "4"),
        "2500", "planted")),
)  # fmt: skip


def _pesticide(
    names: tuple[str, str], full: tuple[str, str], number: str, days: str, unit: str
) -> Any:
    return {
        "kind": "pesticide",
        "name": names[0],
        "name_en": names[1],
        "full_name": full[0],
        "full_name_en": full[1],
        "manufacturer": "某农药厂（示例）",
        "registration_number": f"PD-DEMO-{number}",
        "ingredients": [names[0]],
        "pre_harvest_interval_days": days,
        "most_uses": "3",
        "figures_source": "药瓶标签（示例，不可当真） "
        "Label on the bottle (example, not to be relied on)",
        "unit": unit,
        "picture": "bottle",
    }


def _input(kind: str, names: tuple[str, str], unit: str, picture: str) -> Any:
    return {
        "kind": kind,
        "name": names[0],
        "name_en": names[1],
        "manufacturer": "某农资厂（示例）",
        "unit": unit,
        "picture": picture,
    }


_MATRINE = _pesticide(
    ("苦参碱", "Matrine"), ("0.5%苦参碱水剂", "Matrine 0.5% AS"), "00036", "3", "ml"
)

INPUTS: Final[tuple[Noun, ...]] = (
    ("input", "azoxystrobin", _pesticide(
        ("嘧菌酯", "Azoxystrobin"), ("25%嘧菌酯悬浮剂", "Azoxystrobin 25% SC"), "00017", "3",
        "ml")),
    ("input", "imidacloprid", _pesticide(
        ("吡虫啉", "Imidacloprid"), ("70%吡虫啉水分散粒剂", "Imidacloprid 70% WG"), "00021", "7",
        "g")),
    ("input", "matrine", _MATRINE),
    ("input", "cucumber seed", _input(
        "seed", ("黄瓜种子津优35", "Cucumber seed Jinyou 35"), "packet", "seedling")),
    ("input", "celery seed", _input(
        "seed", ("芹菜种子", "Celery seed"), "packet", "seedling")),
    ("input", "seed potatoes", _input(
        "seed", ("马铃薯种薯荷兰15", "Seed potatoes Holland 15"), "kg", "potato")),
    ("input", "spawn", _input("seed", ("平菇菌种", "Oyster mushroom spawn"), "bag", "mushroom")),
    ("input", "organic fertiliser", _input(
        "fertiliser", ("商品有机肥", "Commercial organic fertiliser"), "kg", "bucket")),
    ("input", "compound fertiliser", _input(
        "fertiliser", ("复合肥15-15-15", "Compound fertiliser 15-15-15"), "kg", "bucket")),
)  # fmt: skip

SNAIL_INPUTS: Final[tuple[Noun, ...]] = (("input", "snail matrine", _MATRINE),)


def certificates(calendar: Calendar) -> tuple[Noun, ...]:
    """One of the past, as history, one that has just run out, one valid for the cucumbers now."""
    return (
        (
            "certificate",
            "pollution free",
            {
                "kind": "pollution_free",
                "name": "无公害农产品产地证书",
                "name_en": "Pollution-free production base",
                "number": "WGH-DEMO-2015-0017",
                "issuer": "某认证中心（示例）",
                "issuer_en": "A certification centre (example)",
                "valid_from": "2015-05-01",
                "valid_until": "2018-04-30",
                "site_ids": ["@base"],
            },
        ),
        (
            "certificate",
            "organic strawberries",
            {
                "kind": "organic",
                "name": "有机转换认证证书（草莓）",
                "name_en": "Organic in conversion (strawberry)",
                "number": "YJ-DEMO-0031",
                "issuer": "某认证中心（示例）",
                "issuer_en": "A certification centre (example)",
                "valid_from": calendar.date_of(ORGANIC_DAYS[0]).isoformat(),
                "valid_until": calendar.date_of(ORGANIC_DAYS[1]).isoformat(),
                "product_ids": ["@strawberry"],
                "site_ids": ["@base"],
            },
        ),
        (
            "certificate",
            "green food",
            {
                "kind": "green_food",
                "name": "绿色食品证书（黄瓜）",
                "name_en": "Green food certificate (cucumber)",
                "number": GREEN_FOOD_NUMBER,
                "issuer": "某认证中心（示例）",
                "issuer_en": "A certification centre (example)",
                "valid_from": calendar.date_of(GREEN_FOOD_DAYS[0]).isoformat(),
                "valid_until": calendar.date_of(GREEN_FOOD_DAYS[1]).isoformat(),
                "product_ids": ["@cucumber"],
                "site_ids": ["@base"],
                "file": "green food",
            },
        ),
    )
