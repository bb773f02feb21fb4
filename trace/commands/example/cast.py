"""Who and what the season has: two invented co-ops with their people, places and customers.

Names of the community's producers follow the 2015 newspaper report of Qiji; persons, numbers and
addresses are invented, and every page and label of an example instance says so.
"""

from collections.abc import Mapping
from typing import Any, Final

from .papers import LABORATORY
from .stage import Stage

OPENING_DAY: Final = -200
Noun = tuple[str, str, Mapping[str, Any]]
"""The noun, what the season calls it, and its fields."""

DAFENGSHOU: Final = {
    "name": "大丰收农业合作社",
    "name_en": "Dafengshou Agricultural Cooperative",
    "credit_code": "93370282MA0000017B",
    "address": "山东省青岛市即墨区七级社区（示例）",
    "address_en": "Qiji community, Jimo, Qingdao, Shandong (example)",
    "phone": "0532-0000 0017",
    "time_zone": "Asia/Shanghai",
    "origin_name": "青岛即墨",
    "origin_name_en": "Jimo, Qingdao",
}
LITTLE_SNAIL: Final = {
    "name": "小蜗牛家庭农场",
    "name_en": "Little Snail Family Farm",
    "credit_code": "93370282MA00000256",
    "address": "山东省青岛市即墨区七级社区小蜗牛农场（示例）",
    "address_en": "Little Snail Farm, Qiji community, Jimo, Qingdao, Shandong (example)",
    "phone": "0532-0000 0025",
    "time_zone": "Asia/Shanghai",
    "origin_name": "青岛即墨",
    "origin_name_en": "Jimo, Qingdao",
}


def _person(name: str, name_en: str, picture: str, words: str = "", words_en: str = "") -> Any:
    said = {"words": words, "words_en": words_en} if words else {}
    return {"kind": "person", "name": name, "name_en": name_en, "picture": picture} | said


def _firm(
    kind: str, name: str, name_en: str, picture: str, address: str = "青岛市即墨区七级社区（示例）"
) -> Any:
    return {
        "kind": kind,
        "name": name,
        "name_en": name_en,
        "picture": picture,
        "phone": "0532-0000 0000",
        "address": address,
    }


MANAGER: Final = _person("张建国", "Zhang Jianguo", "office-worker")
SNAIL_MANAGER: Final = _person(
    "罗小妹",
    "Luo Xiaomei",
    "woman-farmer",
    "葡萄不着急，熟一串剪一串。",
    "Grapes take their time: we cut each bunch when it is ripe.",
)

