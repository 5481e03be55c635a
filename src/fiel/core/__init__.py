"""What is true: values and pure functions, in the order in which a person's data meets them.

- `promise`: what a controller says it does, and what changes when that changes.
- `consent`: what a person chose, its proof, and what must follow from it.
- `permit`: the needle between the two; it also names every mandate that opens a compartment.
- `use`: an event through the gate into a compartment, and a decision out of it with its reasons.
- `rights`: what is the person's own, whatever they chose.

Beside them: `ids`, `text`, `canonical` and `errors`, which all of these speak in; `items` and `law`, the company's and
the law's own facts; `scope`, what a caller's key may do.

Standard library only. No clock, no chance, no file, no socket, no log: whatever the core needs to know is handed to it.
"""
