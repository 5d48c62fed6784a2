#include "engine/run/calibration.h"

#include <algorithm>
#include <unordered_map>

#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "engine/cycle/stage.h"
#include "scoring/band.h"
#include "scoring/calibration.h"

namespace hr::engine {

namespace {

const model::Scale* scale_of(const ScoreOutcome& outcome, const model::PersonResult& result) {
  const model::Definitions& definitions = *outcome.data->applied.definitions;
  return result.plan < definitions.plans.size() ? definitions.find_scale(definitions.plans[result.plan].scale)
                                                : nullptr;
}

std::string band_id(const model::Scale* scale, uint32_t band) {
  return scale != nullptr && band < scale->bands.size() ? scale->bands[band].id : std::string();
}

std::optional<uint32_t> find_band(const model::Scale* scale, const std::string& id) {
  for (uint32_t i = 0; scale != nullptr && i < scale->bands.size(); ++i) {
    if (scale->bands[i].id == id) return i;
  }
  return std::nullopt;
}

// The person of an id, if the run lists them.
std::optional<uint32_t> listed_person(const ScoreOutcome& outcome, const std::string& employee) {
  const auto person = outcome.data->dataset.people.find(employee);
  if (!person || outcome.results[*person].status == model::Status::not_in_cycle) return std::nullopt;
  return person;
}

// Checks moves one by one; each finding stands at the move.
class MoveChecks {
 public:
  MoveChecks(const ScoreOutcome& outcome, CheckedMoves& out) : outcome_(outcome), out_(out) {}

  void check(const defs::BandMove& move) {
    const auto [first, fresh] = seen_.emplace(move.employee, &move);
    if (!fresh) return say("duplicate-id/person", move.place, {move.employee, place_of(*first->second)});
    const auto person = listed_person(outcome_, move.employee);
    if (!person) return unknown(move);
    const model::PersonResult& result = outcome_.results[*person];
    if (result.status != model::Status::rated) return say("calibration-not-rated", move.place, {move.employee});
    const model::Scale* scale = scale_of(outcome_, result);
    const auto band = find_band(scale, move.band);
    if (!band) return unknown_band(move, scale);
    if (result.best_band != model::kNoBand && better(scale, *band, result.best_band))
      return say("calibration-vetoed", move.band_place, {move.employee, move.band, band_id(scale, result.best_band)});
    out_.moves.push_back({move.employee, band_id(scale, result.band), move.band, move.who, move.why});
  }

 private:
  static std::string place_of(const defs::BandMove& move) {
    return move.place.file + ":" + std::to_string(move.place.line);
  }

  static bool better(const model::Scale* scale, uint32_t a, uint32_t b) {
    return scale->bands[a].from > scale->bands[b].from;
  }

  void say(const char* message, const SourceSpan& place, std::vector<std::string> args, std::string near = {}) {
    Diagnostic d = make_error(message, place, std::move(args));
    d.suggestion = std::move(near);
    out_.diagnostics.push_back(std::move(d));
  }

  void unknown(const defs::BandMove& move) {
    say("unknown-employee/run", move.place, {move.employee},
        nearest(move.employee, outcome_.data->dataset.people.id.all()).value_or(""));
  }

  void unknown_band(const defs::BandMove& move, const model::Scale* scale) {
    std::vector<std::string> ids;
    if (scale == nullptr) return say("unknown-reference/no-scale", move.band_place, {move.employee});
    for (const model::Band& band : scale->bands) ids.push_back(band.id);
    say("unknown-reference/move-band", move.band_place, {move.band, scale->id, listed(ids)},
        nearest(move.band, ids).value_or(""));
  }

  const ScoreOutcome& outcome_;
  CheckedMoves& out_;
  std::unordered_map<std::string, const defs::BandMove*> seen_;
};

}  // namespace

CheckedMoves check_moves(const ScoreOutcome& outcome, std::span<const defs::BandMove> moves) {
  CheckedMoves out;
  MoveChecks checks(outcome, out);
  for (const defs::BandMove& move : moves) checks.check(move);
  return out;
}

void lay_moves(ScoreOutcome& outcome, const std::vector<store::CalibrationMove>& moves) {
  if (moves.empty()) return;
  std::vector<scoring::BandMove> bands;
  for (const store::CalibrationMove& move : moves) {
    const auto person = listed_person(outcome, move.employee);
    const auto band = person ? find_band(scale_of(outcome, outcome.results[*person]), move.after) : std::nullopt;
    if (!band)
      throw Error(ErrorKind::system, "stored-definitions-unreadable",
                  {std::to_string(outcome.run.definitions_version)});
    bands.push_back({*person, *band});
  }
  scoring::calibrate(bands, outcome.results);
  outcome.moves.insert(outcome.moves.end(), moves.begin(), moves.end());
}

std::vector<MoveOfRun> moves_of_runs(store::Store& store, const store::Run& run) {
  std::vector<store::Run> chain{run};  // newest first
  while (chain.back().base_run != 0) {
    const auto base = store.run(chain.back().base_run);
    if (!base || base->id >= chain.back().id) break;
    chain.push_back(*base);
  }
  std::vector<MoveOfRun> moves;
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    for (store::CalibrationMove& move : store.calibration_moves(it->id)) moves.push_back({it->id, std::move(move)});
  }
  return moves;
}

