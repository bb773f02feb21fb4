"""Substances that may not be used, by notices of the ministry (农产品质量安全法 Art. 29).

The list is an editable file with notice number and date, imported by command, never code. What a
use was judged by is written into its record, so a later list changes nothing that was recorded.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from .errors import N_, Problem, Refused
from .substances import bare, substance_of


@dataclass(frozen=True)
class BannedSubstance:
    """One row of the list: names, from which day it is banned, where, and by which notice.

    `scope` tells for which crops in words, empty for all; `source` where the row was read.
    """

    name: str
    name_en: str
    scope: str
    banned_from: date
    notice: str
    notice_date: date
    source: str

    def as_stated(self) -> dict[str, str]:
        """What a record keeps of it."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if name != "source"
        }


COLUMNS = tuple(field.name for field in fields(BannedSubstance))
_DATES = ("banned_from", "notice_date")
_NEEDED = ("name", "banned_from", "notice", "notice_date")

WRONG_COLUMNS = N_("The first line must name these columns: %(columns)s.")
ROW_LACKS = N_("Line %(line)s has no %(column)s.")
ROW_DATE = N_("Line %(line)s: “%(given)s” is not a date such as 2026-06-01.")
NAMED_TWICE = N_("Line %(line)s: %(given)s stands in the list already.")
NO_ROWS = N_("The list has no substances.")


def parse_banned_list(text: str) -> tuple[BannedSubstance, ...]:
    """Read the list: CSV with the columns of BannedSubstance. Raises Refused with all problems."""
    reader = csv.DictReader(text.removeprefix("\ufeff").splitlines())
    if set(COLUMNS) - set(reader.fieldnames or ()):
        raise Refused([Problem("file", WRONG_COLUMNS, {"columns": ", ".join(COLUMNS)})])
    problems: list[Problem] = []
    found: dict[str, BannedSubstance] = {}
    for row in reader:
        line = {"line": str(reader.line_num)}
        said = {name: (row.get(name) or "").strip() for name in COLUMNS}
        lacking = [name for name in _NEEDED if not said[name]]
        problems += [Problem("file", ROW_LACKS, line | {"column": name}) for name in lacking]
        days = {name: _day(said[name]) for name in _DATES}
        problems += [
            Problem("file", ROW_DATE, line | {"given": said[name][:40]})
            for name, day in days.items()
            if day is None and said[name]
        ]
        if said["name"] in found:
            problems.append(Problem("file", NAMED_TWICE, line | {"given": said["name"]}))
        banned_from, notice_date = days["banned_from"], days["notice_date"]
        if said["name"] and banned_from and notice_date:
            texts = {name: said[name] for name in COLUMNS if name not in _DATES}
            found[said["name"]] = BannedSubstance(
                **texts, banned_from=banned_from, notice_date=notice_date
            )
    if not found and not problems:
        problems.append(Problem("file", NO_ROWS))
    if problems:
        raise Refused(problems)
    return tuple(found.values())


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


_FORMULATION = re.compile(
    r"(可湿性粉剂|水分散粒剂|可溶粉剂|可溶液剂|悬浮剂|悬浮种衣剂|颗粒剂|微乳剂|水乳剂|烟剂|乳油|粉剂|水剂|粒剂"
    r"|\b(ec|wp|wg|wdg|sp|sl|sc|fs|gr|me|ew|fu|dp|as)\b)$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d+(\.\d+)?\s*(%|克/升|g/l|g/kg|克/千克|亿/克)", re.IGNORECASE)
_BETWEEN = re.compile(r"[,，、;；+·/()（）]|\band\b", re.IGNORECASE)


def substances_named(text: str) -> frozenset[str]:
    """The substances in a name or an ingredient as typed, without strength and formulation.

    Each by its English common name where we know it, else by its bare name.

    >>> sorted(substances_named('3%克百威颗粒剂')), sorted(substances_named('阿维·Abamectin 5% EC'))
    (['carbofuran'], ['abamectin', '阿维'])
    """
    plain = _AMOUNT.sub(" ", unicodedata.normalize("NFKC", text))
    parts = (_FORMULATION.sub("", one.strip()).strip() for one in _BETWEEN.split(plain))
    return frozenset(_common_name(one) for one in parts if bare(one))


def _common_name(name: str) -> str:
    known = substance_of(name)
    return known.english if known else bare(name)


def names_of_input(fields: Mapping[str, Any]) -> list[str]:
    """The names and ingredients under which a declared input may stand in the list."""
    names = [fields.get(name) for name in ("name", "name_en", "full_name", "full_name_en")]
    return [str(one) for one in (*names, *(fields.get("ingredients") or ())) if one]


def banned_among(
    typed: Iterable[str], banned: Iterable[BannedSubstance], used_on: date
) -> list[BannedSubstance]:
    """Which banned substances are among these ingredients and names, on the day of use.

    Whole names are compared: 氧乐果 is not 乐果.
    """
    named = frozenset[str]().union(*(substances_named(one) for one in typed))
    return [one for one in banned if one.banned_from <= used_on and named & _names(one)]


def _names(one: BannedSubstance) -> frozenset[str]:
    return frozenset(_common_name(name) for name in (one.name, one.name_en) if name)
