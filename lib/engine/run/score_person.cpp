#include "engine/run/score_person.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <utility>

#include "base/parallel.h"
#include "engine/run/calibration.h"
#include "engine/run/carried_scores.h"
#include "engine/run/person_records.h"

namespace hr::engine {

namespace {

using facts::kMissingCode;
using facts::kNone;

std::vector<const model::Plan*> plans_of(const model::Definitions& definitions, const model::Cycle& cycle,
                                         const std::string& only) {
  std::vector<const model::Plan*> plans;
  for (const model::Plan& plan : definitions.plans) {
    const bool of_cycle = std::any_of(cycle.plans.begin(), cycle.plans.end(),
                                      [&](const model::PlanRef& ref) { return ref.id == plan.id; });
    if (only.empty() ? of_cycle : plan.id == only) plans.push_back(&plan);
  }
  return plans;
}

// What crosses between people by the rules themselves, beyond what a run says of each: "" = nothing.
std::string crosses_by_rules(const model::Definitions& definitions, const model::Cycle& cycle,
                             const std::string& only) {
  const std::vector<const model::Plan*> plans = plans_of(definitions, cycle, only);
  if (plans.empty()) return "the cycle has no plan";
  if (carrying_plan(definitions, cycle, only) != nullptr) return "scores are carried from another cycle";
  for (const model::Plan* plan : plans) {
    const std::string& group = scoring::rank_group_by(*plan);
    if (group != scoring::rank_group_by(*plans.front())) return "plans rank within different groups";
    if (plan->distribution && plan->distribution->group_by != group)
      return "a plan ranks within other groups than it distributes in";
  }
  return {};
}

bool counts_units(const std::vector<const model::Plan*>& plans) {
  return std::any_of(plans.begin(), plans.end(),
                     [](const model::Plan* plan) { return plan->okr.units != model::OkrUnits::none; });
}

// Which objectives of units count for the person, where that hangs on units which the dataset does not hold.
std::string crosses_by_units(const facts::Dataset& dataset, const PersonRecords& records) {
  for (const std::string& unit : records.headed_units()) {
    if (!dataset.units.find(unit)) return "a unit that the person heads may be named by others";
  }
  if (!records.has_company_objectives()) return {};
  for (const std::vector<std::string>* units : {&records.own_units(), &records.headed_units()}) {
    for (const std::string& unit : *units) {
      const auto u = dataset.units.find(unit);
      if (u && dataset.units.parent[*u] == kNone) return "objectives of the company may be those of the person's unit";
    }
  }
  return {};
}

// The run that calibrated ones rest on: it has the bands by rule.
store::Run scored_run(store::Store& store, store::Run run) {
  while (run.base_run != 0) {
    const auto base = store.run(run.base_run);
    if (!base || base->id >= run.id) break;
    run = *base;
  }
  return run;
}

// What a stored run says of everybody, a person a row.
class StoredRows {
 public:
  StoredRows(store::Store& store, store::Run run) : store_(store), run_(std::move(run)) {}

  // The row of a person by number, in the frame of its block.
  bool find(uint32_t person) {
    static constexpr std::string_view kId[] = {"employee_id"};
    static constexpr std::string_view kRow[] = {"status", "plan",       "score_exact", "band",
                                                "rank",   "percentile", "rank_group"};
    for (const uint32_t block : blocks_from(person >> store::kBlockBits)) {
      const facts::Frame ids = store_.run_numbers(run_.id, kId, block, block + 1);
      const facts::Column* id = ids.find("employee_id");
      if (id == nullptr || id->dictionary.size() != 0) return false;
      const auto it = std::find(id->codes.begin(), id->codes.end(), person);
      if (it == id->codes.end()) continue;
      block_ = store_.run_numbers(run_.id, kRow, block, block + 1);
      row_ = static_cast<size_t>(it - id->codes.begin());
      return true;
    }
    return false;
  }

  std::string text(const char* column) const {
    const facts::Column* c = block_.find(column);
    return c == nullptr ? std::string() : facts::cell_text(*c, row_);
  }

