"""A told thing on a terminal, in a pipe, as Markdown, HTML, CSV or a workbook; knows no settlement."""
