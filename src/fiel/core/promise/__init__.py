"""What was promised: use cases, the rules they must keep, and what changes when they change."""
