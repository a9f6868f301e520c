"""Texts nobody should write: what reads a text at every save reads the longest there is, whatever it is made of."""

from decimal import Decimal
from time import process_time

import pytest
from django.core.exceptions import ValidationError

from projects.rules.lengths import LONGEST_TEXT, check_length, lix
from projects.rules.privacy import personal_notices
from projects.rules.text import claim_notices, dateless_notices, draft_notices, find_cpr

# Each took from six seconds to minutes while its rule began anew at every word.
SLOW = ("1.", "a1-", "Aa ", "Aa-", "fordobling fra ", "fordobling fra 1 til 2 ", "x", "den 31.10 ", "#\n")
# It is a fifth of a second; a busy machine takes longer, and what grows with the square much longer.
SECONDS = 3


@pytest.mark.parametrize("piece", SLOW)
def test_sixty_thousand_signs_are_read_at_once(piece):
    text = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
    begun = process_time()
    claim_notices(text, facts=[("Borgere", Decimal(18), Decimal(35))])
    for rule in (draft_notices, dateless_notices, personal_notices, find_cpr, lix):
        rule(text)
    assert process_time() - begun < SECONDS


def test_a_claim_is_held_against_the_numbers_nearest_to_it_and_told_once():
    told = "En fordobling, fra 10 til 20. Og så en fordobling, fra 10 til 15. " * 2
    (notice,) = claim_notices(told)
    assert notice.figures == ("fordobling", Decimal(10), Decimal(15))


def test_what_is_too_long_is_told_in_numbers():
    check_length("x" * LONGEST_TEXT)
    with pytest.raises(ValidationError, match=r"Teksten er på 60\.001 tegn, og der er plads til 60\.000\.") as refused:
        check_length("x" * (LONGEST_TEXT + 1))
    assert refused.value.code == "max_length"
