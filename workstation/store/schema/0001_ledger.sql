-- The ledger of one hall. $INT, $TEXT, $BLOB and $STRICT are each engine's own words; all else is shared SQL.
-- Times are epoch milliseconds. $BLOB columns named like a person's data hold encrypted fields (store/personal.py).

CREATE TABLE chains (
    hall $INT NOT NULL PRIMARY KEY,
    seq $INT NOT NULL,
    hash $BLOB NOT NULL,
    "at" $INT NOT NULL
) $STRICT;

CREATE TABLE journal (
    hall $INT NOT NULL,
    seq $INT NOT NULL,
    "at" $INT NOT NULL,
    act $TEXT NOT NULL,
    operator $TEXT,
    second $TEXT,
    "window" $INT,
    object $TEXT NOT NULL,
    body $TEXT NOT NULL,
    flag $TEXT,
    algorithm $TEXT NOT NULL,
    previous $BLOB NOT NULL,
    hash $BLOB NOT NULL,
    PRIMARY KEY (hall, seq)
) $STRICT;

CREATE TABLE mentions (
    hall $INT NOT NULL,
    object $TEXT NOT NULL,
    seq $INT NOT NULL,
    PRIMARY KEY (hall, object, seq)
) $STRICT;

CREATE TABLE counters (
    hall $INT NOT NULL,
    kind $INT NOT NULL,
    "window" $INT NOT NULL,
    day $TEXT NOT NULL,
    last $INT NOT NULL,
    PRIMARY KEY (hall, kind, "window", day)
) $STRICT;

-- The data key, wrapped by the hall key; and the hall key, wrapped by the enrolment passphrase.
CREATE TABLE data_keys (
    hall $INT NOT NULL,
    id $INT NOT NULL,
    algorithm $TEXT NOT NULL,
    wrapped $BLOB NOT NULL,
    created_at $INT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE enrolments (
    hall $INT NOT NULL PRIMARY KEY,
    algorithm $TEXT NOT NULL,
    salt $BLOB NOT NULL,
    wrapped $BLOB NOT NULL,
    created_at $INT NOT NULL
) $STRICT;

-- Failed sign-ins, counted outside the ledger: a wrong password is no act.
CREATE TABLE logins (
    hall $INT NOT NULL,
    code $TEXT NOT NULL,
    kind $TEXT NOT NULL,
    failures $INT NOT NULL,
    locked_until $INT NOT NULL,
    PRIMARY KEY (hall, code, kind)
) $STRICT;

CREATE TABLE halls (
    hall $INT NOT NULL,
    id $INT NOT NULL,
    division $TEXT NOT NULL,
    digit $INT NOT NULL,
    name $TEXT NOT NULL,
    address $TEXT NOT NULL,
    postcode $TEXT NOT NULL,
    phone $TEXT NOT NULL,
    created_at $INT NOT NULL,
    practice $INT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE users (
    hall $INT NOT NULL,
    code $TEXT NOT NULL,
    name $BLOB NOT NULL,
    role $TEXT NOT NULL,
    state $TEXT NOT NULL,
    badge $TEXT,
    password $TEXT,
    password_version $INT NOT NULL,
    pin $TEXT,
    pin_version $INT NOT NULL,
    added_at $INT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, code)
) $STRICT;

CREATE TABLE cases (
    hall $INT NOT NULL,
    number $TEXT NOT NULL,
    state $TEXT NOT NULL,
    item $TEXT NOT NULL,
    checklist_version $TEXT NOT NULL,
    "window" $INT NOT NULL,
    clerk $TEXT NOT NULL,
    registered_at $INT NOT NULL,
    basis_place $TEXT NOT NULL,
    applicant_name $BLOB NOT NULL,
    applicant_id_kind $TEXT NOT NULL,
    applicant_id $BLOB NOT NULL,
    applicant_phone $BLOB NOT NULL,
    applicant_address $BLOB,
    agent_name $BLOB,
    agent_id_kind $TEXT,
    agent_id $BLOB,
    agent_phone $BLOB,
    remark $BLOB,
    name_digest $TEXT NOT NULL,
    id_digest $TEXT NOT NULL,
    phone_digest $TEXT NOT NULL,
    identity $TEXT NOT NULL,
    notices $INT NOT NULL,
    reason $TEXT,
    reason_text $BLOB,
    channel $TEXT,
    withdrawal_requested_at $INT,
    served_at $INT,
    closed_at $INT,
    rating $TEXT,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, number)
) $STRICT;

