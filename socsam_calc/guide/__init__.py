"""The guide: pages that travel with the program, in Markdown, as `socsam guide` shows them and as they stand here."""
