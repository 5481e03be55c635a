"""From texts to a promise: every file is read whole, and all findings of all files come at once.

`read_promise` reads, and proves that every name leads somewhere; `check_promise` also judges by all the other rules.
Nothing is published or served on a reading alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from fiel.core.ids import UseCaseId
from fiel.core.law import Jurisdiction
from fiel.core.promise.finding import Code, Finding, Remark, Severity, Where
from fiel.core.promise.lint import lint, trace
from fiel.core.promise.lint.grounds import Appetite
from fiel.core.promise.usecase import Promise, UseCase
from fiel.registry.clause import Clause
from fiel.registry.company import FILE, Company, read_company
from fiel.registry.folder import Sources, gather, missing
from fiel.registry.notes import Notes
from fiel.registry.readers import ID
from fiel.registry.source import Node, Span, found, parse
from fiel.registry.uses import FOLDER, read_use_case

ROOTS: Final[Mapping[Code, Where]] = {
    Code.UNDECLARED_AREA: ("areas",),
    Code.UNDECLARED_ATTRIBUTE: ("attributes",),
    Code.UNDECLARED_EVENT: ("events",),
    Code.UNDECLARED_GROUP: ("items",),
    Code.UNSERVED_LANGUAGE: ("languages",),
}
"""The section where each of these rules looks names up: if it could not be read, nothing is missing from it."""

DRAFT: Final = f"{FOLDER}/draft.yaml"
"""What the file of a draft is called, as nobody has given it a name yet."""

OF_ALL_LEVELS: Final = frozenset(
    {
        Code.UNREAD_NEED,
        Code.UNDECLARED_READ,
        Code.NOTHING_TO_LEARN,
        Code.TAUGHT_BEYOND_NEED,
        Code.IDLE_LEVEL,
        Code.RETENTION_TOO_LONG,
        Code.UNDECLARED_FIELD,
        Code.COMBINATION,
    }
)
"""The rules that weigh the needs of all levels together: they say nothing as long as one need cannot be read."""

OF_ONE_NEED: Final = frozenset({Code.NO_BOUND, Code.BOUND_BY_COUNT})
"""The rules that weigh the parts of one need together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of reading a promise.

    `promise` is None if anything found is an error. `sources`: each file's text, to show findings in their lines.
    """

    promise: Promise | None
    findings: tuple[Finding, ...]
    sources: Mapping[str, str]
    notes: Notes = field(repr=False, compare=False)

    def located(self, remark: Remark) -> Finding:
        """A remark about the promise as a finding in its files."""
        span = self.notes.span(remark.where) or Span(file=FILE, line=1, column=1, length=1)
        return found(remark.code, span, message=remark.message, hint=remark.hint)

    @property
    def errors(self) -> int:
        """How many findings keep the promise from being served."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings only ask for a second thought."""
        return len(self.findings) - self.errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One use case on its way: all that is found of it, and what it would be, where it can be read.

    `promise` and `use_case` are there also where rules say no: so that it can be looked at. Nothing is published so.
    """

    reading: Reading
    promise: Promise | None
    use_case: UseCase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A promise as far as it could be read: None without a `fiel.yaml` to read it by."""

    promise: Promise | None
    notes: Notes
    sources: Sources


def read_promise(folder: Path) -> Reading:
    """The promise of a folder, whole, and not judged by the other rules."""
    return _read(gather(folder))


def read_texts(texts: Mapping[str, str]) -> Reading:
    """The promise of texts by file name (`fiel.yaml`, `use_cases/NAME.yaml`), whole, not judged further."""
    return _read(Sources(texts=texts))


def check_promise(folder: Path, *, reads: Mapping[str, Appetite], laws: Mapping[str, Jurisdiction]) -> Reading:
    """The promise of a folder, read and judged.

    `reads`: what each installed strategy reads, by its name. `laws`: the known laws, by the code of their jurisdiction.
    """
    return _checked(gather(folder), reads=reads, laws=laws)


def check_texts(
    texts: Mapping[str, str], *, reads: Mapping[str, Appetite], laws: Mapping[str, Jurisdiction]
) -> Reading:
    """The promise of texts by file name, read and judged."""
    return _checked(Sources(texts=texts), reads=reads, laws=laws)


