"""The words and values of one cell of a record, in the reader's language."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from ...domain.key_data import KEY_DATA
from ...domain.quantity import Quantity
from ...query.declared_nouns import Declared
from ...query.production_record import Line
from ...query.record_workbook import Cell
from .. import display
from ..language import current_language
from ..record_words import amount as amount_words
from ..words import _


def absent() -> str:
    """What stands where the law asks for something that nobody filled in."""
    return _("not filled in")


def names(nouns: Iterable[Declared]) -> str:
    """Names of nouns in the reader's language, one after the other."""
    language = current_language()
    found = [one.in_language("name", language) for one in nouns]
    return (", " if language == "en" else "、").join(one for one in found if one)


def choice_words(event_type: str, element_name: str, value: object) -> str:
    """The words of a choice of a record, empty where none was made."""
    element = next(one for one in KEY_DATA[event_type] if one.name == element_name)
    words = dict(element.choices).get(str(value))
    return _(words) if words else ""


def amount_cells(amount: Quantity | None) -> tuple[Cell, Cell]:
    """A number and its unit."""
    if amount is None:
        return absent(), ""
    return amount.amount, display.unit_word(amount.unit, current_language(), amount.amount)


def input_words(line: Line) -> str:
    """The name of what was used; one that is not in the list says so."""
    if line.input:
        return line.input.in_language("name", current_language())
    if line.input_name:
        return _("%(name)s (not in the list)", name=line.input_name)
    return absent()


def source_words(line: Line) -> str:
    """From whom an input was bought, and the number of its lot."""
    if line.supplier is None:
        return absent()
    name = line.supplier.in_language("name", current_language()) or _("(erased)")
    return f"{name} {line.input_lot}".strip()


def use_words(line: Line) -> str:
    """How it was used: sprayed against what, given how, or sown."""
    record = line.record
    if record.event_type == "spraying":
        target = str(record.what.get("target", ""))
        return _("sprayed against %(target)s", target=target) if target else _("sprayed")
    if record.event_type == "planting":
        how = choice_words("planting", "method", record.what.get("method")) or _("sown")
        area = record.what.get("area") or {}
        return " ".join(one for one in (how, amount_words(**area) if area else "") if one)
    return choice_words("fertilising", "method", record.what.get("method")) or absent()


def who_words(line: Line) -> str:
    """Who did it."""
    by = line.record.performed_by
    return (by.in_language("name", current_language()) if by else "") or _("(erased)")


def crop_words(line: Line) -> str:
    """The crops, with their varieties."""
    varieties = (", " if current_language() == "en" else "、").join(line.varieties)
    return f"{names(line.crops)} {varieties}".strip() or absent()


def numbers_and_remarks(lines: Sequence[Line], zone: ZoneInfo) -> dict[str, tuple[int, str]]:
    """The place of each record in its table, and what is said below it where it is struck out."""
    numbers = {line.record.entry_id: at for at, line in enumerate(lines, 1)}
    return {
        line.record.entry_id: (numbers[line.record.entry_id], _struck_words(line, numbers, zone))
        for line in lines
    }


def _struck_words(line: Line, numbers: dict[str, int], zone: ZoneInfo) -> str:
    struck, language = line.record.struck, current_language()
    if struck is None:
        return ""
    who = struck.by.in_language("name", language) if struck.by else ""
    day = display.day(struck.at.astimezone(zone), language, year=True)
    said = _("Struck out by %(who)s on %(day)s", who=who or _("(erased)"), day=day)
    reason = choice_words("error_declaration", "declaration_reason", struck.reason)
    why = _(": ").join(one for one in (reason, struck.note) if one)
    if struck.replaced_by in numbers:
        place = _("In its place: no. %(number)s.", number=numbers[struck.replaced_by])
    elif line.replaced_on:
        on = display.day(line.replaced_on, language, year=True)
        place = _("In its place: the record of %(day)s.", day=on)
    else:
        place = _("Nothing stands in its place.")
    stop = ". " if language == "en" else "。"
    return f"{said}{_(': ')}{why}{stop}{place}" if why else f"{said}{stop}{place}"
