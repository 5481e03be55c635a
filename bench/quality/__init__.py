"""How well Fiel recommends, beside the open recommenders, on the same people, purchases and measure."""
