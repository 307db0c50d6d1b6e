"""Canonical YAML: fields in the order given, text in double quotes where YAML could read it as something else."""

from typing import Any

import yaml

from smsrepo.load.yaml_dialect import reads_as_text

_STR = "tag:yaml.org,2002:str"


class _Dumper(yaml.SafeDumper):
    """Quotes with double quotes, indents nothing that need not be."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    if "\n" in value:
        return dumper.represent_scalar(_STR, value, style="|")
    # Plain only where YAML 1.1, which other tools read, and our dialect both see text.
    plain = dumper.resolve(  # type: ignore[no-untyped-call]
        yaml.ScalarNode, value, (True, False)
    ) == _STR and reads_as_text(value)
    return dumper.represent_scalar(_STR, value, style=None if plain else '"')


_Dumper.add_representer(str, _text)


def dump(data: Any) -> str:
    """YAML text of plain data."""
    return yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=100
    )
