"""From a choice to its proof and its effects: entry, ledger, checkpoint, receipt, effect."""
