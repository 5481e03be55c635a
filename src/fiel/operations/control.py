"""Whether somebody is of the control share of a use case this month: drawn only among those who let it be measured."""

from dataclasses import replace

from fiel.core.permit import Act, Permit
from fiel.core.promise.usecase import Level
from fiel.core.use.control import can_do_without, is_control, month_of
from fiel.operations.house import House
from fiel.operations.weigh import Person, Question, Weighed, weigh
from fiel.ports import Transaction


def drawn_share(house: House, tx: Transaction, person: Person, *, weighed: Weighed, question: Question) -> float | None:
    """The share by which this person was drawn, None if they were not; nothing that is held of them is read for it.

    `weighed` is the verdict on using; whoever may not be served from their data, or not be measured, is never drawn.
    """
    ruling, case = weighed.ruling, weighed.use_case
    if not isinstance(ruling, Permit) or ruling.level is Level.NONE or person.identity is None:
        return None
    if not ruling.terms.control or not can_do_without(case, house.strategies):
        return None
    measuring = weigh(house, tx, person, use_case=case.id, question=replace(question, act=Act.MEASURE))
    if not isinstance(measuring.ruling, Permit):
        return None
    share = measuring.ruling.terms.control
    drawn = house.names.lot(weighed.place, month_of(question.now))
    return share if is_control(share, drawn=drawn) else None
