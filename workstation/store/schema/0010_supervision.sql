-- The supervisor's day: tables of working days, pauses, the queue, samples, closes, the old ledger, archive packets.
CREATE TABLE year_tables (
    hall $INT NOT NULL,
    scope $TEXT NOT NULL,
    "year" $INT NOT NULL,
    days $TEXT NOT NULL,
    source $TEXT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, scope, "year")
) $STRICT;

CREATE TABLE pauses (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    consignment $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    kind $TEXT NOT NULL,
    since $TEXT NOT NULL,
    until $TEXT,
    told_on $TEXT,
    note $BLOB,
    noted_at $INT NOT NULL,
    noted_by $TEXT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE claims (
    hall $INT NOT NULL,
    line $TEXT NOT NULL,
    reason $TEXT NOT NULL,
    object $TEXT NOT NULL,
    state $TEXT NOT NULL,
    holder $TEXT NOT NULL,
    since $INT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, line)
) $STRICT;

CREATE TABLE samples (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    since $TEXT NOT NULL,
    until $TEXT NOT NULL,
    seed $TEXT NOT NULL,
    share $INT NOT NULL,
    population $INT NOT NULL,
    digest $TEXT NOT NULL,
    drawn_at $INT NOT NULL,
    drawn_by $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE sample_lines (
    hall $INT NOT NULL,
    sample $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    chosen $TEXT NOT NULL,
    finding $TEXT,
    note $BLOB,
    found_at $INT,
    found_by $TEXT,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, sample, case_number)
) $STRICT;

CREATE TABLE day_reasons (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    day $TEXT NOT NULL,
    kind $TEXT NOT NULL,
    object $TEXT NOT NULL,
    why $TEXT NOT NULL,
    reason $TEXT NOT NULL,
    note $BLOB,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE day_closes (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    day $TEXT NOT NULL,
    state $TEXT NOT NULL,
    closed_at $INT NOT NULL,
    closed_by $TEXT NOT NULL,
    entries $INT NOT NULL,
    anchor $TEXT NOT NULL,
    figures $TEXT NOT NULL,
    paper $TEXT NOT NULL,
    reopened_at $INT,
    reopened_by $TEXT,
    second $TEXT,
    reason $TEXT,
    reason_text $BLOB,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE month_closes (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    "month" $TEXT NOT NULL,
    state $TEXT NOT NULL,
    closed_at $INT NOT NULL,
    closed_by $TEXT NOT NULL,
    entries $INT NOT NULL,
    anchor $TEXT NOT NULL,
    figures $TEXT NOT NULL,
    differences $TEXT NOT NULL,
    paper $TEXT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE rescues (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    digest $TEXT NOT NULL,
    state $TEXT NOT NULL,
    lines $INT NOT NULL,
    taken $INT NOT NULL,
    flagged $INT NOT NULL,
    left_out $INT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE old_cases (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    rescue $TEXT NOT NULL,
    line $INT NOT NULL,
    number $TEXT NOT NULL,
    received_on $TEXT,
    ended_on $TEXT,
    item $BLOB,
    office $BLOB,
    applicant_name $BLOB,
    applicant_id $BLOB,
    applicant_phone $BLOB,
    waybill $TEXT NOT NULL,
    return_waybill $TEXT NOT NULL,
    remark $BLOB,
    flags $TEXT NOT NULL,
    name_digest $TEXT NOT NULL,
    id_digest $TEXT NOT NULL,
    phone_digest $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE column_maps (
    hall $INT NOT NULL,
    heads $TEXT NOT NULL,
    columns $TEXT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, heads)
) $STRICT;

CREATE TABLE archives (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    name $TEXT NOT NULL,
    files $INT NOT NULL,
    sm3 $TEXT NOT NULL,
    sha256 $TEXT NOT NULL,
    packed_at $INT NOT NULL,
    packed_by $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

-- One live close of a day, and of a month.
CREATE UNIQUE INDEX one_close_a_day ON day_closes (hall, day) WHERE state = 'day_closed';
CREATE UNIQUE INDEX one_close_a_month ON month_closes (hall, "month") WHERE state = 'month_closed';
CREATE INDEX day_closes_by_day ON day_closes (hall, day, id);
CREATE INDEX month_closes_by_month ON month_closes (hall, "month", id);
CREATE INDEX day_reasons_of_day ON day_reasons (hall, day, id);
CREATE INDEX pauses_of_consignment ON pauses (hall, consignment, id);
CREATE INDEX pauses_of_case ON pauses (hall, case_number, id);
CREATE INDEX claims_by_state ON claims (hall, state, line);
CREATE INDEX samples_by_day ON samples (hall, since, id);
CREATE INDEX old_cases_of_rescue ON old_cases (hall, rescue, id);
CREATE INDEX old_cases_by_name ON old_cases (hall, name_digest, id);
CREATE INDEX old_cases_by_id ON old_cases (hall, id_digest, id);
CREATE INDEX old_cases_by_phone ON old_cases (hall, phone_digest, id);
CREATE INDEX old_cases_by_number ON old_cases (hall, number, id);
CREATE INDEX old_cases_by_waybill ON old_cases (hall, waybill, id);
CREATE INDEX old_cases_by_return ON old_cases (hall, return_waybill, id);
CREATE INDEX archives_of_case ON archives (hall, case_number, id);
-- A day or a month of the journal, however long ago.
CREATE INDEX journal_by_time ON journal (hall, "at", seq);

-- What is due, across the hall.
CREATE INDEX cases_closed_by_time ON cases (hall, closed_at, number) WHERE closed_at IS NOT NULL;
CREATE INDEX rows_failing ON checklist_rows (hall, case_number, row_id) WHERE state = 'failing';
