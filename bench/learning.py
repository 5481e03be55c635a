"""Learning and forgetting on a real file under real keys: how many people a second, and what one who leaves costs."""

PEOPLE = 400
ITEMS = 1_000
CAP = 50
