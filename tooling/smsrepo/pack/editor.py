"""Editor settings that bind the schemas to the files of each type."""

import json
from collections.abc import Iterable, Mapping

from smsrepo.model.artefact_type import ArtefactType, SettingType


def vscode_settings(types: Mapping[str, ArtefactType], settings: Iterable[SettingType]) -> str:
    """.vscode/settings.json for the YAML extension: schema path to file patterns."""
    schemas = {
        type_.schema_path: [f"{type_.folder}/{type_.prefix}-*.yml"]
        for type_ in types.values()
        if type_.suffix == ".yml"
    }
    schemas.update({setting.schema_path: [setting.file] for setting in settings})
    data = {
        "yaml.schemas": {f"./{path}": patterns for path, patterns in sorted(schemas.items())},
        "yaml.format.enable": False,
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "editor.detectIndentation": False,
        "editor.tabSize": 2,
    }
    return json.dumps(data, indent=2) + "\n"
