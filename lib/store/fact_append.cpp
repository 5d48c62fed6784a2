#include "store/fact_append.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "base/parallel.h"
#include "store/fact_overlaps.h"
#include "store/fact_places.h"
#include "store/fact_segments.h"

namespace hr::store {

namespace {

// A KPI, period and block that the file says something of, or withdraws something of.
struct Place {
  int64_t kpi_id = 0;
  uint32_t kpi = 0;  // place in FactsTaken::kpis
  Period period;
  uint32_t block = 0;
  std::vector<const EntryList*> lists;  // of each thread
  SegmentRun stored;
  const SubjectSet* overlapping = nullptr;
  bool replaced = false;
};

// What comes of a place.
struct Outcome {
  FactsAppended told;
  EncodedSegment segment;
};

// The number of a KPI; a new one is made.
int64_t number_kpi(Database& database, std::string_view name) {
  Statement find(database, "SELECT kpi_id FROM kpi WHERE name = ?");
  if (find.bind({name}).step()) return find.integer(0);
  const int64_t id = database.integer("SELECT coalesce(max(kpi_id), 0) + 1 FROM kpi");
  RowWriter(database, "kpi", 2).write({id, name});
  return id;
}

// The lists of one KPI, by period, then block.
using ListsOfKpi = std::map<Period, std::map<uint32_t, std::vector<const EntryList*>>>;

struct KpiOfFile {
  uint32_t kpi = 0;
  uint32_t first_line = UINT32_MAX;
  ListsOfKpi lists;
};

// In the order in which the KPIs stand in the file.
std::vector<KpiOfFile> kpis_of(const FactsTaken& taken) {
  std::vector<KpiOfFile> kpis(taken.kpis.size());
  for (const TakenList& list : taken.lists) {
    KpiOfFile& kpi = kpis[list.kpi];
    kpi.kpi = list.kpi;
    kpi.first_line = std::min(kpi.first_line, list.entries->first_line());
    kpi.lists[taken.periods[list.period]][list.block].push_back(list.entries);
  }
  std::erase_if(kpis, [](const KpiOfFile& kpi) { return kpi.lists.empty(); });
  std::stable_sort(kpis.begin(), kpis.end(), [](const auto& a, const auto& b) { return a.first_line < b.first_line; });
  return kpis;
}

// The places of a file, in the order in which their segments are stored.
class Places {
 public:
  Places(Database& database, const FactsTaken& taken, std::span<const Period> replace)
      : database_(database), taken_(taken), replace_(replace.begin(), replace.end()), reader_(database) {
    for (const KpiOfFile& kpi : kpis_of(taken)) add_kpi(kpi);
  }
  const std::vector<Place>& all() const { return all_; }

 private:
  void add_kpi(const KpiOfFile& kpi);
  SubjectSet incoming(const std::map<uint32_t, std::vector<const EntryList*>>& blocks) const;
  SubjectSet live(SegmentRun period);
  std::map<Period, SubjectSet> find_overlaps(const ListsOfKpi& lists, const std::vector<SegmentRun>& stored);