  // Where the person stands: of the rank's group all whom the run ranks within it, of places those of the plan.
  scoring::Standing standing(const model::Plan& plan) const {
    scoring::Standing standing;
    standing.rank = static_cast<uint32_t>(rank_of(block_, row_));
    if (!plan.distribution && scoring::rank_group_by(plan).empty()) {
      standing.ranked = static_cast<uint32_t>(run_.rated);
      return standing;
    }
    static constexpr std::string_view kRanks[] = {"rank", "rank_group"};
    static constexpr std::string_view kPlaces[] = {"rank", "rank_group", "plan", "score", "score_exact"};
    if (plan.distribution) {
      const facts::Frame all = store_.run_numbers(run_.id, kPlaces);
      standing.ranked = ranked_in(all);
      take_places(all, plan, standing);
      return standing;
    }
    const std::unique_ptr<store::RunBlocks> blocks = store_.run_blocks(run_.id, kRanks);
    std::atomic<uint32_t> ranked = 0;
    for_pieces(blocks->count(), hardware_threads(),
               [&](size_t block, size_t) { ranked += ranked_in(blocks->read(block)); });
    standing.ranked = ranked;
    return standing;
  }

 private:
  // All blocks of the run, those near `guess` first: people go by their ids there, and mostly so by their numbers.
  std::vector<uint32_t> blocks_from(uint32_t guess) const {
    const uint64_t rows = run_.rated + run_.not_rated;
    std::vector<uint32_t> blocks(std::max<uint64_t>(1, (rows + (1U << store::kBlockBits) - 1) >> store::kBlockBits));
    std::iota(blocks.begin(), blocks.end(), 0U);
    const auto distance = [&](uint32_t block) { return block < guess ? guess - block : block - guess; };
    std::stable_sort(blocks.begin(), blocks.end(), [&](uint32_t a, uint32_t b) { return distance(a) < distance(b); });
    return blocks;
  }

  static int64_t rank_of(const facts::Frame& frame, size_t row) {
    const Decimal rank = frame.find("rank")->decimals[row];
    return rank.scale == 0 ? rank.unscaled : static_cast<int64_t>(rank.to_double());
  }
  static uint32_t code_of(const facts::Column& column, const std::string& text) {
    return text.empty() ? kMissingCode : column.dictionary.find(text).value_or(kMissingCode);
  }

  // How many of these rows have a rank in the person's group.
  uint32_t ranked_in(const facts::Frame& rows) const {
    const facts::Column& rank = *rows.find("rank");
    const facts::Column& group = *rows.find("rank_group");
    const uint32_t mine = code_of(group, text("rank_group"));
    uint32_t ranked = 0;
    for (size_t i = 0; i < rows.size(); ++i) ranked += rank.decimals[i].scale >= 0 && group.codes[i] == mine;
    return ranked;
  }

  void take_places(const facts::Frame& all, const model::Plan& plan, scoring::Standing& out) const {
    const bool exact = plan.band_on == model::BandOn::exact;
    const facts::Column& figure = *all.find(exact ? "score_exact" : "score");
    const facts::Column& rank = *all.find("rank");
    const facts::Column& group = *all.find("rank_group");
    const facts::Column& plans = *all.find("plan");
    const uint32_t mine = code_of(group, text("rank_group"));
    const uint32_t of_plan = code_of(plans, plan.id);
    // The same rank is the same figure; whoever has a better one is above.
    std::optional<Decimal> own;
    const int64_t my_rank = rank_of(block_, row_);
    for (size_t i = 0; i < all.size() && !own; ++i) {
      if (rank.decimals[i].scale >= 0 && group.codes[i] == mine && rank_of(all, i) == my_rank) own = figure.decimals[i];
    }
    uint32_t above = 0;
    uint32_t level = 0;
    for (size_t i = 0; own && i < all.size(); ++i) {
      if (rank.decimals[i].scale < 0 || group.codes[i] != mine || plans.codes[i] != of_plan) continue;
      above += figure.decimals[i] > *own;
      level += figure.decimals[i] == *own;
      ++out.placed;
    }
    out.first = above + 1;
    out.last = above + level;
  }

