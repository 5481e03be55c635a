"""`fiel` for who follows a page: as installed, but chance draws nobody into a control share, as a page shows one end.

The draw itself is held to its share elsewhere (`tests/operations/test_control.py`).
"""

from datetime import date
from unittest.mock import patch

from fiel.__main__ import main
from fiel.core.ids import Place
from fiel.keys.names import KeyedNames


def _nobody(_names: KeyedNames, _place: Place, _month: date) -> float:
    """Above every share."""
    return 1 - 2**-53


if __name__ == "__main__":
    with patch.object(KeyedNames, "lot", _nobody):
        main()