CREATE TABLE checklist_rows (
    hall $INT NOT NULL,
    case_number $TEXT NOT NULL,
    row_id $TEXT NOT NULL,
    position $INT NOT NULL,
    name $BLOB NOT NULL,
    standard $BLOB NOT NULL,
    form $TEXT NOT NULL,
    copies $INT NOT NULL,
    from_whom $TEXT NOT NULL,
    condition $TEXT,
    state $TEXT NOT NULL,
    defects $TEXT NOT NULL,
    found_form $TEXT,
    found_copies $INT,
    found_pages $INT,
    remark $BLOB,
    PRIMARY KEY (hall, case_number, row_id)
) $STRICT;

CREATE TABLE pieces (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    row_id $TEXT NOT NULL,
    name $BLOB NOT NULL,
    form $TEXT NOT NULL,
    copies $INT NOT NULL,
    pages $INT,
    holder $TEXT NOT NULL,
    holder_ref $TEXT,
    consignment $TEXT,
    goes $INT NOT NULL,
    expected $INT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE identities (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    "at" $INT NOT NULL,
    "by" $TEXT NOT NULL,
    second $TEXT,
    method $TEXT NOT NULL,
    outcome $TEXT NOT NULL,
    subject $TEXT NOT NULL,
    reason $BLOB,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE reveals (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    "at" $INT NOT NULL,
    "by" $TEXT NOT NULL,
    reason $TEXT NOT NULL,
    note $BLOB,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE notices (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    ordinal $INT NOT NULL,
    "at" $INT NOT NULL,
    rows $TEXT NOT NULL,
    paper $TEXT NOT NULL,
    second $TEXT,
    due $TEXT,
    reason $BLOB,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE consignments (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    ordinal $INT NOT NULL,
    office_code $TEXT NOT NULL,
    office_division $TEXT NOT NULL,
    office_name $TEXT NOT NULL,
    office_address $TEXT NOT NULL,
    office_postcode $TEXT NOT NULL,
    office_phone $TEXT NOT NULL,
    state $TEXT NOT NULL,
    envelope $TEXT,
    supplement $TEXT,
    sealed_at $INT,
    handed_over_at $INT,
    acknowledged_at $INT,
    acknowledged_how $TEXT,
    corrected_at $INT,
    accepted_at $INT,
    decided_at $INT,
    outcome $TEXT,
    result_mode $TEXT,
    document_number $BLOB,
    returned_at $INT,
    arrived_at $INT,
    served_at $INT,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE envelopes (
    hall $INT NOT NULL,
    number $TEXT NOT NULL,
    state $TEXT NOT NULL,
    purpose $TEXT NOT NULL,
    "window" $INT NOT NULL,
    office_code $TEXT NOT NULL,
    office_name $TEXT NOT NULL,
    office_address $TEXT NOT NULL,
    office_postcode $TEXT NOT NULL,
    packed_at $INT NOT NULL,
    packed_by $TEXT NOT NULL,
    holder $TEXT NOT NULL,
    holder_ref $TEXT,
    place $TEXT,
    inspected_by $TEXT,
    sealed_at $INT,
    sealed_by $TEXT,
    batch $TEXT,
    reason $TEXT,
    reason_text $BLOB,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, number)
) $STRICT;

CREATE TABLE contents (
    hall $INT NOT NULL,
    envelope $TEXT NOT NULL,
    consignment $TEXT NOT NULL,
    PRIMARY KEY (hall, envelope, consignment)
) $STRICT;

CREATE TABLE batches (
    hall $INT NOT NULL,
    number $TEXT NOT NULL,
    state $TEXT NOT NULL,
    "window" $INT NOT NULL,
    courier $TEXT NOT NULL,
    opened_at $INT NOT NULL,
    opened_by $TEXT NOT NULL,
    closed_at $INT,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, number)
) $STRICT;

CREATE TABLE batch_lines (
    hall $INT NOT NULL,
    batch $TEXT NOT NULL,
    envelope $TEXT NOT NULL,
    expected $INT NOT NULL,
    scanned_at $INT,
    reason $TEXT,
    PRIMARY KEY (hall, batch, envelope)
) $STRICT;

CREATE TABLE waybills (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    number $TEXT NOT NULL,
    leg $TEXT NOT NULL,
    object $TEXT NOT NULL,
    state $TEXT NOT NULL,
    how $TEXT NOT NULL,
    bound_at $INT NOT NULL,
    bound_by $TEXT NOT NULL,
    second $TEXT,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE tasks (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    kind $TEXT NOT NULL,
    object $TEXT NOT NULL,
    state $TEXT NOT NULL,
    opened_at $INT NOT NULL,
    opened_by $TEXT NOT NULL,
    ended_at $INT,
    outcome $TEXT,
    note $BLOB,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE papers (
    hall $INT NOT NULL,
    number $TEXT NOT NULL,
    kind $TEXT NOT NULL,
    object $TEXT NOT NULL,
    case_number $TEXT,
    state $TEXT NOT NULL,
    copy $INT NOT NULL,
    promised_at $INT NOT NULL,
    promised_by $TEXT NOT NULL,
    "window" $INT NOT NULL,
    sheet $TEXT,
    replaces $TEXT,
    replaced_by $TEXT,
    reason $TEXT,
    template $TEXT,
    digest $TEXT,
    made_at $INT,
    PRIMARY KEY (hall, number)
) $STRICT;

CREATE TABLE paper_bodies (
    hall $INT NOT NULL,
    number $TEXT NOT NULL,
    facts $BLOB,
    pdf $BLOB,
    PRIMARY KEY (hall, number)
) $STRICT;

CREATE TABLE waiting (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    act $TEXT NOT NULL,
    object $TEXT NOT NULL,
    "by" $TEXT NOT NULL,
    "at" $INT NOT NULL,
    "window" $INT NOT NULL,
    state $TEXT NOT NULL,
    arguments $BLOB,
    ended_at $INT,
    ended_by $TEXT,
    PRIMARY KEY (hall, id)
) $STRICT;


-- Guards that span rows.
CREATE UNIQUE INDEX one_live_waybill ON waybills (hall, number) WHERE state = 'live';
CREATE UNIQUE INDEX one_badge ON users (hall, badge) WHERE badge IS NOT NULL;

-- Every index ends in the key its rows are sorted by. Without that SQLite, which has no statistics here, rather goes
-- through the key itself, where all that it can look up is the hall: through everything there is.
CREATE INDEX cases_by_state ON cases (hall, state, number);
CREATE INDEX cases_by_time ON cases (hall, registered_at, number);
CREATE INDEX cases_by_id ON cases (hall, id_digest);
CREATE INDEX cases_by_phone ON cases (hall, phone_digest);
CREATE INDEX cases_by_name ON cases (hall, name_digest);
CREATE INDEX consignments_of_case ON consignments (hall, case_number, id);
CREATE INDEX pieces_of_case ON pieces (hall, case_number, id);
CREATE INDEX pieces_of_consignment ON pieces (hall, consignment, id) WHERE consignment IS NOT NULL;
CREATE INDEX pieces_by_holder ON pieces (hall, holder, holder_ref, id);
CREATE INDEX identities_of_case ON identities (hall, case_number, id);
CREATE INDEX notices_of_case ON notices (hall, case_number, id);
CREATE INDEX reveals_of_case ON reveals (hall, case_number, id);
CREATE INDEX envelopes_by_state ON envelopes (hall, state, "window", number);
CREATE INDEX batches_by_state ON batches (hall, state, "window", number);
CREATE INDEX batch_lines_of_envelope ON batch_lines (hall, envelope, batch);
CREATE INDEX papers_of_object ON papers (hall, object, number);
CREATE INDEX papers_of_case ON papers (hall, case_number, number) WHERE case_number IS NOT NULL;
CREATE INDEX papers_on_sheet ON papers (hall, sheet, number) WHERE sheet IS NOT NULL;
CREATE INDEX papers_promised ON papers (hall, number) WHERE made_at IS NULL AND state = 'promised';
CREATE INDEX live_slips ON papers (hall, number) WHERE kind = 'reply_slip' AND state <> 'void';
CREATE INDEX waybills_by_number ON waybills (hall, number, id);
CREATE INDEX waybills_of_object ON waybills (hall, object, id);
CREATE INDEX tasks_of_object ON tasks (hall, object, id);
CREATE INDEX tasks_by_state ON tasks (hall, state, id);
CREATE INDEX waiting_of_object ON waiting (hall, object, id);
CREATE INDEX waiting_by_state ON waiting (hall, state, id);
