"""The engine in batches: one agreement, many scenarios, every figure exact and equal to that of :func:`socsam_calc.engine.settle.settle`.

    graph ──► rounding ──► frame ──► years ──► machine ──► engine
    sums with  round and    § 1       §§ 2–6    runs them    a batch: fast where
    bounds     apportion                        in chunks    proven, else exact and slow

The agreement is translated once into a graph of small steps on whole numbers, each with proven bounds; the machine then runs the
steps over arrays of scenarios. Needs NumPy (``pip install 'socsam-calc[scale]'``); nothing outside this package imports it unasked.
"""
