"""The norm: what frames by the country's cost development would have given all its areas, by one base year or another."""
