-- The whole store, as it began. Frozen text: later shapes are later migrations.
--
-- One table for each kind of fact, its columns named as in the interchange files (a test holds them
-- against supervise/fields.py). Days are ISO text, times hh:mm, yes and no are 1 and 0, nothing is NULL
-- and never empty text. References are checked when the change is committed, so that one change may put
-- and remove rows in any order; nothing is ever deleted along.

CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    staff_no TEXT CHECK (staff_no <> ''),
    email TEXT CHECK (email <> ''),
    registration_no TEXT CHECK (registration_no <> ''),
    employed_from TEXT
        CHECK (employed_from BETWEEN '1900-01-01' AND '2199-12-31' AND employed_from IS date(employed_from)),
    registered_on TEXT
        CHECK (registered_on BETWEEN '1900-01-01' AND '2199-12-31' AND registered_on IS date(registered_on)),
    left_on TEXT CHECK (left_on BETWEEN '1900-01-01' AND '2199-12-31' AND left_on IS date(left_on)),
    records_from TEXT
        CHECK (records_from BETWEEN '1900-01-01' AND '2199-12-31' AND records_from IS date(records_from)),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on)),
    CHECK (employed_from <= left_on)
) STRICT;

CREATE TABLE post (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    team TEXT NOT NULL CHECK (team <> ''),
    role TEXT NOT NULL CHECK (role <> ''),
    basis TEXT CHECK (basis IN ('permanent', 'agency', 'fixed_term', 'student')),
    supervisor_id TEXT REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    fte REAL,
    days TEXT CHECK (days <> ''),
    "from" TEXT NOT NULL CHECK ("from" BETWEEN '1900-01-01' AND '2199-12-31' AND "from" IS date("from")),
    "to" TEXT CHECK ("to" BETWEEN '1900-01-01' AND '2199-12-31' AND "to" IS date("to")),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on)),
    CHECK ("from" <= "to")
) STRICT;

CREATE TABLE absence (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL
        CHECK (kind IN ('annual_leave', 'sickness', 'maternity', 'secondment', 'suspension', 'study', 'other')),
    "from" TEXT NOT NULL CHECK ("from" BETWEEN '1900-01-01' AND '2199-12-31' AND "from" IS date("from")),
    "to" TEXT CHECK ("to" BETWEEN '1900-01-01' AND '2199-12-31' AND "to" IS date("to")),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on)),
    CHECK ("from" <= "to")
) STRICT;

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    supervisor_id TEXT REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind IN ('one_to_one', 'group', 'ad_hoc', 'case')),
    status TEXT NOT NULL CHECK (status IN ('planned', 'held', 'cancelled', 'missed')),
    planned_on TEXT
        CHECK (planned_on BETWEEN '1900-01-01' AND '2199-12-31' AND planned_on IS date(planned_on)),
    planned_start TEXT CHECK (planned_start GLOB '[0-2][0-9]:[0-5][0-9]' AND planned_start < '24:00'),
    held_on TEXT CHECK (held_on BETWEEN '1900-01-01' AND '2199-12-31' AND held_on IS date(held_on)),
    started_at TEXT CHECK (started_at GLOB '[0-2][0-9]:[0-5][0-9]' AND started_at < '24:00'),
    minutes INTEGER CHECK (minutes >= 0),
    interrupted INTEGER CHECK (interrupted IN (0, 1)),
    place TEXT CHECK (place <> ''),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on)),
    shared_on TEXT CHECK (shared_on BETWEEN '1900-01-01' AND '2199-12-31' AND shared_on IS date(shared_on)),
    worker_signed_on TEXT
        CHECK (worker_signed_on BETWEEN '1900-01-01' AND '2199-12-31' AND worker_signed_on IS date(worker_signed_on)),
    supervisor_signed_on TEXT
        CHECK (supervisor_signed_on BETWEEN '1900-01-01' AND '2199-12-31' AND supervisor_signed_on IS date(supervisor_signed_on)),
    signed_how TEXT CHECK (signed_how IN ('paper', 'on_screen', 'email')),
    worker_view TEXT CHECK (worker_view IN ('agrees', 'disagrees')),
    record_kept TEXT CHECK (record_kept <> ''),
    reason TEXT CHECK (reason <> ''),
    cancelled_by TEXT CHECK (cancelled_by IN ('worker', 'supervisor', 'other')),
    notes TEXT CHECK (notes <> '')
) STRICT;

