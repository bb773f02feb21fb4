"""Dates, amounts and codes as people read them, in `zh` and `en`. Pure formatting."""

from datetime import date, datetime, tzinfo
from decimal import Decimal

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_NEAR_DAYS = {
    "zh": {0: "今天", 1: "昨天", -1: "明天"},
    "en": {0: "today", 1: "yesterday", -1: "tomorrow"},
}

UNIT_WORDS: dict[str, tuple[str, str, str]] = {
    # unit: Chinese, English for one, English for more
    "kg": ("公斤", "kg", "kg"),
    "jin": ("斤", "jin", "jin"),
    "g": ("克", "g", "g"),
    "mg": ("毫克", "mg", "mg"),
    "t": ("吨", "t", "t"),
    "l": ("升", "l", "l"),
    "ml": ("毫升", "ml", "ml"),
    "m3": ("方", "m³", "m³"),
    "mu": ("亩", "mu", "mu"),
    "bundle": ("捆", "bundle", "bundles"),
    "box": ("盒", "box", "boxes"),
    "case": ("箱", "case", "cases"),
    "bag": ("袋", "bag", "bags"),
    "bottle": ("瓶", "bottle", "bottles"),
    "pot": ("盆", "pot", "pots"),
    "piece": ("个", "piece", "pieces"),
    "packet": ("包", "packet", "packets"),
    "tank": ("桶", "tank", "tanks"),
    "day": ("天", "day", "days"),
    "%": ("%", "%", "%"),
    "℃": ("℃", "℃", "℃"),
}
_BY_CHINESE = {words[0]: name for name, words in UNIT_WORDS.items()}


def as_date(value: date | datetime | str) -> date:
    """The date of a date, a moment (at its own offset) or an ISO text, else ValueError."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.date() if isinstance(value, datetime) else value


def day(value: date | datetime | str, language: str, year: bool = False) -> str:
    """A date without its year, or with it.

    >>> day('2026-11-21', 'zh'), day('2026-11-21', 'en', year=True)
    ('11月21日', '21 November 2026')
    """
    on = as_date(value)
    if language == "zh":
        return f"{on.year}年{on.month}月{on.day}日" if year else f"{on.month}月{on.day}日"
    words = f"{on.day} {_MONTHS[on.month - 1]}"
    return f"{words} {on.year}" if year else words


def weekday(value: date | datetime | str, language: str) -> str:
    """The day of the week.

    >>> weekday('2026-11-21', 'zh'), weekday('2026-11-21', 'en')
    ('周六', 'Saturday')
    """
    return _WEEKDAYS[language][as_date(value).weekday()]


def clock(value: datetime | str, zone: tzinfo | None = None) -> str:
    """The time of day at the moment's own offset, or in `zone`.

    >>> clock('2026-11-21T06:30:00+08:00')
    '6:30'
    """
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = when.astimezone(zone) if zone else when
    return f"{local.hour}:{local.minute:02}"


def moment(
    value: datetime | str, language: str, year: bool = False, zone: tzinfo | None = None
) -> str:
    """A date and the time of day, at the moment's own offset or in `zone`.

    >>> moment('2026-11-21T06:30+08:00', 'zh'), moment('2026-11-21T06:30+08:00', 'en')
    ('11月21日 6:30', '21 November, 6:30')
    """
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = when.astimezone(zone) if zone else when
    between = " " if language == "zh" else ", "
    return f"{day(local, language, year)}{between}{clock(local)}"


def days_ago(value: date | datetime | str, today: date, language: str) -> str:
    """How long before or after today, in days.

    >>> today = date(2026, 11, 23)
    >>> days_ago('2026-11-21', today, 'zh'), days_ago('2026-11-22', today, 'en')
    ('2天前', 'yesterday')
    """
    count = (today - as_date(value)).days
    if word := _NEAR_DAYS[language].get(count):
        return word
    if language == "zh":
        return f"{count}天前" if count > 0 else f"{-count}天后"
    return f"{count} days ago" if count > 0 else f"in {-count} days"


def number(value: Decimal | int | str) -> str:
    """A number without needless zeros, in groups of three from five digits on.

    >>> number('126.50'), number(1200), number('175000'), number(Decimal('1E+3'))
    ('126.5', '1200', '175,000', '1000')
    """
    amount = Decimal(value)
    text = f"{amount:,f}" if abs(amount) >= 10000 else f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_word(unit: str, language: str, amount: Decimal | int | str = 2) -> str:
    """The word of a unit; one we have no word for, such as a co-op's own, stays as written.

    >>> unit_word('bundle', 'zh'), unit_word('box', 'en', 1), unit_word('捆', 'en')
    ('捆', 'box', 'bundles')
    """
    words = UNIT_WORDS.get(_BY_CHINESE.get(unit, unit))
    if words is None:
        return unit
    return words[0] if language == "zh" else words[1 if Decimal(amount) == 1 else 2]


def quantity(amount: Decimal | int | str, unit: str, language: str) -> str:
    """An amount with its unit, which no line break parts.

    >>> quantity('126.0', 'kg', 'zh'), quantity('12', '%', 'zh')
    ('126\\xa0公斤', '12%')
    """
    between = "" if unit == "%" else "\N{NO-BREAK SPACE}"
    return f"{number(amount)}{between}{unit_word(unit, language, amount)}"


def code_groups(code: str) -> str:
    """A code in groups of four, as it stands on the label.

    >>> code_groups('7K3M9QX2D4HT8VRB')
    '7K3M 9QX2 D4HT 8VRB'
    """
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
