"""Every rule that an agreement can obey or break, with its citation, and its check: a pack for each law, and one for any law.

A new rule: its English texts and its sources in ``@rule(…)`` above its check, in the module of its subject; its Swedish in
``report/swedish/``, under its code; in ``tests/rules.yaml`` an agreement that breaks it and one that does not. A code is never given to
another rule.
"""
