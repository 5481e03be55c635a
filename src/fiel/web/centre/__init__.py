"""The preference centre: what Fiel shows to the person it concerns, one page a file. Plain forms, no script.

Nobody is asked who they are here: they come in with a token of the host application (`enter`), which becomes a session
(`session`). Every page is a function of a visit (`visits`); what stands before all of them is the reception.
"""