CREATE TABLE session_section (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    session_id TEXT NOT NULL REFERENCES session DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL CHECK (position >= 0),
    part TEXT NOT NULL CHECK (part IN ('personal', 'case')),
    heading TEXT NOT NULL CHECK (heading <> ''),
    "text" TEXT CHECK ("text" <> ''),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on))
) STRICT;

CREATE TABLE late_entry (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    session_id TEXT NOT NULL REFERENCES session DEFERRABLE INITIALLY DEFERRED,
    entered_on TEXT NOT NULL
        CHECK (entered_on BETWEEN '1900-01-01' AND '2199-12-31' AND entered_on IS date(entered_on)),
    "by" TEXT CHECK ("by" <> ''),
    "text" TEXT NOT NULL CHECK ("text" <> ''),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on))
) STRICT;

CREATE TABLE statement (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    session_id TEXT NOT NULL REFERENCES session DEFERRABLE INITIALLY DEFERRED,
    "by" TEXT CHECK ("by" <> ''),
    "on" TEXT CHECK ("on" BETWEEN '1900-01-01' AND '2199-12-31' AND "on" IS date("on")),
    "text" TEXT NOT NULL CHECK ("text" <> ''),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on))
) STRICT;

CREATE TABLE action (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    session_id TEXT NOT NULL REFERENCES session DEFERRABLE INITIALLY DEFERRED,
    person_id TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    "text" TEXT NOT NULL CHECK ("text" <> ''),
    owner TEXT CHECK (owner <> ''),
    due_on TEXT CHECK (due_on BETWEEN '1900-01-01' AND '2199-12-31' AND due_on IS date(due_on)),
    done_on TEXT CHECK (done_on BETWEEN '1900-01-01' AND '2199-12-31' AND done_on IS date(done_on)),
    carried_from TEXT REFERENCES action DEFERRABLE INITIALLY DEFERRED,
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on))
) STRICT;

CREATE TABLE explanation (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    clock TEXT NOT NULL CHECK (clock <> ''),
    "from" TEXT NOT NULL CHECK ("from" BETWEEN '1900-01-01' AND '2199-12-31' AND "from" IS date("from")),
    "to" TEXT NOT NULL CHECK ("to" BETWEEN '1900-01-01' AND '2199-12-31' AND "to" IS date("to")),
    reason TEXT NOT NULL CHECK (reason <> ''),
    "text" TEXT CHECK ("text" <> ''),
    "by" TEXT CHECK ("by" <> ''),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on)),
    CHECK ("from" <= "to")
) STRICT;

CREATE TABLE variation (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    clock TEXT NOT NULL CHECK (clock <> ''),
    every TEXT NOT NULL CHECK (every <> ''),
    "from" TEXT NOT NULL CHECK ("from" BETWEEN '1900-01-01' AND '2199-12-31' AND "from" IS date("from")),
    "to" TEXT CHECK ("to" BETWEEN '1900-01-01' AND '2199-12-31' AND "to" IS date("to")),
    reason TEXT CHECK (reason <> ''),
    approved_by TEXT CHECK (approved_by <> ''),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on)),
    CHECK ("from" <= "to")
) STRICT;

CREATE TABLE agreement (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    supervisor_id TEXT REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    signed_on TEXT NOT NULL
        CHECK (signed_on BETWEEN '1900-01-01' AND '2199-12-31' AND signed_on IS date(signed_on)),
    review_on TEXT CHECK (review_on BETWEEN '1900-01-01' AND '2199-12-31' AND review_on IS date(review_on)),
    "text" TEXT CHECK ("text" <> ''),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on)),
    CHECK (signed_on <= review_on)
) STRICT;

