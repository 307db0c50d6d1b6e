"""All rules: dropping a file into smsrepo/rules (or a repository's tooling/rules) registers it."""

import importlib
import importlib.util
import pkgutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import smsrepo.rules
from smsrepo.errors import UserError
from smsrepo.git import door
from smsrepo.rules.rule import Rule, Subject

LOCAL_FOLDER = "tooling/rules"
_OF_HISTORY = ("smsrepo.rules.control.", "smsrepo.rules.retained.")
"""Where the rules about steps and the register lie; what they need is not loaded to check files."""


@cache
def built_in() -> Mapping[str, Rule]:
    """The rules that come with smsrepo, by id, sorted."""
    return _by_id(_loaded(_modules()))


@cache
def about_files() -> Mapping[str, Rule]:
    """Those of them that judge files."""
    rules = _loaded(name for name in _modules() if not name.startswith(_OF_HISTORY))
    return _by_id(rule for rule in rules if rule.subject is Subject.FILES)


def all_rules(root: Path | None = None) -> Mapping[str, Rule]:
    """The built-in rules and those a repository keeps in tooling/rules."""
    return _with_local(built_in(), root)


def file_rules(root: Path) -> Mapping[str, Rule]:
    """Those of them that judge files."""
    return _with_local(about_files(), root)


def _modules() -> Iterator[str]:
    found = pkgutil.walk_packages(smsrepo.rules.__path__, "smsrepo.rules.")
    return (module.name for module in found if not module.ispkg)


def _loaded(names: Iterable[str]) -> Iterator[Rule]:
    return (rule for name in names if (rule := _rule_of(importlib.import_module(name))))


def _with_local(rules: Mapping[str, Rule], root: Path | None) -> Mapping[str, Rule]:
    if root is None or not (root / LOCAL_FOLDER).is_dir():
        return rules
    local = (_load_local(path) for path in sorted((root / LOCAL_FOLDER).glob("**/*.py")))
    return _by_id([*rules.values(), *local])


def rules_of(root: Path, commit: str) -> Mapping[str, Rule]:
    """The built-in rules and those that a commit (full id) keeps in tooling/rules."""
    kept = [entry for entry in door.tree(root, commit) if _is_rule(entry.path)]
    if not kept:
        return built_in()
    with tempfile.TemporaryDirectory() as folder:
        for entry, content in zip(kept, door.blobs(root, (e.blob for e in kept)), strict=True):
            file = Path(folder, entry.path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return all_rules(Path(folder))


def _is_rule(path: str) -> bool:
    """Whether a path of a commit is a local rule; one that leads elsewhere is none."""
    plain = {"..", "."}.isdisjoint(path.split("/"))
    return plain and path.startswith(f"{LOCAL_FOLDER}/") and path.endswith(".py")


def page(rule: Rule) -> str:
    """The Markdown page beside a rule; empty where a local rule has none."""
    source = rule.module if rule.local else importlib.import_module(rule.module).__file__
    path = Path(source or "").with_suffix(".md")
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _rule_of(module: ModuleType) -> Rule | None:
    found = getattr(module, "check", None)
    return found if isinstance(found, Rule) else None


def _load_local(path: Path) -> Rule:
    spec = importlib.util.spec_from_file_location(f"local_rules.{path.stem}", path)
    try:
        if spec is None or spec.loader is None:
            raise ImportError("not a Python file")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except Exception as error:
        raise UserError(f"the rule {path} cannot be loaded: {error}", "Mend or remove the file.") from error
    rule = _rule_of(module)
    if rule is None:
        raise UserError(f"{path} holds no rule", "Name its function `check` and put @rule(…) above it.")
    return replace(rule, module=str(path))


def _by_id(rules: Iterator[Rule] | list[Rule]) -> Mapping[str, Rule]:
    catalogue: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in catalogue:
            raise UserError(f"two rules are called `{rule.id}`", f"Rename the one in {rule.module}.")
        catalogue[rule.id] = rule
    return dict(sorted(catalogue.items()))
