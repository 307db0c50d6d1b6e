"""Pages of documents: what is in force, what was, what changed, with proof."""
