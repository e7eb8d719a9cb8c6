"""The workbook's calculation: an agreement's terms and amounts as cells, and live formulas from them to what each party is settled."""
