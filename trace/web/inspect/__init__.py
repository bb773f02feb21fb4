"""The inspector's desk: reads the co-ops he is invited to, on his days; signs inspections, no more.

routes      the blueprint, the frame of its pages, the days he may read, files of the co-op
reading     the overview, records, lots, plots, certificates
signing     an inspection in five screens: which co-op, what, the result, a last look, signed
correcting  striking out an inspection of his own office, and signing it anew
papers      the production record and the spray record, what they lack, as PDF and spreadsheet
reads       what he himself read here; the co-op sees the same list

That every page is written down and that his days end is seen to in `web.inspector_door`.
"""

from . import correcting, papers, reading, reads, signing
from .routes import blueprint

__all__ = ["blueprint", "correcting", "papers", "reading", "reads", "signing"]
