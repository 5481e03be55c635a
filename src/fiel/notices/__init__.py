"""How notices leave the house: letters by SMTP or into a folder, events to endpoints. What they say is decided before.

Nothing here reads the store or knows a person beyond what it is handed.
"""
