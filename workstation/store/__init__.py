"""The ledger: one store per hall, two engines behind one narrow port. Only this package writes."""
