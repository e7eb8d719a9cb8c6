"""What the command line does, as calls: each gives a result that a notebook shows, and that turns into every format of its command.

``formats`` is what all results have in common, ``files`` what a call takes; then a room for each kind of result.
"""
