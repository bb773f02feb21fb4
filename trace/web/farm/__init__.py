"""The farmer's form, on a phone: plain forms that work without a script.

    routes       the blueprint, and who asks
    home         today's plots, one planting, the same again
    posting      one form: files first, then the record; every problem kept beside what was typed
    reading      what was typed, as the event type's key data elements
    work         planting, irrigation, fertilising, spraying, field work
    harvesting   picking, warned before the first allowed day
    inspecting   one inspection: a laboratory's report, a look at the field, a rapid test
    testing      the tester's morning: a row for each sample, all recorded or none
    calendar     my plots over some weeks, and from when each may be picked
    records      what I recorded; photos of one's own co-op

A queue on the phone, which keeps records without a signal, will send to the machines' address;
these pages stay as they are for phones without it.
"""

from . import calendar, harvesting, home, inspecting, records, testing, work
from .routes import blueprint

__all__ = ["blueprint", "calendar", "harvesting", "home", "inspecting", "records", "testing",
           "work"]  # fmt: skip
