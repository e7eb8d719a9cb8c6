"""Answers to what is asked of a document: settled, checked, explained, evaluated, varied, drawn; each a frozen result that the report tells."""
