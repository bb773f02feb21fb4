"""Dates, amounts and codes as people read them, in `zh` and `en`. Pure formatting."""

from datetime import date, datetime, tzinfo
from decimal import Decimal

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
