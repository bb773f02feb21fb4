"""Whether a label can be printed at all: its address, its text on its stock, the size of the job.

Asked before a code is minted, since a code is never given back.
"""

from urllib.parse import urlsplit

from flask import request

from labels.errors import LabelError
from labels.preview import preview_png
from labels.sheet import UnitLabel, most_labels
from labels.stock import Stock
from labels.text import LabelText

from ...domain.errors import N_, Problem
from ...domain.label_problems import COUNT, label_problem
from ...domain.public_address import label_address_problem
from ...query.label_text import address
from ..access import house
from ..settings import LOOPBACK_NAMES, current_settings

TRIAL_CODE = "0" * 16  # shown in previews: belongs to no label
HOW_MANY = N_("How many labels")


def label_base_url() -> str:
    """The address on the labels: the public one; in an example, the one this page was asked at.

    With LAN=1 a phone must reach it: the network's address, where the page was asked on loopback.
    """
    settings = current_settings()
    if settings.public_base_url:
        return settings.public_base_url
    asked = urlsplit(request.host_url)
    if settings.lan and asked.hostname in LOOPBACK_NAMES and settings.trusted_hosts:
        return f"http://{settings.trusted_hosts[0]}:{settings.port}"
    return f"{asked.scheme}://{asked.netloc}"


def address_problems() -> list[Problem]:
    """Why labels with this server's address must not travel; an example prints for itself."""
    if house().instance.is_example:
        return []
    wrong = label_address_problem(current_settings().public_base_url)
    return [wrong] if wrong else []


def trial_png(stock: Stock, text: LabelText) -> bytes:
    """A picture of the label with a code that belongs to nobody. Raises LabelError."""
    unit = UnitLabel(TRIAL_CODE, address(label_base_url(), TRIAL_CODE))
    return preview_png(stock, text, unit)


def text_problems(stock: Stock, text: LabelText) -> list[Problem]:
    """Why this text cannot be set on this stock."""
    try:
        trial_png(stock, text)
    except LabelError as error:
        return [label_problem(error)]
    return []


def job_problems(stock: Stock, quantity: int, first_cell: int) -> list[Problem]:
    """What is wrong with the size of a job or the cell it starts in."""
    problems = []
    if quantity > most_labels(stock):
        values = {"most": str(most_labels(stock))}
        problems.append(Problem("quantity", COUNT, values, HOW_MANY))
    if not 1 <= first_cell <= stock.cells:
        values = {"cells": str(stock.cells), "first_cell": str(first_cell)}
        message = N_("The sheet has the places 1 to %(cells)s, not %(first_cell)s.")
        problems.append(Problem("first_cell", message, values))
    return problems