def check_draft(
    text: str, *, within: Promise, reads: Mapping[str, Appetite], laws: Mapping[str, Jurisdiction]
) -> Draft:
    """One use case that somebody is writing, read and judged as if it stood in a promise, in place of one of its name.

    What was to be said of the promise without it is no finding here.
    """
    notes, use_case = Notes(), None
    node, findings = parse(DRAFT, text)
    notes.findings.extend(findings)
    if node is not None:
        use_case = _use_case(node, DRAFT, files={}, notes=notes)
    promise = replace(within, use_cases={**within.use_cases, use_case.id: use_case}) if use_case else None
    remarks = lint(promise, reads=reads, laws=laws) if promise else ()
    before = set(lint(within, reads=reads, laws=laws))
    broken = any(finding.severity is Severity.ERROR for finding in notes.findings)
    leads_nowhere = promise is None or set(trace(promise)) - set(trace(within))
    draft = _Draft(promise=promise, notes=notes, sources=Sources(texts={DRAFT: text}))
    reading = _settled(draft, [remark for remark in remarks if remark not in before])
    if broken or leads_nowhere or promise is None:
        return Draft(reading=reading, promise=None, use_case=None)
    return Draft(reading=reading, promise=promise, use_case=use_case)


def _read(sources: Sources) -> Reading:
    draft = _drafted(sources)
    return _settled(draft, trace(draft.promise) if draft.promise else ())


def _checked(sources: Sources, *, reads: Mapping[str, Appetite], laws: Mapping[str, Jurisdiction]) -> Reading:
    draft = _drafted(sources)
    return _settled(draft, lint(draft.promise, reads=reads, laws=laws) if draft.promise else ())


def _drafted(sources: Sources) -> _Draft:
    notes = Notes()
    notes.findings.extend((*sources.findings, *missing(sources.texts, sources.findings)))
    company: Company | None = None
    use_cases: dict[UseCaseId, UseCase] = {}
    files: dict[str, str] = {}
    for name, text in sources.texts.items():
        node, findings = parse(name, text)
        notes.findings.extend(findings)
        if node is None:
            continue
        if name == FILE:
            notes.place((), Span(file=FILE, line=1, column=1, length=1))
            company = read_company(Clause(node=node, where=(), notes=notes))
        else:
            use_case = _use_case(node, name, files=files, notes=notes)
            if use_case:
                use_cases[use_case.id] = use_case
    return _Draft(promise=_promise(company, use_cases), notes=notes, sources=sources)


def _use_case(node: Node, file: str, *, files: dict[str, str], notes: Notes) -> UseCase | None:
    """The use case of a file; None if an earlier file has one of that name."""
    named = node.value.get("use_case") if isinstance(node.value, Mapping) else None
    told = named.value if named else None
    name = told.strip() if isinstance(told, str) else file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
    span = named.span if named else node.span
    if named and not (isinstance(told, str) and ID.fullmatch(name)):
        notes.find(
            Code.BAD_NAME, span, message="`use_case` is no name for a use case", hint="write it like `order_help`"
        )
    first = files.setdefault(name, file)
    if first != file:
        notes.find(
            Code.SAID_TWICE, span, message=f"use case `{name}` stands in two files", hint=f"the other is `{first}`"
        )
        read_use_case(Clause(node=node, where=(file, name), notes=notes))
        return None
    notes.place((FOLDER, name), span)
    return read_use_case(Clause(node=replace(node, span=span), where=(FOLDER, name), notes=notes))


def _promise(company: Company | None, use_cases: Mapping[UseCaseId, UseCase]) -> Promise | None:
    if company is None:
        return None
    return Promise(
        controller=company.controller,
        jurisdiction=company.jurisdiction,
        languages=company.languages,
        areas=company.areas,
        attributes=company.attributes,
        events=company.events,
        sensitive=company.sensitive,
        groups=company.groups,
        theme=company.theme,
        use_cases=use_cases,
    )


def _is_moot(remark: Remark, notes: Notes) -> bool:
    """Whether a rule judged what stands in for something that could not be read."""
    root = ROOTS.get(remark.code)
    if notes.is_broken(remark.where) or (root is not None and notes.is_broken(root)):
        return True
    weighed = _weighed(remark)
    return weighed is not None and any(broken[-1] != "why" for broken in notes.broken_below(weighed))


def _weighed(remark: Remark) -> Where | None:
    """All that the rule weighed together, if it was more than the place of the remark."""
    if remark.code in OF_ONE_NEED:
        return remark.where[:6]  # use_cases, its name, levels, level, events, event
    return (*remark.where[:2], "levels") if remark.code in OF_ALL_LEVELS else None


def _settled(draft: _Draft, remarks: Sequence[Remark]) -> Reading:
    """All findings in the order of the files; no promise if one of them is an error."""
    whole = Reading(
        promise=draft.promise, findings=tuple(draft.notes.findings), sources=draft.sources.texts, notes=draft.notes
    )
    every = dict.fromkeys(
        (*whole.findings, *(whole.located(remark) for remark in remarks if not _is_moot(remark, draft.notes)))
    )
    settled = replace(whole, findings=tuple(sorted(every, key=_order)))
    return replace(settled, promise=None) if settled.errors else settled


def _order(finding: Finding) -> tuple[str, int, int, str]:
    return finding.file, finding.line, finding.column, finding.code
