"""Answers told to a person: headings, tables of cells, bars and sentences, in the order in which they are read."""
