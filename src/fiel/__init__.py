"""Fiel: personalisation that keeps its promises, use case by use case."""

__version__ = "0.1.0"
