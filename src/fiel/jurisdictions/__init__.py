"""One law a file, one value a file; each figure cites its article."""
