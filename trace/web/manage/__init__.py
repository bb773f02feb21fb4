"""The manager's desk: plain pages that work without a script.

routes       the blueprint, the frame of its pages, forms that count once, files of the co-op
desk         what waits today, what is due
calendar     weeks of every plot: what was done, from when each may be picked
identifying  what an input was that our list did not know
searching    one box for everything
store        farm inputs bought, handed out, used, left
store_losses what was lost from the store, or destroyed
people       members, devices, invitations
noun_forms   how the forms of what a co-op declares are laid out
nouns        lists of plots, products, inputs, parties, certificates, sites: add, change, retire
bought       input lots bought
balance      what came in and went out by product, what does not add up
lots         lots with their states; holding and lifting
lineage      where a lot came from and where it went, drawn
recall       from the cause over everything it reaches to the recalled pages, in three steps
recall_room  a recall's own page: notice, poster, phone list, news, closing
recall_customers  one customer of a recall: calling, its link, its answer
drill        a timed recall drill that changes nothing
records      all records, one whole; taking back a slip
corrections  correcting one: what hangs on it, its own form with the right values in it
"""

from . import (
    balance,
    bought,
    calendar,
    corrections,
    desk,
    drill,
    identifying,
    lineage,
    lots,
    nouns,
    papers,
    people,
    reads,
    recall,
    recall_customers,
    recall_room,
    records,
    searching,
    store,
    store_losses,
)
from .routes import blueprint

__all__ = [
    "balance",
    "blueprint",
    "bought",
    "calendar",
    "corrections",
    "desk",
    "drill",
    "identifying",
    "lineage",
    "lots",
    "nouns",
    "papers",
    "people",
    "reads",
    "recall",
    "recall_customers",
    "recall_room",
    "records",
    "searching",
    "store",
    "store_losses",
]
