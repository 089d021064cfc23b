-- What was done at a window, newest first, without going through the hall's whole journal.
CREATE INDEX journal_of_window ON journal (hall, "window", seq);
