from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template


def shown(expression: str, value: object) -> str:
    return Template("{% load danish %}{{ value|" + expression + " }}").render(Context({"value": value}))


@pytest.mark.parametrize(
    ("expression", "value", "expected"),
    [
        ("kr", Decimal("2810000"), "2.810.000\u00a0kr."),
        ("kr", Decimal("-500.4"), "−500\u00a0kr."),
        ("kr", Decimal("0"), "0\u00a0kr."),
        ("kr", None, "–"),
        ("kr:2", Decimal("1234.5"), "1.234,50\u00a0kr."),
        ("tkr", Decimal("2810499"), "2.810\u00a0t.kr."),
        ("tkr", None, "–"),
        ("number", 1250, "1.250"),
        ("number", None, "–"),
        ("signed", 17, "+17"),
        ("signed", -3, "−3"),
        ("signed", 0, "0"),
        ("percent", Decimal("21.14"), "21,1\u00a0%"),
        ("percent:0", Decimal("21.14"), "21\u00a0%"),
        ("month", date(2017, 11, 1), "november 2017"),
        ("month_short", date(2017, 11, 1), "nov. 2017"),
        ("dato", date(2017, 11, 27), "27.11.2017"),
        ("dato_lang", date(2017, 11, 27), "27. november 2017"),
        ("dato", None, "–"),
        ("dato_lang", datetime(2017, 11, 27, 23, 30, tzinfo=UTC), "28. november 2017"),
        ("span", 1, "én dag"),
        ("span", 59, "59 dage"),
        ("span", 400, "13 måneder"),
        ("span", 3285, "ni år"),
        ("minutes", timedelta(seconds=61), "2"),
        ("minutes", timedelta(minutes=15), "15"),
        ("markdown", "**41** <b>", "<p><strong>41</strong> &lt;b&gt;</p>\n"),
        ("markdown", None, ""),
    ],
)
def test_filters_show_values_as_danes_read_them(expression: str, value: object, expected: str):
    assert shown(expression, value) == expected