  Database& database_;
  const FactsTaken& taken_;
  std::set<Period> replace_;
  SegmentReader reader_;
  std::vector<Place> all_;
  std::vector<std::unique_ptr<std::vector<SegmentKey>>> keys_;              // that places refer to
  std::vector<std::unique_ptr<std::map<Period, SubjectSet>>> overlapping_;  // likewise
};

// What all threads took of a place, in memory that was used before.
void read_all(const std::vector<const EntryList*>& lists, std::vector<PlacedFact>& facts) {
  size_t n = 0;
  for (const EntryList* list : lists) n += list->size();
  facts.clear();
  facts.reserve(n);
  for (const EntryList* list : lists) {
    for (EntryReader reader(*list); reader.next();) facts.push_back(reader.fact());
  }
}

SubjectSet Places::incoming(const std::map<uint32_t, std::vector<const EntryList*>>& blocks) const {
  SubjectSet subjects;
  PlaceOrder order;
  std::vector<PlacedFact> facts;
  std::vector<DuplicateFact> duplicates;
  for (const auto& [block, lists] : blocks) {
    read_all(lists, facts);
    order.sort(facts);
    remove_duplicates(facts, duplicates);
    for (const PlacedFact& fact : facts) subjects.add(block << kBlockBits | fact.offset);
  }
  return subjects;
}

SubjectSet Places::live(SegmentRun period) {
  SubjectSet subjects;
  SegmentCells cells;
  for (const SegmentKey& key : period) {
    reader_.read(key, cells);
    for (size_t i = 0; i < cells.offsets.size(); ++i) {
      const uint32_t subject = key.block << kBlockBits | cells.offsets[i];
      if (cells.values[i].scale < 0)
        subjects.remove(subject);
      else
        subjects.add(subject);
    }
  }
  return subjects;
}

// Subjects by period whose incoming facts overlap others, stored or incoming. Nothing in the usual case that all
// periods of a KPI are of one kind.
std::map<Period, SubjectSet> Places::find_overlaps(const ListsOfKpi& lists, const std::vector<SegmentRun>& stored) {
  std::set<Period> periods;
  for (const auto& [period, blocks] : lists) periods.insert(period);
  for (const SegmentRun run : stored) periods.insert(run.front().period);
  const auto overlaps = overlapping_periods({periods.begin(), periods.end()});
  std::map<Period, SubjectSet> present;
  for (const auto& [period, blocks] : lists) {
    if (overlaps.count(period)) present[period] = incoming(blocks);
  }
  for (const SegmentRun run : stored) {  // of a replaced period only what comes again stays, which is incoming
    const Period& period = run.front().period;
    if (overlaps.count(period) && !replace_.count(period)) present[period].add(live(run));
  }
  std::map<Period, SubjectSet> found;
  for (const auto& [period, blocks] : lists) {
    const auto others = overlaps.find(period);
    if (others == overlaps.end()) continue;
    for (const Period& other : others->second) found[period].add(present[other]);
  }
  return found;
}

void Places::add_kpi(const KpiOfFile& kpi) {
  const int64_t id = number_kpi(database_, taken_.kpis[kpi.kpi]);
  const auto& keys = *keys_.emplace_back(std::make_unique<std::vector<SegmentKey>>(segment_keys(database_, id)));
  const std::vector<SegmentRun> stored = runs_of_periods(keys);
  const auto& overlapping =
      *overlapping_.emplace_back(std::make_unique<std::map<Period, SubjectSet>>(find_overlaps(kpi.lists, stored)));
  std::map<std::pair<Period, uint32_t>, Place> places;
  for (const auto& [period, blocks] : kpi.lists) {
    for (const auto& [block, lists] : blocks) places[{period, block}].lists = lists;
  }
  for (const SegmentRun period : stored) {
    for (const SegmentRun run : runs_of_blocks(period)) {
      const std::pair<Period, uint32_t> key{run.front().period, run.front().block};
      if (replace_.count(key.first) || places.count(key)) places[key].stored = run;
    }
  }
  for (auto& [key, place] : places) {
    place.kpi_id = id;
    place.kpi = kpi.kpi;
    place.period = key.first;
    place.block = key.second;
    place.replaced = replace_.count(key.first) > 0;
    if (const auto found = overlapping.find(key.first); found != overlapping.end()) place.overlapping = &found->second;
    all_.push_back(std::move(place));
  }
}

// Compares places with what is stored; one thread's.
class PlaceAppend {
 public:
  PlaceAppend(Database& database, const facts::Dictionary& subjects, const FactsTaken& taken)
      : reader_(database), subjects_(subjects), taken_(taken) {}

  // Lines set aside, for a duplicate, of which other facts may lie in other places.
  std::vector<DuplicateFact> duplicates(const Place& place);
  Outcome append(const Place& place, const std::unordered_set<uint32_t>& lines_aside);

