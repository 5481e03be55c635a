"""The console: pages for whoever works for the controller, each for the roles that it names (`rooms`).

A page of the console shows counts, promises and proofs. Whoever looks at one person's data does so in one place, says
why, and is seen by that person (`look`).
"""
