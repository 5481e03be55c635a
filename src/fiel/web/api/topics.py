"""`/v1/subjects/{id}/topics/{use_case}`: what a person does not want to be looked at within a use case they allow."""

import asyncio
from typing import Final

from fiel.core.ids import UseCaseId
from fiel.core.scope import Verb
from fiel.operations.show import show_topics
from fiel.operations.switch import Switch, Topics, switch
from fiel.web.api.choices import SUBJECT
from fiel.web.api.wire import TopicAnswer, TopicRequest, TopicsAnswer
from fiel.web.route import Call, Route, done
from fiel.web.security import Leave

LEAVE: Final = Leave(Verb.CHOICES, person=True)
PATH: Final = f"{SUBJECT}/topics/{{use_case}}"


async def get(call: Call) -> TopicsAnswer:
    """Every topic of the catalogue, and whether it is off."""
    case, subject = call.use_case(), call.subject()
    topics = await asyncio.to_thread(show_topics, call.house, subject, case.id, by=call.admitted.attestation)
    return _answer(case.id, topics)


async def put(call: Call) -> TopicsAnswer:
    """Switch one topic off, or on again."""
    case, subject, asked = call.use_case(), call.subject(), call.read(TopicRequest)
    wanted = Switch(use_case=case.id, topic=asked.topic, off=asked.off)
    return _answer(case.id, await done(switch(call.house, subject, wanted)))


def _answer(use_case: UseCaseId, topics: Topics) -> TopicsAnswer:
    names = sorted({*topics.all, *topics.off})
    return TopicsAnswer(use_case=use_case, topics=[TopicAnswer(topic=name, off=name in topics.off) for name in names])


ROUTES = (
    Route(
        method="GET",
        path=PATH,
        act=get,
        about="The topics of the catalogue, and which of them a person switched off in a use case",
        leave=LEAVE,
        gives=TopicsAnswer,
        problems=frozenset({"unknown"}),
    ),
    Route(
        method="PUT",
        path=PATH,
        act=put,
        about="Switch a topic off, or on again: off, it is not looked at, shown, kept or taught",
        leave=LEAVE,
        takes=TopicRequest,
        gives=TopicsAnswer,
        problems=frozenset({"unknown", "conflict"}),
        example={"topic": "kitchen", "off": True},
    ),
)
