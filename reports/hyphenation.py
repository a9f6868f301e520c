"""Where Danish compounds divide. The patterns for Danish know syllables, not words, and divide long compounds badly."""

import re

from django.utils.safestring import SafeString, mark_safe

SOFT_HYPHEN = "\u00ad"

# First parts of compounds this field writes again and again, with the letters that bind them.
_FIRST_PARTS = (
    *("aktivitets", "arbejds", "arbejdsmarkeds", "bebyggelses", "behandlings", "beskæftigelses", "bevillings"),
    *("borger", "budget", "fastholdelses", "forløbs", "forsørgelses", "frivilligheds", "fællesskabs"),
    *("geninvesterings", "handle", "helbreds", "indsats", "integrations", "kommunal", "kontanthjælps", "koordinerings"),
    *("ledigheds", "mentor", "misbrugs", "modtager", "målgruppe", "opfølgnings", "psykiatri"),
    *("rehabiliterings", "ressource", "revaliderings", "rusmiddel", "rådgivnings", "sagsbehandler", "samarbejds"),
    *("selvforsørgelses", "social", "sparrings", "status", "sundheds", "sygedagpenge", "uddannelses"),
    *("udviklings", "virksomheds", "virksomhedspraktik", "økonomi"),
)
_LONGEST_FIRST = sorted(_FIRST_PARTS, key=len, reverse=True)
# "mentorerne" and "budgetterne" are one word bent, not two joined.
_BENT = r"(?!(?:[st]?erne?s?|ende|iser\w+)\b)"
_JOINT = re.compile(rf"\b({'|'.join(_LONGEST_FIRST)}){_BENT}(?=[a-zæøå]{{4}})", re.IGNORECASE)
_TAG = re.compile(r"(<[^>]*>)")


def with_joints(markup: SafeString) -> SafeString:
    """Return the HTML with soft hyphens at the joints of known compounds, tags untouched."""
    parts = _TAG.split(markup)
    parts[::2] = [_JOINT.sub(rf"\1{SOFT_HYPHEN}", text) for text in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308 - only soft hyphens are added to HTML that was safe