CREATE TABLE case_allocation (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    case_ref TEXT NOT NULL CHECK (case_ref <> ''),
    plan TEXT CHECK (plan <> ''),
    "from" TEXT NOT NULL CHECK ("from" BETWEEN '1900-01-01' AND '2199-12-31' AND "from" IS date("from")),
    "to" TEXT CHECK ("to" BETWEEN '1900-01-01' AND '2199-12-31' AND "to" IS date("to")),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on)),
    CHECK ("from" <= "to")
) STRICT;

CREATE TABLE case_discussion (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    session_id TEXT NOT NULL REFERENCES session DEFERRABLE INITIALLY DEFERRED,
    case_ref TEXT NOT NULL CHECK (case_ref <> ''),
    recorded_on_file TEXT
        CHECK (recorded_on_file BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on_file IS date(recorded_on_file)),
    analysis TEXT CHECK (analysis <> ''),
    decision TEXT CHECK (decision <> ''),
    rationale TEXT CHECK (rationale <> ''),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on))
) STRICT;

CREATE TABLE template (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    template TEXT NOT NULL CHECK (template <> ''),
    team TEXT CHECK (team <> ''),
    position INTEGER NOT NULL CHECK (position >= 0),
    heading TEXT NOT NULL CHECK (heading <> ''),
    prompt TEXT CHECK (prompt <> ''),
    part TEXT CHECK (part IN ('personal', 'case')),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on))
) STRICT;

CREATE TABLE policy (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    effective_from TEXT
        CHECK (effective_from BETWEEN '1900-01-01' AND '2199-12-31' AND effective_from IS date(effective_from)),
    toml TEXT NOT NULL CHECK (toml <> ''),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on))
) STRICT;

-- An export that was taken into a service store (supervise/exchange/sources.py says what is in the JSON).

CREATE TABLE source (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    as_at TEXT NOT NULL CHECK (as_at BETWEEN '1900-01-01' AND '2199-12-31' AND as_at IS date(as_at)),
    as_at_by TEXT NOT NULL CHECK (as_at_by IN ('entry', 'session', 'given')),
    taken_on TEXT NOT NULL
        CHECK (taken_on BETWEEN '1900-01-01' AND '2199-12-31' AND taken_on IS date(taken_on)),
    taken_by INTEGER NOT NULL CHECK (taken_by > 0),
    teams TEXT NOT NULL CHECK (json_valid(teams)),
    same TEXT NOT NULL CHECK (json_valid(same)),
    beside TEXT NOT NULL CHECK (json_valid(beside)),
    overlaps TEXT NOT NULL CHECK (json_valid(overlaps)),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on))
) STRICT;

CREATE TABLE holding (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    source_id TEXT NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind <> ''),
    ids TEXT NOT NULL CHECK (json_valid(ids))
) STRICT;

-- Retention: whose records may not be deleted, and what is left of those that were: no name, only in which
-- teams somebody was in post, from when to when, so that a period can say that people of it are gone.

CREATE TABLE hold (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id TEXT NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    reason TEXT NOT NULL CHECK (reason <> ''),
    "by" TEXT NOT NULL CHECK ("by" <> ''),
    since TEXT NOT NULL CHECK (since BETWEEN '1900-01-01' AND '2199-12-31' AND since IS date(since)),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on))
) STRICT;

CREATE TABLE removal (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    removed_on TEXT NOT NULL
        CHECK (removed_on BETWEEN '1900-01-01' AND '2199-12-31' AND removed_on IS date(removed_on)),
    "rows" INTEGER NOT NULL CHECK ("rows" >= 0),
    posts TEXT NOT NULL CHECK (json_valid(posts)),
    recorded_on TEXT
        CHECK (recorded_on BETWEEN '1900-01-01' AND '2199-12-31' AND recorded_on IS date(recorded_on))
) STRICT;

-- One way from each reference back to the rows that make it.

