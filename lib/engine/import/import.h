// Import: files → checked records in the store, all in one transaction or nothing. Rows that cannot be taken are set
// aside with a reason; what is already stored changes nothing; what says something else is a restatement.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "base/period.h"
#include "engine/check/facts_check.h"
#include "engine/progress.h"
#include "engine/who_when.h"
#include "ingest/read.h"
#include "model/definitions.h"
#include "store/review.h"

namespace hr::engine {

struct ImportOutcome;

// Whether facts are looked at for suspicious ones as they come in. automatic: where that takes no time worth speaking
// of.
enum class CheckFacts : uint8_t { automatic, always, never };

struct ImportRequest {
  model::TableId table = model::TableId::employees;
  std::string mapping;  // id; empty = built-in heading synonyms
  std::optional<ingest::FileFormat> format;
  char delimiter = 0;
  std::string encoding;
  std::string sheet;             // of a workbook; see ingest::ReadOptions
  std::string default_encoding;  // where nothing else says which
  bool wide = false;
  int threads = 1;  // ≥ 1; no result depends on it
  bool dry_run = false;
  bool strict = false;                     // any row set aside, and any warning, refuses the import
  std::optional<uint64_t> max_quarantine;  // more rows set aside than this refuse the import
  std::optional<Date> effective;           // employees: what changed opens a new spell from that day
  std::optional<Period> replace;           // facts: withdraw the rows of that period that the file no longer has
  bool list_missing = false;               // employees: name the people who are stored but not in the file
  bool hashed = true;  // sources get the SHA-256 of their files; else files of one name are taken as one
  // None: rows set aside wait in the store for somebody to decide. Else they are only told: why, of so many, the first
  // ones of each file, of the others (ingest::RejectedRow) the line alone.
  std::optional<size_t> most_told;
  bool sums = false;           // ImportedFile::sums is asked for
  bool keeps_changes = false;  // ImportedFile::changes is asked for
  CheckFacts check_facts = CheckFacts::never;
  bool as_decided = false;  // rows are as somebody has just decided: no earlier decision changes them
  std::string reason;       // targets, key_results: why targets of cycles that have begun move
  // Called once all is known and before anything is committed: what it throws leaves the store as it was.
  std::function<void(const ImportOutcome&)> before_commit;
};

// Rows that were taken or left out as somebody had decided in the review queue.
struct DecidedCounts {
  uint64_t corrected = 0, dropped = 0, accepted = 0;
};

// A numeric column of one file, in the table's units. None: too large to tell.
struct ColumnSums {
  std::string column;
  std::optional<Decimal> read;    // all rows of the file whose number could be read
  std::optional<Decimal> aside;   // of these, in rows set aside
  std::optional<Decimal> stored;  // in the store, for the rows that were taken: the rest of `read`

  bool agree() const;  // as far as can be told
};

struct ImportedFile {
  store::Source source;  // counts; id 0 in a dry run
  ingest::Input text;    // what lines of its diagnostics are lines of; none of rows that were at hand
  std::vector<std::string> headings;
  std::string given;                          // what the mapping says beside each row, see ingest/row_given.h
  std::vector<ingest::RejectedRow> rejected;  // ascending line
  Diagnostics diagnostics;                    // of the file as a whole, and warnings of its rows
  ingest::LeftOut left_out;                   // rows of the file that are no data
  bool changes_fields = false;                // the mapping puts fields right: `changed` is worth telling
  ingest::RuleCounts changed{};               // cells, by rule, of rows that could be read
  std::vector<ingest::CellChange> changes;    // these cells; with keeps_changes
  bool wide = false;                          // counts are of records, several a row
  std::vector<ColumnSums> sums;               // with ImportRequest::sums
  uint64_t withdrawn = 0;
  std::optional<DateRange> days;           // facts: that new and changed ones are about
  uint64_t corrected = 0;                  // employees whose current spell says something else from now on
  std::vector<std::string> missing;        // with list_missing
  std::vector<store::TargetChange> moved;  // targets of cycles that have begun
  DecidedCounts decided;
  std::vector<store::RowUse> uses;  // rows that decisions were used on
  uint64_t newly_aside = 0;         // rows set aside that were not waiting, for this reason, before
};

// It has rows, and none of them could be taken.
bool took_none(const ImportedFile& file);

struct ImportOutcome {
  std::vector<ImportedFile> files;
  Diagnostics doubts;  // what the stored organisation as a whole leaves in doubt about rows of these files
  std::vector<analytics::NamedFinding> suspicious;  // facts that came in; they are put into the review queue
  bool not_checked = false;                         // facts, too many to look at on the way
  Diagnostics earlier_doubts;  // the same about rows of files of these names that said something else when imported
  bool stored = false;         // false in a dry run and when refused
  std::string refused;         // key of the message that says why; empty = not refused
  std::vector<std::string> refused_args;

  uint64_t rejected_rows() const;
};

// `definitions`: the applied ones, or nullptr when there are none (KPI ids are not checked then).
ImportOutcome import_files(store::Store& store, const std::vector<ingest::Input>& files, const ImportRequest& request,
                           const model::Definitions* definitions, const WhoWhen& who_when, const Progress& progress);

// Rows of one file that were set aside.
struct RowsAgain {
  store::Source source;  // of the file
  ingest::GivenRows rows;
  std::string given;            // what the mapping said beside these rows when they were set aside
  std::vector<uint32_t> items;  // the quarantined rows, parallel to rows.rows
  bool as_decided = false;      // see ImportRequest
};

// Imports rows again that were set aside, each file's by the rules and with the options of its import, one after the
// other, all in one transaction, in which `choose` says which. They keep file and line. Nothing is stored when none
// goes in and none has another reason than before. Files of the outcome are parallel to those chosen.
ImportOutcome import_again(store::Store& store, const std::function<std::vector<RowsAgain>()>& choose,
                           const model::Definitions* definitions, const WhoWhen& who_when, const Progress& progress);

// The same of one file, inside a transaction that somebody else has begun, at its time.
ImportedFile import_rows(store::Store& store, const RowsAgain& again, const model::Definitions* definitions,
                         const WhoWhen& who_when, store::Timestamp time, const Progress& progress);

// Facts that somebody withdraws, as a source of its own, inside such a transaction.
struct FactPlace {
  std::string subject;
  std::string kpi;
  Period period;
};
ImportedFile withdraw_facts(store::Store& store, const std::string& file, const std::vector<FactPlace>& facts,
                            const model::Definitions* definitions, const WhoWhen& who_when, store::Timestamp time);

}  // namespace hr::engine
