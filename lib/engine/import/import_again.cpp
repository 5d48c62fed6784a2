// Rows imported outside of a file: those set aside that are tried again, and facts that somebody withdraws.
#include <algorithm>
#include <map>

#include "base/timestamp.h"
#include "engine/import/closed_rows.h"
#include "engine/import/import.h"
#include "engine/import/known_ids.h"
#include "engine/import/organisation_doubts.h"
#include "engine/import/places.h"
#include "engine/import/quarantine.h"
#include "engine/import/read_options.h"
#include "engine/import/steps.h"
#include "ingest/row_given.h"

namespace hr::engine {

// Rows tried again that went in as they stood: nothing was decided about them.
static std::vector<store::RowUse> uses_without_decision(const RowsAgain& again, const ImportedFile& file) {
  std::vector<store::RowUse> uses;
  for (size_t i = 0; i < again.items.size(); ++i) {
    const ingest::GivenRow& row = again.rows.rows[i];
    const bool decided = std::ranges::binary_search(file.uses, row.line, {}, &store::RowUse::line);
    if (!decided && !is_aside(file, row.line, row.fields))
      uses.push_back({file.source.id, row.line, again.items[i], 0});
  }
  return uses;
}

ImportedFile import_rows(store::Store& store, const RowsAgain& again, const model::Definitions* definitions,
                         const WhoWhen& who_when, store::Timestamp time, const Progress& progress) {
  ImportRequest request;
  request.table = again.source.table;
  request.mapping = again.source.mapping;
  request.wide = again.source.wide;
  request.effective = again.source.effective;
  request.as_decided = again.as_decided;
  const Import import{store, request, definitions, who_when, time, progress};
  const ingest::Input nothing = ingest::input_of_text(again.source.file, "");
  Reading reading{nothing, read_options(import), {}, {}, {}, again.source.sha256};
  std::optional<model::Mapping> as_it_was;
  if (reading.options.mapping != nullptr) {
    as_it_was = ingest::as_given(*reading.options.mapping, again.given);
    reading.options.mapping = &*as_it_was;
  }
  reading.options.given = &again.rows;
  ImportedFile file = import_file(import, reading, load_references(store, request.table, definitions));
  if (has_errors(file.diagnostics)) return file;
  const std::vector<store::RowUse> uses = uses_without_decision(again, file);
  store.review().append_row_uses(uses);
  file.uses.insert(file.uses.end(), uses.begin(), uses.end());
  return file;
}

ImportOutcome import_again(store::Store& store, const std::function<std::vector<RowsAgain>()>& choose,
                           const model::Definitions* definitions, const WhoWhen& who_when, const Progress& progress) {
  ImportOutcome outcome;
  const std::unique_ptr<store::Transaction> transaction = store.begin();
  const store::Timestamp time = store.next_timestamp(who_when.now);
  bool news = false;
  std::vector<store::Source> organisation;
  for (const RowsAgain& again : choose()) {
    ImportedFile file = import_rows(store, again, definitions, who_when, time, progress);
    news = news || !file.uses.empty() || file.newly_aside > 0;
    if (!has_errors(file.diagnostics) && is_organisation(file.source.table)) organisation.push_back(file.source);
    outcome.files.push_back(std::move(file));
  }
  if (!organisation.empty()) {
    Doubts doubts = doubts_about(store, organisation, date_of(who_when.now));
    outcome.doubts = std::move(doubts.here);
    outcome.earlier_doubts = std::move(doubts.earlier);
  }
  if (news) {
    transaction->commit();
    outcome.stored = true;
  }
  return outcome;
}

ImportedFile withdraw_facts(store::Store& store, const std::string& file_name, const std::vector<FactPlace>& facts,
                            const model::Definitions* definitions, const WhoWhen& who_when, store::Timestamp time) {
  ImportRequest request;
  request.table = model::TableId::facts;
  const Progress nobody;
  const Import import{store, request, definitions, who_when, time, nobody};
  ImportedFile file;
  file.source.table = model::TableId::facts;
  file.source.file = file_name;
  file.source.imported_at = time;
  file.source.imported_by = who_when.who;
  file.source.id = store.append_source(file.source);
  std::map<Period, uint64_t> news;
  for (const FactPlace& fact : facts) {
    if (!store.withdraw_fact(file.source.id, fact.subject, fact.kpi, fact.period)) continue;
    ++file.withdrawn;
    ++news[fact.period];
  }
  file.diagnostics = facts_of_closed_cycles(import, news, file_name);
  store.finish_source(file.source);
  return file;
}

}  // namespace hr::engine
