"""Active ingredients: their names in Chinese and English, and which ones a rapid test can show.

Names are paired as GB 4839 pairs them with the ISO 1750 common names. `inhibits` is the group of
the IRAC mode of action classification whose members block the enzyme that the rapid test watches:
1A carbamates, 1B organophosphates. Fungicides such as carbendazim are carbamates by their chemistry
and block nothing: they carry no group. `residue` is what a laboratory reports a substance as,
where GB 2763 sets one limit for the isomers together.
"""

import re
import unicodedata
from dataclasses import dataclass

CARBAMATES, ORGANOPHOSPHATES = "carbamates", "organophosphates"
ENZYME_CLASSES = (CARBAMATES, ORGANOPHOSPHATES)
ENZYME_METHOD = "酶抑制率法"
"""The rapid test of GB/T 5009.199: cholinesterase inhibition, of both classes as one sum."""
INHIBITION = "抑制率"
_INHIBITION_TOO = ("酶抑制率", "inhibition", "enzyme inhibition", "inhibition rate")
INHIBITION_LIMIT = "50"
"""From this percentage on, GB/T 5009.199 calls the sample positive."""


@dataclass(frozen=True)
class Substance:
    """One active ingredient; `also` are further names in use."""

    chinese: str
    english: str
    inhibits: str = ""
    residue: str = ""
    also: tuple[str, ...] = ()


def _of(inhibits: str, *names: tuple[str, str]) -> tuple[Substance, ...]:
    return tuple(Substance(chinese, english, inhibits) for chinese, english in names)


TABLE: tuple[Substance, ...] = (
    *_of(
        ORGANOPHOSPHATES,
        ("毒死蜱", "chlorpyrifos"), ("乐果", "dimethoate"), ("氧乐果", "omethoate"),
        ("三唑磷", "triazophos"), ("敌敌畏", "dichlorvos"), ("敌百虫", "trichlorfon"),
        ("辛硫磷", "phoxim"), ("马拉硫磷", "malathion"), ("乙酰甲胺磷", "acephate"),
        ("甲胺磷", "methamidophos"), ("对硫磷", "parathion"), ("甲基对硫磷", "parathion-methyl"),
        ("久效磷", "monocrotophos"), ("磷胺", "phosphamidon"), ("甲拌磷", "phorate"),
        ("甲基异柳磷", "isofenphos-methyl"), ("特丁硫磷", "terbufos"), ("治螟磷", "sulfotep"),
        ("内吸磷", "demeton"), ("灭线磷", "ethoprophos"), ("水胺硫磷", "isocarbophos"),
        ("杀扑磷", "methidathion"), ("丙溴磷", "profenofos"), ("喹硫磷", "quinalphos"),
        ("二嗪磷", "diazinon"), ("杀螟硫磷", "fenitrothion"), ("亚胺硫磷", "phosmet"),
        ("苯线磷", "fenamiphos"), ("硫线磷", "cadusafos"), ("蝇毒磷", "coumaphos"),
    ),
    *_of(
        CARBAMATES,
        ("克百威", "carbofuran"), ("涕灭威", "aldicarb"), ("灭多威", "methomyl"),
        ("甲萘威", "carbaryl"), ("抗蚜威", "pirimicarb"), ("仲丁威", "fenobucarb"),
        ("异丙威", "isoprocarb"), ("速灭威", "metolcarb"), ("硫双威", "thiodicarb"),
        ("丁硫克百威", "carbosulfan"), ("丙硫克百威", "benfuracarb"), ("杀线威", "oxamyl"),
    ),
    *_of(
        "",
        ("阿维菌素", "abamectin"), ("百菌清", "chlorothalonil"), ("苯醚甲环唑", "difenoconazole"),
        ("吡虫啉", "imidacloprid"), ("吡唑醚菌酯", "pyraclostrobin"), ("哒螨灵", "pyridaben"),
        ("啶虫脒", "acetamiprid"), ("多菌灵", "carbendazim"), ("腐霉利", "procymidone"),
        ("甲霜灵", "metalaxyl"), ("苦参碱", "matrine"), ("氯氟氰菊酯", "cyhalothrin"),
        ("氯氰菊酯", "cypermethrin"), ("氯虫苯甲酰胺", "chlorantraniliprole"),
        ("嘧菌酯", "azoxystrobin"), ("嘧霉胺", "pyrimethanil"), ("灭蝇胺", "cyromazine"),
        ("噻虫嗪", "thiamethoxam"), ("烯酰吗啉", "dimethomorph"), ("异菌脲", "iprodione"),
        ("氰戊菊酯", "fenvalerate"), ("代森锰锌", "mancozeb"), ("戊唑醇", "tebuconazole"),
        ("螺虫乙酯", "spirotetramat"), ("虫螨腈", "chlorfenapyr"), ("啶酰菌胺", "boscalid"),
    ),
    Substance("甲氨基阿维菌素苯甲酸盐", "emamectin benzoate",
              also=("甲维盐", "甲氨基阿维菌素", "emamectin")),
    Substance("高效氯氟氰菊酯", "lambda-cyhalothrin", residue="cyhalothrin"),
    Substance("高效氯氰菊酯", "beta-cypermethrin", residue="cypermethrin"),
    Substance("精甲霜灵", "metalaxyl-M", residue="metalaxyl", also=("mefenoxam",)),
    Substance("S-氰戊菊酯", "esfenvalerate", residue="fenvalerate"),
)  # fmt: skip


