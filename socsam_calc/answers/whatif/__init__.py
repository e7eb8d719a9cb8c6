"""The same agreement under other assumptions or other terms, beside the base case."""
