"""All targets with the results of twelve months, and what was missed with what followed."""

from collections.abc import Iterator, Sequence

from smsrepo.model.artefact import Artefact
from smsrepo.model.words import in_figures
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.services.levels import Levels, Target, agreed, met
from smsrepo.site.services.service_targets import latest, standing, year
from smsrepo.site.text.charts import heat_cell
from smsrepo.site.text.markup import attribute, blocks, cards, code, plain, small, table, unseen
from smsrepo.site.text.matrix import Cell, Row, matrix

PATH = "service-levels.md"
_TITLE = "Service levels"
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ANSWERS = ("nonconformity", "action")


def service_levels_pages(publication: Publication, levels: Levels) -> list[Page]:
    """The page; none in an SMS without agreed targets."""
    if not levels.targets:
        return []
    monthly = [target for target in levels.targets if target.monthly]
    others = [target for target in levels.targets if not target.monthly]
    text = blocks(
        f"# {_TITLE}",
        f"Results against what is agreed, twelve months to {levels.window[-1]}, as of {publication.as_of}.",
        _LEGEND,
        *_groups(publication, levels, monthly),
        _missed(publication, levels),
        _longer(publication, levels, others),
    )
    return [Page(PATH, _TITLE, text, contents=False, menu=False)]


_LEGEND = (
    f'<p class="sms-legend" markdown="span"><span>{heat_cell("99.9", missed=False)} target met</span> '
    f"<span>{heat_cell('99.1', missed=True)} target missed</span> <span>– no result</span></p>"
)


def _groups(publication: Publication, levels: Levels, targets: Sequence[Target]) -> Iterator[str]:
    """Each service; then all that stands behind them: the components that other parties supply."""
    services: dict[str, list[Target]] = {}
    others = []
    for target in sorted(targets, key=lambda target: target.subject):
        if _is_service(publication, target.subject):
            services.setdefault(target.subject, []).append(target)
        else:
            others.append(target)
    for id_, some in services.items():
        yield _group(
            levels, publication.reference(PATH, id_), some, _heat_table(publication, levels, id_, some)
        )
    if others:
        table_ = _heat_table(publication, levels, "Behind the services", others, named=True)
        yield _group(levels, "Behind the services", others, table_)


def _is_service(publication: Publication, id_: str) -> bool:
    found = publication.repo.find(id_)
    return found is not None and found.type.name == "service"


def _group(levels: Levels, title: str, targets: Sequence[Target], heat_table: str) -> str:
    told = f"{standing(levels, targets)} {small(f'in {levels.month}')}" if levels.month else ""
    return blocks(f"## {title}", told, heat_table)


def _heat_table(
    publication: Publication, levels: Levels, label: str, targets: Sequence[Target], *, named: bool = False
) -> str:
    """A row for each target, a column for each month; `named` says what each target is for."""
    months = [f"{_NAMES[int(month[5:]) - 1]}<br>{month[:4]}" for month in levels.window]
    rows = [_row(publication, levels, target, named=named) for target in targets]
    return matrix(f"{label}: results by month", "Target", [*months, "Months met"], rows, latest=True)


def _row(publication: Publication, levels: Levels, target: Target, *, named: bool) -> Row:
    agreement = _link(publication, target.agreement, target.agreement.id)
    subject = publication.repo.find(target.subject) if named else None
    name = (
        f"{_link(publication, subject, subject.title)}: {plain(target.name.lower())}"
        if subject
        else plain(target.name)
    )
    cells = [Cell(_cell(publication, record)) for record in levels.trend(target)]
    return (
        f"{name}<br>{small(f'{agreement}: {agreed(target.data)}')}",
        [*cells, Cell(small(plain(year(levels, target))))],
    )


def _cell(publication: Publication, record: Artefact | None) -> str:
    if record is None:
        return f'<span class="sms-quiet">–{unseen(" no result")}</span>'
    return heat_cell(
        _link(publication, record, in_figures(record.data.get("actual"))), missed=not met(record)
    )


def _link(publication: Publication, artefact: Artefact, label: str) -> str:
    address = publication.address(PATH, publication.page_paths[artefact.path])
    return f'<a href="{attribute(address)}" title="{attribute(artefact.title)}">{plain(label)}</a>'


def _missed(publication: Publication, levels: Levels) -> str:
    rows = [
        [
            plain(record.data.get("period", "")),
            f"{plain(target.name)}, {publication.reference(PATH, target.subject or target.agreement.id)}",
            f"{publication.artefact(PATH, record, plain(target.with_unit(record.data.get('actual'))))}, "
            f"agreed {agreed(target.data)}",
            plain(record.data.get("cause", "")),
            "<br>".join(publication.artefact(PATH, answer) for answer in answers(publication, record))
            or small("nothing recorded"),
        ]
        for target, record in levels.misses(levels.targets)
    ]
    heads = ["Month", "Target", "Result", "Cause", "What followed"]
    return blocks("## Missed", cards(heads, rows) if rows else "No target was missed in twelve months.")


def answers(publication: Publication, record: Artefact) -> list[Artefact]:
    """The nonconformity or action that follows a miss, whichever of the two names the other."""
    named = [found for id_ in record.ids("action") if (found := publication.repo.find(id_))]
    naming = [a for a in publication.repo.incoming.get(record.id, ()) if a.type.name in _ANSWERS]
    return list(dict.fromkeys([*named, *naming]))


def _longer(publication: Publication, levels: Levels, targets: Sequence[Target]) -> str:
    """Targets that are not measured month by month."""
    rows = [
        [
            f"**{plain(target.name)}** {small(code(target.id))}",
            publication.reference(PATH, target.subject or target.agreement.id),
            agreed(target.data),
            latest(publication, levels, PATH, target),
        ]
        for target in targets
    ]
    return (
        blocks("## Over longer periods", table(["Target", "For", "Agreed", "Latest result"], rows))
        if rows
        else ""
    )