 private:
  void gather(const Place& place, std::vector<DuplicateFact>& duplicates);
  bool take_in_order(const Place& place, FactsAppended& told);
  void take_facts(const Place& place, FactsAppended& told);
  void take_all();
  void withdraw_others(uint64_t& withdrawn);
  void keep(uint32_t offset, Decimal value, uint32_t line);

  SegmentReader reader_;
  const facts::Dictionary& subjects_;
  const FactsTaken& taken_;
  PlaceOrder order_;
  std::vector<PlacedFact> facts_;
  std::vector<uint8_t> incoming_;  // by offset, of a replaced period
  BlockState state_;
  SegmentCells cells_;
  std::vector<uint32_t> lines_;
};

void PlaceAppend::gather(const Place& place, std::vector<DuplicateFact>& duplicates) {
  read_all(place.lists, facts_);
  order_.sort(facts_);
  remove_duplicates(facts_, duplicates);
}

std::vector<DuplicateFact> PlaceAppend::duplicates(const Place& place) {
  std::vector<DuplicateFact> found;
  gather(place, found);
  return found;
}

void PlaceAppend::keep(uint32_t offset, Decimal value, uint32_t line) {
  cells_.offsets.push_back(offset);
  cells_.values.push_back(value);
  lines_.push_back(line);
}

void PlaceAppend::take_all() {
  const size_t n = facts_.size();
  cells_.offsets.resize(n);
  cells_.values.resize(n);
  lines_.resize(n);
  for (size_t i = 0; i < n; ++i) {
    cells_.offsets[i] = facts_[i].offset;
    cells_.values[i] = facts_[i].value;
    lines_[i] = facts_[i].line;
  }
}

// Keeps what is new or says something else.
void PlaceAppend::take_facts(const Place& place, FactsAppended& told) {
  uint64_t& news = told.news[place.period];
  if (place.stored.empty() && !place.overlapping) {
    news += facts_.size();
    told.added += facts_.size();
    return take_all();
  }
  cells_.offsets.clear();
  cells_.values.clear();
  lines_.clear();
  for (const PlacedFact& fact : facts_) {
    const Decimal before = place.stored.empty() ? facts::kMissingDecimal : state_.value(fact.offset);
    const uint32_t subject = place.block << kBlockBits | fact.offset;
    news += before != fact.value;
    if (place.overlapping && place.overlapping->has(subject)) {
      told.overlapping.push_back(
          {fact.line, std::string(subjects_[subject]), taken_.kpis[place.kpi], place.period, fact.value});
    } else if (before == fact.value) {
      ++told.unchanged;
    } else {
      ++(before.scale >= 0 ? told.changed : told.added);
      keep(fact.offset, fact.value, fact.line);
    }
  }
}

// Withdraws the stored facts of the block at hand that the file does not have.
void PlaceAppend::withdraw_others(uint64_t& withdrawn) {
  incoming_.assign(kBlockRows, 0);
  for (const PlacedFact& fact : facts_) incoming_[fact.offset] = 1;
  const SegmentCells kept = std::move(cells_);
  const std::vector<uint32_t> lines = std::move(lines_);
  cells_ = {};
  lines_ = {};
  size_t next = 0;
  const uint32_t end = std::max(state_.size(), kept.offsets.empty() ? 0 : kept.offsets.back() + 1);
  for (uint32_t offset = 0; offset < end; ++offset) {
    if (next < kept.offsets.size() && kept.offsets[next] == offset) {
      keep(offset, kept.values[next], lines[next]);
      ++next;
    } else if (!incoming_[offset] && state_.value(offset).scale >= 0) {
      keep(offset, facts::kMissingDecimal, 0);
      ++withdrawn;
    }
  }
}

// The quick way of most places of a first import: nothing is stored there, and the facts are in order.
bool PlaceAppend::take_in_order(const Place& place, FactsAppended& told) {
  if (!place.stored.empty() || place.overlapping != nullptr) return false;
  if (!merge_ascending(place.lists, cells_, lines_)) return false;
  told.news[place.period] += lines_.size();
  told.added += lines_.size();
  return true;
}

Outcome PlaceAppend::append(const Place& place, const std::unordered_set<uint32_t>& lines_aside) {
  Outcome outcome;
  if (lines_aside.empty() && take_in_order(place, outcome.told)) {
    if (!cells_.offsets.empty()) outcome.segment = encode_segment(cells_, lines_);
    return outcome;
  }
  gather(place, outcome.told.duplicates);
  if (!lines_aside.empty())
    std::erase_if(facts_, [&](const PlacedFact& fact) { return lines_aside.count(fact.line) > 0; });
  if (!place.stored.empty()) state_.load(reader_, place.stored);
  take_facts(place, outcome.told);
  if (place.replaced && !place.stored.empty()) {
    withdraw_others(outcome.told.withdrawn);
    outcome.told.news[place.period] += outcome.told.withdrawn;
  }
  if (!cells_.offsets.empty()) outcome.segment = encode_segment(cells_, lines_);
  return outcome;
}

void add(FactsAppended& all, FactsAppended&& part) {
  all.added += part.added;
  all.changed += part.changed;
  all.unchanged += part.unchanged;
  all.withdrawn += part.withdrawn;
  for (const auto& [period, news] : part.news) all.news[period] += news;
  all.duplicates.insert(all.duplicates.end(), part.duplicates.begin(), part.duplicates.end());
  all.overlapping.insert(all.overlapping.end(), part.overlapping.begin(), part.overlapping.end());
}

template <class Finding>
void sort_by_line(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.line < b.line; });
}

}  // namespace

