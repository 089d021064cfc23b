"""F1: what is under the cursor, and every key; made from the bindings."""
