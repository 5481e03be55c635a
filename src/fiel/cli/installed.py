"""What is installed beside the program: what each strategy reads, and the laws that are known.

Built-in or third party, all come through the same entry points.
"""

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points

from fiel.core.errors import SettingsInvalid
from fiel.core.law import Jurisdiction
from fiel.core.use.decision import Reads


def installed_reads() -> Mapping[str, Reads]:
    """What each installed strategy reads, by its name; raises `SettingsInvalid` for one that is no strategy."""
    return {point.name: _reads(point) for point in entry_points(group="fiel.strategies")}


def installed_laws() -> Mapping[str, Jurisdiction]:
    """The installed laws by the code of their jurisdiction; raises `SettingsInvalid` for what is no law."""
    return {point.name: _law(point) for point in entry_points(group="fiel.jurisdictions")}


def _reads(point: EntryPoint) -> Reads:
    reads = getattr(_loaded(point), "reads", None)
    if not isinstance(reads, Reads):
        raise SettingsInvalid(f"`{point.value}` is no strategy: it does not say what it reads")
    return reads


def _law(point: EntryPoint) -> Jurisdiction:
    law = _loaded(point)
    if not isinstance(law, Jurisdiction):
        raise SettingsInvalid(f"`{point.value}` is no law")
    return law


def _loaded(point: EntryPoint) -> object:
    try:
        return point.load()
    except (ImportError, AttributeError) as error:
        hint = "install it again, or uninstall what names it"
        raise SettingsInvalid(f"`{point.value}` cannot be loaded", hint=hint) from error
