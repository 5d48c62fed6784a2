#include "store/fact_intake.h"

#include <algorithm>
#include <array>
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
    // Of all rows at once: codes of texts are far below 2^31, a missing one is above, as a missing scale is.
    uint32_t all = 0;
    for (size_t row = 0; row < frame.size(); ++row) {
      all |= subject.codes[row] | kpi.codes[row] | period.codes[row] | static_cast<uint32_t>(value.decimals[row].scale);
    }
    if (static_cast<int32_t>(all) < 0) throw std::logic_error("a fact without subject, KPI, period or value");
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

// The lists of one thread, by place: an open-addressed table, whose slots for what a file is at lie in the nearest
// cache.
class PlaceTable {
 public:
  PlaceTable() = default;
  PlaceTable(const PlaceTable&) = delete;
  PlaceTable& operator=(const PlaceTable&) = delete;

  // So many more lists do not move those that are there.
  void make_room(size_t more) {
    if ((used_ + more) * kRoom <= slots_.size()) return;
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    std::fill(recent_.begin(), recent_.end(), &nowhere_);
    for (const Slot& slot : old) {
      if (slot.where != kFree) *find(slot.kpi, slot.where) = slot;
    }
    make_room(more);
  }
  // KPIs from now on are less than this.
  void know_kpis(size_t n) {
    if (recent_.size() < n) recent_.resize(n, &nowhere_);
  }
  // Period and block of subjects as one number.
  static uint64_t where(uint32_t period, uint32_t block) { return uint64_t{period} << 32U | block; }
  // There must be room for one more.
  EntryList& at(uint32_t kpi, uint64_t where) {
    Slot*& slot = recent_[kpi];
    if (slot->where == where) return slot->list;
    slot = find(kpi, where);
    if (slot->where == kFree) {
      *slot = {where, kpi, {}};
      ++used_;
    }
    return slot->list;
  }
  void list_all(std::vector<TakenList>& lists) const {
    for (const Slot& slot : slots_) {
      if (slot.where == kFree) continue;
      lists.push_back(
          {slot.kpi, static_cast<uint32_t>(slot.where >> 32U), static_cast<uint32_t>(slot.where), &slot.list});
    }
  }

 private:
  static constexpr size_t kRoom = 4;  // slots a list: those that do not stand where they should cost more than memory
  static constexpr uint64_t kFree = UINT64_MAX;
  struct alignas(64) Slot {
    uint64_t where = kFree;
    uint32_t kpi = 0;
    EntryList list;
  };

