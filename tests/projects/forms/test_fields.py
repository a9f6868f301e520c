from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from projects.forms.fields import (
    CountField,
    DanishDateField,
    KronerField,
    MeasureField,
    MonthField,
    NoCprCharField,
    NoCprTextField,
)


@pytest.mark.parametrize(
    ("field", "typed", "value", "shown"),
    [
        (KronerField(), "2.810.000 kr.", Decimal(2_810_000), "2.810.000"),
        (KronerField(), "1.250,5", Decimal("1250.50"), "1.250,50"),
        (KronerField(), "-500", Decimal(-500), "−500"),
        (CountField(), "1 250", 1250, "1.250"),
        (MeasureField(), "21,5", Decimal("21.5"), "21,5"),
        (DanishDateField(), "30/5-2016", date(2016, 5, 30), "30.05.2016"),
        (MonthField(), "nov. 2017", date(2017, 11, 1), "november 2017"),
    ],
)
def test_fields_read_what_danes_type_and_show_it_so_that_it_reads_the_same(field, typed, value, shown):
    assert field.clean(typed) == value
    assert field.prepare_value(value) == shown
    assert field.clean(shown) == value


@pytest.mark.parametrize("field_class", [KronerField, CountField, MeasureField, DanishDateField, MonthField])
def test_nothing_typed_is_unknown_and_a_required_field_says_so(field_class):
    assert field_class(required=False).clean("  ") is None
    with pytest.raises(ValidationError) as caught:
        field_class().clean("  ")
    assert caught.value.code == "required"


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        (KronerField(), "1,250,000", "two_commas"),
        (KronerField(allow_negative=False), "-5", "negative"),
        (CountField(), "-1", "negative"),
        (CountField(), "mange", "not_a_number"),
        (MeasureField(), "1,255", "too_many_decimals"),
        (DanishDateField(), "31.10", "missing_year"),
        (MonthField(), "november", "missing_year"),
        (NoCprCharField(), "Borger 010190-1234 er flyttet", "cpr"),
        (NoCprTextField(), "Linje\nmed 0101901234", "cpr"),
    ],
)
def test_fields_refuse_what_can_be_read_in_two_ways(field, typed, code):
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    assert caught.value.error_list[0].code == code


def test_a_refused_text_comes_back_as_it_was_typed():
    class Form(forms.Form):
        forecast = KronerField(label="Forventet")

    form = Form({"forecast": "1,5,0"})
    assert not form.is_valid()
    assert 'value="1,5,0"' in str(form["forecast"])


def test_the_same_value_written_in_another_way_is_no_change():
    assert not KronerField().has_changed(Decimal(1250), "1.250")
    assert KronerField().has_changed(Decimal(1250), "1.251")
    assert KronerField().has_changed(Decimal(1250), "1,2,5")


def test_line_ends_are_stored_in_one_way():
    assert NoCprTextField().clean("Første\r\nanden\rtredje") == "Første\nanden\ntredje"
