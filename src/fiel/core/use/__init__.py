"""From an event to an explanation: gate, compartment, decision, explanation."""
