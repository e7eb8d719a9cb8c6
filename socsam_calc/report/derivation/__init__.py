"""Figures derived: steps, formulas and explanations, down to the lines of the file."""
