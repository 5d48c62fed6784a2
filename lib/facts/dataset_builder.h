// Records as the store has them → the dataset of one cycle. Pure. Rules: docs/spec/scoring.md (spells) and
// docs/spec/time.md (timelines of attributes).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"
#include "model/definitions.h"

namespace hr::facts {

// Frames as Store::records() gives them: one each, but one per set of carried columns for assignments.
struct DatasetInput {
  DateRange cycle;
  std::string cycle_id;
  PeriodKind period = PeriodKind::month;
  Date as_of;
  int threads = 1;
  std::vector<Frame> employees, assignments, org_units, targets, objectives, key_results, checkins, feedback, leaves;
  // Where given, called once for each table instead of those above, by any thread, for several tables at once: large
  // ones then need not lie in memory together.
  std::function<std::vector<Frame>(model::TableId)> records = {};
  // Where given, the same for key results, check-ins and feedback: their rows in parts, in order.
  std::function<void(model::TableId, const TakeRows&)> parts = {};
};

// Findings that do not stop anything (overlapping spells, managers who do not exist, circles in the org tree) go to
// `diagnostics` as warnings; the file of a span is "source:N", which the caller turns into a name.
Dataset build_dataset(DatasetInput input, const model::Definitions& definitions, Diagnostics& diagnostics);

// Which dense person or unit each of the store's subject numbers is.
struct SubjectMap {
  std::vector<uint32_t> person;  // kNone = not a person of the dataset; empty: none is
  std::vector<uint32_t> unit;    // likewise
  size_t people = 0;             // how many there are
  size_t units = 0;
};
SubjectMap map_subjects(const SharedDictionary& subjects, const Dataset& dataset);

// Facts block by block → columns. Keeps a reference to the map. Several readers may each take KPIs of their own at
// once.
class alignas(64) FactReader {
 public:
  explicit FactReader(const SubjectMap& map) : map_(map), people_(map.people), units_(map.units) {}

  // Blocks of one KPI and period, of different subjects, come one after the other; of a KPI, ascending by period.
  void add(std::string_view kpi, const Period& period, std::span<const uint32_t> subjects,
           std::span<const double> values);
  void take(std::vector<KpiFacts>& kpis);  // appends; KPIs of which nobody has a fact are left out

 private:
  class Values {  // of the period under way
   public:
    explicit Values(size_t subjects) : facts_(subjects) {}
    // Those that have a number, kNone = none.
    void add(const std::vector<uint32_t>& number_of, std::span<const uint32_t> of, std::span<const double> those);
    void finish(std::vector<FactColumn>& columns, const Period& period);

   private:
    ScatteredFacts facts_;
    bool any_ = false;
  };
  void finish();

  const SubjectMap& map_;
  std::vector<KpiFacts> kpis_;
  Period period_;
  Values people_;
  Values units_;
};
std::vector<KpiFacts> take_kpis(std::span<FactReader> readers);  // of all of them, by id

}  // namespace hr::facts