CREATE INDEX post_person_id ON post (person_id);
CREATE INDEX post_supervisor_id ON post (supervisor_id);
CREATE INDEX absence_person_id ON absence (person_id);
CREATE INDEX session_person_id ON session (person_id);
CREATE INDEX session_supervisor_id ON session (supervisor_id);
CREATE INDEX session_section_session_id ON session_section (session_id);
CREATE INDEX late_entry_session_id ON late_entry (session_id);
CREATE INDEX statement_session_id ON statement (session_id);
CREATE INDEX action_session_id ON action (session_id);
CREATE INDEX action_person_id ON action (person_id);
CREATE INDEX action_carried_from ON action (carried_from);
CREATE INDEX explanation_person_id ON explanation (person_id);
CREATE INDEX variation_person_id ON variation (person_id);
CREATE INDEX agreement_person_id ON agreement (person_id);
CREATE INDEX agreement_supervisor_id ON agreement (supervisor_id);
CREATE INDEX case_allocation_person_id ON case_allocation (person_id);
CREATE INDEX case_discussion_session_id ON case_discussion (session_id);
CREATE INDEX holding_source_id ON holding (source_id);
CREATE INDEX hold_person_id ON hold (person_id);

-- What the engine reads for everyone at once, without touching the table; and the diary ahead.
CREATE INDEX session_held ON session (status, person_id, kind, held_on);
CREATE INDEX session_planned ON session (planned_on, status, person_id, kind, held_on);
CREATE INDEX post_team ON post (team);
-- At most one policy from any day, and at most one that holds from the beginning.
CREATE UNIQUE INDEX policy_effective ON policy (ifnull(effective_from, ''));

-- The log. A change is one transaction and one line of history. What it did stands in its payloads, each
-- a text of its own with a nonce, so that words and names can be deleted by law and the chain still
-- verifies: payload 0 says what it was and who did it, each further one is a row before and after.
-- `digests` are SHA-256(nonce || body) of every payload in order, `link` the chain (chain.py).

CREATE TABLE change (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day IS date(day)),
    kind TEXT NOT NULL CHECK (kind <> ''),
    undoes TEXT CHECK (json_valid(undoes)),
    link BLOB NOT NULL CHECK (length(link) = 32),
    digests BLOB NOT NULL CHECK (length(digests) % 32 = 0)
) STRICT;

CREATE TABLE payload (
    change INTEGER NOT NULL REFERENCES change DEFERRABLE INITIALLY DEFERRED,
    n INTEGER NOT NULL CHECK (n >= 0),
    nonce BLOB NOT NULL CHECK (length(nonce) = 32),
    body TEXT NOT NULL,
    row_kind TEXT GENERATED ALWAYS AS (body ->> '$.kind') VIRTUAL,
    row_id TEXT GENERATED ALWAYS AS (body ->> '$.id') VIRTUAL,
    PRIMARY KEY (change, n)
) STRICT;

-- The story of one row; and the rows that were altered or removed, which are few beside those put in.
CREATE INDEX payload_row ON payload (row_kind, row_id, change, n);
CREATE INDEX payload_altered ON payload (row_kind, change, n) WHERE body ->> '$.before' IS NOT NULL;

CREATE TRIGGER change_kept_update BEFORE UPDATE ON change
BEGIN
    SELECT RAISE(ABORT, 'The history is never changed.');
END;

CREATE TRIGGER change_kept_delete BEFORE DELETE ON change
BEGIN
    SELECT RAISE(ABORT, 'The history is never changed.');
END;

CREATE TRIGGER payload_kept_update BEFORE UPDATE ON payload
BEGIN
    SELECT RAISE(ABORT, 'The history is never changed.');
END;

-- A change is closed once its own line stands, which is written last; this stops REPLACE as well.
CREATE TRIGGER payload_kept_insert BEFORE INSERT ON payload
WHEN EXISTS (SELECT 1 FROM change WHERE number = NEW.change)
BEGIN
    SELECT RAISE(ABORT, 'The history is never changed.');
END;

