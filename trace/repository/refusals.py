"""Why an uploaded file was not taken: a reason and its values; the web puts them into words."""

from types import MappingProxyType
from typing import Final

from ..domain.errors import N_, Problem, Refused

# reason -> English message id with named places, as the message catalogues hold it.
MESSAGES: Final = MappingProxyType(
    {
        "empty_file": N_("The file is empty."),
        "too_large": N_("The file has %(size)s MB; at most %(limit)s MB can be sent."),
        "too_many_pixels": N_(
            "The picture has %(width)s × %(height)s pixels; at most %(limit)s million can be taken."
        ),
        "not_a_photo": N_("This is not a JPEG, PNG or WebP picture."),
        "moving_picture": N_("This is a moving picture; please send a still photo."),
        "broken_photo": N_(
            "The picture is damaged or was cut off on the way; please send it again."
        ),
        "not_a_pdf": N_("This is not a PDF."),
        "broken_pdf": N_("The PDF is damaged or was cut off on the way; please send it again."),
        "locked_pdf": N_(
            "The PDF is locked with a password; please send one that anybody can open."
        ),
        "too_many_pages": N_("The PDF has %(pages)s pages; at most %(limit)s can be taken."),
    }
)


class FileRefused(Refused):
    """A file that is not taken: `reason` is a key of MESSAGES, `values` fill its places."""

    def __init__(self, reason: str, **values: str) -> None:
        self.reason = reason
        self.values = values
        super().__init__([Problem("", MESSAGES[reason], values)])


class PhotoRefused(FileRefused):
    """A photo that is not taken."""


class PdfRefused(FileRefused):
    """A PDF that is not taken."""


def megabytes(size: int) -> str:
    """Bytes as megabytes with at most one decimal, rounded up: 10_000_001 -> '10.1'.

    Rounded up so that a refused file never reads as large as the limit itself.
    """
    tenths = -(-size // 100_000)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)
