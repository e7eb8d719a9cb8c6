"""The arithmetic of ``settlement.md``, in its order and words: pure functions over frozen values, each figure with its derivation."""
