"""English of names that people type in Chinese: substances, pests, methods, varieties.

For display only, never in a record. Substances stand in `substances`; varieties as their breeders
sell them abroad. What is not here stays as typed.
"""

from .substances import ENZYME_METHOD, INHIBITION, TABLE

SUBSTANCES = {one.chinese: one.english for one in TABLE}

PESTS = {
    "白粉病": "powdery mildew",
    "白粉虱": "whitefly",
    "菜青虫": "cabbage white caterpillars",
    "二十八星瓢虫": "ladybird beetles that eat leaves",
    "红蜘蛛": "spider mites",
    "灰霉病": "grey mould",
    "蓟马": "thrips",
    "霜霉病": "downy mildew",
    "晚疫病": "late blight",
    "蚜虫": "aphids",
    "叶蝉": "leafhoppers",
    "早疫病": "early blight",
}

METHODS = {
    ENZYME_METHOD: "enzyme inhibition",
    INHIBITION: "inhibition",
    "酶抑制率": "inhibition",
    "现场检查": "site visit",
    "堆肥深埋": "composted and buried",
}

VARIETIES = {
    "大叶菠菜": "broad-leaved spinach",
    "荷兰15": "Holland 15",
    "红颜": "Benihoppe",
    "津优35": "Jinyou 35",
    "平菇650": "Oyster 650",
    "普罗旺斯": "Provence",
    "四季小油菜": "all-season pak choi",
    "文图拉": "Ventura",
    "夏黑": "Summer Black",
    "阳光玫瑰": "Shine Muscat",
}

_ALL = SUBSTANCES | PESTS | METHODS | VARIETIES


def substance_names(language: str) -> list[str]:
    """The substances to choose from, in the reader's language, in its order."""
    chinese = [one.chinese for one in TABLE]
    return sorted(one.english for one in TABLE) if language == "en" else chinese


def english_of(typed: str) -> str:
    """The English name of what was typed, spaces aside; what is not known stays as typed.

    >>> english_of("津优 35"), english_of("镰刀菌")
    ('Jinyou 35', '镰刀菌')
    """
    return _ALL.get("".join(typed.split()), typed)
