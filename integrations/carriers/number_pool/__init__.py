"""Numbers the post has handed out beforehand 号段: envelopes get theirs without the internet."""
