"""Fields render as the design system's markup, with hint and error tied to the input."""

import re

from django import forms
from django.template.loader import render_to_string


class ExampleForm(forms.Form):
    amount = forms.CharField(label="Beløb", help_text='<span class="was">Sidst: 42</span>')
    note = forms.CharField(
        label="Bemærkning", required=False, widget=forms.Textarea(attrs={"class": "form-input-short"})
    )
    kind = forms.ChoiceField(label="Art", choices=[("a", "A"), ("b", "B")])
    light = forms.ChoiceField(label="Lys", choices=[("green", "Grøn"), ("red", "Rød")], widget=forms.RadioSelect)
    goals = forms.MultipleChoiceField(label="Mål", choices=[("1", "Job")], widget=forms.CheckboxSelectMultiple)
    agree = forms.BooleanField(label="Set igennem", help_text="Din leder godkender.")
    paper = forms.FileField(label="Bilag", required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def group(form: forms.Form, name: str) -> str:
    return re.sub(r"\s+", " ", form[name].as_field_group())


def test_a_field_has_label_hint_and_input_in_this_order():
    html = group(ExampleForm(), "amount")
    places = [html.index(part) for part in ('<label class="form-label" for="id_amount">', "Sidst: 42", "<input")]
    assert places == sorted(places)
    assert 'class="form-input"' in html
    assert 'aria-describedby="id_amount_helptext"' in html
    assert 'id="id_amount_helptext"' in html
    assert "valgfrit" not in html


def test_a_field_in_error_says_so_to_everyone():
    html = group(ExampleForm({}), "amount")
    assert 'class="form-group form-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in html
    assert '<span class="sr-only">Fejl: </span>Dette felt er påkrævet.' in html


def test_an_optional_field_is_marked_and_keeps_its_own_classes():
    html = group(ExampleForm(), "note")
    assert '<span class="form-optional">(valgfrit)</span>' in html
    assert 'class="form-input form-input-short"' in html


def test_a_suffix_stands_after_the_input_and_is_not_read_twice():
    form = ExampleForm()
    form.fields["amount"].suffix = "kr."
    assert '<div class="form-input-suffix" aria-hidden="true">kr.</div>' in group(form, "amount")


def test_choices_stand_in_a_fieldset_with_the_error_tied_to_it():
    html = group(ExampleForm({}), "light")
    assert '<fieldset aria-describedby="id_light_error">' in html
    assert re.search(r'<legend class="form-label">Lys\s*</legend>', html)
    assert html.count('<div class="form-group-radio"><input type="radio"') == 2
    assert '<label class="form-label" for="id_light_0">Grøn</label>' in html
    assert '<div class="form-group-checkbox"><input type="checkbox"' in group(ExampleForm(), "goals")


def test_a_checkbox_stands_before_its_label():
    html = group(ExampleForm(), "agree")
    assert html.index('class="form-checkbox"') < html.index('<label class="form-label" for="id_agree">Set igennem')
    assert 'id="id_agree_helptext"' in html


def test_other_inputs_get_their_own_class():
    form = ExampleForm()
    assert '<select name="kind" class="form-select"' in group(form, "kind")
    assert 'class="form-file"' in group(form, "paper")
    assert str(form["secret"]) == '<input type="hidden" name="secret" id="id_secret">'


def test_what_was_typed_is_escaped_and_stays():
    form = ExampleForm({"amount": '"><script>'})
    assert 'value="&quot;&gt;&lt;script&gt;"' in group(form, "amount")


def test_the_error_summary_links_to_every_field_in_error():
    form = ExampleForm({"amount": "42"})
    form.add_error(None, "Måneden er lukket.")
    html = re.sub(r"\s+", " ", render_to_string("_error_summary.html", {"form": form}))
    assert "<li>Måneden er lukket.</li>" in html
    assert re.findall(r'href="(#[^"]*)"', html) == ["#id_kind", "#id_light_0", "#id_goals_0", "#id_agree", "#id_secret"]


def test_there_is_no_error_summary_without_errors():
    assert render_to_string("_error_summary.html", {"form": ExampleForm()}).strip() == ""
