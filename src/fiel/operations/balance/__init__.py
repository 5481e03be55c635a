"""The balance of a use case: how much relevance each level and each bound of data brings, measured under a permit.

`gather` reads what people let be measured, `halve` splits it in time, `levels` and `bounds` weigh, `balance` puts it
together, and `remember` keeps what may be told.
"""

from fiel.operations.balance.remember import remember
from fiel.operations.balance.values import Balance, BoundScore, LevelScore
from fiel.operations.balance.weighing import Wish, balance

__all__ = ["Balance", "BoundScore", "LevelScore", "Wish", "balance", "remember"]
