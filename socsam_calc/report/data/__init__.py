"""Answers for programs: JSON documents, and rows of CSV and data frames."""
