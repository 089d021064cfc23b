-- The rules of the counter: items, guides, offices, agreements, pledges, 错证缺证, calls, ratings, evidence.

ALTER TABLE cases ADD COLUMN path $TEXT;
ALTER TABLE cases ADD COLUMN checklist_mark $TEXT;
ALTER TABLE cases ADD COLUMN applicant_source $TEXT NOT NULL DEFAULT 'typed';
ALTER TABLE cases ADD COLUMN applicant_valid_to $TEXT;
ALTER TABLE cases ADD COLUMN agent_source $TEXT;
ALTER TABLE cases ADD COLUMN agent_valid_to $TEXT;
ALTER TABLE cases ADD COLUMN agent_identity $TEXT NOT NULL DEFAULT 'none';
ALTER TABLE cases ADD COLUMN first_reviewed_at $INT;
ALTER TABLE cases ADD COLUMN passed_at $INT;
ALTER TABLE cases ADD COLUMN right_authority $BLOB;
ALTER TABLE cases ADD COLUMN entry $BLOB;
ALTER TABLE cases ADD COLUMN assisted $INT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN rating_invited_at $INT;

ALTER TABLE checklist_rows ADD COLUMN "deferrable" $INT NOT NULL DEFAULT 0;
ALTER TABLE checklist_rows ADD COLUMN exempt $INT NOT NULL DEFAULT 0;
ALTER TABLE checklist_rows ADD COLUMN faults $TEXT NOT NULL DEFAULT '';
ALTER TABLE checklist_rows ADD COLUMN sample $TEXT NOT NULL DEFAULT '';
ALTER TABLE checklist_rows ADD COLUMN source $TEXT NOT NULL DEFAULT '';
ALTER TABLE checklist_rows ADD COLUMN way $TEXT;
ALTER TABLE checklist_rows ADD COLUMN licence $TEXT;

ALTER TABLE identities ADD COLUMN participants $BLOB;
ALTER TABLE identities ADD COLUMN held_at $INT;
ALTER TABLE identities ADD COLUMN licence $BLOB;

ALTER TABLE notices ADD COLUMN tell_by $TEXT;
ALTER TABLE notices ADD COLUMN tell_by_provisional $INT NOT NULL DEFAULT 0;

