"""The settings files below sms/, from their schemas."""

from smsrepo.load.schema_files import SchemaFiles
from smsrepo.load.shapes import parts_of
from smsrepo.site.guide.types import fields_table, part_rows
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import blocks, code, plain

PATH = "guide/settings.md"


def settings_page(publication: Publication) -> Page:
    """Every settings file with all it may hold."""
    files = SchemaFiles(publication.repo.schemas)
    titles = {name: found.title for name, found in publication.repo.types.items()}
    parts = []
    for setting in sorted(publication.repo.setting_types, key=lambda found: found.file):
        schema = publication.repo.schemas[setting.schema_path]
        rows = part_rows(parts_of(files, schema, setting.schema_path, titles))
        parts.append(
            blocks(
                f"## {code(setting.file)}",
                plain(schema.get("description", schema.get("title", ""))),
                "An SMS may be without it." if setting.optional else "",
                fields_table(rows),
            )
        )
    head = (
        "# Settings\n\nSettings decide how everything else is judged. A change to them stands alone in a pull "
        "request, and takes effect when it is approved."
    )
    return Page(PATH, "Settings", blocks(head, *parts), searchable=False)