  store::Store& store_;
  store::Run run_;
  facts::Frame block_;
  size_t row_ = 0;
};

std::string text_of(const OptionalFigure& figure) {
  return figure ? to_string(figure->decimal()) : std::string();
}

// Takes rank, percentile and band from the run, whose row must say the same of the person as what was just scored.
std::string stand(store::Store& store, const store::Run& run, uint32_t number, ScoreOutcome& outcome) {
  StoredRows rows(store, scored_run(store, run));
  if (!rows.find(number)) return "the run does not list the person by number";
  model::PersonResult& result = outcome.results[0];
  const model::Definitions& definitions = *outcome.data->applied.definitions;
  const bool rated = result.status == model::Status::rated;
  if (rows.text("status") != (rated ? "rated" : "not_rated") || rows.text("score_exact") != text_of(result.exact))
    return "the run says something else of the person";
  scoring::Standing standing;
  if (rated) {
    const model::Plan& plan = definitions.plans[result.plan];
    if (rows.text("plan") != plan.id || rows.text("rank").empty()) return "the run says something else of the person";
    standing = rows.standing(plan);
  }
  outcome.one = std::make_shared<OnePerson>();
  outcome.one->standings = outcome.scorer->stand(0, standing, outcome.results);
  if (!rated) return {};
  const model::Scale* scale = definitions.find_scale(definitions.plans[result.plan].scale);
  const bool banded = scale != nullptr && result.band < scale->bands.size();
  if (rows.text("percentile") != text_of(result.percentile) ||
      rows.text("band") != (banded ? scale->bands[result.band].id : std::string()))
    return "the run ranks the person otherwise";
  return {};
}

void lay_own_moves(store::Store& store, const store::Run& run, const std::string& employee, ScoreOutcome& outcome) {
  std::vector<store::CalibrationMove> moves = all_moves(store, run);
  std::erase_if(moves, [&](const store::CalibrationMove& move) { return move.employee != employee; });
  lay_moves(outcome, moves);
}

std::unique_ptr<CycleData> data_of(AppliedDefinitions&& applied, const store::Run& run) {
  auto data = std::make_unique<CycleData>();
  data->applied = std::move(applied);
  data->cycle = data->applied.definitions->find_cycle(run.cycle);
  data->as_of = run.as_of;
  data->known = run.known;
  return data;
}

facts::Dataset make_dataset(const CycleData& data, PersonRecords& records) {
  facts::DatasetInput input;
  input.cycle = data.cycle->range;
  input.cycle_id = data.cycle->id;
  input.period = data.cycle->period;
  input.as_of = data.as_of;
  input.records = [&](model::TableId table) { return records.take(table); };
  Diagnostics told;  // when the run was made
  return facts::build_dataset(std::move(input), *data.applied.definitions, told);
}

}  // namespace

std::optional<ScoreOutcome> score_person_alone(store::Store& store, const store::Run& run, const std::string& employee,
                                               const Progress& progress, std::string& why) {
  report(progress, "progress/definitions", 0, 0);
  auto applied = applied_definitions(store, run.known);
  if (!applied || applied->definitions->find_cycle(run.cycle) == nullptr) {
    why = "there is no such cycle";
    return std::nullopt;
  }
  ScoreOutcome outcome;
  outcome.run = run;
  outcome.data = data_of(std::move(*applied), run);
  const model::Definitions& definitions = *outcome.data->applied.definitions;
  why = crosses_by_rules(definitions, *outcome.data->cycle, run.plan);
  if (!why.empty()) return std::nullopt;
  report(progress, "progress/dataset", 0, 0);
  const std::unique_ptr<store::FewRecords> few = store.few_records(run.known);
  const uint32_t number = few->find(model::TableId::employees, "employee_id", {&employee, 1}).front();
  why = "the store does not know the person";
  if (number == kMissingCode) return std::nullopt;
  const bool of_units = counts_units(plans_of(definitions, *outcome.data->cycle, run.plan));
  PersonRecords records(*few, definitions, run.cycle, number, of_units);
  facts::Dataset& dataset = outcome.data->dataset = make_dataset(*outcome.data, records);
  if (dataset.people.find(employee) != 0U || dataset.people.size() != 1) return std::nullopt;
  if (of_units) why = crosses_by_units(dataset, records);
  if (of_units && !why.empty()) return std::nullopt;
  report(progress, "progress/facts", 0, 0);
  records.load_facts(dataset);
  report(progress, "progress/score", 0, 1);
  outcome.scorer = std::make_unique<scoring::Scorer>(definitions, dataset, scoring::ScoreOptions{run.cycle, run.plan});
  why = "the rules find faults";
  if (has_errors(outcome.scorer->diagnostics())) return std::nullopt;
  outcome.results.resize(1);
  outcome.scorer->score_people(0, 1, outcome.results);
  why = "the person is not in the cycle";
  if (outcome.results[0].status == model::Status::not_in_cycle) return std::nullopt;
  report(progress, "progress/rank", 0, 0);
  why = stand(store, run, number, outcome);
  if (!why.empty()) return std::nullopt;
  outcome.one->facts = records.facts();
  lay_own_moves(store, run, employee, outcome);
  return outcome;
}

ScoreOutcome rescore_person(store::Store& store, const store::Run& run, const std::string& employee, int threads,
                            const Progress& progress) {
  std::string why;
  if (auto alone = score_person_alone(store, run, employee, progress, why)) return std::move(*alone);
  return rescore(store, run, threads, progress);
}

}  // namespace hr::engine
