"""The fast validators: one per schema file, compiled when it is first needed."""

from typing import Any

import jsonschema_rs

from smsrepo.load.schema_files import SchemaFiles, uri_of


class Validators:
    """Validators of the schema files that can be used, by the references between them."""

    def __init__(self, files: SchemaFiles) -> None:
        self.usable = files.usable()
        resources = [(uri_of(path), files.schemas[path]) for path in sorted(self.usable)]
        self._registry = jsonschema_rs.Registry(resources)
        self._compiled: dict[str, Any] = {}

    def of(self, schema_path: str) -> Any:
        """The validator of a schema file: is_valid(data), iter_errors(data). Raises where it cannot be compiled."""
        found = self._compiled.get(schema_path)
        if found is None:
            found = self._compiled[schema_path] = jsonschema_rs.Draft202012Validator(
                {"$ref": uri_of(schema_path)}, registry=self._registry, validate_formats=True, offline=True
            )
        return found
