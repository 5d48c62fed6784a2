#include "store/fact_intake.h"

#include <algorithm>
#include <stdexcept>

#include "store/fact_append.h"
#include "store/fact_segments.h"

namespace hr::store {

namespace {

using facts::Column;
using facts::Frame;

constexpr uint32_t kNewcomer = UINT32_MAX;  // a subject without a number

const Column& column_of(const Frame& frame, std::string_view name, facts::Storage storage) {
  const Column* c = frame.find(name);
  if (!c || c->storage != storage || c->size() != frame.size()) throw std::logic_error("not a frame of facts");
  return *c;
}

// The four columns of a frame of facts; throws std::logic_error when they are not there, or a cell is missing.
struct FactColumns {
  explicit FactColumns(const Frame& frame)
      : subject(column_of(frame, "subject", facts::Storage::text)),
        kpi(column_of(frame, "kpi", facts::Storage::text)),
        period(column_of(frame, "period", facts::Storage::text)),
        value(column_of(frame, "value", facts::Storage::decimal)) {
    bool missing = false;
    for (size_t row = 0; row < frame.size(); ++row) {
      missing |= subject.codes[row] == facts::kMissingCode || kpi.codes[row] == facts::kMissingCode ||
                 period.codes[row] == facts::kMissingCode || value.decimals[row].scale < 0;
    }
    if (missing) throw std::logic_error("a fact without subject, KPI, period or value");
  }
  const Column& subject;
  const Column& kpi;
  const Column& period;
  const Column& value;
};

// Stands for the cells of a row outside the four columns; never 0.
uint64_t rest_of(const std::vector<const Column*>& others, size_t row) {
  std::string text;
  for (const Column* column : others)
    (text += facts::cell_text(*column, row)) += column->missing(row) ? '\x1e' : '\x1f';
  return std::hash<std::string>()(text) | 1U;
}

std::vector<const Column*> other_columns(const Frame& frame) {
  std::vector<const Column*> others;
  for (const Column& c : frame.columns) {
    if (c.name != "subject" && c.name != "kpi" && c.name != "period" && c.name != "value") others.push_back(&c);
  }
  return others;
}

// Finds the lists of a KPI and period: an open-addressed table, small enough for the nearest cache.
class PairTable {
 public:
  // The place of the pair; `fresh` gives that of a new one.
  template <class Fresh>
  uint32_t find(uint32_t kpi, uint32_t period, const Fresh& fresh) {
    const uint64_t key = uint64_t{kpi} << 32U | period;
    const size_t mask = slots_.size() - 1;
    for (size_t i = hash(key) & mask;; i = (i + 1) & mask) {
      if (slots_[i].place == kFree) break;
      if (slots_[i].key == key) return slots_[i].place;
    }
    return insert(key, fresh());
  }

 private:
  static constexpr uint32_t kFree = UINT32_MAX;
  struct Slot {
    uint64_t key = 0;
    uint32_t place = kFree;
  };

  static size_t hash(uint64_t key) { return static_cast<size_t>((key * 0x9E3779B97F4A7C15U) >> 32U); }

