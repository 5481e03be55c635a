"""The demo: a shop on real purchases, with its promise, its people, its data recipe and its page of attempts to cheat.

Not a fixture of the tests and no part of the running service: everything here uses the public doors.
"""
