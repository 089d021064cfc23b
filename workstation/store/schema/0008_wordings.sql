-- Every wording that a paper was printed with or that the hall has put in force; one of a document is current.
CREATE TABLE wordings (
    hall $INT NOT NULL,
    document $TEXT NOT NULL,
    digest $TEXT NOT NULL,
    "text" $TEXT NOT NULL,
    state $TEXT NOT NULL,
    since $INT NOT NULL,
    "by" $TEXT NOT NULL,
    second $TEXT,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, document, digest)
) $STRICT;

CREATE UNIQUE INDEX one_current_wording ON wordings (hall, document) WHERE state = 'current';
