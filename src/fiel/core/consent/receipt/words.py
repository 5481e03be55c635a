"""The receipt in the person's language: what was chosen, by whose word, for what, with which data, and how to undo it.

Only the order is here; every sentence comes from the locales and from the promise (GDPR art. 7, 12(1), 13).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from fiel.core.consent.choice import Attestation, Status
from fiel.core.consent.receipt.shown import Noted, Shown, in_language, reach_of, whole_days
from fiel.core.promise.usecase import Bound, EventNeed, Learning, LegalBasis, Recipient, Source
from fiel.core.text import Text, percentage


def human_text(noted: Noted, shown: Shown) -> str:
    """The whole receipt as lines of text, in the language of the entry."""
    words = _Words(noted, shown)
    return "\n".join([*words.choice(), "", *words.data(), "", *words.rights(), "", *words.standing()]) + "\n"


class _Words:
    """The sentences of one receipt, paragraph by paragraph."""

    def __init__(self, noted: Noted, shown: Shown) -> None:
        self._noted, self._shown, self._entry = noted, shown, noted.entry

    def choice(self) -> Iterator[str]:
        """For what, what was chosen, on whose word, when, what the person gains, how far, and whether it teaches."""
        case, entry = self._shown.use_case, self._entry
        yield self._say("receipt.title")
        yield ""
        area = in_language(self._shown.area.title, entry.language)
        yield self._say("receipt.use", title=self._own(case.title), area=area, controller=self._controller)
        yield self._say("receipt.chosen", status=self._say(f"status.{entry.status.value}"))
        yield self._attested()
        yield self._say("receipt.when", moment=self._moment(entry.at))
        yield self._say("receipt.why", why=self._own(case.why))
        yield self._say("receipt.gain", benefit=self._own(case.benefit.person))
        if entry.level is not None:
            yield self._say("receipt.level", level=self._say(f"level.{entry.level.word}"))
        if entry.contributes and case.learn:
            yield from self._teaching(case.learn)
        elif case.learn:
            yield self._say("receipt.teaches_not")
        if case.measure and self._noted.in_use:
            yield self._say("receipt.measured", why=self._own(case.measure.why))
            if case.measure.control:
                share = percentage(case.measure.control, language=entry.language)
                yield self._say("control.notice", share=share)

    def data(self) -> Iterator[str]:
        """Which data, how they arrive and when they go."""
        yield self._say(f"receipt.data.{self._heading()}")
        listed = list(self._listed())
        yield from listed or [self._say("receipt.data.none")]
        if self._noted.in_use or self._noted.is_set_aside:
            yield self._say("receipt.retention", span=self._span(self._shown.use_case.retention))
            yield self._say("receipt.last_day")
        if self._noted.in_use:
            minimum = self._shown.use_case.minimum(reach_of(self._noted, self._shown.use_case))
            yield self._say("receipt.history" if minimum.history else "receipt.history_not")
        for recipient in self._shown.use_case.recipients:
            yield self._recipient(recipient)
        if not self._shown.use_case.recipients:
            yield self._say("receipt.recipients_none")

    def rights(self) -> Iterator[str]:
        """How long it counts, how to undo it, and what else the person may do, with whom."""
        case, entry, controller = self._shown.use_case, self._entry, self._shown.controller
        if entry.status is Status.GIVEN:
            yield self._say("receipt.lasts", date=self._date((entry.at + case.consent_lasts).astimezone(UTC).date()))
        yield self._say("receipt.withdraw" if case.basis is LegalBasis.CONSENT else "receipt.object")
        yield self._say("receipt.rights")
        yield self._say(
            "receipt.contact", controller=self._controller, address=controller.address, contact=controller.contact
        )
        if controller.dpo:
            yield self._say("receipt.officer", officer=controller.dpo)
        yield self._say("receipt.authority", authority=in_language(self._shown.law.authority, entry.language))

    def standing(self) -> Iterator[str]:
        """On what it rests, which notice it names, how far the program sees, and how to check it."""
        law = in_language(self._shown.law.name, self._entry.language)
        yield self._say("receipt.law", basis=self._say(f"basis.{self._shown.use_case.basis.value}"), law=law)
        yield self._say("receipt.notice", notice=self._entry.notice)
        if not self._shown.is_as_shown(self._entry):
            yield self._say("receipt.reworded")
        yield self._say("receipt.boundary", controller=self._controller)
        yield self._say("receipt.proof", controller=self._controller)

    @property
    def _controller(self) -> str:
        return self._shown.controller.name

    def _attested(self) -> str:
        key = f"receipt.attested.{self._entry.attested_by.value}"
        if self._entry.attested_by is Attestation.PERSON:
            return self._say(key, interface=self._entry.interface)
        return self._say(key, controller=self._controller)

    def _heading(self) -> str:
        if self._noted.in_use:
            return "used"
        return "set_aside" if self._noted.is_set_aside else "not_used"

    def _listed(self) -> Iterator[str]:
        minimum = self._shown.use_case.minimum(reach_of(self._noted, self._shown.use_case))
        if minimum.context:
            yield self._say("receipt.data.context", names=self._fields(minimum.context))
        for name in sorted(minimum.attributes):
            attribute = self._shown.attributes.get(name)
            source = attribute.source if attribute else Source.DECLARED
            yield self._say(
                "receipt.data.fact", title=self._title(name), origin=self._say(f"receipt.origin.{source.value}")
            )
        for _, need in sorted(minimum.events.items()):
            yield self._event(need)

    def _event(self, need: EventNeed) -> str:
        kind = self._shown.events.get(need.event)
        return self._say(
            "receipt.data.events",
            title=self._own(kind.title) if kind else need.event,
            fields=self._fields(need.properties),
            origin=self._say("receipt.origin.observed"),
            why=self._own(need.why),
            bound=self._bound(need.bound),
            grain=self._say(f"receipt.grain.{need.bound.grain.value}"),
        )

    def _bound(self, bound: Bound) -> str:
        if bound.within is None:
            kept = self._say("receipt.bound.all")
        else:
            kept = self._say("receipt.bound.within", span=self._span(bound.within))
            if bound.or_visits:
                visits = self._say("receipt.bound.visits", visits=bound.or_visits)
                kept = f"{kept}{self._say('receipt.bound.or')}{visits}"
        if bound.keep is None:
            return kept
        return f"{kept}{self._say('receipt.bound.and')}{self._say('receipt.bound.keep', keep=bound.keep)}"

    def _recipient(self, recipient: Recipient) -> str:
        return self._say(
            "receipt.recipient",
            name=recipient.name,
            country=recipient.country,
            fields=self._fields(recipient.fields),
            why=self._own(recipient.why),
        )

    def _fields(self, names: frozenset[str]) -> str:
        return ", ".join(self._shown.phrases.get(f"field.{name}", name) for name in sorted(names))

    def _teaching(self, learn: Learning) -> Iterator[str]:
        cap, reach = learn.cap, self._shown.use_case.minimum(reach_of(self._noted, self._shown.use_case))
        yield self._say("receipt.teaches_one") if cap == 1 else self._say("receipt.teaches", cap=cap)
        if learn.within is not None:
            yield self._say("receipt.teaches_within", span=self._span(learn.within))
        if told := learn.attributes & reach.attributes:
            yield self._say("receipt.teaches_told", names=", ".join(map(self._title, sorted(told))))

    def _title(self, name: str) -> str:
        attribute = self._shown.attributes.get(name)
        return self._own(attribute.title) if attribute else name

    def _span(self, span: timedelta) -> str:
        days = whole_days(span)
        return self._say("span.day") if days == 1 else self._say("span.days", days=days)

    def _date(self, day: date) -> str:
        return self._say("date.day", day=day.day, month=self._say(f"month.{day.month}"), year=day.year)

    def _moment(self, at: datetime) -> str:
        there = at.astimezone(UTC)
        return self._say("date.moment", date=self._date(there.date()), time=there.strftime("%H:%M"))

    def _own(self, text: Text) -> str:
        return in_language(text, self._entry.language)

    def _say(self, key: str, **slots: object) -> str:
        return self._shown.phrases[key].format(**slots)