PEOPLE: Final[tuple[Noun, ...]] = (
    ("party", "wang", _person(
        "王长财", "Wang Changcai", "farmer",
        "种菜 21 年了，天天都要到地里看一眼，心里才踏实。",
        "I have grown vegetables for 21 years, and I am not easy until I have looked at them each "
        "day.")),
    ("party", "li", _person("李秀兰", "Li Xiulan", "packer")),
    ("party", "zhou", _person("周敏", "Zhou Min", "tester")),
    ("party", "zheng", _person("郑国栋", "Zheng Guodong", "office-worker")),
    ("party", "liu", _person(
        "刘玉海", "Liu Yuhai", "farmer",
        "菜跟孩子一样，一天也离不开人。", "Vegetables are like children: not a day without you.")),
    ("party", "yu", _person("于德水", "Yu Deshui", "farmer")),
    ("party", "gao", _person(
        "高秀英", "Gao Xiuying", "woman-farmer",
        "盆栽菜搬回家，掐一把就下锅。", "Take the pot home, pinch off a handful, and cook it.")),
    ("party", "qian", _person("钱兆云", "Qian Zhaoyun", "woman-farmer")),
    ("party", "sun", _person("孙桂芬", "Sun Guifen", "woman-farmer")),
    ("party", "song", _person("宋福田", "Song Futian", "farmer")),
    ("party", "xu", _person(
        "徐洪福", "Xu Hongfu", "farmer",
        "韭菜割一茬长一茬，勤快就有。", "Cut chives and they grow again: it takes only work.")),
    ("party", "mushroom grower", _person(
        "张兆民", "Zhang Zhaomin", "farmer",
        "蘑菇不打药，靠通风、靠干净。", "No spraying for mushrooms: air and cleanliness do it.")),
    ("party", "shop", _firm(
        "customer", "邻家鲜果店", "Linjia Fresh Fruit Shop", "shop", "青岛市市南区（示例）")),
    ("party", "supermarket", _firm(
        "customer", "即墨好邻居超市", "Good Neighbour Supermarket, Jimo", "cart",
        "青岛市即墨区（示例）")),
    ("party", "chat group", _firm(
        "customer", "七级团菜群（群主小陈）", "Qiji vegetable chat group (host: Xiao Chen)",
        "phone", "青岛市市北区（示例）")),
    ("party", "carrier", _firm(
        "carrier", "顺路冷链车队", "On-the-Way Cold Chain Carriers", "lorry")),
    ("party", "input shop", _firm(
        "supplier", "七级农资店", "Qiji Farm Supplies", "shop")),
    ("party", "carrot supplier", _firm(
        "supplier", "平度红土地胡萝卜合作社", "Red Earth Carrot Co-op, Pingdu", "farmer",
        "青岛市平度市（示例）")),
    ("party", "snail supplier", _firm(
        "supplier", "小蜗牛家庭农场", "Little Snail Family Farm", "grapes")),
    ("party", "laboratory", _firm(
        "laboratory", LABORATORY, "A testing laboratory in Qingdao (example)", "test-tube")),
    ("party", "county office", _firm(
        "office", "县农业农村局", "County Bureau of Agriculture", "office")),
)  # fmt: skip

JOINING: Final = (
    ("wang", "grower"),
    ("li", "packer"),
    ("zhou", "tester"),
    ("zheng", "inspector"),
    ("liu", "grower"),
    ("yu", "grower"),
    ("gao", "grower"),
    ("qian", "grower"),
    ("sun", "grower"),
    ("song", "grower"),
    ("mushroom grower", "grower"),
    ("xu", "grower"),
)


def _plot(name: str, name_en: str, site: str, grower: str, kind: str, area_mu: str) -> Any:
    return {
        "name": name,
        "name_en": name_en,
        "site_id": f"@{site}",
        "grower_id": f"@{grower}",
        "kind": kind,
        "area_mu": area_mu,
    }


def _site(kind: str, name: str, name_en: str, village: str, village_en: str, at: str) -> Any:
    latitude, longitude = at.split()
    return {
        "kind": kind,
        "name": name,
        "name_en": name_en,
        "village": village,
        "village_en": village_en,
        "latitude": latitude,
        "longitude": longitude,
    }


