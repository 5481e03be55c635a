"""What is told to people and endpoints by itself: where to, in which words, when again, and what came of it.

That something is to be told is decided elsewhere (`operations/tell.py`), in the transaction of what it tells. Here it
is made into letters and events, by a worker, as often as it takes; and here people say where letters may go.
"""
