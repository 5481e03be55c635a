"""What can be done, one verb a file. Synchronous; they know the ports and the core, never a technology.

An operation that changes something hands a closure to the store's one writer and answers with a future that is done
when the change is durable.
"""
