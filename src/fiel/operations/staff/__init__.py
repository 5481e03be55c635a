"""Who works for the controller: invited, let in, shut out. No account is there by itself, and no password either.

Accounts are sealed before a store sees them, and found by keyed digests alone; what names somebody stands nowhere else.
"""
