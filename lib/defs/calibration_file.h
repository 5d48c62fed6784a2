// Calibration files: who is in a group, and which bands people there are moved to. Written by `calibrate plan`, edited
// by people, read by `calibrate apply`. docs/formats/calibration.md. And the same moves in a policy test.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostic.h"
#include "defs/load.h"

namespace hr::defs {

class Cursor;

// A person's new band, as somebody wrote it.
struct BandMove {
  std::string employee;
  std::string band;
  std::string who;
  std::string why;
  SourceSpan place;       // of the employee
  SourceSpan band_place;  // of the band
};

// How a person stood when the file was written.
struct CalibrationPerson {
  std::string employee;
  std::optional<Decimal> score;  // the official score
  std::string band;              // empty = none
  SourceSpan place, score_place, band_place;
};

struct CalibrationFile {
  int64_t run = 0;
  std::string cycle;
  SourceSpan run_place, cycle_place;
  std::vector<CalibrationPerson> people;
  std::vector<BandMove> moves;  // of people of the file, in its order
};

struct LoadedCalibration {
  CalibrationFile file;  // usable only when diagnostics has no errors
  Diagnostics diagnostics;
};
LoadedCalibration load_calibration(const DefinitionFile& file);

// `calibration:` of a policy test: a list of moves, all keys needed.
std::vector<BandMove> read_moves(const Cursor& list);

}  // namespace hr::defs
