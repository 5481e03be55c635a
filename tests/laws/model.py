"""What must be true, told again in dictionaries: the machine's oracle. It knows no keys, no store and no algebra."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from fiel.core.ids import Identifier, ItemId, UseCaseId
from tests.laws.world import CARD, PICKS, SECRET

WIDTHS = {"narrow": 0, "base": 1, "reworded": 1, "wide": 2}
"""The versions of `picks` by how much they take; what is no wider than what was agreed to asks nobody."""

LEVELS = ("none", "context", "declared", "observed")
LASTS, RETENTION, DORMANT = timedelta(days=365), timedelta(days=200), timedelta(days=30)
CAP, MOST = 3, 4


@dataclass(slots=True)
class Bought:
    """One purchase as the model remembers it, with the visit that it belonged to."""

    item: ItemId
    day: date
    visit: int
    quantity: bool


@dataclass(slots=True)
class Held:
    """What one use case should hold of one person."""

    alive: date
    bought: list[Bought] = field(default_factory=list)
    tastes: tuple[str, ...] | None = None
    taught: set[ItemId] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    shown: Counter[date] = field(default_factory=Counter)
    visits: int = 0
    last: date | None = None


@dataclass(slots=True)
class Stand:
    """Where one person should stand with one use case."""

    status: str = "unknown"
    level: str = "none"
    teaches: bool = False
    version: str = ""
    at: datetime | None = None
    since: datetime | None = None
    held: Held | None = None


Key = tuple[Identifier, UseCaseId]


@dataclass(slots=True)
class Model:
    """All of it."""

    version: str = "base"
    changed_at: datetime | None = None
    stands: dict[Key, Stand] = field(default_factory=dict)
    known: set[Identifier] = field(default_factory=set)
    erased: set[Identifier] = field(default_factory=set)

    def stand(self, who: Identifier, use_case: UseCaseId) -> Stand:
        """Where somebody stands; undecided unless something was recorded."""
        return self.stands.setdefault((who, use_case), Stand())

    def verdict(self, who: Identifier, use_case: UseCaseId, now: datetime) -> str:
        """What the needle must say to a use."""
        stand = self.stand(who, use_case)
        if who in self.erased:
            return "suppressed"
        if use_case == CARD:
            return "objected" if stand.status == "objected" and stand.level == "none" else "permitted"
        if stand.status != "given":
            return {"unknown": "never_asked", "invalidated": "changed"}.get(stand.status, stand.status)
        if self.is_wider(stand):
            return "changed"
        assert stand.at is not None
        return "expired" if stand.at + LASTS <= now else "permitted"

    def is_wider(self, stand: Stand) -> bool:
        """Whether the promise takes more now than was agreed to; the versions differ in what is observed alone."""
        return stand.level == "observed" and WIDTHS[self.version] > WIDTHS[stand.version]

    def publish(self, version: str, now: datetime) -> None:
        """Another version is in force."""
        if WIDTHS[version] != WIDTHS[self.version]:
            self.changed_at = now
        self.version = version

    def give(self, who: Identifier, level: str, *, teaches: bool, now: datetime) -> None:
        """The person says yes on their own page."""
        self.erased.discard(who)
        self.known.add(who)
        stand = self.stand(who, PICKS)
        if stand.status == "given" and stand.at is not None and stand.at + LASTS <= now:
            self.end(who, PICKS, "expired", now=now)
        same = WIDTHS.get(stand.version) == WIDTHS[self.version]
        unbroken = stand.status == "given" and same and LEVELS.index(level) <= LEVELS.index(stand.level)
        less = LEVELS.index(level) < LEVELS.index(stand.level) or WIDTHS.get(stand.version) != WIDTHS[self.version]
        stand.since = stand.since if unbroken else now
        stand.status, stand.level, stand.teaches, stand.version, stand.at = "given", level, teaches, self.version, now
        if stand.held is not None:
            stand.held.taught = stand.held.taught if teaches else set()
            if less:
                self.cut(stand, PICKS, now)

    def end(self, who: Identifier, use_case: UseCaseId, status: str, *, now: datetime) -> None:
        """Any no: nothing is held any more."""
        self.known.add(who)
        stand = self.stand(who, use_case)
        stand.status, stand.level, stand.teaches, stand.version = status, "none", False, ""
        stand.at, stand.since, stand.held = now, None, None

    def object_less(self, who: Identifier, now: datetime) -> None:
        """An objection is taken back."""
        self.known.add(who)
        stand = self.stand(who, CARD)
        was = stand.status == "objected" and stand.level == "observed"
        stand.status, stand.level, stand.at = "objected", "observed", now
        stand.since = stand.since if was else now
        if stand.held is not None and not was:
            self.cut(stand, CARD, now)

    def erase(self, who: Identifier) -> None:
        """Nothing is left but the wish not to be taken up again."""
        self.stands = {key: stand for key, stand in self.stands.items() if key[0] != who}
        self.known.discard(who)
        self.erased.add(who)

    def reaches(self, stand: Stand, use_case: UseCaseId, level: str) -> bool:
        """Whether a permit would reach so far."""
        return use_case == CARD or LEVELS.index(stand.level) >= LEVELS.index(level)

    def buy(
        self, who: Identifier, item: ItemId, *, message: str, at: datetime, now: datetime
    ) -> dict[UseCaseId, str | None]:
        """A purchase of an instant comes in now; what must become of it in each use case (None: kept)."""
        fates: dict[UseCaseId, str | None] = {}
        for use_case in (PICKS, CARD):
            stand = self.stand(who, use_case)
            if self.verdict(who, use_case, now) != "permitted" or not self.reaches(stand, use_case, "observed"):
                fates[use_case] = "no_permit"
            elif use_case == PICKS and stand.since is not None and at < stand.since:
                fates[use_case] = "before_grant"
            elif stand.held is not None and message in stand.held.known:
                fates[use_case] = "duplicate"
            else:
                self.known.add(who)
                fates[use_case] = None
                stand.held = stand.held or Held(alive=now.date())
                stand.held.alive = now.date()
                stand.held.known.add(message)
                self._take(stand, use_case, item, day=at.date())
                self.age(stand, use_case, now)
        return fates

    def tell(self, who: Identifier, tastes: tuple[str, ...], *, message: str, now: datetime) -> str | None:
        """The person says what they like; what must become of it."""
        stand = self.stand(who, PICKS)
        if self.verdict(who, PICKS, now) != "permitted":
            return "no_permit"
        if not self.reaches(stand, PICKS, "declared"):
            return "undeclared"
        if stand.held is not None and message in stand.held.known:
            return "duplicate"
        stand.held = stand.held or Held(alive=now.date())
        stand.held.tastes, stand.held.alive = tastes, now.date()
        stand.held.known.add(message)
        self.age(stand, PICKS, now)
        return None

    def showed(self, who: Identifier, use_case: UseCaseId, *, items: bool, now: datetime) -> None:
        """A personal answer went out and is on record."""
        stand = self.stand(who, use_case)
        stand.held = stand.held or Held(alive=now.date())
        stand.held.alive = now.date()
        if items and use_case == PICKS:
            stand.held.shown[now.date()] += 1

    def learn(self, now: datetime) -> None:
        """Everybody who teaches teaches the latest items that they hold."""
        for (who, use_case), stand in self.stands.items():
            permitted = self.verdict(who, use_case, now) == "permitted" and who in self.known
            if use_case == PICKS and permitted and stand.teaches and stand.held is not None:
                latest = [bought.item for bought in reversed(stand.held.bought) if bought.item != SECRET]
                stand.held.taught = set(list(dict.fromkeys(latest))[:CAP])

    def expire(self, now: datetime) -> None:
        """Time has passed."""
        for (who, use_case), stand in list(self.stands.items()):
            if who in self.known and use_case == CARD:
                self._let_age(stand, CARD, now)
            elif who in self.known and stand.status == "given":
                ends = self._ends(stand, now)
                if ends:
                    self.end(who, PICKS, ends, now=now)
                elif not self.is_wider(stand):
                    self._let_age(stand, PICKS, now)

    def _ends(self, stand: Stand, now: datetime) -> str:
        assert stand.at is not None
        if stand.at + LASTS <= now or self._is_over(stand, now):
            return "expired"
        asleep = self.is_wider(stand) and self.changed_at is not None and self.changed_at + DORMANT <= now
        return "invalidated" if asleep else ""

    def _is_over(self, stand: Stand, now: datetime) -> bool:
        return stand.held is not None and stand.held.alive + RETENTION < now.date()

    def _let_age(self, stand: Stand, use_case: UseCaseId, now: datetime) -> None:
        if self._is_over(stand, now):
            stand.held = None
        elif stand.held is not None:
            self.cut(stand, use_case, now)

    def cut(self, stand: Stand, use_case: UseCaseId, now: datetime) -> None:
        """What is held is cut down to level, version and age, and what left it is no longer taught."""
        held = stand.held
        assert held is not None
        if not self.reaches(stand, use_case, "observed"):
            held.bought = []
        if not self.reaches(stand, use_case, "declared"):
            held.tastes = None
        for bought in held.bought:
            bought.quantity = bought.quantity and (use_case == CARD or self._both_wide(stand))
        self.age(stand, use_case, now)
        held.taught &= {bought.item for bought in held.bought}

    def age(self, stand: Stand, use_case: UseCaseId, now: datetime) -> None:
        """What is too old or too much goes."""
        held = stand.held
        assert held is not None
        oldest = (now - timedelta(days=self._within(stand, use_case))).date()
        last = held.visits if use_case == PICKS else held.visits + 1
        stays = [bought for bought in held.bought if _on(bought, use_case) > oldest or bought.visit >= last]
        held.bought = stays[-MOST:] if use_case == PICKS else stays

    def _both_wide(self, stand: Stand) -> bool:
        return min(WIDTHS[self.version], WIDTHS[stand.version]) == WIDTHS["wide"]

    def _within(self, stand: Stand, use_case: UseCaseId) -> int:
        if use_case == CARD:
            return 60
        return 30 if min(WIDTHS[self.version], WIDTHS[stand.version]) == WIDTHS["narrow"] else 90

    def _take(self, stand: Stand, use_case: UseCaseId, item: ItemId, *, day: date) -> None:
        """A day after the last visit is a new visit; what comes late belongs to the one before."""
        held = stand.held
        assert held is not None
        is_new = held.last is None or day > held.last
        if is_new:
            held.visits, held.last = held.visits + 1, day
        visit = held.visits if is_new or day == held.last else max(held.visits - 1, 1)
        quantity = use_case == CARD or self._both_wide(stand)
        held.bought.append(Bought(item=item, day=day, visit=visit, quantity=quantity))
        held.bought.sort(key=lambda bought: (_on(bought, use_case), bought.visit))


def _on(bought: Bought, use_case: UseCaseId) -> date:
    return bought.day if use_case == CARD else bought.day.replace(day=1)
