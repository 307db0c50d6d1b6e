"""Sections that several types of documents share: described once, used by name."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.load.markdown import slugify
from smsrepo.load.schema_files import SchemaFiles

PARTS = "schemas/common/section-parts.schema.json"


def sections_of(files: SchemaFiles, sms: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections of a type; an entry with `use` takes what it does not say itself from the shared section.

    With a title of its own its id is the slug of that: sections are found by their heading.
    """
    shared = _shared(files)
    return [_merged(section, shared) for section in sms.get("sections", ())]


def unknown_sections(files: SchemaFiles, path: str) -> Iterator[str]:
    """The shared sections that a schema uses and nobody describes."""
    shared = _shared(files)
    for section in files.schemas[path].get("x-sms", {}).get("sections", ()):
        if "use" in section and section["use"] not in shared:
            yield section["use"]


def uses_shared(schema: Mapping[str, Any]) -> bool:
    """Whether a type, read or not, names a shared section."""
    sms = schema.get("x-sms")
    sections = sms.get("sections") if isinstance(sms, dict) else None
    return isinstance(sections, list) and any(isinstance(s, dict) and "use" in s for s in sections)


def _shared(files: SchemaFiles) -> dict[str, dict[str, Any]]:
    return {section["id"]: section for section in files.schemas.get(PARTS, {}).get("x-sections", ())}


def _merged(section: dict[str, Any], shared: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if "use" not in section:
        return section
    own = {key: value for key, value in section.items() if key != "use"}
    if "title" in own:
        own["id"] = slugify(own["title"])
    return {**shared[section["use"]], **own}
