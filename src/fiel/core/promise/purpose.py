"""What a purpose is about, by its term in the Data Privacy Vocabulary 2.3."""

from typing import Final

ADVERTISING: Final = frozenset(
    f"dpv:{term}"
    for term in (
        "Advertising",
        "DirectMarketing",
        "Marketing",
        "PersonalisedAdvertising",
        "PublicRelations",
        "SocialMediaMarketing",
        "TargetedAdvertising",
    )
)
"""Purposes of advertising."""

IRI: Final = "https://w3id.org/dpv#"


def is_advertising(purpose: str) -> bool:
    """Whether a purpose, written with its prefix or in full, is one of advertising."""
    return purpose.replace(IRI, "dpv:") in ADVERTISING
