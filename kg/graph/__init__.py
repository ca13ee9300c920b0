"""The graph: the record (JSON Lines), the store built from it, queries, exports and checks."""
