"""Arithmetic on sums of contributions: what people add up to, and what follows from the sum.

Not a place for people: nothing here knows a subject, a permit, a clock or a store, and chance comes in as an argument.
"""
