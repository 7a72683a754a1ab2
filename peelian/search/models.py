"""The search index has no Django model: each database keeps it in its own kind of table (see migrations, engines)."""
