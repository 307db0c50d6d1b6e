"""What the schemas of document control accept and refuse."""

import pytest
from support.memory import MemorySource, schemas, small_settings

from smsrepo.load.snapshot import load

PEOPLE = "sms/people.yml"
ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGqXyN2R5hC0d1VQ3hGvR8yZxJ4xTqS0Cq3nT7kYx1aB"
GENESIS = f"""schema: sms-genesis/1
digest: "sha256:{"0" * 64}"
began_on: "2026-11-20"
by: anna-nowak
statement: Approved on paper by top management until today.
"""


def misfits(path: str, old: str, new: str) -> list[str]:
    """The pointers of what does not fit after one text of the small organisation's settings was replaced."""
    text = small_settings()[path].decode()
    assert old in text
    repo = load(MemorySource({**schemas(), **small_settings(), path: text.replace(old, new, 1)}))
    return [flaw.pointer for flaw in repo.flaws.get("schema-violated", ())]


@pytest.mark.parametrize(
    ("key", "fits"),
    [
        (ED25519, True),
        ("ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQ=", True),
        ("sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t", True),
        ("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ==", True),
        (f"{ED25519} anna@laptop", False),
        (f"{ED25519} ", False),
        (f"{ED25519}\\nssh-rsa AAAAB3Nz", False),
        (f"cert-authority {ED25519}", False),
        (f"*,{ED25519}", False),
        ("ssh-dss AAAAB3NzaC1kc3MA", False),
        ("sk-ssh-ed25519 AAAAGnNrLXNzaC1l", False),
        ("ssh-ed25519  AAAAC3NzaC1lZDI1", False),
        ("ssh-ed25519 BBBBC3NzaC1lZDI1", False),
        ("ssh-ed25519 AAAAC3NzaC1lZDI", False),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", False),
    ],
)
def test_keys(key: str, fits: bool) -> None:
    keys = f'  keys: [{{ key: "{key}", from: "2026-01-01" }}]\n  active_from:'
    expected = [] if fits else ["/people/0/keys/0/key"]
    assert misfits(PEOPLE, "  active_from:", keys) == expected


@pytest.mark.parametrize(
    ("id_", "fits"),
    [
        ("anna-nowak", True),
        ("a2-b3", True),
        ("anna-", False),
        ("anna--nowak", False),
        ("*", False),
        ("a,b", False),
    ],
)
def test_person_ids(id_: str, fits: bool) -> None:
    assert misfits(PEOPLE, "id: dev-patel", f'id: "{id_}"') == ([] if fits else ["/people/3/id"])


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("tooling/tests/", True),
        ("tooling/pack.toml", True),
        ("tooling/rules-of-ours/", True),
        (".github/", True),
        (".github/workflows/ci.yml", True),
        ("mkdocs.yml", True),
        ("Makefile", True),
        ("tooling/", False),
        ("tooling", False),
        ("tooling/rules", False),
        ("tooling/rules/", False),
        ("tooling/rules/own.py", False),
        ("tooling/./rules/", False),
        ("tooling/x/../rules/", False),
        ("tooling//rules/", False),
        (".github/../sms/", False),
        ("sms/control.yml", False),
        ("schemas/", False),
        (".gitattributes", False),
        ("Makefile.d/", False),
        ("/tooling/tests/", False),
        ("tooling/*", False),
        ("", False),
    ],
)
def test_what_can_be_exempt(path: str, fits: bool) -> None:
    exempt = f'exempt: [{{ paths: ["{path}"], why: Made up for this test. }}]\nstandard:'
    assert misfits("sms/sms.yml", "standard:", exempt) == ([] if fits else ["/exempt/0/paths/0"])


