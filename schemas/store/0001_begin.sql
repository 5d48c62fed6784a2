-- The first form of the store. Never edited once released: a change is a new file.
-- The last column of every table, `checksum`, is the CRC-32C of the row (docs/formats/store.md): SQLite does not see
-- bit rot in content. Times are UTC microseconds since 1970-01-01, days are days since then. Blobs: docs/formats/store.md.

CREATE TABLE store_state (           -- schema_version; latest_time: the newest time recorded anywhere
  name      TEXT    NOT NULL PRIMARY KEY,
  value     INTEGER NOT NULL,
  checksum  INTEGER NOT NULL
) STRICT;

CREATE TABLE definitions_version (
  version_id  INTEGER PRIMARY KEY,   -- 1, 2, 3 …
  hash        TEXT    NOT NULL,
  applied_at  INTEGER NOT NULL,
  applied_by  TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  checksum    INTEGER NOT NULL
) STRICT;

CREATE TABLE definition_text (       -- a file that did not change between versions is kept once
  text_id   INTEGER PRIMARY KEY,
  sha256    TEXT    NOT NULL UNIQUE,
  text      BLOB    NOT NULL,
  checksum  INTEGER NOT NULL
) STRICT;

CREATE TABLE definition_file (
  version_id  INTEGER NOT NULL REFERENCES definitions_version,
  position    INTEGER NOT NULL,
  path        TEXT    NOT NULL,
  text_id     INTEGER NOT NULL REFERENCES definition_text,
  checksum    INTEGER NOT NULL,
  PRIMARY KEY (version_id, position)
) STRICT;

CREATE TABLE source (                -- one imported file
  source_id         INTEGER PRIMARY KEY,  -- 1, 2, 3 …
  table_name        TEXT    NOT NULL,
  file              TEXT    NOT NULL,
  sha256            TEXT    NOT NULL,
  mapping           TEXT    NOT NULL,
  imported_at       INTEGER NOT NULL,
  imported_by       TEXT    NOT NULL,
  rows_read         INTEGER NOT NULL,
  rows_new          INTEGER NOT NULL,
  rows_changed      INTEGER NOT NULL,
  rows_unchanged    INTEGER NOT NULL,
  rows_quarantined  INTEGER NOT NULL,
  wide              INTEGER NOT NULL,     -- 1: a column a KPI or competency
  effective         TEXT    NOT NULL,     -- the day that --effective said; empty: none
  checksum          INTEGER NOT NULL
) STRICT;

CREATE TABLE quarantined_row (
  quarantine_id  INTEGER PRIMARY KEY,
  source_id      INTEGER NOT NULL REFERENCES source,
  line           INTEGER NOT NULL,
  column_name    TEXT    NOT NULL,
  value          BLOB    NOT NULL,   -- as read: may be anything
  code           TEXT    NOT NULL,
  message        BLOB    NOT NULL,
  fields         BLOB    NOT NULL,   -- the row as read, which is what a later row is known again by
  checksum       INTEGER NOT NULL
) STRICT;

CREATE TABLE finding (               -- a fact that looks wrong: an item of the review queue
  finding_id  INTEGER PRIMARY KEY,   -- 1, 2, 3 …
  rule        TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  kpi         TEXT    NOT NULL,
  period      TEXT    NOT NULL,
  value       TEXT    NOT NULL,
  severity    TEXT    NOT NULL,      -- error, warning, note
  message     BLOB    NOT NULL,
  found_at    INTEGER NOT NULL,
  checksum    INTEGER NOT NULL
) STRICT;

CREATE TABLE review_decision (       -- what somebody decided about an item of the review queue; the newest one counts
  decision_id  INTEGER PRIMARY KEY,  -- 1, 2, 3 …
  item_kind    TEXT    NOT NULL,     -- row, finding
  item_id      INTEGER NOT NULL,     -- quarantine_id, finding_id
  verdict      TEXT    NOT NULL,     -- accept, correct, drop
  changes      BLOB    NOT NULL,     -- of correct: fields like those of a quarantined row
  decided_at   INTEGER NOT NULL,
  decided_by   TEXT    NOT NULL,
  reason       TEXT    NOT NULL,
  checksum     INTEGER NOT NULL
) STRICT;

CREATE TABLE review_use (            -- a row of an import that a decision was used on, or that was tried again
  use_id         INTEGER PRIMARY KEY,  -- 1, 2, 3 …
  source_id      INTEGER NOT NULL REFERENCES source,
  line           INTEGER NOT NULL,
  item_id        INTEGER NOT NULL,   -- quarantine_id; of a decision about a finding finding_id
  decision_id    INTEGER NOT NULL,   -- 0: tried again as it stood
  checksum       INTEGER NOT NULL
) STRICT;

CREATE TABLE record_block (          -- up to 65,536 rows of an imported table other than facts
  block_id    INTEGER PRIMARY KEY,
  source_id   INTEGER NOT NULL REFERENCES source,
  table_name  TEXT    NOT NULL,
  row_count   INTEGER NOT NULL,
  ranges      BLOB    NOT NULL,      -- of the columns that hold numbers of names: the least and the greatest
  cells       BLOB    NOT NULL,
  checksum    INTEGER NOT NULL
) STRICT;
CREATE INDEX record_block_of_table ON record_block (table_name, block_id);

