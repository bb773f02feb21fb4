"""What can be wrong with a label before it is printed: the value given and what was expected."""


class LabelError(ValueError):
    """Base of the label errors; never raised itself."""


class AddressTooLong(LabelError):
    """Not even the largest QR symbol (ISO/IEC 18004 version 40) holds this many characters."""

    def __init__(self, address: str, level: str) -> None:
        super().__init__(f"{len(address)} characters do not fit in any symbol at level {level}")
        self.address = address
        self.level = level


class UnknownLevel(LabelError):
    """An error correction level other than L, M, Q, H."""

    def __init__(self, level: str) -> None:
        super().__init__(f"error correction level {level!r}, expected one of L, M, Q, H")
        self.level = level


class UnknownStock(LabelError):
    """A stock key that is not in the table."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        super().__init__(f"label stock {key!r}, expected one of {', '.join(known)}")
        self.key = key
        self.known = known


class UnknownPrinter(LabelError):
    """A print resolution for which no dot size is stated."""

    def __init__(self, printer_dpi: int, known: tuple[int, ...]) -> None:
        expected = " or ".join(str(dpi) for dpi in known)
        super().__init__(f"printer of {printer_dpi} dpi, expected {expected}")
        self.printer_dpi = printer_dpi


class ModuleTooSmall(LabelError):
    """The symbol fits its box only with modules under two printer dots, which do not read."""

    def __init__(self, stock: str, modules: int, box_mm: float, least_mm: float) -> None:
        super().__init__(
            f"a symbol of {modules} modules and its quiet zone need {least_mm:.2f} mm at two dots "
            f"a module; stock {stock} has {box_mm:.2f} mm"
        )
        self.stock = stock
        self.modules = modules
        self.box_mm = box_mm
        self.least_mm = least_mm


class LabelTextTooLong(LabelError):
    """A text that does not fit its place on the label even at the smallest size allowed."""

    def __init__(self, field: str, text: str, room_mm: float) -> None:
        super().__init__(f"{field}: {text!r} does not fit in {room_mm:.1f} mm")
        self.field = field
        self.text = text
        self.room_mm = room_mm


class TooManyRows(LabelError):
    """More rows than the label has height for."""

    def __init__(self, rows: int, room_mm: float) -> None:
        super().__init__(f"{rows} rows do not fit in {room_mm:.1f} mm of height")
        self.rows = rows
        self.room_mm = room_mm


class GlyphMissing(LabelError):
    """Characters the label font cannot draw."""

    def __init__(self, field: str, text: str, characters: str) -> None:
        names = " ".join(f"{character} (U+{ord(character):04X})" for character in characters)
        super().__init__(f"{field}: {text!r} has characters the label font lacks: {names}")
        self.field = field
        self.text = text
        self.characters = characters


class TextEmpty(LabelError):
    """A field every label must carry has no text."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is empty, expected a text")
        self.field = field


class CodeMalformed(LabelError):
    """A unit code that is not 16 characters of Crockford's base32, or an address that lacks it."""

    def __init__(self, code: str, expected: str) -> None:
        super().__init__(f"unit code {code!r}, expected {expected}")
        self.code = code


class CellOutOfRange(LabelError):
    """A first cell the sheet does not have."""

    def __init__(self, first_cell: int, cells: int) -> None:
        super().__init__(f"first cell {first_cell}, expected 1 to {cells}")
        self.first_cell = first_cell
        self.cells = cells


class LabelCountWrong(LabelError):
    """No labels at all, or more than one file may hold."""

    def __init__(self, labels: int, most: int) -> None:
        super().__init__(f"{labels} labels in one file, expected 1 to {most}")
        self.labels = labels
        self.most = most


class LabelsUnreadable(LabelError):
    """Printed pages whose symbols do not say what they must; `places` are (page, cell), from 1."""

    def __init__(self, places: tuple[tuple[int, int], ...]) -> None:
        shown = ", ".join(f"page {page} cell {cell}" for page, cell in places[:10])
        rest = f" and {len(places) - 10} more" if len(places) > 10 else ""
        super().__init__(f"{len(places)} labels do not read back: {shown}{rest}")
        self.places = places


class PagesMissing(LabelError):
    """A PDF with another number of pages than its labels need."""

    def __init__(self, pages: int, expected: int) -> None:
        super().__init__(f"{pages} pages, expected {expected}")
        self.pages = pages
        self.expected = expected