-- Beside the log: unfinished writing, who looked at or printed what, and small things remembered.

CREATE TABLE draft (
    id TEXT NOT NULL PRIMARY KEY,
    updated_at TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE access (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    what TEXT NOT NULL,
    kind TEXT,
    row_id TEXT
) STRICT;

CREATE TRIGGER access_kept_update BEFORE UPDATE ON access
BEGIN
    SELECT RAISE(ABORT, 'The list of who looked at what is never changed.');
END;

CREATE TRIGGER access_kept_delete BEFORE DELETE ON access
WHEN OLD.row_id IS NULL OR OLD.row_id NOT IN (SELECT session_id FROM purge_door)
BEGIN
    SELECT RAISE(ABORT, 'The list of who looked at what is never changed.');
END;

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TRIGGER policy_one_a_day BEFORE INSERT ON policy
WHEN EXISTS (SELECT 1 FROM policy WHERE effective_from IS NEW.effective_from AND id <> NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'There is already a policy that takes effect on that day.');
END;

CREATE TRIGGER policy_one_a_day_still BEFORE UPDATE ON policy
WHEN EXISTS (SELECT 1 FROM policy WHERE effective_from IS NEW.effective_from AND id <> NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'There is already a policy that takes effect on that day.');
END;

-- The lock. A record that both have signed is as it is: late entries and statements may be added, the day
-- it was shared may be noted once, and an action may be ticked off. The one door is for a whole record
-- that goes (undo of the import that brought it, deletion by law), opened and shut inside one transaction.

CREATE TABLE purge_door (
    session_id TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE VIEW locked (session_id) AS
    SELECT id FROM session
    WHERE worker_signed_on IS NOT NULL AND supervisor_signed_on IS NOT NULL
        AND id NOT IN (SELECT session_id FROM purge_door);

CREATE TRIGGER session_locked_update BEFORE UPDATE ON session
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id = OLD.id) AND (
    (OLD.shared_on IS NOT NULL AND NEW.shared_on IS NOT OLD.shared_on) OR (
        OLD.id, OLD.person_id, OLD.supervisor_id, OLD.kind, OLD.status, OLD.planned_on,
        OLD.planned_start, OLD.held_on, OLD.started_at, OLD.minutes, OLD.interrupted, OLD.place,
        OLD.recorded_on, OLD.worker_signed_on, OLD.supervisor_signed_on, OLD.signed_how,
        OLD.worker_view, OLD.record_kept, OLD.reason, OLD.cancelled_by, OLD.notes
    ) IS NOT (
        NEW.id, NEW.person_id, NEW.supervisor_id, NEW.kind, NEW.status, NEW.planned_on,
        NEW.planned_start, NEW.held_on, NEW.started_at, NEW.minutes, NEW.interrupted, NEW.place,
        NEW.recorded_on, NEW.worker_signed_on, NEW.supervisor_signed_on, NEW.signed_how,
        NEW.worker_view, NEW.record_kept, NEW.reason, NEW.cancelled_by, NEW.notes
    ))
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER session_locked_delete BEFORE DELETE ON session
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER session_section_locked_insert BEFORE INSERT ON session_section
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id = NEW.session_id)
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER session_section_locked_update BEFORE UPDATE ON session_section
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id IN (OLD.session_id, NEW.session_id))
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER session_section_locked_delete BEFORE DELETE ON session_section
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id = OLD.session_id)
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER action_locked_insert BEFORE INSERT ON action
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id = NEW.session_id)
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER action_locked_update BEFORE UPDATE ON action
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id IN (OLD.session_id, NEW.session_id)) AND (
        OLD.id, OLD.session_id, OLD.person_id, OLD."text", OLD.owner, OLD.due_on, OLD.carried_from,
        OLD.recorded_on
    ) IS NOT (
        NEW.id, NEW.session_id, NEW.person_id, NEW."text", NEW.owner, NEW.due_on, NEW.carried_from,
        NEW.recorded_on
    )
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER action_locked_delete BEFORE DELETE ON action
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id = OLD.session_id)
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER case_discussion_locked_insert BEFORE INSERT ON case_discussion
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id = NEW.session_id)
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER case_discussion_locked_update BEFORE UPDATE ON case_discussion
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id IN (OLD.session_id, NEW.session_id))
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER case_discussion_locked_delete BEFORE DELETE ON case_discussion
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id = OLD.session_id)
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER late_entry_kept_update BEFORE UPDATE ON late_entry
BEGIN
    SELECT RAISE(ABORT, 'A late entry is never changed. Add another instead.');
