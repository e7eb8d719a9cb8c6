"""Who bears the next krona of cost: exact slopes of the arithmetic."""