  uint32_t insert(uint64_t key, uint32_t place) {
    if (2 * ++used_ > slots_.size()) {
      std::vector<Slot> old(slots_.size() * 2);
      old.swap(slots_);
      for (const Slot& slot : old) {
        if (slot.place != kFree) put(slot);
      }
    }
    put({key, place});
    return place;
  }
  void put(const Slot& slot) {
    const size_t mask = slots_.size() - 1;
    size_t i = hash(slot.key) & mask;
    while (slots_[i].place != kFree) i = (i + 1) & mask;
    slots_[i] = slot;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  size_t used_ = 0;
};

// A fact of a subject that the store has no number for yet.
struct Newcomer {
  std::string_view subject;  // of the worker's dictionary, kept in names
  uint32_t kpi = 0;
  uint32_t period = 0;
  PlacedFact fact;
};

}  // namespace

// What one thread has taken.
struct FactIntake::Worker {
  std::vector<uint32_t> subjects;  // numbers by code
  std::vector<uint32_t> kpis;
  std::vector<uint32_t> periods;
  PairTable pairs;
  std::vector<PeriodLists> lists;
  EntryArena arena;
  facts::Dictionary new_names;
  std::vector<Newcomer> newcomers;
  bool several_a_line = false;  // a wide file: one line gives facts of several KPIs
};

FactIntake::FactIntake(Database& database, StoredNames& subjects, int threads)
    : database_(database), subjects_(subjects), known_(subjects.all(database)), threads_(std::max(1, threads)) {
  for (int i = 0; i < threads_; ++i) workers_.push_back(std::make_unique<Worker>());
}

FactIntake::~FactIntake() = default;

uint32_t FactIntake::kpi_number(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  const auto [it, fresh] = kpi_numbers_.try_emplace(std::string(name), static_cast<uint32_t>(kpis_.size()));
  if (fresh) kpis_.emplace_back(name);
  return it->second;
}

uint32_t FactIntake::period_number(std::string_view text) {
  const auto period = parse_period(text);
  if (!period) throw std::logic_error("not a period: " + std::string(text));
  const std::scoped_lock lock(mutex_);
  const auto [it, fresh] = period_numbers_.try_emplace(*period, static_cast<uint32_t>(periods_.size()));
  if (fresh) periods_.push_back(*period);
  return it->second;
}

// Numbers of the texts that are new in the worker's dictionaries.
void FactIntake::learn(Worker& worker, const Column& subject, const Column& kpi, const Column& period) {
  for (size_t code = worker.subjects.size(); code < subject.dictionary.size(); ++code)
    worker.subjects.push_back(known_.find(subject.dictionary[static_cast<uint32_t>(code)]).value_or(kNewcomer));
  for (size_t code = worker.kpis.size(); code < kpi.dictionary.size(); ++code)
    worker.kpis.push_back(kpi_number(kpi.dictionary[static_cast<uint32_t>(code)]));
  for (size_t code = worker.periods.size(); code < period.dictionary.size(); ++code)
    worker.periods.push_back(period_number(period.dictionary[static_cast<uint32_t>(code)]));
}

void FactIntake::place(Worker& worker, uint32_t kpi, uint32_t period, uint32_t subject, PlacedFact fact) {
  const uint32_t at = worker.pairs.find(kpi, period, [&] {
    worker.lists.push_back({kpi, period, fact.line, {}});
    return static_cast<uint32_t>(worker.lists.size() - 1);
  });
  std::vector<EntryList>& blocks = worker.lists[at].blocks;
  const uint32_t block = subject >> kBlockBits;
  if (block >= blocks.size()) blocks.resize(block + size_t{1});
  fact.offset = subject & kOffsetMask;
  blocks[block].append(worker.arena, fact);
}

void FactIntake::add(size_t number, const Frame& rows) {
  Worker& worker = *workers_.at(number);
  const FactColumns columns(rows);
  learn(worker, columns.subject, columns.kpi, columns.period);
  const std::vector<const Column*> others = other_columns(rows);
  for (size_t row = 0; row < rows.size(); ++row) {
    PlacedFact fact{0, rows.rows[row], columns.value.decimals[row], 0};
    if (!others.empty()) fact.rest = rest_of(others, row);
    if (row > 0 && rows.rows[row - 1] == fact.line) worker.several_a_line = true;
    const uint32_t subject = worker.subjects[columns.subject.codes[row]];
    const uint32_t kpi = worker.kpis[columns.kpi.codes[row]];
    const uint32_t period = worker.periods[columns.period.codes[row]];
    if (subject != kNewcomer) {
      place(worker, kpi, period, subject, fact);
    } else {
      const uint32_t name = worker.new_names.add(columns.subject.text(row));
      worker.newcomers.push_back({worker.new_names[name], kpi, period, fact});
    }
  }
}

// Subjects get numbers in the order in which they stand in the file, whichever thread met them.
void FactIntake::place_newcomers(uint32_t source) {
  std::vector<Newcomer> all;
  for (const auto& worker : workers_) {
    all.insert(all.end(), worker->newcomers.begin(), worker->newcomers.end());
    std::vector<Newcomer>().swap(worker->newcomers);
  }
  if (all.empty()) return;
  known_ = {};  // whose texts would be copied by the first that is added
  std::stable_sort(all.begin(), all.end(),
                   [](const Newcomer& a, const Newcomer& b) { return a.fact.line < b.fact.line; });
  for (const Newcomer& n : all) place(*workers_[0], n.kpi, n.period, subjects_.add(n.subject), n.fact);
  subjects_.save(database_, source);
}

FactsAppended FactIntake::finish(uint32_t source, std::span<const Period> replace) {
  place_newcomers(source);
  FactsTaken taken{kpis_, periods_, {}, false};
  for (const auto& worker : workers_) {
    for (const PeriodLists& lists : worker->lists) taken.lists.push_back(&lists);
    taken.several_a_line |= worker->several_a_line;
  }
  return append_facts(database_, subjects_.all(database_), source, taken, replace, threads_);
}

}  // namespace hr::store
