"""`/v1/subjects/link`: an anonymous id turns out to be somebody's; a refusal of either holds for both."""

from typing import Final

from fiel.core.ids import Identifier, IdentifierKind
from fiel.core.scope import Verb
from fiel.operations.link import link
from fiel.web.api.choices import entry_answer
from fiel.web.api.wire import Asked, EntryAnswer, Name, Told
from fiel.web.route import Call, Route, done
from fiel.web.security import Leave


class LinkBody(Asked, frozen=True, kw_only=True):
    """Who turned out to be whom."""

    anonymous_id: Name
    user_id: Name


class LinkAnswer(Told, frozen=True, kw_only=True):
    """The entries that followed. Of the person: refusals, and as `requested` what the browser's yes is offered as."""

    user: list[EntryAnswer]
    anonymous: list[EntryAnswer]


async def post(call: Call) -> LinkAnswer:
    """Reconcile what both chose."""
    call.admitted.ask()
    body = call.read(LinkBody)
    linked = await done(
        link(
            call.house,
            browser=Identifier(IdentifierKind.ANONYMOUS, body.anonymous_id),
            person=Identifier(IdentifierKind.USER, body.user_id),
        )
    )
    return LinkAnswer(
        user=[entry_answer(each.recorded) for each in linked.of_person],
        anonymous=[entry_answer(each.recorded) for each in linked.of_browser],
    )


LEAVE: Final = Leave(Verb.CHOICES)

ROUTES = (
    Route(
        method="POST",
        path="/v1/subjects/link",
        act=post,
        about="An anonymous id turns out to be somebody's: a refusal of either holds for both, no yes is carried over",
        leave=LEAVE,
        takes=LinkBody,
        gives=LinkAnswer,
        example={"anonymous_id": "browser-7", "user_id": "customer-42"},
    ),
)
