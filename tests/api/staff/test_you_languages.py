"""One's own page of languages."""

import pytest

from tests.api.staff.conftest import Visitor
from tests.support.intake_api import Api
from tests.support.staff_browser import sql

pytestmark = pytest.mark.any_store

HERE = "/staff/you/languages"


def test_choosing_which_languages_one_reads(api: Api, signed_in: Visitor) -> None:
    amina = signed_in("amina")
    assert "Bengali" in amina.get(HERE).text
    assert "Sylheti" not in amina.get(HERE).text  # it is written as Bengali
    fields = {"token": amina.token(HERE), "read-bn": "yes", "read-ar": "yes", "read-xx": "yes"}
    answer = amina.post(HERE, fields)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HERE}?saved=1")
    chosen = "SELECT staff_id, language FROM staff_language ORDER BY language"
    assert sql(api, chosen) == [(1, "ar"), (1, "bn")]
    page = amina.get(answer.headers["location"]).text
    assert "Saved." in page
    assert page.count(" checked") == 2
    amina.post(HERE, {"token": amina.token(HERE)})
    assert sql(api, chosen) == []
    assert "staff.languages_chosen" in str(sql(api, "SELECT action FROM audit"))


def test_all_of_them_fit_into_one_form(api: Api, signed_in: Visitor) -> None:
    amina = signed_in("amina")
    codes = ("bn", "so", "ar", "ur", "zh", "it", "es", "pt", "fr", "pl", "tr", "vi")
    fields = {f"read-{code}": "yes" for code in codes}
    assert amina.post(HERE, {"token": amina.token(HERE), **fields}).status_code == 303
    assert len(sql(api, "SELECT * FROM staff_language")) == len(codes)
