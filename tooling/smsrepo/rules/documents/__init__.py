"""Rules about the text of documents: sections, decisions, links, titles."""
