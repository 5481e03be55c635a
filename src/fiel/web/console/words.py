"""Numbers as the console says them: crowds in tens, shares of crowds, days left."""

from fiel.core.crowd import Crowd
from fiel.core.text import percentage
from fiel.web.centre.telling import Telling


def number(telling: Telling, count: int) -> str:
    """A number with its thousands as the language sets them off."""
    text = f"{count:,}"
    return text.replace(",", ".") if telling.language == "es" else text


def crowd(telling: Telling, people: Crowd) -> str:
    """So many people; of few only that they are few."""
    return telling.say("console.crowd.few") if people.is_few else number(telling, people.least)


def share(telling: Telling, part: Crowd, whole: Crowd) -> str:
    """A share, of what may be told of both alone; a dash where that says nothing."""
    if part.is_few or whole.is_few:
        return "–"
    return percentage(round(part.least / whole.least, 2), language=telling.language)
