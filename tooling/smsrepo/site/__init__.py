"""The site that staff and auditors read: pure page builders, and adapters for MkDocs and plain folders."""
