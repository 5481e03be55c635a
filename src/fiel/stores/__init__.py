"""Where things durably lie. Each store is written for its own technology; `fiel.testing.stores` makes them equals.

Not a layer that makes databases look alike: all they share is how a document is sealed and what upkeep may save.
"""
