"""Issuing a certificate of conformity (承诺达标合格证) for one lot."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...capture.certifying import CertificateOrder, bases_that_lack, issue_certificate
from ...domain.errors import Refused
from ...domain.test_scope import BASES
from ...query.lot_proofs import lot_proofs
from ...query.packing import packing_lot
from ..access import actor, deed, house, signed_in
from ..form_once import new_form, placed, submission_id
from .routes import blueprint, page

PICTURES = {"own_control": "house", "own_test": "test-tube", "laboratory": "clipboard"}


@blueprint.get("/lots/<code>/certificate")
@deed("print_labels")
def certificate(code: str) -> ResponseReturnValue:
    """On which basis; what stands against each is said beside it."""
    return page("certificate", typed=new_form(), **_show(code))


@blueprint.post("/lots/<code>/certificate")
@deed("print_labels")
def save_certificate(code: str) -> ResponseReturnValue:
    """Issue it once, or show every reason why not."""
    shown = _show(code)
    order = CertificateOrder(
        shown["lot"].code, request.form.get("basis", ""), request.form.get("number", "")
    )
    try:
        issue_certificate(house().recorder, actor(), order, submission_id())
    except Refused as refused:
        typed: MultiDict[str, str] = MultiDict(request.form)
        problems = placed(refused.problems, {"lot": ""})
        return page("certificate", typed=typed, problems=problems, **shown), 422
    return redirect(url_for("packing.lot", code=shown["lot"].code), 303)


def _show(code: str) -> dict[str, Any]:
    instance, coop_id = house().instance, signed_in().coop_id
    lot = packing_lot(instance, coop_id, code)
    return {
        "lot": lot,
        "proofs": lot_proofs(instance, coop_id, lot.code),
        "bases": BASES,
        "lacks": bases_that_lack(instance, coop_id, lot.code),
        "pictures": PICTURES,
    }
