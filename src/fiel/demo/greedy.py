"""The use case that asks for everything, and what `fiel check` finds in it."""

from dataclasses import dataclass
from importlib.resources import as_file, files

from fiel.bootstrap import load_appetites, load_laws
from fiel.core.promise.finding import Finding
from fiel.registry import check_promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Greed:
    """What was found, and the file it is about, line by line."""

    findings: tuple[Finding, ...]
    sources: dict[str, tuple[str, ...]]

    def line(self, finding: Finding) -> str:
        """The line that a finding is about."""
        lines = self.sources.get(finding.file, ())
        return lines[finding.line - 1] if finding.line <= len(lines) else ""


def judge_greed() -> Greed:
    """Check the greedy promise as `fiel check` does."""
    with as_file(files("fiel.demo") / "greedy") as folder:
        reading = check_promise(folder, reads=load_appetites(), laws=load_laws())
    sources = {name: tuple(text.splitlines()) for name, text in reading.sources.items()}
    return Greed(findings=tuple(reading.findings), sources=sources)
