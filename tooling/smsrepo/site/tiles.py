"""The figures of the front page."""

from smsrepo.conformity.coverage import State
from smsrepo.model.finding import Severity
from smsrepo.model.words import count
from smsrepo.site.due import open_records
from smsrepo.site.markup import still_open
from smsrepo.site.publication import Publication
from smsrepo.site.requirements import PATH as REQUIREMENTS
from smsrepo.site.service_levels import MEASUREMENT, Levels, met


def tiles(publication: Publication, levels: Levels) -> str:
    """Documents, check, requirements, service levels, open matters and decisions."""
    shown = [
        _documents(publication),
        _check(publication),
        _requirements(publication),
        _service_levels(publication, levels),
        _open(publication),
        _decisions(publication),
    ]
    return f'<div class="sms-tiles" markdown>\n{"".join(shown)}\n</div>'


def _tile(target: str, name: str, figure: str, more: str, tone: str) -> str:
    return (
        f'<div class="sms-tile sms-tile--{tone}" markdown="1">\n'
        f'<p class="sms-tile__name" markdown="span">[{name}]({target})</p>\n'
        f'<p class="sms-tile__figure">{figure}</p>\n<p class="sms-tile__more">{more}</p>\n</div>\n'
    )


def _documents(publication: Publication) -> str:
    documents = [a for a in publication.repo.artefacts if not a.type.is_record]
    issued = sum(a.status == "issued" for a in documents)
    drafts = count(sum(a.status == "draft" for a in documents), "draft")
    return _tile("register.md", "Documents", f"{issued:,} issued", drafts, "good" if issued else "part")


def _check(publication: Publication) -> str:
    errors, warnings = (publication.report.count(severity) for severity in (Severity.ERROR, Severity.WARNING))
    tone = "bad" if errors else "part" if warnings else "good"
    return _tile("findings.md", "Check", count(errors, "error"), count(warnings, "warning"), tone)


def _requirements(publication: Publication) -> str:
    rows = publication.coverage
    served = sum(row.state is State.MET for row in rows)
    judged = sum(row.state is State.JUDGEMENT for row in rows)
    more = f"{judged} by judgement; presence, not adequacy" if judged else "presence, not adequacy"
    return _tile(REQUIREMENTS, "Requirements", f"{served} of {len(rows)} met", more, "plain")


def _service_levels(publication: Publication, levels: Levels) -> str:
    """Met and missed in the latest month that was measured."""
    type_ = publication.repo.types.get(MEASUREMENT)
    target = f"{type_.folder}/index.md" if type_ else "records/index.md"
    month = max(levels.months, default="")
    if not month:
        return _tile(target, "Service levels", "not measured", "no monthly result yet", "plain")
    total = len(levels.months[month])
    missed = sum(not met(record) for record in levels.months[month])
    figure = f"{total - missed} of {total} met"
    return _tile(target, f"Service levels, {month}", figure, f"{missed} missed", "bad" if missed else "good")


def _open(publication: Publication) -> str:
    found = open_records(publication)
    overdue = sum(due.on < publication.as_of for due in found)
    tone = "bad" if overdue else "good"
    return _tile(
        "records/index.md",
        "Records with a due day",
        still_open(len(found)),
        f"{overdue or 'none'} overdue",
        tone,
    )


def _decisions(publication: Publication) -> str:
    repo = publication.repo
    marks = [a.marks for a in repo.artefacts] + [setting.marks for setting in repo.settings.values()]
    open_ = sum(mark.open for some in marks for mark in some)
    more = "only you can take them" if open_ else "nothing left to decide"
    return _tile("decisions.md", "Decisions", still_open(open_), more, "part" if open_ else "good")
