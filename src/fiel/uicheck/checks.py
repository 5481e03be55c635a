"""The one table of all checks: the sixteen deceptive patterns in the order of the guidelines, then what WCAG asks."""

from typing import Final

from fiel.uicheck import access, fickle, obscuring, obstructing, overloading, skipping, stirring
from fiel.uicheck.outcome import Check

PATTERNS: Final[tuple[Check, ...]] = (
    Check(
        name="continuous_prompting",
        source="4.1.1",
        looks=(overloading.continuous_prompting,),
        pressing=(overloading.a_no_is_final,),
    ),
    Check(name="privacy_maze", source="4.1.2", looks=(overloading.privacy_maze,)),
    Check(name="too_many_options", source="4.1.3", looks=(overloading.too_many_options,)),
    Check(name="snugness", source="4.2.1", looks=(skipping.snugness,)),
    Check(name="look_over_there", source="4.2.2", looks=(skipping.look_over_there,)),
    Check(name="emotional_steering", source="4.3.1", looks=(stirring.emotional_steering,)),
    Check(name="hidden_in_plain_sight", source="4.3.2", looks=(stirring.hidden_in_plain_sight,)),
    Check(
        name="dead_end",
        source="4.4.1",
        looks=(obstructing.dead_end,),
        pressing=(obstructing.every_form_completes,),
    ),
    Check(
        name="longer_than_necessary",
        source="4.4.2",
        looks=(obstructing.longer_than_necessary,),
        pressing=(obstructing.a_no_takes_no_more,),
    ),
    Check(
        name="misleading_action",
        source="4.4.3",
        looks=(obstructing.misleading_action,),
        pressing=(obstructing.the_ledger_has_what_was_pressed,),
    ),
    Check(name="lacking_hierarchy", source="4.5.1", looks=(fickle.lacking_hierarchy,)),
    Check(name="decontextualising", source="4.5.2", looks=(fickle.decontextualising,)),
    Check(name="inconsistent_interface", source="4.5.3", looks=(fickle.inconsistent_interface,)),
    Check(name="language_discontinuity", source="4.5.4", looks=(fickle.language_discontinuity,)),
    Check(name="conflicting_information", source="4.6.1", looks=(obscuring.conflicting_information,)),
    Check(name="ambiguous_wording", source="4.6.2", looks=(obscuring.ambiguous_wording,)),
)
"""The deceptive patterns; `source` is the number in annex I of the EDPB's guidelines 03/2022, version 2.0."""

ACCESS: Final[tuple[Check, ...]] = (
    Check(name="contrast", source="1.4.3", looks=(access.contrast,)),
    Check(name="reflow", source="1.4.10", looks=(access.reflow,)),
    Check(name="target_size", source="2.5.8", looks=(access.target_size,)),
    Check(name="keyboard", source="2.1.1, 2.4.3, 2.4.7, 2.4.11", looks=(access.keyboard,)),
    Check(name="axe", source="A, AA", looks=(access.axe,)),
    Check(name="weight", source="", looks=(access.weight,)),
)
"""What must hold for everybody; `source` is the criterion of WCAG 2.2, empty where the rule is the house's own."""

ALL: Final = (*PATTERNS, *ACCESS)
"""Every check."""