CREATE TABLE evidence (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    identity $TEXT NOT NULL,
    "at" $INT NOT NULL,
    "by" $TEXT NOT NULL,
    media_type $TEXT NOT NULL,
    size $INT NOT NULL,
    sm3 $TEXT NOT NULL,
    picture $BLOB NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE item_versions (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    code $TEXT NOT NULL,
    edition $INT NOT NULL,
    title $TEXT NOT NULL,
    scenario $TEXT NOT NULL,
    modes $TEXT NOT NULL,
    basis_place $TEXT NOT NULL,
    lead_ministry $TEXT NOT NULL,
    cooperating_ministries $TEXT NOT NULL,
    provincial_department $TEXT NOT NULL,
    source $TEXT NOT NULL,
    source_date $TEXT NOT NULL,
    added_at $INT NOT NULL,
    added_by $TEXT NOT NULL,
    second $TEXT,
    state $TEXT NOT NULL,
    initials $TEXT NOT NULL,
    pinyin $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE guides (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    item $TEXT NOT NULL,
    scope $TEXT NOT NULL,
    edition $INT NOT NULL,
    mark $TEXT NOT NULL,
    source $TEXT NOT NULL,
    source_date $TEXT NOT NULL,
    imported_at $INT NOT NULL,
    imported_by $TEXT NOT NULL,
    state $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE guide_rows (
    hall $INT NOT NULL,
    guide $TEXT NOT NULL,
    row_id $TEXT NOT NULL,
    position $INT NOT NULL,
    name $TEXT NOT NULL,
    standard $TEXT NOT NULL,
    form $TEXT NOT NULL,
    copies $INT NOT NULL,
    from_whom $TEXT NOT NULL,
    condition $TEXT,
    "deferrable" $INT NOT NULL,
    exempt $INT NOT NULL,
    faults $TEXT NOT NULL,
    sample $TEXT NOT NULL,
    source $TEXT NOT NULL,
    PRIMARY KEY (hall, guide, row_id)
) $STRICT;

CREATE TABLE offices (
    hall $INT NOT NULL,
    code $TEXT NOT NULL,
    division $TEXT NOT NULL,
    department $TEXT NOT NULL,
    name $TEXT NOT NULL,
    address $TEXT NOT NULL,
    postcode $TEXT NOT NULL,
    phone $TEXT NOT NULL,
    contact $BLOB,
    hours $TEXT NOT NULL,
    verified_on $TEXT,
    verified_by $TEXT,
    state $TEXT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, code)
) $STRICT;

CREATE TABLE agreements (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    office $TEXT NOT NULL,
    item $TEXT NOT NULL,
    powers $TEXT NOT NULL,
    payer_out $TEXT NOT NULL,
    payer_back $TEXT NOT NULL,
    limits $TEXT NOT NULL,
    calendar $TEXT NOT NULL,
    return_mode $TEXT NOT NULL,
    deferrable_rows $TEXT NOT NULL,
    pledgeable_rows $TEXT NOT NULL,
    valid_from $TEXT NOT NULL,
    valid_to $TEXT NOT NULL,
    document_number $BLOB,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE pledges (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    row_id $TEXT NOT NULL,
    kind $TEXT NOT NULL,
    agreement $TEXT NOT NULL,
    due $TEXT NOT NULL,
    credit_source $BLOB NOT NULL,
    credit_checked_at $INT NOT NULL,
    sheet $TEXT NOT NULL,
    state $TEXT NOT NULL,
    signed_at $INT,
    signed_by $TEXT,
    ended_at $INT,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE licence_defects (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    row_id $TEXT NOT NULL,
    kind $TEXT NOT NULL,
    told_at $INT NOT NULL,
    sent_to $TEXT NOT NULL,
    sent_at $INT NOT NULL,
    due $TEXT NOT NULL,
    due_provisional $INT NOT NULL,
    opened_by $TEXT NOT NULL,
    what $BLOB NOT NULL,
    state $TEXT NOT NULL,
    closed_at $INT,
    closed_by $TEXT,
    outcome $TEXT,
    note $BLOB,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE contacts (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    "at" $INT NOT NULL,
    "by" $TEXT NOT NULL,
    who $TEXT NOT NULL,
    channel $TEXT NOT NULL,
    outcome $TEXT NOT NULL,
    number $BLOB,
    next_on $TEXT,
    note $BLOB,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE ratings (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    "at" $INT NOT NULL,
    "by" $TEXT NOT NULL,
    kind $TEXT NOT NULL,
    grade $TEXT,
    source $TEXT,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE external_numbers (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    case_number $TEXT NOT NULL,
    system $TEXT NOT NULL,
    number $BLOB NOT NULL,
    "at" $INT NOT NULL,
    "by" $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

-- One checklist and one agreement hold at a time.
CREATE UNIQUE INDEX one_live_item ON item_versions (hall, code) WHERE state = 'live';
CREATE UNIQUE INDEX one_live_guide ON guides (hall, item, scope) WHERE state = 'live';

CREATE INDEX evidence_of_case ON evidence (hall, case_number, id);
CREATE INDEX item_versions_of_code ON item_versions (hall, code, id);
CREATE INDEX item_versions_by_state ON item_versions (hall, state, id);
CREATE INDEX guides_of_item ON guides (hall, item, id);
CREATE INDEX guides_by_state ON guides (hall, state, id);
CREATE INDEX offices_by_state ON offices (hall, state, code);
CREATE INDEX offices_of_division ON offices (hall, division, code);
CREATE INDEX agreements_of_office ON agreements (hall, office, id);
CREATE INDEX agreements_of_item ON agreements (hall, office, item, id);
CREATE INDEX pledges_of_case ON pledges (hall, case_number, id);
CREATE INDEX pledges_by_state ON pledges (hall, state, id);
CREATE INDEX licence_defects_of_case ON licence_defects (hall, case_number, id);
CREATE INDEX licence_defects_by_state ON licence_defects (hall, state, id);
CREATE INDEX contacts_of_case ON contacts (hall, case_number, id);
CREATE INDEX contacts_by_day ON contacts (hall, next_on, id) WHERE next_on IS NOT NULL;
CREATE INDEX ratings_of_case ON ratings (hall, case_number, id);
CREATE INDEX external_numbers_of_case ON external_numbers (hall, case_number, id);
CREATE INDEX ratings_by_time ON ratings (hall, "at", id);
CREATE INDEX bad_ratings ON ratings (hall, "at", id) WHERE grade IN ('dissatisfied', 'very_dissatisfied');
CREATE INDEX consignments_corrected ON consignments (hall, corrected_at, id) WHERE corrected_at IS NOT NULL;
CREATE INDEX cases_by_basis_place ON cases (hall, basis_place, registered_at, number);
CREATE INDEX consignments_open ON consignments (hall, office_code, id) WHERE state <> 'done';

-- The other cases of one person are read in the order of their numbers.
DROP INDEX cases_by_id;
CREATE INDEX cases_by_id ON cases (hall, id_digest, number);
