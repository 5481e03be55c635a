"""The only reader of YAML: files become a `Promise`, and all that is wrong with them findings with their lines.

Not the rules that judge what was read (`fiel.core.promise.lint`), and not what is published.
"""

from fiel.registry.reading import Reading, check_promise, check_texts, read_promise, read_texts

__all__ = ["Reading", "check_promise", "check_texts", "read_promise", "read_texts"]