FactsAppended append_facts(Database& database, const facts::Dictionary& subjects, uint32_t source,
                           const FactsTaken& taken, std::span<const Period> replace, int threads) {
  const Places places(database, taken, replace);
  const std::vector<Place>& all = places.all();
  std::vector<std::unique_ptr<PlaceAppend>> appends;
  for (int i = 0; i < threads; ++i) appends.push_back(std::make_unique<PlaceAppend>(database, subjects, taken));
  std::unordered_set<uint32_t> lines_aside;
  if (taken.several_a_line) {
    std::vector<std::vector<DuplicateFact>> found(all.size());
    for_pieces(all.size(), threads, [&](size_t i, size_t worker) { found[i] = appends[worker]->duplicates(all[i]); });
    for (const auto& duplicates : found) {
      for (const DuplicateFact& d : duplicates) lines_aside.insert(d.line);
    }
  }
  SegmentWriter writer(database, source);
  FactsAppended result;
  std::vector<Outcome> outcomes(appends.size());
  for_pieces_in_order(
      all.size(), threads,
      [&](size_t i, size_t worker) { outcomes[worker] = appends[worker]->append(all[i], lines_aside); },
      [&](size_t i, size_t worker) {
        Outcome outcome = std::move(outcomes[worker]);
        if (outcome.segment.count > 0) writer.write(all[i].kpi_id, all[i].period, all[i].block, outcome.segment);
        add(result, std::move(outcome.told));
      });
  sort_by_line(result.duplicates);
  sort_by_line(result.overlapping);
  return result;
}

bool withdraw_fact(Database& database, uint32_t source, uint32_t subject, std::string_view kpi, const Period& period) {
  Statement find(database, "SELECT kpi_id FROM kpi WHERE name = ?");
  if (!find.bind({kpi}).step()) return false;
  const int64_t id = find.integer(0);
  const uint32_t block = subject >> kBlockBits;
  const uint32_t offset = subject & (kBlockRows - 1);
  std::vector<SegmentKey> keys = segment_keys(database, id);
  std::erase_if(keys, [&](const SegmentKey& key) { return !(key.period == period) || key.block != block; });
  if (keys.empty()) return false;
  SegmentReader reader(database);
  BlockState state;
  state.load(reader, keys);
  if (offset >= state.size() || state.value(offset).scale < 0) return false;
  const uint32_t no_line = 0;
  SegmentWriter(database, source)
      .write(id, period, block, encode_segment({{offset}, {facts::kMissingDecimal}}, {&no_line, 1}));
  return true;
}

}  // namespace hr::store
