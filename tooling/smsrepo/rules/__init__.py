"""One small file per rule, grouped by topic; beside it the page that explains and tests it."""
