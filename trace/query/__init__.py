"""Reading: rows to frozen dataclasses. Forbidden here: writing, SQL text, HTTP."""
