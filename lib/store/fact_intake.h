// Facts of one file on their way into the store: taken from frames by several threads, held by place, and compared with
// what is stored when all are there. Internal to the store.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/fact_entries.h"
#include "store/store.h"
#include "store/stored_names.h"

namespace hr::store {

class FactIntake final : public FactsImport {
 public:
  FactIntake(Database& database, StoredNames& subjects, int threads);
  ~FactIntake() override;

  void add(size_t worker, const facts::Frame& rows) override;
  FactsAppended finish(uint32_t source, std::span<const Period> replace) override;

 private:
  struct Worker;

  void learn(Worker& worker, const facts::Column& subject, const facts::Column& kpi, const facts::Column& period);
  void place_newcomers(uint32_t source);
  uint32_t kpi_number(std::string_view name);
  uint32_t period_number(std::string_view text);

  Database& database_;
  StoredNames& subjects_;
  facts::SharedDictionary known_;  // subjects that have a number
  int threads_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::mutex mutex_;  // of what follows: KPIs and periods, numbered as they are met
  std::vector<std::string> kpis_;
  std::map<std::string, uint32_t, std::less<>> kpi_numbers_;
  std::vector<Period> periods_;
  std::map<Period, uint32_t> period_numbers_;
};

}  // namespace hr::store
