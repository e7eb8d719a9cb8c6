"""Every rule that an agreement can obey or break, with its citation, and its check; grouped by subject as in the domain's own order.

A new rule: its texts in both languages and its sources in ``@rule(…)`` above its check, in the module of its subject; its name in that
module's ``RULES``; in ``tests/rules.yaml`` an agreement that breaks it and one that does not. A code is never given to another rule.
"""
