"""The packing room, at a computer or a phone: plain pages that work without a script.

routes       the blueprint, and the frame of its pages
posting      one form: files first, then the record; every problem beside what was typed
home         what waits to be packed, labelled, sent out; one lot; records
making       packing, gift boxes, arrivals of what is bought in
arrivals     what another co-op of this server sent to us, taken over
finding      a lot in a long list
remaking     splitting, merging and repacking lots, with a picture of what goes in
certifying   certificates of conformity, refused where their basis is not there
voiding      labels that must not be used, by their numbers or scanned
out          goods stored, sent, sold, returned, lost, destroyed; labels read by a scanner gun
label_check  whether a label can be printed at all, before a code is minted
printing     a lot's labels: stock, first cell, quantity; the sheet in true proportion
print_jobs   progress, the PDF, and the log of all printing
"""

from . import arrivals, certifying, home, making, out, print_jobs, printing, remaking, voiding
from .routes import blueprint

__all__ = ["arrivals", "blueprint", "certifying", "home", "making", "out", "print_jobs", "printing",
           "remaking", "voiding"]  # fmt: skip
