"""The shopper's pages: what a code on a label stands for, told to anybody who scans or types it."""

import gzip

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ..domain.digital_link import DigitalLinkError, parse_gtin
from ..domain.errors import NotFound, Problem, Refused
from ..domain.identifiers import parse_code
from ..domain.typed_code import code_in, typed_problems
from ..query.public_codes import code_of_lot, product_of_gtin
from ..query.public_record import Page, public_page
from .access import house
from .language import LANGUAGES, current_language
from .pictures import PICTURES
from .scan_planting import planting_state
from .scan_tongue import is_foreign, known, marked, told
from .scan_view import hold_words, laboratory_name, missing_lines, view_of
from .scan_words import BY, analyte_words, name_of, value_words

blueprint = Blueprint("scan", __name__)

_SMALL = 512
"""Bytes below which compressing gains nothing."""


@blueprint.get("/t")
@blueprint.get("/T")
def typed() -> ResponseReturnValue:
    """A code typed into the box, or a whole address pasted there."""
    typed_code = request.args.get("code", "")
    code = code_in(typed_code)
    try:
        parsed = parse_code(code)
    except Refused:
        return unknown(typed_code)
    chosen = request.args.get("lang")
    return redirect(f"/t/{parsed}" + (f"?lang={chosen}" if chosen in LANGUAGES else ""), 302)


@blueprint.get("/t/<code>")
@blueprint.get("/T/<code>")
@blueprint.get("/01/<gtin>/10/<lot>/21/<code>")
def by_code(code: str, gtin: str = "", lot: str = "") -> ResponseReturnValue:
    """The page of a label, lot, package or planting; the code alone decides."""
    try:
        page = public_page(house().instance, parse_code(code))
    except (Refused, NotFound):
        return unknown(code)
    return show(page)


@blueprint.get("/01/<gtin>/10/<lot>")
def by_lot(gtin: str, lot: str) -> ResponseReturnValue:
    """The page of a lot by its product's GTIN and its number."""
    try:
        code = code_of_lot(house().instance, parse_gtin(gtin), lot)
        return show(public_page(house().instance, code))
    except (DigitalLinkError, NotFound):
        return unknown("")


@blueprint.get("/01/<gtin>")
def by_product(gtin: str) -> ResponseReturnValue:
    """Which product a GTIN stands for, and the box for the code of what is in the hand."""
    try:
        product = product_of_gtin(house().instance, parse_gtin(gtin))
    except (DigitalLinkError, NotFound):
        return unknown("")
    return finish(render_template("scan/product.html", product=product, known_pictures=PICTURES))


def show(page: Page) -> ResponseReturnValue:
    """The page in the reader's language, as of today where the co-op is."""
    record = page.record
    today = house().recorder.clock().astimezone(record.zone).date()
    inside = [record, *(one.record for one in page.contents)]
    hold = next((one.hold for one in inside if one.hold), None)
    template = "scan/planting.html" if record.kind == "planting" else "scan/record.html"
    return finish(
        render_template(
            template,
            page=page,
            record=record,
            view=view_of(record, today),
            contents=[(view_of(one.record, today), one) for one in page.contents],
            picking=planting_state(record, today) if record.kind == "planting" else None,
            recall=next((one.recall for one in inside if one.recall), None),
            hold=hold,
            hold_words=hold_words(hold) if hold else "",
            today=today,
            language=current_language(),
            **_WORDS,
        )
    )


_WORDS = {
    "vouchers": BY,
    "missing_lines": missing_lines,
    "name_of": name_of,
    "analyte_words": analyte_words,
    "value_words": value_words,
    "laboratory_name": laboratory_name,
    "known": known,
    "is_foreign": is_foreign,
    "marked": marked,
    "told": told,
}


def unknown(typed_code: str) -> ResponseReturnValue:
    """No such code: malformed and unknown look alike but for what is wrong with the typing."""
    problems: tuple[Problem, ...] = typed_problems(code_in(typed_code)) if typed_code else ()
    shown = render_template(
        "scan/unknown.html", typed_code=typed_code[:200], code_problems=problems
    )
    return finish(shown, 404)


def finish(text: str, status: int = 200) -> Response:
    """The answer with its entity tag, asked for again each time, compressed where that is read."""
    response = make_response(text, status)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Accept-Encoding")
    if status == 200:
        response.add_etag(weak=True)
        response.make_conditional(request)
        if response.status_code == 304:
            return response
    if request.accept_encodings["gzip"] > 0 and len(text) > _SMALL:
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
