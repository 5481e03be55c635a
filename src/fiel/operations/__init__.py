"""What can be done, one verb a file. Synchronous; they know the ports and the core, never a technology.

An operation that changes something hands a closure to the store's one writer and answers with a future that is done
when the change is durable.

What a door calls, in the order of the data's way:

- `publish`: a promise comes into force.
- `stock`: the catalogue comes in.
- `admit`: keys of callers are made and revoked, and tell a door what their holder may do. No event comes in here.
- `enter`: a link that may be used once is, and is remembered.
- `introduce`: language, law and age of somebody, which only the needle and the pages read.
- `choose`: a choice made here and now.
- `switch`: a topic is switched off within what was chosen.
- `strike`: one thing is struck out of what is held.
- `bring_in`: a choice made elsewhere, which may not undo a later one.
- `link`: a browser turns out to be somebody's, and what either refused holds for both.
- `collect`: an event or a trait comes in, past the needle and through the gate into the compartments.
- `learn`: the share of those who are willing goes into the totals; models are published or withdrawn.
- `recount`: everything that was added is added up again, and totals that differ are set right.
- `balance`: how relevant each level and bound is, measured with those who let it be, and how little is enough.
- `decide`: a decision goes out.
- `fall_back`: the same question where the store cannot say who is calling: what everybody sees.
- `reward`: what became of a decision.
- `explain`: why it was so.
- `show`: what is held of somebody and how it was used, for them.
- `expire`: time has passed, for everybody.
- `exercise`: a right is asked for, and what can be done at once is.
- `attend`: what becomes of what was asked for.
- `erase`: the right to be erased, for one.
- `prove`: receipts, checkpoints and proofs to take home.
- `audit`: the whole ledger derived again.

What a door hands on:

- `house`: all that an operation works with.
- `published`: what is in force, read from what `publish` wrote.
- `token`: the names of decisions.
- `faults`: a fault is written down, without anybody's data.

What serves the others, and no door calls:

- `weigh`: from an outside identifier to the needle's verdict.
- `control`: whether somebody is of the share that sees what everybody sees, for `decide`.
- `nobody`: the answer for nobody in particular, for `decide` and `fall_back`.
- `sweep`: going through everybody, for `learn`, `expire` and `balance`. It takes nothing away itself.
- `add_up`: totals made anew from what everybody added, for `teach`, `learn` and `recount`.
- `teach`: one person's share in the totals, moved up or down, for `learn` and `carry_out`.
- `carry_out`: the one place that forgets, narrows and shreds, for `choose`, `switch`,
  `strike`, `expire` and `erase`.
"""