def bare(name: str) -> str:
    """A name without regard to case, width, spaces, hyphens and percentages.

    >>> bare("Lambda - Cyhalothrin"), bare("２５％ 嘧菌酯")
    ('lambdacyhalothrin', '嘧菌酯')
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    text = re.sub(r"\d+(\.\d+)?\s*(%|g/l|克/升)", "", text)
    return re.sub(r"[\s\-‐‑–—_·,，]+", "", text)


def _known_names() -> dict[str, Substance]:
    by_name: dict[str, Substance] = {}
    for one in TABLE:
        for name in (one.chinese, one.english, *one.also):
            by_name[bare(name)] = one
    return by_name


_BY_NAME = _known_names()
_BY_ENGLISH = {one.english: one for one in TABLE}
_PARTS = re.compile(r"[()\[\]/+、;；]|(?<=[\u4e00-\u9fff])\s*(?=[a-z])", re.IGNORECASE)


def substance_of(typed: str) -> Substance | None:
    """The substance of this name, whichever of its names was typed.

    Two names of the same substance side by side are one: 嘧菌酯 azoxystrobin.

    >>> substance_of("LAMBDA CYHALOTHRIN").chinese, substance_of("嘧菌酯(Azoxystrobin)").english
    ('高效氯氟氰菊酯', 'azoxystrobin')
    """
    whole = _BY_NAME.get(bare(typed))
    if whole:
        return whole
    parts = [part for part in _PARTS.split(unicodedata.normalize("NFKC", typed)) if bare(part)]
    found = {_BY_NAME.get(bare(part)) for part in parts}
    return found.pop() if len(found) == 1 else None


def measured_as(typed: str) -> str:
    """What two names are compared by: the residue's English name, or the bare name as typed.

    >>> measured_as("高效氯氟氰菊酯"), measured_as("Cyhalothrin"), measured_as("新药 一号")
    ('cyhalothrin', 'cyhalothrin', '新药一号')
    """
    one = substance_of(typed)
    return (one.residue or one.english) if one else bare(typed)


def is_inhibition(analyte: str) -> bool:
    """Whether this measured value is that of the enzyme test.

    >>> is_inhibition("酶抑制率"), is_inhibition("Inhibition"), is_inhibition("毒死蜱")
    (True, True, False)
    """
    return bare(analyte) in {bare(name) for name in (INHIBITION, *_INHIBITION_TOO)}


def is_enzyme_method(method: str) -> bool:
    """Whether a method, as typed with its instrument, is the enzyme test.

    >>> is_enzyme_method("酶抑制率法，仪器 NY-8"), is_enzyme_method("胶体金")
    (True, False)
    """
    return "抑制" in method or "inhibition" in method.casefold()


def class_of(typed: str) -> str:
    """The class of the enzyme test that this substance belongs to, or an empty text."""
    one = substance_of(typed)
    return one.inhibits if one else ""
