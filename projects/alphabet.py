"""Names in Danish order. SQLite sorts by code point, which puts Å before Æ."""

_AFTER_Z = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c", "ü": "y", "é": "e"})


def alphabetical(name: str) -> str:
    """Return a key that puts æ, ø, å (also written aa) after z, and does not care for upper and lower case."""
    return name.casefold().replace("aa", "å").translate(_AFTER_Z)
