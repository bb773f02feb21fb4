"""What is written on a retail label: words already chosen and translated, nothing to look up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One line of the label, such as 采摘 2026-11-21; a strong one is set larger and darker."""

    caption: str
    value: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class LabelText:
    """The text all labels of a lot share.

    `call` stands under the symbol (扫码看这 74 天). `second_name` is the product's name in another
    language, `example_mark` the words (示例数据) that set an example apart; both may be empty.
    `language` is the BCP 47 tag of the PDF.
    """

    product_name: str
    net_quantity: str
    rows: tuple[LabelRow, ...]
    call: str
    second_name: str = ""
    example_mark: str = ""
    language: str = "zh-CN"

    def fields(self) -> list[tuple[str, str]]:
        """Every text with the name errors give it; optional ones only where they are filled."""
        named = [("product_name", self.product_name), ("net_quantity", self.net_quantity)]
        for row in self.rows:
            named += [("caption", row.caption), (f"row {row.caption}", row.value)]
        named.append(("call", self.call))
        named += [
            (name, text)
            for name, text in (
                ("second_name", self.second_name),
                ("example_mark", self.example_mark),
            )
            if text
        ]
        return named
