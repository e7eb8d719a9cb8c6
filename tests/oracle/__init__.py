"""A second settlement, written from ``settlement.md`` alone by somebody who had not seen the program, and a maker of agreements.

Plain and slow. The program is held against it over agreements that range wider than the conformance cases.
"""
