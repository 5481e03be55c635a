"""What is true: values and pure functions, in the order in which a person's data meets them.

Standard library only. No clock, no chance, no file, no socket, no log: whatever the core needs to know is handed to it.
"""
