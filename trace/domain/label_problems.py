"""What can be wrong with a label, said to a person: the `labels` package's errors as problems.

Both the page and the process that prints know an error by its name and values, so that neither has
to know the other.
"""

from collections.abc import Mapping

from .errors import N_, Problem

FIELDS = {
    "product_name": N_("Product"),
    "second_name": N_("Name in English"),
    "net_quantity": N_("Mass of one"),
    "call": N_("The words under the code"),
    "example_mark": N_("The mark of example data"),
}
"""Parts of a label by their names in `labels.text`; rows carry their own caption."""

TOO_LONG = N_("“%(text)s” is too long for this label, even in small letters.")
EMPTY = N_("Something the label must say is empty.")
GLYPH = N_("“%(text)s” has characters that cannot be printed: %(characters)s.")
ROWS = N_("The label has no room for %(rows)s lines. Choose a larger label.")
MODULE = N_("The code does not fit on this label. Choose a larger label.")
ADDRESS = N_("The address of this server is too long to be printed as a code.")
STOCK = N_("“%(key)s” is not a kind of label we know.")
CELL = N_("The sheet has the places 1 to %(cells)s, not %(first_cell)s.")
COUNT = N_("At most %(most)s labels at once; print the rest after these.")
UNREADABLE = N_("Printed labels could not be read back, so the sheet is not offered. Try again.")
UNKNOWN = N_("The sheet of labels could not be made: %(said)s")

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "LabelTextTooLong": ("label", TOO_LONG),
    "TextEmpty": ("label", EMPTY),
    "GlyphMissing": ("label", GLYPH),
    "TooManyRows": ("label", ROWS),
    "ModuleTooSmall": ("stock", MODULE),
    "AddressTooLong": ("base_url", ADDRESS),
    "UnknownStock": ("stock", STOCK),
    "CellOutOfRange": ("first_cell", CELL),
    "LabelCountWrong": ("quantity", COUNT),
    "LabelsUnreadable": ("", UNREADABLE),
    "PagesMissing": ("", UNREADABLE),
}
_PLACES = ("text", "characters", "rows", "key", "cells", "first_cell", "most")


def label_problem(error: Exception) -> Problem:
    """The problem behind an error of `labels`; one that is not listed is told in its own words."""
    field, message = _MESSAGES.get(type(error).__name__, ("", UNKNOWN))
    values = {name: str(getattr(error, name)) for name in _PLACES if hasattr(error, name)}
    if message == UNKNOWN:
        values = {"said": str(error)}
    part = str(getattr(error, "field", ""))
    label = FIELDS.get(part, part.removeprefix("row "))
    return Problem(field, message, values, label)