  Slot* find(uint32_t kpi, uint64_t where) {
    const uint64_t key =
        (uint64_t{kpi} << 32U | where >> 32U) * 0x9E3779B97F4A7C15U + (where & UINT32_MAX) * 0xD6E8FEB86659FD93U;
    const size_t mask = slots_.size() - 1;
    for (size_t i = static_cast<size_t>(key ^ key >> 32U) & mask;; i = (i + 1) & mask) {
      Slot& slot = slots_[i];
      if ((slot.where == where && slot.kpi == kpi) || slot.where == kFree) return &slot;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  size_t used_ = 0;
  Slot nowhere_;
  std::vector<Slot*> recent_;  // by KPI: a file in order has all its facts of a block together
};

// What codes of subjects, KPIs and periods stand for.
struct Numbers {
  size_t numbered = 0;  // so many subjects have their code as number; numbers of those behind follow
  const uint32_t* subjects = nullptr;
  const uint32_t* kpis = nullptr;
  const uint32_t* periods = nullptr;
};

// A file in no order has its lists in no cache: a group of facts waits for all at once.
constexpr size_t kGroup = 32;
struct FactPlace {  // of a fact
  EntryList* list;
  uint32_t offset;
  uint32_t row;
};

// Where the facts [begin, end) go whose subjects have a number: how many these are. Rows of the others are listed
// apart. There must be room for all.
[[gnu::noinline]] size_t find_places(const FactColumns& columns, const Numbers& numbers, size_t begin, size_t end,
                                     PlaceTable& table, FactPlace* places, uint32_t* newcomers) {
  const uint32_t* const subjects = columns.subject.codes.data();
  const uint32_t* const kpis = columns.kpi.codes.data();
  const uint32_t* const periods = columns.period.codes.data();
  const uint32_t* const kpi_numbers = numbers.kpis;
  FactPlace* to = places;
  // Of the row before, in most files the same.
  uint32_t code = facts::kMissingCode;
  uint32_t period = facts::kMissingCode;
  uint32_t subject = kNewcomer;
  uint64_t where = 0;
  for (size_t row = begin; row < end; ++row) {
    if (subjects[row] != code || periods[row] != period) {
      code = subjects[row];
      period = periods[row];
      subject = code < numbers.numbered ? code : numbers.subjects[code - numbers.numbered];
      where = PlaceTable::where(numbers.periods[period], subject >> kBlockBits);
    }
    if (subject == kNewcomer) {
      *newcomers++ = static_cast<uint32_t>(row);
      continue;
    }
    EntryList& list = table.at(kpi_numbers[kpis[row]], where);
    list.prefetch();
    *to++ = {&list, subject & kOffsetMask, static_cast<uint32_t>(row)};
  }
  return static_cast<size_t>(to - places);
}

// Of facts that have no more cells than the store keeps.
[[gnu::noinline]] void append_all(std::span<const FactPlace> places, const uint32_t* lines, const Decimal* values,
                                  EntryArena& arena) {
  for (const FactPlace& place : places) {
    const Decimal& value = values[place.row];
    place.list->append(arena, {place.offset, lines[place.row], {value.unscaled, value.scale}, 0});
  }
}

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
  size_t numbered = 0;             // so many codes of subjects are the numbers
  std::vector<uint32_t> subjects;  // numbers by code, of those behind
  std::vector<uint32_t> kpis;
  std::vector<uint32_t> periods;
  PlaceTable places;
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
  worker.numbered = subject.dictionary.begins_with(known_);
  for (size_t code = worker.numbered + worker.subjects.size(); code < subject.dictionary.size(); ++code)
    worker.subjects.push_back(known_.find(subject.dictionary[static_cast<uint32_t>(code)]).value_or(kNewcomer));
  for (size_t code = worker.kpis.size(); code < kpi.dictionary.size(); ++code)
    worker.kpis.push_back(kpi_number(kpi.dictionary[static_cast<uint32_t>(code)]));
  worker.places.know_kpis(worker.kpis.empty() ? 0
                                              : *std::max_element(worker.kpis.begin(), worker.kpis.end()) + size_t{1});
  for (size_t code = worker.periods.size(); code < period.dictionary.size(); ++code)
    worker.periods.push_back(period_number(period.dictionary[static_cast<uint32_t>(code)]));
}

void FactIntake::add(size_t number, const Frame& rows) {
  Worker& worker = *workers_.at(number);
  const FactColumns columns(rows);
  learn(worker, columns.subject, columns.kpi, columns.period);
  const Numbers numbers{worker.numbered, worker.subjects.data(), worker.kpis.data(), worker.periods.data()};
  const std::vector<const Column*> others = other_columns(rows);
  const std::vector<uint32_t>& lines = rows.rows;
  const std::vector<Decimal>& values = columns.value.decimals;
  worker.several_a_line |= std::adjacent_find(lines.begin(), lines.end()) != lines.end();
  std::array<FactPlace, kGroup> places;
  std::array<uint32_t, kGroup> newcomers;
  for (size_t begin = 0; begin < rows.size(); begin += kGroup) {
    const size_t end = std::min(rows.size(), begin + kGroup);
    worker.places.make_room(kGroup);
    const size_t placed = find_places(columns, numbers, begin, end, worker.places, places.data(), newcomers.data());
    if (others.empty()) {
      append_all({places.data(), placed}, lines.data(), values.data(), worker.arena);
    } else {
      for (const auto& [list, offset, row] : std::span(places.data(), placed))
        list->append(worker.arena, {offset, lines[row], values[row], rest_of(others, row)});
    }
    for (const uint32_t row : std::span(newcomers.data(), end - begin - placed)) {
      const uint32_t name = worker.new_names.add(columns.subject.text(row));
      worker.newcomers.push_back({worker.new_names[name],
                                  numbers.kpis[columns.kpi.codes[row]],
                                  numbers.periods[columns.period.codes[row]],
                                  {0, lines[row], values[row], others.empty() ? 0 : rest_of(others, row)}});
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
  Worker& worker = *workers_[0];
  worker.places.know_kpis(kpis_.size());
  for (Newcomer& n : all) {
    const uint32_t subject = subjects_.add(n.subject);
    n.fact.offset = subject & kOffsetMask;
    worker.places.make_room(1);
    worker.places.at(n.kpi, PlaceTable::where(n.period, subject >> kBlockBits)).append(worker.arena, n.fact);
  }
  subjects_.save(database_, source);
}

FactsAppended FactIntake::finish(uint32_t source, std::span<const Period> replace) {
  place_newcomers(source);
  FactsTaken taken{kpis_, periods_, {}, false};
  for (const auto& worker : workers_) {
    worker->places.list_all(taken.lists);
    taken.several_a_line |= worker->several_a_line;
  }
  FactsAppended appended = append_facts(database_, subjects_.all(database_), source, taken, replace, threads_);
  workers_.clear();  // entries are most of an import's memory, and others need some soon
  return appended;
}

}  // namespace hr::store