std::vector<store::CalibrationMove> all_moves(store::Store& store, const store::Run& run) {
  std::vector<store::CalibrationMove> moves;
  for (MoveOfRun& m : moves_of_runs(store, run)) moves.push_back(std::move(m.move));
  return moves;
}

void explain_moves(const ScoreOutcome& outcome, uint32_t person, model::Derivation& tree) {
  std::vector<scoring::MoveWords> words;
  for (const store::CalibrationMove& move : outcome.moves) {
    if (move.employee == outcome.data->dataset.people.id[person])
      words.push_back({move.before, move.after, move.who, move.why});
  }
  if (!words.empty()) scoring::explain_moves(words, tree);
}

std::string require_attribute(const facts::Dataset& dataset, const std::string& name) {
  constexpr std::string_view kLevel = "unit_level_";
  if (name.size() == kLevel.size() + 1 && name.starts_with(kLevel) && name.back() >= '1' && name.back() <= '9')
    return name;
  const std::vector<std::string> names = dataset.spells.attribute_names();
  for (const std::string& known : {name, "attr." + name}) {
    if (std::find(names.begin(), names.end(), known) != names.end()) return known;
  }
  const auto near = nearest(name, names);
  if (near) throw Error(ErrorKind::rejected, "attribute-missing/near", {escape_controls(name), *near});
  throw Error(ErrorKind::rejected, "attribute-missing", {escape_controls(name)});
}

