// Facts of one file: rows that cannot be taken are picked out while the file is read, the rest goes to the store.
// Internal to import.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/import/known_ids.h"
#include "engine/import/places.h"
#include "engine/import/steps.h"
#include "facts/frame.h"
#include "ingest/read.h"
#include "model/definitions.h"

namespace hr::engine {

// Looks at rows of facts before they are taken, by several threads: once for each distinct text.
class FactChecks {
 public:
  // A fact of a subject, else of a KPI, that nobody knows. Of those that are not told the line alone.
  struct UnknownFact {
    uint32_t line = 0;
    bool is_subject = false;
    std::string subject, kpi, period;
    ingest::RawRow row;
  };

  // `most_told`: of so many lines, the first, what is unknown is asked for.
  FactChecks(const References& references, const model::Definitions* definitions, int threads, size_t most_told);
  ~FactChecks();

  // Removes the rows that cannot be taken. Calls for different workers in [0, threads) may run at once.
  void filter(ingest::Batch& batch);

  // When all rows are through:
  std::vector<UnknownFact> take_unknown();                              // by line
  std::map<std::string, std::vector<uint32_t>> beside_formula() const;  // lines of facts of KPIs with a formula, by KPI

 private:
  struct Worker;

  bool is_known(const facts::Column& subject, uint32_t code) const;
  void learn(Worker& worker, const facts::Column& subject, const facts::Column& kpi) const;
  void drop_unknown(Worker& worker, size_t first, ingest::Batch& batch) const;

  const References& references_;
  const model::Definitions* definitions_;
  size_t most_told_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

// Stores the facts that were taken, and sets aside what cannot be: unknown ones, those that stand twice, those whose
// period overlaps another one.
void store_facts(const Import& import, ImportedFile& file, store::FactsImport& intake, FactChecks& checks,
                 const References& references, const Reading& reading);

}  // namespace hr::engine
