"""One ranking a file. A strategy is shown a view, never a person; a third party's comes by the same entry point."""
