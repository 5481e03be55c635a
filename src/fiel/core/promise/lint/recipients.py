"""Who else gets what, and where: a person cannot agree to what they are not told (GDPR art. 13(1)(e)-(f))."""

from collections.abc import Iterator

from fiel.core.promise.finding import Code, Remark
from fiel.core.promise.lint.grounds import Grounds


def no_country(grounds: Grounds) -> Iterator[Remark]:
    """Each recipient has a country."""
    for where, use_case in grounds.use_cases():
        for index, recipient in enumerate(use_case.recipients):
            if not recipient.country:
                yield Remark(
                    code=Code.NO_COUNTRY,
                    where=(*where, "recipients", str(index), "country"),
                    message=f"recipient `{recipient.name}` has no country",
                    hint="say where the data go, for example `country: ES`",
                )


def no_fields(grounds: Grounds) -> Iterator[Remark]:
    """Each recipient gets named fields."""
    for where, use_case in grounds.use_cases():
        for index, recipient in enumerate(use_case.recipients):
            if not recipient.fields:
                yield Remark(
                    code=Code.NO_FIELDS,
                    where=(*where, "recipients", str(index), "fields"),
                    message=f"recipient `{recipient.name}` gets no named fields",
                    hint="name each field it gets, for example `fields: [item]`, or drop the recipient",
                )


RULES = (no_country, no_fields)
