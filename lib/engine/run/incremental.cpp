#include "engine/run/incremental.h"

#include <algorithm>

#include "base/error.h"
#include "base/parallel.h"
#include "engine/run/carried_scores.h"
#include "facts/dataset_builder.h"
#include "facts/grouping.h"
#include "facts/run_results.h"

namespace hr::engine {

namespace {

using model::TableId;

constexpr size_t kBlock = size_t{1} << store::kBlockBits;  // rows of a run

struct Why {
  std::string key;  // empty = nothing speaks against it
  std::vector<std::string> args;
};

Why differs(const store::Run& run, const CycleData& data, const std::string& program_version) {
  const std::string id = std::to_string(run.id);
  if (run.definitions_version != data.applied.version.id) return {"score-whole/definitions", {id}};
  if (run.as_of != data.as_of) return {"score-whole/as-of", {id, to_string(run.as_of)}};
  if (run.program_version != program_version) return {"score-whole/program", {id, run.program_version}};
  return {};
}

// By the rules a person's facts count for another, or others' closed scores do.
Why crosses_by_rules(const CycleData& data, const std::string& only) {
  const model::Definitions& definitions = *data.applied.definitions;
  if (carrying_plan(definitions, *data.cycle, only) != nullptr) return {"score-whole/carry", {}};
  for (const model::Plan& plan : definitions.plans) {
    if (plan.missing == model::MissingPolicy::fail) return {"score-whole/missing-fail", {plan.id}};
  }
  for (const model::Objective& objective : definitions.objectives) {
    if (objective.owner.kind != model::OwnerKind::employee) continue;  // units' facts do not change
    for (const model::KeyResult& kr : objective.key_results) {
      if (!kr.kpi.empty()) return {"score-whole/measured", {kr.id}};
    }
  }
  return {};
}

Why other_tables_changed(const store::Run& run, store::Store& store) {
  const std::vector<store::Source> sources = store.sources_of_records(run.known);
  if (sources.empty()) return {};
  const store::Source& first = sources.front();
  return {"score-whole/table",
          {std::string(model::imported_table(first.table).name), first.file, std::to_string(run.id)}};
}

// A unit's facts count for all of its people.
Why unit_changed(const std::vector<uint32_t>& subjects, const facts::SharedDictionary& names) {
  for (const uint32_t subject : subjects) {
    const std::string_view name = names[subject];
    if (name.starts_with("unit:")) return {"score-whole/unit", {std::string(name)}};
  }
  return {};
}

// Of runs that do not differ the one that knows most; else what the last one of the cycle and plan differs in.
Why choose(store::Store& store, const CycleData& data, const std::string& plan, const std::string& program_version,
           int64_t only, BaseRun& base) {
  Why why{"score-whole/no-run", {}};
  if (only != 0) why = {"score-whole/other-run", {std::to_string(only)}};
  bool told = false;
  const std::vector<store::Run> runs = store.runs();
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    const bool wanted = run->base_run == 0 && run->cycle == data.cycle->id && run->plan == plan;
    if (!wanted || (only != 0 && run->id != only)) continue;
    const Why how = differs(*run, data, program_version);
    if (!how.key.empty()) {
      if (!told) why = how;
      told = true;
    } else if (!base.run || run->known > base.run->known) {
      base.run = *run;
    }
  }
  return base.run ? Why() : why;
}

// Whether a group may have a score without coverage to speak of: one that weighs next to nothing, but, where small
// groups fold, with the weight of others.
bool may_hide_feedback(const model::Plan& plan) {
  double total = 0;
  for (const model::WeightedName& group : plan.feedback.groups) total += group.weight.to_double();
  return std::any_of(plan.feedback.groups.begin(), plan.feedback.groups.end(),
                     [&](const model::WeightedName& group) { return group.weight.to_double() < total * 1e-11; });
}

[[noreturn]] void refuse_rows(const store::Run& run) {
  throw Error(ErrorKind::system, "run-not-reproduced", {std::to_string(run.id), run.program_version});
}

bool had_no_data(const facts::Frame& rows, size_t row, std::span<const std::string_view> coverages) {
  const facts::Column& reasons = *rows.find("reasons");
  if (reasons.missing(row) || reasons.text(row).find("no_data") == std::string_view::npos) return false;
  return std::any_of(coverages.begin(), coverages.end(),
                     [&](std::string_view name) { return rows.find(name)->decimals[row] == make_decimal(0); });
}

// Of somebody without any data a row shows no figure of coverage 0. OKRs or feedback may have one all the same, of
// weights next to nothing, which counts as soon as there are other data (settle_missing() in scoring/person.cpp).
Why hides_a_figure(store::Store& store, const CycleData& data, const BaseRun& base, int threads) {
  const std::vector<model::Plan>& plans = data.applied.definitions->plans;
  std::vector<std::string_view> coverages{"okr_coverage"};
  if (std::any_of(plans.begin(), plans.end(), may_hide_feedback)) coverages.emplace_back("feedback_coverage");
  std::vector<std::string_view> columns{"employee_id", "reasons"};
  columns.insert(columns.end(), coverages.begin(), coverages.end());
  const facts::SharedDictionary subjects = store.subjects();
  const std::unique_ptr<store::RunBlocks> blocks = store.run_blocks(base.run->id, columns);
  std::vector<std::string> found(blocks->count());  // somebody of each block; "" = nobody
  for_pieces(blocks->count(), threads, [&](size_t block, size_t) {
    const facts::Frame rows = blocks->read(block);
    if (rows.columns.size() != columns.size()) refuse_rows(*base.run);
    const facts::Column& id = *rows.find("employee_id");
    for (size_t row = 0; row < rows.size() && found[block].empty(); ++row) {
      if (!had_no_data(rows, row, coverages)) continue;
      const auto subject = id.dictionary.same_as(subjects) ? id.codes[row] : subjects.find(id.text(row));
      if (subject && std::binary_search(base.changed.begin(), base.changed.end(), *subject))
        found[block] = id.text(row);
    }
  });
  const auto first = std::find_if(found.begin(), found.end(), [](const std::string& id) { return !id.empty(); });
  return first == found.end() ? Why() : Why{"score-whole/no-data", {*first, std::to_string(base.run->id)}};
}

std::vector<uint32_t> people_in_cycle(const facts::Dataset& dataset) {
  std::vector<uint32_t> people;
  for (uint32_t p = 0; p < dataset.people.size(); ++p) {
    if (facts::last_spell(dataset, p) != facts::kNone) people.push_back(p);
  }
  return people;
}

}  // namespace

