"""The last day of a licence comes on a known date."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("licence-end-unplanned", severity=WARNING, requirements=["4.1.4-d"], reads=["licence", "control"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A licence in use has run out, or ends soon and nobody has said what happens then."""
    notice = on.settings.interval("contract_end_notice")
    for licence in repo.issued("licence"):
        ends = licence.date("ends_on")
        if ends is None or not licence.active:
            continue
        if ends < on.as_of:
            message = f"{licence.id} ran out on {ends} and its stage is still `{licence.data.get('stage')}`"
            hint = "Stop using the software, or enter the renewal. If it is given up, the stage is `ended`."
        elif notice and ends <= notice.after(on.as_of) and "end_plan" not in licence.data:
            message = f"{licence.id} ends on {ends}, within {notice.words}, and has no plan"
            hint = "Say in `end_plan` what happens then, who does it and until when."
        else:
            continue
        yield licence.flaw("ends_on", message, hint)
