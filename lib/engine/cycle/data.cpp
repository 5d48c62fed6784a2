#include "engine/cycle/data.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/listed.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "facts/dataset_builder.h"

namespace hr::engine {

using model::TableId;

const model::Definitions& no_definitions() {
  static const model::Definitions kNothing;
  return kNothing;
}

static std::optional<AppliedDefinitions> read_definitions(store::Store& store, store::Timestamp known) {
  const auto version = store.latest_definitions(known);
  if (!version) return std::nullopt;
  AppliedDefinitions applied;
  applied.version = *version;
  for (store::DefinitionFile& file : store.definition_files(version->id)) {
    applied.files.push_back({std::move(file.path), std::move(file.text)});
  }
  defs::Loaded loaded = defs::load_definitions(applied.files);
  if (has_errors(loaded.diagnostics))
    throw Error(ErrorKind::system, "stored-definitions-unreadable", {std::to_string(version->id)});
  applied.definitions = std::make_shared<const model::Definitions>(std::move(loaded.definitions));
  return applied;
}

std::optional<AppliedDefinitions> applied_definitions(store::Store& store, store::Timestamp known,
                                                      const std::function<void()>& meanwhile) {
  std::optional<AppliedDefinitions> applied;
  for_pieces(meanwhile ? 2 : 1, hardware_threads(), [&](size_t piece, size_t) {
    if (piece == 0)
      applied = read_definitions(store, known);
    else
      meanwhile();
  });
  return applied;
}

static const model::Cycle& find_cycle(const model::Definitions& definitions, const std::string& id) {
  if (const model::Cycle* cycle = definitions.find_cycle(id)) return *cycle;
  std::vector<std::string> ids;
  for (const model::Cycle& c : definitions.cycles) ids.push_back(c.id);
  const auto near = nearest(id, ids);
  if (near) throw Error(ErrorKind::rejected, "cycle-missing/near", {escape_controls(id), *near});
  throw Error(ErrorKind::rejected, "cycle-missing", {escape_controls(id), listed(ids)});
}

// "source:N" of the builder's findings → the file's name.
void name_sources(store::Store& store, Diagnostics& diagnostics) {
  if (diagnostics.empty()) return;
  const std::vector<store::Source> sources = store.sources(store::kNow);
  const auto name = [&](SourceSpan& span) {
    for (const store::Source& s : sources) {
      if (span.file == "source:" + std::to_string(s.id)) span.file = s.file;
    }
  };
  for (Diagnostic& d : diagnostics) {
    name(d.span);
    for (SourceSpan& span : d.related) name(span);
  }
}

std::string source_name(store::Store& store, uint32_t source) {
  for (const store::Source& s : store.sources(store::kNow)) {
    if (s.id == source) return s.file;
  }
  return {};
}

std::span<const std::string_view> columns_to_score(TableId table) {
  static constexpr std::string_view kFeedback[] = {"employee_id", "rater_id", "relation", "rating", "date"};
  static constexpr std::string_view kKeyResults[] = {"key_result", "objective", "owner",  "type", "title",
                                                     "weight",     "start",     "target", "kpi"};
  static constexpr std::string_view kCheckins[] = {"key_result", "date", "value", "confidence"};
  if (table == TableId::feedback) return kFeedback;
  if (table == TableId::key_results) return kKeyResults;
  return table == TableId::checkins ? std::span<const std::string_view>(kCheckins)
                                    : std::span<const std::string_view>();
}

// Whether a person's facts may be looked at for somebody else, or after the scores: a key result of another's KPI, and
// the names of what is missing.
static bool needs_all_facts(const model::Definitions& definitions, const facts::Okrs& okrs) {
  const auto fails = [](const model::Plan& plan) { return plan.missing == model::MissingPolicy::fail; };
  const auto is_measured = [](const model::KeyResult& kr) { return !kr.kpi.empty(); };
  for (const model::Objective& o : okrs.defined) {
    if (std::any_of(o.key_results.begin(), o.key_results.end(), is_measured)) return true;
  }
  if (okrs.kpi.size() > 0) return true;
  return std::any_of(definitions.plans.begin(), definitions.plans.end(), fails);
}

static void load_facts(store::Store& store, store::Timestamp known, bool of_people, facts::Dataset& dataset,
                       const Progress& progress) {
  facts::SubjectMap map = facts::map_subjects(store.subjects(), dataset);
  if (!of_people) {
    map.person.clear();
    const auto is_known = [](uint32_t unit) { return unit != facts::kNone; };
    if (std::none_of(map.unit.begin(), map.unit.end(), is_known)) return;
  }
  report(progress, "progress/facts", 0, 0);
  uint64_t read = 0;
  facts::FactReader reader(map);
  store.facts(dataset.cycle, known)->read([&](const store::FactBlock& block) {
    reader.add(block.kpi, block.period, block.subjects, block.values);
    read += block.subjects.size();
  });
  dataset.kpis = facts::take_kpis({&reader, 1});
  report(progress, "progress/facts", read, read);
}

// The moment after which nothing that counts was recorded: what `--known` must say to get the same again.
static store::Timestamp last_recorded(store::Store& store, store::Timestamp known, store::Timestamp applied_at) {
  store::Timestamp last = applied_at;
  for (const store::Source& s : store.sources(known)) last = std::max(last, s.imported_at);
  return last;
}

std::unique_ptr<CycleData> load_cycle(store::Store& store, const CycleRequest& request, const Progress& progress) {
  report(progress, "progress/definitions", 0, 0);
  auto applied = request.applied ? std::optional(*request.applied)
                                 : applied_definitions(store, request.known, [&] { store.subjects().texts(); });
  if (!applied && request.known != store::kNow) {
    throw Error(ErrorKind::rejected, "nothing-applied/by", {to_iso_timestamp(request.known)});
  }
  if (!applied) throw Error(ErrorKind::rejected, "nothing-applied");
  auto data = std::make_unique<CycleData>();
  data->applied = std::move(*applied);
  data->cycle = &find_cycle(*data->applied.definitions, request.cycle);
  data->as_of = request.as_of.value_or(std::min(data->cycle->range.last(), request.today));
  data->known = last_recorded(store, request.known, data->applied.version.applied_at);

  report(progress, "progress/load", 0, 0);
  const bool leaves_out = request.leaves_out_okrs && request.leaves_out_okrs(*data);
  facts::DatasetInput input;
  input.cycle = data->cycle->range;
  input.cycle_id = data->cycle->id;
  input.period = data->cycle->period;
  input.as_of = data->as_of;
  input.threads = request.threads;
  const store::Timestamp organisation_known = request.organisation_known.value_or(request.known);
  input.records = [&](TableId table) {
    if (leaves_out && table == TableId::objectives) return std::vector<facts::Frame>();
    return store.records(table, is_organisation(table) ? organisation_known : request.known, columns_to_score(table));
  };
  input.parts = [&](TableId table, const facts::TakeRows& take) {
    if (leaves_out) return;
    store.read_records(table, request.known, columns_to_score(table), request.threads, take);
  };
  report(progress, "progress/dataset", 0, 0);
  facts::Dataset dataset;
  Diagnostics diagnostics;
  for_pieces(request.meanwhile ? 2 : 1, request.threads, [&](size_t piece, size_t) {
    if (piece == 0) {
      dataset = facts::build_dataset(std::move(input), leaves_out ? no_definitions() : *data->applied.definitions,
                                     diagnostics);
    } else {
      request.meanwhile(*data);
    }
  });
  data->dataset = std::move(dataset);
  data->diagnostics = std::move(diagnostics);
  data->facts_left_out = request.facts_in_slices && !needs_all_facts(*data->applied.definitions, data->dataset.okrs);
  if (request.with_facts) load_facts(store, request.known, !data->facts_left_out, data->dataset, progress);
  name_sources(store, data->diagnostics);
  return data;
}

AppliedDefinitions require_cycle(store::Store& store, const std::string& id) {
  auto applied = applied_definitions(store, store::kNow);
  if (!applied) throw Error(ErrorKind::rejected, "nothing-applied");
  find_cycle(*applied->definitions, id);
  return std::move(*applied);
}

static facts::Dataset build_organisation(Date as_of, const std::function<std::vector<facts::Frame>(TableId)>& records,
                                         Diagnostics& diagnostics) {
  facts::DatasetInput input;
  input.cycle = {kFarPast, kFarFuture};
  input.as_of = as_of;
  input.threads = hardware_threads();
  input.records = [&](TableId table) { return is_organisation(table) ? records(table) : std::vector<facts::Frame>{}; };
  return facts::build_dataset(std::move(input), no_definitions(), diagnostics);
}

facts::Dataset load_organisation(store::Store& store, Date as_of, store::Timestamp known, Diagnostics& diagnostics,
                                 std::span<const std::string_view> columns) {
  const auto records = [&](TableId table) {
    return table == TableId::org_units ? store.records(table, known) : store.records(table, known, columns);
  };
  facts::Dataset dataset = build_organisation(as_of, records, diagnostics);
  name_sources(store, diagnostics);
  return dataset;
}

Diagnostics organisation_findings(store::Store& store, Date as_of) {
  static constexpr std::string_view kOfPeople[] = {"employee_id", "org_unit", "manager_id", "hire_date",
                                                   "termination_date"};  // of what else they hold nothing is said
  const auto records = [&](TableId table) {
    return table == TableId::employees ? store.records(table, store::kNow, kOfPeople)
                                       : store.records(table, store::kNow);
  };
  Diagnostics found;
  build_organisation(as_of, records, found);
  return found;
}

}  // namespace hr::engine
