-- The mail: carriers, numbers in stock, orders on their way, events told, steps of tasks, postage.
CREATE TABLE carriers (
    hall $INT NOT NULL,
    name $TEXT NOT NULL,
    state $TEXT NOT NULL,
    environment $TEXT NOT NULL,
    url $TEXT,
    numbers $TEXT NOT NULL,
    with_return $INT NOT NULL,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, name)
) $STRICT;

CREATE TABLE pool_numbers (
    hall $INT NOT NULL,
    number $TEXT NOT NULL,
    state $TEXT NOT NULL,
    source $TEXT NOT NULL,
    imported_at $INT NOT NULL,
    imported_by $TEXT NOT NULL,
    object $TEXT,
    PRIMARY KEY (hall, number)
) $STRICT;

CREATE TABLE mail_orders (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    envelope $TEXT NOT NULL,
    carrier $TEXT NOT NULL,
    state $TEXT NOT NULL,
    "window" $INT NOT NULL,
    asked_at $INT NOT NULL,
    asked_by $TEXT NOT NULL,
    body $BLOB,
    attempts $INT NOT NULL,
    next_try_at $INT,
    reason $TEXT,
    reason_text $BLOB,
    waybill $TEXT,
    return_waybill $TEXT,
    ended_at $INT,
    version $INT NOT NULL,
    changed_at $INT NOT NULL,
    changed_by $TEXT NOT NULL,
    changed_act $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

CREATE TABLE mail_events (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    waybill $TEXT NOT NULL,
    code $TEXT NOT NULL,
    sub $TEXT NOT NULL,
    "at" $INT NOT NULL,
    organisation $TEXT NOT NULL,
    name $TEXT NOT NULL,
    source $TEXT NOT NULL,
    received_at $INT NOT NULL,
    "text" $BLOB,
    PRIMARY KEY (hall, id)
) $STRICT;

-- When a parcel was asked about last, and when it is its turn again: no act, so not journalled.
CREATE TABLE polls (
    hall $INT NOT NULL,
    waybill $TEXT NOT NULL,
    asked_at $INT,
    next_at $INT,
    answer $TEXT NOT NULL,
    failures $INT NOT NULL,
    PRIMARY KEY (hall, waybill)
) $STRICT;

CREATE TABLE task_steps (
    hall $INT NOT NULL,
    task $TEXT NOT NULL,
    step $TEXT NOT NULL,
    done_at $INT NOT NULL,
    done_by $TEXT NOT NULL,
    note $BLOB,
    PRIMARY KEY (hall, task, step)
) $STRICT;

CREATE TABLE postages (
    hall $INT NOT NULL,
    id $TEXT NOT NULL,
    waybill $TEXT NOT NULL,
    leg $TEXT NOT NULL,
    payer $TEXT NOT NULL,
    fen $INT NOT NULL,
    source $TEXT NOT NULL,
    noted_at $INT NOT NULL,
    noted_by $TEXT NOT NULL,
    PRIMARY KEY (hall, id)
) $STRICT;

ALTER TABLE waybills ADD COLUMN mail_state $TEXT NOT NULL DEFAULT 'mail_none';
ALTER TABLE waybills ADD COLUMN mail_at $INT;
ALTER TABLE waybills ADD COLUMN mail_code $TEXT;
ALTER TABLE waybills ADD COLUMN mail_grade $TEXT;
ALTER TABLE consignments ADD COLUMN pickup_code $TEXT;
ALTER TABLE consignments ADD COLUMN result_digest $TEXT;

-- One carrier at a time; one order of an envelope that is not ended; one live waybill for each way.
CREATE UNIQUE INDEX one_carrier ON carriers (hall) WHERE state = 'in_service';
CREATE UNIQUE INDEX one_open_order ON mail_orders (hall, envelope) WHERE state NOT IN ('order_dropped', 'order_canceled');
CREATE UNIQUE INDEX one_waybill_a_way ON waybills (hall, leg, object) WHERE state = 'live';
CREATE UNIQUE INDEX one_pickup_code ON consignments (hall, pickup_code) WHERE pickup_code IS NOT NULL;
CREATE INDEX mail_orders_by_state ON mail_orders (hall, state, next_try_at, id);
CREATE INDEX mail_orders_of_envelope ON mail_orders (hall, envelope, id);
CREATE INDEX mail_events_of_waybill ON mail_events (hall, waybill, id);
CREATE INDEX pool_numbers_by_state ON pool_numbers (hall, state, number);
CREATE INDEX waybills_by_state ON waybills (hall, state, mail_state, id);
CREATE INDEX polls_by_turn ON polls (hall, next_at, waybill);
CREATE INDEX postages_by_waybill ON postages (hall, waybill, id);
CREATE INDEX tasks_by_kind ON tasks (hall, kind, state, id);
-- How long an office usually takes.
CREATE INDEX consignments_acknowledged ON consignments (hall, office_code, acknowledged_at, id)
    WHERE acknowledged_at IS NOT NULL;
