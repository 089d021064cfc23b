-- Every scan as it was understood, kept outside the ledger: a scan is no act. What was read and led to nothing
-- is not kept, only its length and the kinds of its characters: it may be somebody's number.
CREATE TABLE scans (
    hall $INT NOT NULL,
    "at" $INT NOT NULL,
    "window" $INT NOT NULL,
    ordinal $INT NOT NULL,
    operator $TEXT,
    grade $TEXT NOT NULL,
    kind $TEXT NOT NULL,
    object $TEXT NOT NULL,
    reason $TEXT NOT NULL,
    length $INT,
    classes $TEXT,
    PRIMARY KEY (hall, "at", "window", ordinal)
) $STRICT;
