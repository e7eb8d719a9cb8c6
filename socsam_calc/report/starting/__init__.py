"""Files to fill in: a commented agreement, and a workbook for its figures."""
