"""sms verify."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli import clock
from smsrepo.cli.common import as_of_option
from smsrepo.cli.past import find_history
from smsrepo.errors import FINDINGS, UserError

if TYPE_CHECKING:
    from smsrepo.control.checkpoint import Kept

HOW_TO_READ = """\
  PERSON is whom the statement names; where it says `assurance: "platform"`, the collector in sms/people.yml.
  The time is when the statement entered the history: git log --format=%cd FILE.yml. The statement names the digest
  of the document; tooling/docs/document-control.md tells how to compute it."""
VERIFY_BY_HAND = (
    "ssh-keygen -Y verify -f {} -I PERSON -n smsrepo-approval@v1 -Overify-time=YYYYMMDDHHMMSSZ "
    "-s FILE.yml.sig < FILE.yml"
)


@click.command("verify")
@click.option(
    "--at", "revision", metavar="COMMIT", help="Verify up to this commit, branch or tag instead of HEAD."
)
@click.option("--genesis", metavar="DIGEST", help="The digest of the genesis that you know, to compare with.")
@click.option(
    "--checkpoint",
    "checkpoints",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A checkpoint kept elsewhere, which the history must contain.",
)
@click.option(
    "--export-signers",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the keys of everyone as an allowed-signers file, to verify signatures with ssh-keygen alone.",
)
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to print."
)
@as_of_option
@click.pass_obj
def command(
    directory: Path,
    revision: str | None,
    genesis: str | None,
    checkpoints: tuple[Path, ...],
    export_signers: Path | None,
    format_: str,
    as_of: date | None,
) -> None:
    """Prove document control from the history alone.

    Replays every step of the main branch since the genesis with the policy of its time: every approval with its
    signature, content and role, every transition, every record. Works offline in a plain, complete clone.
    """
    from smsrepo.check.catalogue import built_in
    from smsrepo.check.verify import verify
    from smsrepo.export import proof_text

    _, history = find_history(directory, revision)
    proof = verify(
        history, built_in().values(), as_of, clock.today(), tuple(map(_kept, checkpoints)), genesis or ""
    )
    if export_signers:
        from smsrepo.control.signers import signers_of

        export_signers.write_text(signers_of(proof.register.settings), encoding="utf-8")
        click.echo(f"Wrote {export_signers}. Verify a statement with:", err=True)
        click.echo("  " + VERIFY_BY_HAND.format(export_signers), err=True)
        click.echo(HOW_TO_READ, err=True)
    render = {"text": proof_text.text, "json": proof_text.as_json}[format_]
    click.echo(render(proof), nl=False)
    if not proof.proven:
        raise click.exceptions.Exit(FINDINGS)


def _kept(file: Path) -> "Kept":
    from smsrepo.control.checkpoint import Kept

    signature = Path(f"{file}.sig")
    if not signature.is_file():
        raise UserError(f"{signature} is missing", "A checkpoint is kept together with its signature.")
    return Kept(file.name, file.read_bytes(), signature.read_bytes())
