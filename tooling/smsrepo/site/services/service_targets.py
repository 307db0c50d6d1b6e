"""Targets with their trend: as cards, and as a table on the page of the agreement."""

from collections.abc import Iterable, Sequence

from smsrepo.model.artefact import Artefact
from smsrepo.model.words import in_figures
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication
from smsrepo.site.services.levels import Levels, Target, actual, agreed, met, verdict
from smsrepo.site.text.charts import Point, sparkline
from smsrepo.site.text.markup import badge, blocks, bullets, code, plain, small, table, unseen
from smsrepo.site.text.values import cell


def target_cards(
    publication: Publication, levels: Levels, page: str, targets: Iterable[Target], *, brief: bool = False
) -> str:
    """A card for each target: trend, latest result and, unless brief, what is agreed where and how the year went."""
    cards = []
    for target in targets:
        lines = [
            f'<span class="sms-level__name">{plain(target.name)}</span>',
            trend(levels, target),
            latest(publication, levels, page, target, brief=brief),
        ]
        if not brief:
            lines += [
                f'<span class="sms-level__more">{agreed(target.data)}</span>',
                _months_met(levels, target),
                f'<span class="sms-level__more">{publication.artefact(page, target.agreement)}</span>',
            ]
        cards.append(f'<li class="sms-level" markdown="span">{"".join(lines)}</li>')
    kind = " sms-levels--brief" if brief else ""
    return "\n".join([f'<ul class="sms-levels{kind}" markdown="1">', *cards, "</ul>"]) if cards else ""


def target_table(publication: Publication, levels: Levels, page: str, targets: Sequence[Target]) -> str:
    """The targets of an agreement with what is agreed, the trend and the latest result.

    For what each is meant stands there only where they are for different things.
    """
    differ = len({target.subject for target in targets}) > 1
    rows = [
        [
            f"**{plain(target.name)}**<br>{small(code(target.id))}",
            *([publication.reference(page, target.subject)] if differ else []),
            agreed(target.data),
            trend(levels, target),
            latest(publication, levels, page, target),
            plain(year(levels, target)),
        ]
        for target in targets
    ]
    subject = ["For"] if differ else []
    return table(["Target", *subject, "Agreed", "Twelve months", "Latest result", "Months met"], rows)


def methods(place: Place, targets: Iterable[Target]) -> str:
    """How each target is measured."""
    lines = [f"{code(t.id)}: {cell(place, str(t.data['method']))}" for t in targets if t.data.get("method")]
    return blocks("### How the targets are measured", bullets(lines)) if lines else ""


def trend(levels: Levels, target: Target) -> str:
    """The results of twelve months as a line; empty where there are none."""
    records = levels.trend(target)
    points = [_point(record) for record in records]
    return sparkline(points, target.threshold, _in_words(levels, target, records))


def _point(record: Artefact | None) -> Point | None:
    figure = actual(record) if record else None
    return Point(figure, not met(record)) if record and figure is not None else None


def _in_words(levels: Levels, target: Target, records: Sequence[Artefact | None]) -> str:
    """What the line shows: "Availability, at least 99.9 %. 2026-09: 100, 2026-10: 99.74 missed"."""
    told = [
        f"{month}: {in_figures(record.data.get('actual'))}{'' if met(record) else ' missed'}"
        for month, record in zip(levels.window, records, strict=True)
        if record
    ]
    return f"{target.name}, {agreed(target.data)}. {', '.join(told)}"


def latest(
    publication: Publication, levels: Levels, page: str, target: Target, *, brief: bool = False
) -> str:
    """The latest result: met or missed, the figure with a link to the record, and, unless brief, the period."""
    record = levels.latest(target)
    if record is None:
        return small("no result yet")
    figure = publication.artefact(page, record, plain(target.with_unit(record.data.get("actual"))))
    period = str(record.data.get("period", ""))
    if brief and period == levels.month and met(record):
        return f'<span class="sms-badge sms-badge--good">{unseen("Met: ")}{figure}</span>'
    return f"{verdict(record)} {figure} {small(plain(period))}"


def year(levels: Levels, target: Target) -> str:
    """In how many months of the year the target was met: "9 of 10, worst 99.74 %"; empty where there is no result."""
    records = [record for record in levels.trend(target) if record]
    figures = [figure for record in records if (figure := actual(record)) is not None]
    if not figures:
        return ""
    worst = (max if target.data.get("comparison") == "at-most" else min)(figures)
    return f"{sum(map(met, records))} of {len(records)}, worst {target.with_unit(worst)}"


def _months_met(levels: Levels, target: Target) -> str:
    told = year(levels, target)
    return f'<span class="sms-level__more">Months met: {plain(told)}</span>' if told else ""


def standing(levels: Levels, targets: Sequence[Target]) -> str:
    """How some targets stand in the latest month: "3 of 3 met" with a shape."""
    records = [record for target in targets if (record := levels.result(target, levels.month))]
    if not records:
        return small("not measured")
    total, number_met = len(records), sum(map(met, records))
    return badge(f"{number_met} of {total} met", "good" if number_met == total else "bad")
