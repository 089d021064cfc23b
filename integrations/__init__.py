"""The world outside the hall: carriers, card readers and platforms, each a folder of its own."""
