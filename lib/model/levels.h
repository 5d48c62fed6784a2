// How high a figure stood in a group of people, period after period.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/decimal.h"

namespace hr::model {

struct Level {
  std::string period;   // as people name it: 2026-03, or a cycle
  int64_t time = 0;     // consecutive periods have consecutive numbers
  uint32_t people = 0;  // who have the figure
  Decimal value;        // their median
};

struct Levels {
  std::string figure;         // a KPI, or what a run has of people
  std::string group;          // value of an attribute; empty: none, or everybody
  std::string kind;           // of the periods: day, week, month, quarter, half, year, cycle
  int64_t seasons = 0;        // periods a year, where seasons can be told apart; else 0
  std::vector<Level> levels;  // ascending
};

}  // namespace hr::model
