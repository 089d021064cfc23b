"""Every SQL text once, in the part of the language SQLite and PostgreSQL share, values by name."""
