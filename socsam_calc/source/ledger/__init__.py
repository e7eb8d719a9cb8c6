"""Figures from a ledger: CSV files and workbooks, read cell by cell."""
