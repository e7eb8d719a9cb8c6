"""Scenarios: the same agreement under other figures; simulation; the engine in batches."""
