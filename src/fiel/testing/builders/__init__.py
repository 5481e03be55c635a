"""Values with sensible defaults, so that a test names only what it is about.

Each call gives a whole, valid value; for what no argument covers there is `dataclasses.replace`. A mandate is never
built here: it is asked for where it is minted, and the needle must say yes.
"""

from fiel.testing.builders.choice import (
    a_lookup,
    a_permit,
    a_place,
    a_recorded,
    a_refusal,
    a_request,
    a_standing,
    a_tag,
    an_entry,
    an_identity,
    an_own_access,
)
from fiel.testing.builders.promise import a_digest, a_law, a_promise, a_published_version, a_text, a_use_case, wider
from fiel.testing.builders.use import a_compartment, a_lesson, a_measured, a_model, a_use_record, an_api_key, an_item

__all__ = [
    "a_compartment",
    "a_digest",
    "a_law",
    "a_lesson",
    "a_lookup",
    "a_measured",
    "a_model",
    "a_permit",
    "a_place",
    "a_promise",
    "a_published_version",
    "a_recorded",
    "a_refusal",
    "a_request",
    "a_standing",
    "a_tag",
    "a_text",
    "a_use_case",
    "a_use_record",
    "an_api_key",
    "an_entry",
    "an_identity",
    "an_item",
    "an_own_access",
    "wider",
]
