"""The rights of the person as mandates (GDPR art. 15-22): what opens a compartment for the one it is about.

Requests with deadlines and their states are not here; acting at once for the person, or by them, is. The mandates for
use and for upkeep are elsewhere: `core/permit.py` names all three.
"""

from dataclasses import dataclass

from fiel.core.consent.choice import Attestation
from fiel.core.ids import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccess:
    """Leave for a person to see what is held about them and take it along. Made here and nowhere else.

    `by` says who speaks: the person themselves, or the controller on their behalf.
    """

    place: Place
    by: Attestation


def own_access(place: Place, *, by: Attestation) -> OwnAccess:
    """The mandate of a person, or of the controller answering them, to one of their compartments."""
    return OwnAccess(place=place, by=by)
