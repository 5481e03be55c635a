"""A balance as it is told: plain values for programs, one sentence, a chart and a page of its own for people."""
