"""sms explain."""

from pathlib import Path

import click

from smsrepo.errors import UserError


@click.command("explain")
@click.argument("rule", required=False)
@click.pass_obj
def command(directory: Path, rule: str | None) -> None:
    """Print the page of a RULE: why it exists, bad and good examples, what to do. Without RULE, list all."""
    from smsrepo.check import catalogue
    from smsrepo.load.source import find_root
    from smsrepo.model.closest import did_you_mean

    rules = catalogue.all_rules(find_root(directory.resolve()))
    if rule is None:
        width = max(map(len, rules))
        for found in rules.values():
            click.echo(f"{found.id:{width}}  {found.severity:7}  {found.summary}")
        return
    if rule[:1].isdigit():
        raise UserError(
            f"`{rule}` is a clause, no rule", f"See how far it is met: sms gaps --clause {rule} --all."
        )
    if rule not in rules:
        raise UserError(
            f"there is no rule `{rule}`", did_you_mean(rule, rules, "sms explain lists all rules.")
        )
    found = rules[rule]
    click.echo(catalogue.page(found).rstrip() or f"# {found.id}\n\n{found.summary}")
    if found.requirements:
        click.echo(f"\nSeverity: {found.severity}. Requirements: {', '.join(found.requirements)}.")
