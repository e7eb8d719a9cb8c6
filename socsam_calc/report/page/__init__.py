"""The page: its charts, its folded derivations, its template."""
