"""What the counter knows: records, life cycle, custody, codes and the journal's arithmetic. Pure: no I/O."""
