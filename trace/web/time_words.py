"""When a record was written down, and how long after the day it tells of."""

from datetime import tzinfo

from ..query.field_records import FieldRecord
from . import display
from .language import current_language
from .words import _


def days_after(record: FieldRecord, zone: tzinfo) -> int:
    """Whole days from the day a record tells of to the day it was written down."""
    return (record.record_time.astimezone(zone).date() - record.on).days


def written_words(record: FieldRecord, zone: tzinfo) -> str:
    """When it was written down, beside the day it tells of: the lag in words."""
    clock = display.clock(record.record_time, zone)
    days = days_after(record, zone)
    if days <= 0:
        return _("written down the same day at %(clock)s", clock=clock)
    if days == 1:
        return _("written down the next day at %(clock)s", clock=clock)
    day = display.day(record.record_time.astimezone(zone), current_language())
    return _(
        "written down %(days)s days later, on %(day)s at %(clock)s",
        days=str(days),
        day=day,
        clock=clock,
    )
