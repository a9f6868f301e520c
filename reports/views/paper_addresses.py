"""What a kind of paper is called in an address."""

from reports.enums import PaperKind

WORDS = {
    PaperKind.CATALOGUE: "forslagskatalog",
    PaperKind.CLOSING: "projektrapport",
    PaperKind.LETTER: "brev",
    PaperKind.ORIENTATION: "orientering",
}
_KINDS = {word: kind for kind, word in WORDS.items()}


class PaperKindConverter:
    """URL converter: "forslagskatalog" in the address, a PaperKind in the view, which is also its plain value."""

    regex = "[a-z]+"

    def to_python(self, value: str) -> PaperKind:
        if value not in _KINDS:
            raise ValueError(value)
        return _KINDS[value]

    def to_url(self, value: str) -> str:
        return WORDS[PaperKind(value)]