namespace {

// What the files say, and which run they are for.
struct Plans {
  std::vector<defs::CalibrationFile> files;
  std::vector<defs::BandMove> moves;
};

Plans read_plans(const std::vector<defs::DefinitionFile>& files, Diagnostics& diagnostics) {
  Plans plans;
  for (const defs::DefinitionFile& file : files) {
    defs::LoadedCalibration loaded = defs::load_calibration(file);
    diagnostics.insert(diagnostics.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
    plans.moves.insert(plans.moves.end(), loaded.file.moves.begin(), loaded.file.moves.end());
    plans.files.push_back(std::move(loaded.file));
  }
  return plans;
}

// The run that the moves are laid on; none, with a reason, when the files do not agree on one that is there.
std::optional<store::Run> base_of(store::Store& store, const CalibrateRequest& request, const Plans& plans,
                                  Diagnostics& diagnostics) {
  const defs::CalibrationFile& first = plans.files.front();
  std::optional<store::Run> run = store.run(request.run.value_or(first.run));
  const size_t before = diagnostics.size();
  if (!run) {
    diagnostics.push_back(make_error("calibration-run/missing", first.run_place, {std::to_string(first.run)}));
    return std::nullopt;
  }
  for (const defs::CalibrationFile& file : plans.files) {
    if (file.cycle != run->cycle) {
      diagnostics.push_back(
          make_error("calibration-run/cycle", file.cycle_place, {file.cycle, std::to_string(run->id), run->cycle}));
    } else if (!request.run && file.run != first.run) {
      diagnostics.push_back(
          make_error("calibration-run/several", file.run_place, {std::to_string(file.run), std::to_string(first.run)}));
    }
  }
  return diagnostics.size() == before ? run : std::nullopt;
}

std::string shown(const std::optional<Decimal>& score) {
  return score ? to_string(*score) : "-";
}

// Everybody in the files must stand as they stood when the files were written.
void find_conflicts(const ScoreOutcome& outcome, const std::vector<defs::CalibrationFile>& files,
                    Diagnostics& diagnostics) {
  const auto conflict = [&](const char* message, const SourceSpan& place, std::vector<std::string> args) {
    diagnostics.push_back(make_error(message, place, std::move(args)));
  };
  const std::string run = std::to_string(outcome.run.id);
  for (const defs::CalibrationFile& file : files) {
    for (const defs::CalibrationPerson& p : file.people) {
      const auto person = listed_person(outcome, p.employee);
      if (!person) {
        conflict("calibration-conflict/gone", p.place, {p.employee, run});
        continue;
      }
      const model::PersonResult& result = outcome.results[*person];
      const auto score = result.score ? std::optional(result.score->decimal()) : std::nullopt;
      const std::string band = band_id(scale_of(outcome, result), result.band);
      if (score != p.score)
        conflict("calibration-conflict/score", p.score_place, {p.employee, shown(p.score), shown(score), run});
      if (band != p.band)
        conflict("calibration-conflict/band", p.band_place,
                 {p.employee, p.band.empty() ? "-" : p.band, band.empty() ? "-" : band, run});
    }
  }
}

// A move of somebody who is gone has been told as a conflict already.
bool told(const Diagnostic& found, const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [&](const Diagnostic& d) { return d.span == found.span && d.code == "calibration-conflict"; });
}

void check_all(const Plans& plans, CalibrateOutcome& outcome) {
  find_conflicts(outcome.scored, plans.files, outcome.diagnostics);
  CheckedMoves checked = check_moves(outcome.scored, plans.moves);
  std::erase_if(checked.diagnostics, [&](const Diagnostic& d) { return told(d, outcome.diagnostics); });
  outcome.diagnostics.insert(outcome.diagnostics.end(), checked.diagnostics.begin(), checked.diagnostics.end());
  outcome.moves = std::move(checked.moves);
}

std::vector<QuotaGap> quota_gaps(const ScoreOutcome& scored) {
  std::vector<QuotaGap> gaps;
  for (const scoring::BandGroup& group : scored.scorer->band_groups(scored.results, std::nullopt)) {
    for (size_t i = 0; i < group.places.size(); ++i) {
      const auto people =
          static_cast<uint32_t>(std::count_if(group.people.begin(), group.people.end(),
                                              [&](uint32_t p) { return scored.results[p].band == group.bands[i]; }));
      const model::Scale* scale = scale_of(scored, scored.results[group.people.front()]);
      if (people != group.places[i])
        gaps.push_back({group.name, band_id(scale, group.bands[i]), people, group.places[i]});
    }
  }
  return gaps;
}

store::Run new_run(store::Store& store, const store::Run& base, const CalibrateRequest& request) {
  store::Run run = base;
  run.id = 0;
  run.base_run = base.id;
  run.created_by = request.who_when.who;
  run.created_at = request.dry_run ? request.who_when.now : store.next_timestamp(request.who_when.now);
  run.program_version = request.program_version;
  run.result_hash.clear();
  return run;
}

// The last run whose moves rest on `base`, directly or on runs between; 0 when there is none.
int64_t last_above(store::Store& store, int64_t base) {
  std::vector<int64_t> above{base};
  for (const store::Run& run : store.runs()) {  // oldest first: a run comes after its base
    if (std::find(above.begin(), above.end(), run.base_run) != above.end()) above.push_back(run.id);
  }
  return above.size() > 1 ? above.back() : 0;
}

}  // namespace

CalibrateOutcome calibrate(store::Store& store, const CalibrateRequest& request) {
  CalibrateOutcome outcome;
  const Plans plans = read_plans(request.files, outcome.diagnostics);
  if (has_errors(outcome.diagnostics)) return outcome;
  if (plans.moves.empty()) throw Error(ErrorKind::rejected, "calibration-empty");
  const std::unique_ptr<store::Transaction> transaction = request.dry_run ? nullptr : store.begin();
  const auto base = base_of(store, request, plans, outcome.diagnostics);
  if (!base) return outcome;
  outcome.scored = rescore(store, *base, request.threads);
  const Date today = date_of(request.who_when.now);
  require_not_closed(base->cycle, stage_of(*outcome.scored.data->cycle, store.cycle_events(store::kNow), today));
  check_all(plans, outcome);
  defs::sort_by_place(request.files, outcome.diagnostics);
  if (has_errors(outcome.diagnostics)) return outcome;
  lay_moves(outcome.scored, outcome.moves);
  outcome.gaps = quota_gaps(outcome.scored);
  outcome.other_run = last_above(store, base->id);
  outcome.scored.run = new_run(store, *base, request);
  if (request.dry_run) return outcome;
  append_run(store, outcome.scored, rows_of(outcome.scored), outcome.moves, request.threads);
  transaction->commit();
  return outcome;
}

}  // namespace hr::engine
