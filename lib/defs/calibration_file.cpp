#include "defs/calibration_file.h"

#include "defs/cursor.h"
#include "defs/readers.h"
#include "defs/yaml_tree.h"

namespace hr::defs {

namespace {

constexpr int kMostRuns = 1'000'000'000;

// What is written beside the people is for people; only run and cycle are read.
void read_header(const Cursor& header, CalibrationFile& file) {
  const Fields fields(header, {"run", "cycle", "plan", "group_by", "group", "made_by", "made_at", "rests_on",
                               "coefficient_sum", "quotas"});
  if (const auto c = fields.require("run")) {
    if (const auto run = c->whole(1, kMostRuns)) file.run = *run;
    file.run_place = c->span();
  }
  if (const auto c = fields.require("cycle")) {
    set(file.cycle, c->id());
    file.cycle_place = c->span();
  }
}

bool is_filled(const std::optional<Cursor>& cursor) {
  return cursor && cursor->kind() != NodeKind::null;
}

// A text that must be there once there is a move.
void read_reason(const Fields& person, const char* key, std::string& out) {
  const auto c = person.get(key);
  if (is_filled(c)) {
    set(out, c->word());
  } else {
    (c ? *c : person.map()).error("missing-key/move", {key});
  }
}

std::optional<BandMove> read_move(const Fields& person, const CalibrationPerson& stands) {
  const auto band = person.get("move");
  if (!is_filled(band)) {
    for (const char* key : {"why", "who"}) {
      const auto c = person.get(key);
      if (is_filled(c)) c->error("missing-key/move-band", {key});
    }
    return std::nullopt;
  }
  BandMove move;
  move.employee = stands.employee;
  move.place = stands.place;
  move.band_place = band->span();
  set(move.band, band->id());
  if (!move.band.empty() && move.band == stands.band) band->error("bad-value/move-same", {move.band});
  read_reason(person, "why", move.why);
  read_reason(person, "who", move.who);
  return move;
}

void read_person(const Cursor& item, CalibrationFile& file) {
  const Fields fields(item, {"employee", "name", "score", "band", "coefficient", "rank", "flags", "manager", "leniency",
                             "leniency_n", "up", "down", "suggestion", "move", "why", "who"});
  CalibrationPerson person;
  const auto employee = fields.require("employee");
  if (!employee) return;
  person.place = employee->span();
  set(person.employee, employee->imported_id());
  if (const auto c = fields.require("score")) {
    person.score = c->decimal();
    person.score_place = c->span();
  }
  if (const auto c = fields.require("band")) {
    if (c->kind() != NodeKind::null) set(person.band, c->id());
    person.band_place = c->span();
  }
  if (auto move = read_move(fields, person)) file.moves.push_back(std::move(*move));
  file.people.push_back(std::move(person));
}

}  // namespace

LoadedCalibration load_calibration(const DefinitionFile& file) {
  LoadedCalibration loaded;
  const Tree tree = read_yaml(file.path, file.text, loaded.diagnostics);
  if (!tree.readable) return loaded;
  if (tree.root == kNoNode || tree.nodes[tree.root].kind != NodeKind::map) {
    loaded.diagnostics.push_back(make_error("no-definitions/calibration", {file.path, 1, 1, 0}));
    return loaded;
  }
  const Fields fields(Cursor(tree, tree.root, loaded.diagnostics), {"version", "calibration", "people"});
  if (!fields.says("calibration")) {
    loaded.diagnostics.push_back(make_error("no-definitions/calibration", {file.path, 1, 1, 0}));
    return loaded;
  }
  read_version(fields);
  if (const auto header = fields.get("calibration")) read_header(*header, loaded.file);
  if (const auto people = fields.require("people")) {
    for (const Cursor& item : people->items()) {
      if (item.kind() == NodeKind::map)
        read_person(item, loaded.file);
      else if (item.kind() != NodeKind::broken)
        item.error("bad-value/map", {item.path()});
    }
  }
  sort_by_place({file}, loaded.diagnostics);
  return loaded;
}

std::vector<BandMove> read_moves(const Cursor& list) {
  std::vector<BandMove> moves;
  for (const Cursor& item : list.items()) {
    const Fields fields(item, {"employee", "band", "who", "why"});
    BandMove move;
    if (const auto c = fields.require("employee")) {
      set(move.employee, c->imported_id());
      move.place = c->span();
    }
    if (const auto c = fields.require("band")) {
      set(move.band, c->id());
      move.band_place = c->span();
    }
    if (const auto c = fields.require("who")) set(move.who, c->word());
    if (const auto c = fields.require("why")) set(move.why, c->word());
    moves.push_back(std::move(move));
  }
  return moves;
}

}  // namespace hr::defs
