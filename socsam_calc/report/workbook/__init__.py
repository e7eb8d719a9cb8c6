"""Settlements as a workbook."""
