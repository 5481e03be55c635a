"""What is not about people: keys of callers, answered requests, what was dropped, the generation's number."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from fiel.core.errors import Conflict
from fiel.core.ids import Digest, Position
from fiel.core.use.gate import DropReason
from fiel.ports import Answered, ApiKey, Once
from fiel.stores.sqlite.moments import instant, micros
from fiel.stores.sqlite.papers import API_KEY
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("administration")


class SqliteAdministration:
    """The tables `api_keys`, `answers`, `dropped` and `generation`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def api_key(self, digest: Digest) -> ApiKey | None:
        row = self._session.one(_SQL["api_key"], digest)
        return None if row is None else API_KEY.read(row[0])

    def api_keys(self) -> Sequence[ApiKey]:
        return [API_KEY.read(document) for (document,) in self._session.all(_SQL["api_keys"])]

    def put_api_key(self, key: ApiKey) -> None:
        self._session.change(_SQL["put_api_key"], key.digest, key.name, API_KEY.write(key))

    def answered(self, once: Once) -> Answered | None:
        row = self._session.one(_SQL["answered"], once.key)
        if row is None:
            return None
        request, position, effects, at = row
        return Answered(
            request=Digest(request), position=Position(position), effects=tuple(json.loads(effects)), at=instant(at)
        )

    def answer(self, once: Once, answered: Answered) -> None:
        self._session.ask_for_the_writer()
        if self.answered(once) is not None:
            raise Conflict("this request was answered before")
        effects = json.dumps(answered.effects)
        self._session.change(
            _SQL["answer"], once.key, answered.request, answered.position, effects, micros(answered.at)
        )

    def forget_answers(self, *, before: datetime) -> None:
        self._session.change(_SQL["forget_answers"], micros(before))

    def dropped(self) -> Mapping[tuple[str, DropReason], int]:
        rows = self._session.all(_SQL["dropped"])
        return {(use_case, DropReason(reason)): number for use_case, reason, number in rows}

    def drop(self, counts: Mapping[tuple[str, DropReason], int]) -> None:
        rows = ((use_case, reason.value, more) for (use_case, reason), more in counts.items())
        self._session.change_each(_SQL["drop"], rows)

    def generation(self) -> int:
        return self._session.generation()