BaseRun find_base_run(store::Store& store, const CycleData& data, const std::string& plan,
                      const std::string& program_version, int64_t only, int threads) {
  BaseRun base;
  Why why = crosses_by_rules(data, plan);
  if (why.key.empty()) why = choose(store, data, plan, program_version, only, base);
  if (why.key.empty()) why = other_tables_changed(*base.run, store);
  if (why.key.empty() && store.says_any(TableId::key_results, "kpi")) why = {"score-whole/measured-imported", {}};
  if (why.key.empty()) {
    base.changed = store.subjects_of_new_facts(data.cycle->range, base.run->known, store::kNow);
    why = unit_changed(base.changed, store.subjects());
  }
  if (why.key.empty() && !base.changed.empty()) why = hides_a_figure(store, data, base, threads);
  if (why.key.empty()) return base;
  base.run.reset();
  base.why = why.key;
  base.why_args = why.args;
  return base;
}

BaseRows read_base_rows(store::Store& store, const BaseRun& base, const model::Definitions& definitions, int threads) {
  std::vector<std::string_view> columns{"employee_id"};
  columns.insert(columns.end(), facts::RunResults::columns().begin(), facts::RunResults::columns().end());
  const std::unique_ptr<store::RunBlocks> blocks = store.run_blocks(base.run->id, columns);
  if (base.run->rated + base.run->not_rated > blocks->count() * kBlock) refuse_rows(*base.run);
  BaseRows out;
  out.results.resize(base.run->rated + base.run->not_rated);
  out.ids.resize(blocks->count());
  for_pieces(blocks->count(), threads, [&](size_t block, size_t) {
    facts::Frame rows = blocks->read(block);
    const size_t begin = block * kBlock;
    const bool last = block + 1 == blocks->count();
    if (rows.columns.size() != columns.size()) refuse_rows(*base.run);
    if (begin + rows.size() > out.results.size()) refuse_rows(*base.run);
    if (last ? begin + rows.size() != out.results.size() : rows.size() != kBlock) refuse_rows(*base.run);
    const facts::RunResults before(rows, definitions);
    for (size_t row = 0; row < rows.size(); ++row) out.results[begin + row] = before.result(row);
    out.ids[block] = std::move(*rows.find("employee_id"));
  });
  return out;
}

std::vector<uint8_t> take_results(BaseRows rows, const BaseRun& base, const CycleData& data,
                                  const scoring::Scorer& scorer, const facts::SubjectMap& subjects, int threads,
                                  model::PersonResults& results) {
  const facts::Dataset& dataset = data.dataset;
  const std::vector<uint32_t> listed = people_in_cycle(dataset);
  if (listed.size() != rows.results.size()) refuse_rows(*base.run);
  results = std::move(rows.results);
  results.resize(dataset.people.size(), model::PersonResult{});
  for (size_t row = listed.size(); row-- > 0 && listed[row] != row;)  // those before stand in their places
    std::swap(results[listed[row]], results[row]);
  std::vector<uint8_t> stands(dataset.people.size(), 1);  // who is not in the cycle has no result
  for_pieces(rows.ids.size(), threads, [&](size_t block, size_t) {
    const facts::Column& id = rows.ids[block];
    const bool same_ids = id.dictionary.same_as(dataset.people.id.texts);
    for (size_t row = 0; row < id.size(); ++row) {
      const uint32_t person = listed[block * kBlock + row];
      if (same_ids ? id.codes[row] != dataset.people.id.codes[person] : id.text(row) != dataset.people.id[person])
        refuse_rows(*base.run);
      stands[person] = scorer.undo_distribute(person, results[person]);
    }
  });
  for (const uint32_t subject : base.changed) {
    const uint32_t person = subjects.person[subject];
    if (person != facts::kNone && results[person].status != model::Status::not_in_cycle) stands[person] = 0;
  }
  return stands;
}

}  // namespace hr::engine
