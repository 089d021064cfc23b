"""What screens are built of. A widget shows what it is given and posts what happened; it asks no act."""
