import pytest
from django.core.exceptions import ValidationError

from projects.enums import ProposalVariant
from projects.rules.proposal_forms import check_variant, economy_heading, field_numbers

LONG, SHORT = ProposalVariant.LONG, ProposalVariant.SHORT


def test_the_long_form_has_ten_fields_and_the_short_one_eight():
    assert list(field_numbers(LONG).values()) == list(range(1, 11))
    assert field_numbers(SHORT) == {
        "author": 1,
        "target_groups": 2,
        "challenge": 3,
        "intervention": 4,
        "contributors": 5,
        "expected_results": 6,
        "economy": 7,
        "motivation": 8,
    }
    assert (economy_heading(LONG), economy_heading(SHORT)) == (
        "Forventet investering og afkast",
        "Investering og afkast",
    )


def test_what_the_short_form_does_not_ask_is_refused_and_never_dropped():
    texts = {"schedule": "Begynder i april.", "co_responsible": " "}
    check_variant(LONG, texts)
    with pytest.raises(ValidationError) as refused:
        check_variant(SHORT, texts)
    assert {name: [error.code for error in errors] for name, errors in refused.value.error_dict.items()} == {
        "schedule": ["not_in_short_form"]
    }
    check_variant(SHORT, {"schedule": "", "co_responsible": " "})
