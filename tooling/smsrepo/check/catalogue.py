"""All rules: dropping a file into smsrepo/rules (or a repository's tooling/rules) registers it."""

import importlib
import importlib.util
import pkgutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import smsrepo.rules
from smsrepo.errors import UserError
from smsrepo.git import door
from smsrepo.rules.rule import Rule

LOCAL_FOLDER = "tooling/rules"


@cache
def built_in() -> Mapping[str, Rule]:
    """The rules that come with smsrepo, by id, sorted."""
    found = pkgutil.walk_packages(smsrepo.rules.__path__, "smsrepo.rules.")
    modules = (importlib.import_module(module.name) for module in found if not module.ispkg)
    return _by_id(rule for module in modules if (rule := _rule_of(module)))


def all_rules(root: Path | None = None) -> Mapping[str, Rule]:
    """The built-in rules and those a repository keeps in tooling/rules."""
    if root is None or not (root / LOCAL_FOLDER).is_dir():
        return built_in()
    local = (_load_local(path) for path in sorted((root / LOCAL_FOLDER).glob("**/*.py")))
    return _by_id([*built_in().values(), *local])


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
