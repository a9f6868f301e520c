"""Codes: what a thing is called in addresses and in answers to findings. Made from its name once, and then kept."""

from collections.abc import Collection

from django.utils.text import slugify

LONGEST = 40
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "y", "§": " par "})


def code_from(name: str) -> str:
    """Return a code for addresses: "Frivillig økonomisk rådgiver" → "frivillig-oekonomisk-raadgiver"."""
    return slugify(name.casefold().translate(_LETTERS))[:LONGEST].strip("-")


def free_code(name: str, taken: Collection[str]) -> str:
    """Return a code nobody has: "syrien", then "syrien-2"."""
    code = code_from(name) or "nr"
    number, free = 1, code
    while free in taken:
        number += 1
        free = f"{code[: LONGEST - len(str(number)) - 1]}-{number}"
    return free
