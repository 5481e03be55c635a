"""The pages of a running Fiel, judged as a visitor meets them, in a real browser.

Not a part of what is served: it comes from outside, by the address, and holds any theme to the sixteen deceptive
patterns of the EDPB's guidelines 03/2022 (version 2.0, annex I) and to WCAG 2.2 AA.
"""
