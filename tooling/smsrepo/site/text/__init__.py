"""Text of authors and values of fields, made fit for a page."""