CREATE TABLE name_chunk (            -- names that records and facts refer to; a name's number is its place, from 0
  kind          INTEGER NOT NULL,    -- 0 people and units, 1 objectives, 2 key results
  first_number  INTEGER NOT NULL,
  source_id     INTEGER NOT NULL REFERENCES source,
  name_count    INTEGER NOT NULL,
  names         BLOB    NOT NULL,
  checksum      INTEGER NOT NULL,
  PRIMARY KEY (kind, first_number)
) STRICT;

CREATE TABLE kpi (
  kpi_id    INTEGER PRIMARY KEY,
  name      TEXT    NOT NULL UNIQUE,
  checksum  INTEGER NOT NULL
) STRICT;

CREATE TABLE fact_segment (          -- what one import said of one KPI, period and block of 65,536 subjects
  segment_id     INTEGER PRIMARY KEY,
  source_id      INTEGER NOT NULL REFERENCES source,
  kpi_id         INTEGER NOT NULL REFERENCES kpi,
  period         TEXT    NOT NULL,
  first_day      INTEGER NOT NULL,
  end_day        INTEGER NOT NULL,   -- the day after the last
  subject_block  INTEGER NOT NULL,   -- subject number / 65,536
  fact_count     INTEGER NOT NULL,
  cells          BLOB    NOT NULL,   -- subjects and values; a missing value withdraws the fact
  checksum       INTEGER NOT NULL
) STRICT;
CREATE INDEX fact_segment_place
  ON fact_segment (kpi_id, first_day, end_day, period, subject_block, segment_id, source_id, fact_count);

CREATE TABLE fact_origin (           -- the lines of the file; apart, because scoring does not read them
  segment_id  INTEGER PRIMARY KEY REFERENCES fact_segment,
  line_count  INTEGER NOT NULL,
  lines       BLOB    NOT NULL,
  checksum    INTEGER NOT NULL
) STRICT;

CREATE TABLE run (
  run_id               INTEGER PRIMARY KEY,  -- 1, 2, 3 …
  cycle                TEXT    NOT NULL,
  definitions_version  INTEGER NOT NULL,     -- 0: none applied
  as_of                INTEGER NOT NULL,
  known                INTEGER NOT NULL,
  created_at           INTEGER NOT NULL,
  created_by           TEXT    NOT NULL,
  plan         TEXT    NOT NULL,
  program_version      TEXT    NOT NULL,
  input_hash           TEXT    NOT NULL,
  result_hash          TEXT    NOT NULL,
  rated                INTEGER NOT NULL,
  not_rated            INTEGER NOT NULL,
  block_count          INTEGER NOT NULL,
  base_run             INTEGER NOT NULL,     -- the run that calibration moves were laid on; 0: none
  checksum             INTEGER NOT NULL
) STRICT;

CREATE TABLE calibration_move (
  run_id     INTEGER NOT NULL REFERENCES run,
  position   INTEGER NOT NULL,
  employee   TEXT    NOT NULL,
  before     TEXT    NOT NULL,       -- bands
  after      TEXT    NOT NULL,
  who        TEXT    NOT NULL,
  why        TEXT    NOT NULL,
  checksum   INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT;

CREATE TABLE cycle_event (
  event_id   INTEGER PRIMARY KEY,    -- 1, 2, 3 …
  cycle      TEXT    NOT NULL,
  action     TEXT    NOT NULL,       -- open, freeze, close, reopen
  run_id     INTEGER NOT NULL,       -- with close: the official run; else 0
  at         INTEGER NOT NULL,
  made_by    TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  checksum   INTEGER NOT NULL
) STRICT;

CREATE TABLE target_change (         -- a target that moved after its cycle had begun
  change_id            INTEGER PRIMARY KEY,  -- 1, 2, 3 …
  at                   INTEGER NOT NULL,
  made_by              TEXT    NOT NULL,
  reason               TEXT    NOT NULL,
  cycle                TEXT    NOT NULL,
  stage                TEXT    NOT NULL,     -- of the cycle then
  subject              TEXT    NOT NULL,     -- scorecard:ID, an employee, job:ID, unit:ID, key_result:ID
  kpi                  TEXT    NOT NULL,
  field                TEXT    NOT NULL,
  before               TEXT    NOT NULL,
  after                TEXT    NOT NULL,
  definitions_version  INTEGER NOT NULL,     -- 0: it was imported
  source_id            INTEGER NOT NULL,     -- 0: it was applied
  line                 INTEGER NOT NULL,
  checksum             INTEGER NOT NULL
) STRICT;

CREATE TABLE run_score_column (      -- up to 65,536 rows of one column of a run's scores
  run_id        INTEGER NOT NULL REFERENCES run,
  block_number  INTEGER NOT NULL,
  position      INTEGER NOT NULL,    -- of the column
  name          TEXT    NOT NULL,
  row_count     INTEGER NOT NULL,
  digest        TEXT    NOT NULL,    -- of the cells; run.result_hash is made of these
  cells_of      INTEGER NOT NULL,    -- the run that has the cells, this or an earlier one: the same block and position
  checksum      INTEGER NOT NULL,
  PRIMARY KEY (run_id, block_number, position)
) STRICT;

CREATE TABLE run_score_cells (       -- of run_score_column, where they are not those of an earlier run
  run_id        INTEGER NOT NULL REFERENCES run,
  block_number  INTEGER NOT NULL,
  position      INTEGER NOT NULL,
  cells         BLOB    NOT NULL,
  checksum      INTEGER NOT NULL,
  PRIMARY KEY (run_id, block_number, position)
) STRICT;
