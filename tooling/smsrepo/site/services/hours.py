"""Service hours on one line."""

_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
    "sun": "Sunday",
}  # fmt: skip


def hours_in_words(hours: object) -> str:
    """ "Monday to Friday, 07:00 to 17:00 (Europe/Oslo). Closed on public holidays."; empty for another shape."""
    if not isinstance(hours, dict) or not {"days", "from", "to"} <= hours.keys():
        return ""
    zone = f" ({hours['time_zone']})" if hours.get("time_zone") else ""
    return (
        f"{_days(list(hours['days']))}, {hours['from']} to {hours['to']}{zone}. {_exceptions(hours)}".rstrip()
    )


def _days(names: list[str]) -> str:
    week = list(_DAYS)
    if len(names) == len(week):
        return "Every day"
    known = [name for name in week if name in names]
    first = week.index(known[0]) if known else 0
    if len(known) > 2 and known == week[first : first + len(known)]:
        return f"{_DAYS[known[0]]} to {_DAYS[known[-1]]}"
    return ", ".join(_DAYS.get(name, str(name)) for name in names)


def _exceptions(hours: dict[str, object]) -> str:
    found = hours.get("exceptions", "")
    return str(found.get("none", "") if isinstance(found, dict) else found)
