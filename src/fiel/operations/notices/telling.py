"""What single letters tell, line by line: a choice, what changed, what is about to end, a year of uses."""

from collections import Counter
from collections.abc import Iterator

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier
from fiel.core.notices import NOT_YET
from fiel.core.permit import Act
from fiel.core.promise.change import Difference, Width, compare, covers
from fiel.core.promise.usecase import LegalBasis
from fiel.operations.house import House
from fiel.operations.notices.words import Words
from fiel.operations.show import show_uses
from fiel.operations.weigh import Question, known_person, weigh
from fiel.ports import Identity, Line, Parcel, Recorded, Transaction


def choice_lines(words: Words, recorded: Recorded) -> list[Line]:
    """What was chosen, in the very words of the preference centre."""
    entry = recorded.entry
    said = [words.say(f"status.{entry.status.value}")]
    if entry.level is not None and entry.status in {Status.GIVEN, Status.OBJECTED}:
        said.append(words.say("mail.choice.level", level=words.say(f"level.{entry.level.word}")))
    said.append(words.say("mail.choice.when", date=words.day(entry.at.date())))
    if entry.attested_by is not Attestation.PERSON:
        said.append(words.say(f"mail.choice.by.{entry.attested_by.value}"))
    return [Line(text=words.title(entry.use_case), heading=True), Line(text=" ".join(said))]


def change_lines(
    house: House, tx: Transaction, words: Words, *, identity: Identity | None, parcel: Parcel
) -> list[Line]:
    """What is other than before, since when, and what follows if nothing is done; nothing for whom it leaves alone."""
    case = words.published.promise.use_cases.get(parcel.use_case) if parcel.use_case else None
    history = tx.promises.history(case.id) if case else ()
    if case is None or identity is None or not history or history[-1].version != parcel.version:
        return []
    person = known_person(house.names.lookup(identity.identifier), identity)
    question = Question(act=Act.USE, now=house.clock.now())
    standing = weigh(house, tx, person, use_case=case.id, question=question).standing
    agreed = tx.promises.version(standing.version) if standing.version else None
    before = agreed or (history[-2] if len(history) > 1 else None)
    if before is None or before.version == parcel.version:
        return []
    level = standing.level if standing.version else case.highest
    edits = compare(before.use_case, case, level=level)
    if not edits:
        return []
    named = dict.fromkeys(_named(words, edit) for edit in edits)
    since = words.line("mail.changed.since", date=words.day(history[-1].at.date()), ordinal=history[-1].ordinal)
    silence = "other"
    if case.basis is LegalBasis.CONSENT:
        silence = "covered" if covers(before.use_case, case, level=level) else "asked"
    return [
        words.line("mail.changed.lead", title=words.own(case.title)),
        *(Line(text=f"· {each}") for each in named),
        since,
        words.line(f"mail.changed.{silence}"),
        words.link("mail.changed.see", "/changes"),
    ]


def ending_lines(
    house: House, tx: Transaction, words: Words, *, identity: Identity | None, parcel: Parcel
) -> list[Line]:
    """Until when a yes counts, and that it ends by itself; nothing if it was taken back or given anew in between."""
    if identity is None or parcel.use_case is None or parcel.use_case not in words.published.promise.use_cases:
        return []
    person = known_person(house.names.lookup(identity.identifier), identity)
    now = house.clock.now()
    weighed = weigh(house, tx, person, use_case=parcel.use_case, question=Question(act=Act.USE, now=now))
    standing = weighed.standing
    if standing.status is not Status.GIVEN or standing.at is None:
        return []
    until = standing.at + weighed.agreement.terms.consent_lasts
    if not now <= until <= now + NOT_YET:
        return []
    return [
        words.line("mail.expiring.what", title=words.title(parcel.use_case), date=words.day(until.date())),
        words.line("mail.expiring.silence"),
        words.link("mail.expiring.decide", "/preferences"),
    ]


def yearly_lines(house: House, words: Words, *, who: Identifier | None) -> list[Line]:
    """For what the data were used, how often and when last, as far as it is still recorded."""
    uses = show_uses(house, who, by=Attestation.PERSON) if who is not None else ()
    counts = Counter(name for name, _ in uses)
    last = {name: use.at for name, use in reversed(uses)}
    told = [
        Line(
            text=words.say("mail.yearly.used", title=words.title(name), count=count, date=words.day(last[name].date()))
        )
        for name, count in counts.most_common()
    ]
    lead = words.line("mail.yearly.lead" if told else "mail.yearly.none")
    return [lead, *told, words.link("mail.yearly.see", "/uses"), words.link("mail.yearly.change", "/preferences")]


def _named(words: Words, edit: Difference) -> str:
    """One edit: what it touches, and whether that is more or less than before."""
    way = words.say("mail.changed.less" if edit.width is Width.NARROWER else "mail.changed.more")
    return f"{' '.join(_parts(words, edit.part))}: {way}"


def _parts(words: Words, part: str) -> Iterator[str]:
    head, _, rest = part.partition(".")
    name = rest.partition(".")[0]
    promise = words.published.promise
    if head == "events":
        yield words.own(promise.events[name].title) if name in promise.events else name
    elif head == "attributes":
        yield words.own(promise.attributes[name].title) if name in promise.attributes else name
    else:
        yield words.phrases.get(f"mail.part.{head}", words.say("mail.part.other"))