@pytest.mark.parametrize(
    ("field", "value", "fits"),
    [
        ("attachments", "[figures/network.svg, table_2.csv]", True),
        ("attachments", "[../POL-001.md]", False),
        ("attachments", "[/etc/passwd]", False),
        ("attachments", "[a/../b.svg]", False),
        ("attachments", "[.hidden]", False),
        ("attachments", "[figures/]", False),
        ("attachments", "['a b.svg']", False),
        ("attachments", "[--output.svg]", False),
    ],
)
def test_attachments(field: str, value: str, fits: bool) -> None:
    entry = f"id: SUP-001\ntype: supplier\n{field}: {value}\n"
    assert (
        ("supplier", "/attachments/0") in _misfits_of("sms/registers/suppliers/SUP-001-x.yml", entry)
    ) is not fits


@pytest.mark.parametrize(
    ("lines", "pointer"),
    [
        ('followed: ["PRO-001@1.0"]', ""),
        ("followed: [PRO-001]", "/followed/0"),
        ('followed: ["PRO-001@1"]', "/followed/0"),
        ('followed: ["INC-2026-0001@1.0"]', "/followed/0"),
        (f'outside: [{{ pointer: Store 12, digest: "sha256:{"a" * 64}", what: A statement }}]', ""),
        ("outside: [{ pointer: Store 12, digest: abc, what: A statement }]", "/outside/0/digest"),
    ],
)
def test_fields_of_every_record(lines: str, pointer: str) -> None:
    record = f"id: INC-2026-0001\ntype: incident\n{lines}\n"
    found = {p for _, p in _misfits_of("sms/records/incidents/INC-2026-0001-x.yml", record)}
    assert {p for p in found if p.startswith(("/followed", "/outside"))} == ({pointer} if pointer else set())


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("copy: sms/x.pdf", ["digest"]),
        (f'digest: "sha256:{"0" * 64}"', ["copy"]),
        (f'copy: sms/x.pdf\ndigest: "sha256:{"0" * 64}"', []),
        ("stage: current", []),
    ],
)
def test_a_copy_has_its_digest(given: str, missing: list[str]) -> None:
    path = "sms/registers/external-documents/EXT-001-x.yml"
    repo = load(
        MemorySource(
            {**schemas(), **small_settings(), path: f"id: EXT-001\ntype: external-document\n{given}\n"}
        )
    )
    told = [flaw.message for flaw in repo.flaws["schema-violated"]]
    assert [name for name in ("copy", "digest") if f"`{name}` is missing" in told] == missing


def test_a_hold_names_records_or_types() -> None:
    path = "sms/records/legal-holds/HLD-2026-0001-x.yml"
    for lines, missing in [("", True), ("types: [incident]", False), ("records: [INC-2026-0001]", False)]:
        content = f"id: HLD-2026-0001\ntype: legal-hold\n{lines}\n"
        repo = load(MemorySource({**schemas(), **small_settings(), path: content}))
        assert ("`records` is missing" in [f.message for f in repo.flaws["schema-violated"]]) is missing


def test_an_optional_settings_file() -> None:
    def flaws(**files: str) -> dict[str, list[str]]:
        given = {f"sms/{name}.yml": text for name, text in files.items()}
        repo = load(MemorySource({**schemas(), **small_settings(), **given}))
        assert (("genesis", "") in repo.broken) is bool(repo.flaws)
        return {rule: [flaw.pointer for flaw in found] for rule, found in repo.flaws.items()}

    assert flaws() == {}
    assert flaws(genesis=GENESIS) == {}
    assert flaws(genesis=GENESIS.replace("0" * 64, "0" * 63)) == {"schema-violated": ["/digest"]}
    assert "unreadable-file" in flaws(genesis="schema: [")


def _misfits_of(path: str, content: str) -> list[tuple[str, str]]:
    """(type, pointer) of what does not fit in one file."""
    repo = load(MemorySource({**schemas(), **small_settings(), path: content}))
    type_ = repo.by_path[path].type.name
    return [(type_, flaw.pointer) for flaw in repo.flaws["schema-violated"]]