END;

CREATE TRIGGER late_entry_kept_delete BEFORE DELETE ON late_entry
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id = OLD.session_id)
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

CREATE TRIGGER statement_kept_update BEFORE UPDATE ON statement
BEGIN
    SELECT RAISE(ABORT, 'A statement is never changed. Add another instead.');
END;

CREATE TRIGGER statement_kept_delete BEFORE DELETE ON statement
WHEN EXISTS (SELECT 1 FROM locked WHERE session_id = OLD.session_id)
BEGIN
    SELECT RAISE(ABORT, 'This record is signed and locked. Add a late entry instead.');
END;

-- Search: what people write in sentences, kept in step by triggers. secure-delete takes words out of the
-- index at once instead of marking them.

CREATE TABLE search_row (
    n INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    row_id TEXT NOT NULL,
    UNIQUE (kind, row_id)
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER session_search_insert AFTER INSERT ON session WHEN coalesce(NEW.reason, NEW.notes) IS NOT NULL BEGIN
    INSERT INTO search_row (kind, row_id) VALUES ('session', NEW.id);
    INSERT INTO search (rowid, words)
        SELECT n, concat_ws(char(10), NEW.reason, NEW.notes) FROM search_row WHERE kind = 'session' AND row_id = NEW.id;
END;

CREATE TRIGGER session_search_delete AFTER DELETE ON session BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'session' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'session' AND row_id = OLD.id;
END;

CREATE TRIGGER session_search_update AFTER UPDATE OF id, reason, notes ON session BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'session' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'session' AND row_id = OLD.id;
    INSERT INTO search_row (kind, row_id) SELECT 'session', NEW.id WHERE coalesce(NEW.reason, NEW.notes) IS NOT NULL;
    INSERT INTO search (rowid, words)
        SELECT n, concat_ws(char(10), NEW.reason, NEW.notes) FROM search_row WHERE kind = 'session' AND row_id = NEW.id;
END;

CREATE TRIGGER session_section_search_insert AFTER INSERT ON session_section WHEN NEW."text" IS NOT NULL BEGIN
    INSERT INTO search_row (kind, row_id) VALUES ('session_section', NEW.id);
    INSERT INTO search (rowid, words)
        SELECT n, NEW."text" FROM search_row WHERE kind = 'session_section' AND row_id = NEW.id;
END;

CREATE TRIGGER session_section_search_delete AFTER DELETE ON session_section BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'session_section' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'session_section' AND row_id = OLD.id;
END;

CREATE TRIGGER session_section_search_update AFTER UPDATE OF id, "text" ON session_section BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'session_section' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'session_section' AND row_id = OLD.id;
    INSERT INTO search_row (kind, row_id) SELECT 'session_section', NEW.id WHERE NEW."text" IS NOT NULL;
    INSERT INTO search (rowid, words)
        SELECT n, NEW."text" FROM search_row WHERE kind = 'session_section' AND row_id = NEW.id;
END;

CREATE TRIGGER late_entry_search_insert AFTER INSERT ON late_entry WHEN NEW."text" IS NOT NULL BEGIN
    INSERT INTO search_row (kind, row_id) VALUES ('late_entry', NEW.id);
    INSERT INTO search (rowid, words)
        SELECT n, NEW."text" FROM search_row WHERE kind = 'late_entry' AND row_id = NEW.id;
END;

CREATE TRIGGER late_entry_search_delete AFTER DELETE ON late_entry BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'late_entry' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'late_entry' AND row_id = OLD.id;
END;

CREATE TRIGGER late_entry_search_update AFTER UPDATE OF id, "text" ON late_entry BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'late_entry' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'late_entry' AND row_id = OLD.id;
    INSERT INTO search_row (kind, row_id) SELECT 'late_entry', NEW.id WHERE NEW."text" IS NOT NULL;
    INSERT INTO search (rowid, words)
        SELECT n, NEW."text" FROM search_row WHERE kind = 'late_entry' AND row_id = NEW.id;
END;

CREATE TRIGGER statement_search_insert AFTER INSERT ON statement WHEN NEW."text" IS NOT NULL BEGIN
    INSERT INTO search_row (kind, row_id) VALUES ('statement', NEW.id);
    INSERT INTO search (rowid, words)
        SELECT n, NEW."text" FROM search_row WHERE kind = 'statement' AND row_id = NEW.id;
END;

CREATE TRIGGER statement_search_delete AFTER DELETE ON statement BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'statement' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'statement' AND row_id = OLD.id;
END;

CREATE TRIGGER statement_search_update AFTER UPDATE OF id, "text" ON statement BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'statement' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'statement' AND row_id = OLD.id;
    INSERT INTO search_row (kind, row_id) SELECT 'statement', NEW.id WHERE NEW."text" IS NOT NULL;
    INSERT INTO search (rowid, words)
        SELECT n, NEW."text" FROM search_row WHERE kind = 'statement' AND row_id = NEW.id;
END;

CREATE TRIGGER action_search_insert AFTER INSERT ON action WHEN NEW."text" IS NOT NULL BEGIN
    INSERT INTO search_row (kind, row_id) VALUES ('action', NEW.id);
    INSERT INTO search (rowid, words)
        SELECT n, NEW."text" FROM search_row WHERE kind = 'action' AND row_id = NEW.id;
END;

CREATE TRIGGER action_search_delete AFTER DELETE ON action BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'action' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'action' AND row_id = OLD.id;
END;

CREATE TRIGGER action_search_update AFTER UPDATE OF id, "text" ON action BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'action' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'action' AND row_id = OLD.id;
    INSERT INTO search_row (kind, row_id) SELECT 'action', NEW.id WHERE NEW."text" IS NOT NULL;
    INSERT INTO search (rowid, words)
        SELECT n, NEW."text" FROM search_row WHERE kind = 'action' AND row_id = NEW.id;
END;

CREATE TRIGGER explanation_search_insert AFTER INSERT ON explanation WHEN coalesce(NEW.reason, NEW."text") IS NOT NULL BEGIN
    INSERT INTO search_row (kind, row_id) VALUES ('explanation', NEW.id);
    INSERT INTO search (rowid, words)
        SELECT n, concat_ws(char(10), NEW.reason, NEW."text") FROM search_row WHERE kind = 'explanation' AND row_id = NEW.id;
END;

CREATE TRIGGER explanation_search_delete AFTER DELETE ON explanation BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'explanation' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'explanation' AND row_id = OLD.id;
END;

CREATE TRIGGER explanation_search_update AFTER UPDATE OF id, reason, "text" ON explanation BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'explanation' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'explanation' AND row_id = OLD.id;
    INSERT INTO search_row (kind, row_id) SELECT 'explanation', NEW.id WHERE coalesce(NEW.reason, NEW."text") IS NOT NULL;
    INSERT INTO search (rowid, words)
        SELECT n, concat_ws(char(10), NEW.reason, NEW."text") FROM search_row WHERE kind = 'explanation' AND row_id = NEW.id;
END;

CREATE TRIGGER variation_search_insert AFTER INSERT ON variation WHEN NEW.reason IS NOT NULL BEGIN
    INSERT INTO search_row (kind, row_id) VALUES ('variation', NEW.id);
    INSERT INTO search (rowid, words)
        SELECT n, NEW.reason FROM search_row WHERE kind = 'variation' AND row_id = NEW.id;
END;

CREATE TRIGGER variation_search_delete AFTER DELETE ON variation BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'variation' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'variation' AND row_id = OLD.id;
END;

CREATE TRIGGER variation_search_update AFTER UPDATE OF id, reason ON variation BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'variation' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'variation' AND row_id = OLD.id;
    INSERT INTO search_row (kind, row_id) SELECT 'variation', NEW.id WHERE NEW.reason IS NOT NULL;
    INSERT INTO search (rowid, words)
        SELECT n, NEW.reason FROM search_row WHERE kind = 'variation' AND row_id = NEW.id;
END;

CREATE TRIGGER agreement_search_insert AFTER INSERT ON agreement WHEN NEW."text" IS NOT NULL BEGIN
    INSERT INTO search_row (kind, row_id) VALUES ('agreement', NEW.id);
    INSERT INTO search (rowid, words)
        SELECT n, NEW."text" FROM search_row WHERE kind = 'agreement' AND row_id = NEW.id;
END;

CREATE TRIGGER agreement_search_delete AFTER DELETE ON agreement BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'agreement' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'agreement' AND row_id = OLD.id;
END;

CREATE TRIGGER agreement_search_update AFTER UPDATE OF id, "text" ON agreement BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'agreement' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'agreement' AND row_id = OLD.id;
    INSERT INTO search_row (kind, row_id) SELECT 'agreement', NEW.id WHERE NEW."text" IS NOT NULL;
    INSERT INTO search (rowid, words)
        SELECT n, NEW."text" FROM search_row WHERE kind = 'agreement' AND row_id = NEW.id;
END;

CREATE TRIGGER case_discussion_search_insert AFTER INSERT ON case_discussion WHEN coalesce(NEW.analysis, NEW.decision, NEW.rationale) IS NOT NULL BEGIN
    INSERT INTO search_row (kind, row_id) VALUES ('case_discussion', NEW.id);
    INSERT INTO search (rowid, words)
        SELECT n, concat_ws(char(10), NEW.analysis, NEW.decision, NEW.rationale) FROM search_row WHERE kind = 'case_discussion' AND row_id = NEW.id;
END;

CREATE TRIGGER case_discussion_search_delete AFTER DELETE ON case_discussion BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'case_discussion' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'case_discussion' AND row_id = OLD.id;
END;

CREATE TRIGGER case_discussion_search_update AFTER UPDATE OF id, analysis, decision, rationale ON case_discussion BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'case_discussion' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'case_discussion' AND row_id = OLD.id;
    INSERT INTO search_row (kind, row_id) SELECT 'case_discussion', NEW.id WHERE coalesce(NEW.analysis, NEW.decision, NEW.rationale) IS NOT NULL;
    INSERT INTO search (rowid, words)
        SELECT n, concat_ws(char(10), NEW.analysis, NEW.decision, NEW.rationale) FROM search_row WHERE kind = 'case_discussion' AND row_id = NEW.id;
END;

CREATE TRIGGER template_search_insert AFTER INSERT ON template WHEN NEW.prompt IS NOT NULL BEGIN
    INSERT INTO search_row (kind, row_id) VALUES ('template', NEW.id);
    INSERT INTO search (rowid, words)
        SELECT n, NEW.prompt FROM search_row WHERE kind = 'template' AND row_id = NEW.id;
END;

CREATE TRIGGER template_search_delete AFTER DELETE ON template BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'template' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'template' AND row_id = OLD.id;
END;

CREATE TRIGGER template_search_update AFTER UPDATE OF id, prompt ON template BEGIN
    DELETE FROM search WHERE rowid = (SELECT n FROM search_row WHERE kind = 'template' AND row_id = OLD.id);
    DELETE FROM search_row WHERE kind = 'template' AND row_id = OLD.id;
    INSERT INTO search_row (kind, row_id) SELECT 'template', NEW.id WHERE NEW.prompt IS NOT NULL;
    INSERT INTO search (rowid, words)
        SELECT n, NEW.prompt FROM search_row WHERE kind = 'template' AND row_id = NEW.id;
END;
