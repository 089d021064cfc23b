-- Printers of the hall, what each must correct on each stock, where a window's papers go, and the print jobs.
CREATE TABLE printers (
    hall $INT NOT NULL,
    name $TEXT NOT NULL,
    uri $TEXT NOT NULL,
    dpi $INT NOT NULL,
    certificate $TEXT,
    state $TEXT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, name)
) $STRICT;

CREATE TABLE calibrations (
    hall $INT NOT NULL,
    printer $TEXT NOT NULL,
    stock $TEXT NOT NULL,
    offset_left $INT NOT NULL,
    offset_top $INT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, printer, stock)
) $STRICT;

CREATE TABLE routes (
    hall $INT NOT NULL,
    "window" $INT NOT NULL,
    "use" $TEXT NOT NULL,
    printer $TEXT,
    stock $TEXT,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, "window", "use")
) $STRICT;

CREATE TABLE print_jobs (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    paper $TEXT NOT NULL,
    printer $TEXT NOT NULL,
    state $TEXT NOT NULL,
    "window" $INT NOT NULL,
    queued_at $INT NOT NULL,
    queued_by $TEXT NOT NULL,
    printer_job $INT,
    sent_at $INT,
    ended_at $INT,
    ended_by $TEXT,
    condition $TEXT,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

ALTER TABLE papers ADD COLUMN printer $TEXT;
ALTER TABLE papers ADD COLUMN stock $TEXT;
ALTER TABLE papers ADD COLUMN dpi $INT;
ALTER TABLE papers ADD COLUMN offset_left $INT;
ALTER TABLE papers ADD COLUMN offset_top $INT;

CREATE UNIQUE INDEX one_live_print ON print_jobs (hall, paper) WHERE state IN ('print_waiting', 'sending', 'sent', 'unsure');
CREATE INDEX print_jobs_of_paper ON print_jobs (hall, paper, id);
CREATE INDEX print_jobs_by_window ON print_jobs (hall, "window", state, id);
CREATE INDEX print_jobs_by_end ON print_jobs (hall, "window", ended_at);
