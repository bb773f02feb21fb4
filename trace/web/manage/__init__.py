"""The manager's desk: plain pages that work without a script.

routes       the blueprint, the frame of its pages, forms that count once, files of the co-op
desk         what waits today
people       members, devices, invitations
noun_forms   how the forms of what a co-op declares are laid out
nouns        lists of plots, products, inputs, parties, certificates, sites: add, change, retire
bought       input lots bought
lots         lots with their states; holding and lifting
recall       from the cause over everything it reaches to the recalled pages
records      all records, one whole; taking back a slip
corrections  correcting one: what hangs on it, its own form with the right values in it
"""

from . import bought, corrections, desk, lots, nouns, people, reads, recall, records
from .routes import blueprint

__all__ = ["blueprint", "bought", "corrections", "desk", "lots", "nouns", "people", "reads",
           "recall", "records"]  # fmt: skip
