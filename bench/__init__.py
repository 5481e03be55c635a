"""The speed of Fiel, measured and kept as evidence: `make bench`. Figures belong here, never in a test."""
