"""Every rule that an agreement can obey or break, with its citation, and its check; grouped by subject as in the domain's own order."""