PLACES: Final[tuple[Noun, ...]] = (
    ("site", "base", _site("base", "七级基地", "Qiji base", "七级", "Qiji", "36.47 120.37")),
    ("site", "quanzhuang", _site(
        "base", "泉庄基地", "Quanzhuang base", "泉庄", "Quanzhuang", "36.49 120.35")),
    ("site", "zhangwangzhuang", _site(
        "base", "张王庄菇房", "Zhangwangzhuang mushroom houses", "张王庄", "Zhangwangzhuang",
        "36.46 120.39")),
    ("site", "packing house", _site(
        "packhouse", "大丰收包装间", "Dafengshou packing house", "七级", "Qiji", "36.47 120.38")),
    ("site", "cold store", _site(
        "cold_store", "大丰收冷库", "Dafengshou cold store", "七级", "Qiji", "36.47 120.38")),
    ("plot", "greenhouse 17", _plot(
        "17号大棚", "Greenhouse 17", "base", "wang", "greenhouse", "1.2")),
    ("plot", "greenhouse 16", _plot(
        "16号大棚", "Greenhouse 16", "base", "wang", "greenhouse", "1.1")),
    ("plot", "east field", _plot(
        "东头露地", "East end field", "base", "wang", "open_field", "0.8")),
    ("plot", "greenhouse 8", _plot(
        "8号大棚", "Greenhouse 8", "base", "liu", "greenhouse", "1.0")),
    ("plot", "celery field 1", _plot(
        "北洼一号地", "North hollow, field 1", "base", "liu", "open_field", "1.5")),
    ("plot", "celery field 2", _plot(
        "北洼二号地", "North hollow, field 2", "base", "yu", "open_field", "1.3")),
    ("plot", "celery field 3", _plot(
        "北洼三号地", "North hollow, field 3", "base", "qian", "open_field", "1.0")),
    ("plot", "greenhouse 21", _plot(
        "21号大棚", "Greenhouse 21", "base", "yu", "greenhouse", "1.0")),
    ("plot", "qian's garden", _plot(
        "钱家园子", "The Qians' garden", "base", "qian", "open_field", "0.05")),
    ("plot", "chive field", _plot(
        "南沟韭菜地", "South ditch chive field", "base", "xu", "open_field", "0.6")),
    ("plot", "small greenhouse", _plot(
        "泉庄小拱棚", "Quanzhuang low tunnel", "quanzhuang", "song", "greenhouse", "0.4")),
    ("plot", "pot house", _plot("盆栽棚", "Pot house", "base", "gao", "greenhouse", "0.9")),
    ("plot", "strawberry house 3", _plot(
        "草莓3号棚", "Strawberry greenhouse 3", "base", "sun", "greenhouse", "1.0")),
    ("plot", "potato field", _plot(
        "泉庄西坡地", "Quanzhuang west slope", "quanzhuang", "song", "open_field", "2.4")),
    ("plot", "mushroom house", _plot(
        "2号菇房", "Mushroom house 2", "zhangwangzhuang", "mushroom grower", "house", "0.3")),
)  # fmt: skip

SNAIL_NOUNS: Final[tuple[Noun, ...]] = (
    ("party", "snail packer", _person("马春燕", "Ma Chunyan", "packer")),
    ("party", "snail chat group", _firm(
        "customer", "青岛葡萄团购群（群主老魏）", "Qingdao grape chat group (host: Lao Wei)",
        "phone")),
    ("party", "snail buyer", _firm(
        "customer", "大丰收农业合作社", "Dafengshou Agricultural Cooperative", "shop")
        | {"coop_id": DAFENGSHOU["credit_code"]}),
    ("party", "snail input shop", _firm("supplier", "七级农资店", "Qiji Farm Supplies", "shop")),
    ("site", "vineyard", _site(
        "base", "小蜗牛葡萄园", "Little Snail vineyard", "七级", "Qiji", "36.48 120.36")),
    ("plot", "trellis east", _plot(
        "东架", "East trellis", "vineyard", "snail manager", "orchard", "2.0")),
    ("plot", "trellis south", _plot(
        "南架", "South trellis", "vineyard", "snail manager", "orchard", "1.5")),
)  # fmt: skip


def open_the_year(
    stage: Stage, products: tuple[Noun, ...], snail_products: tuple[Noun, ...]
) -> None:
    """Found both co-ops, declare what they have, and let everybody join."""
    stage.set_clock(OPENING_DAY, "09:00")
    stage.found_coop("dafengshou", DAFENGSHOU, MANAGER)
    for noun, name, fields in (*PEOPLE, *PLACES, *products):
        stage.declare("dafengshou manager", noun, name, fields)
    for minute, (name, role) in enumerate(JOINING):
        stage.set_clock(OPENING_DAY, f"09:{10 + minute}")
        stage.join("dafengshou", name, role)
    stage.set_clock(OPENING_DAY, "10:00")
    stage.found_coop("snail", LITTLE_SNAIL, SNAIL_MANAGER)
    for noun, name, fields in (*SNAIL_NOUNS, *snail_products):
        stage.declare("snail manager", noun, name, fields)
    stage.set_clock(OPENING_DAY, "10:10")
    stage.join("snail", "snail packer", "packer")
