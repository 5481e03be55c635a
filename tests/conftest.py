"""What every test runs under: no time limit on an example, and no silent skip in CI."""

import os

from hypothesis import HealthCheck, settings

from tests.house.skips import pytest_make_collect_report, pytest_runtest_makereport

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]

# Speed belongs to the benches; a busy machine must not turn a law red. In CI the examples are fixed.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")
