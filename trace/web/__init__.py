"""HTTP only: parse, call one function, answer. Forbidden here: SQL, rules, drawing labels (but for packing)."""
