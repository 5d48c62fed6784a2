// What the definition files declare and what they refer to, gathered while they are read: the checks over all files
// together start from here.
#pragma once

#include <array>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/diagnostic.h"
#include "defs/cursor.h"

namespace hr::defs {

enum class Kind : uint8_t {
  kpi,
  curve,
  scorecard,
  objective,
  key_result,
  cycle,
  plan,
  scale,
  mapping,
  check,
  band,
  goal
};
inline constexpr size_t kKinds = 12;  // band: of any scale; goal: an objective or a key result

struct Named {  // a declaration of an id, or a reference to one
  Kind kind = Kind::kpi;
  std::string id;
  SourceSpan span;
  const char* message = "unknown-reference";  // of a reference to nothing
};

struct ByPlace {
  bool operator()(const SourceSpan& a, const SourceSpan& b) const {
    return std::tie(a.file, a.line, a.col) < std::tie(b.file, b.line, b.col);
  }
};
using Places = std::set<SourceSpan, ByPlace>;

struct Found {
  std::vector<Named> declarations;
  std::vector<Named> references;
  std::array<bool, kKinds> incomplete{};  // an id of this kind could not be read: references to it prove nothing

  Places unread_goalposts;  // scorecard KPIs whose target or the like is given, but not usable
  Places unread_weights;    // objectives of whose weight the same is true

  // The id of an item of a list: required, declared. `identifier`: one that expressions can name.
  std::string declare(Kind kind, const Fields& fields, bool identifier = false);
  // The id that `cursor` names, recorded as a reference; empty when it could not be read.
  std::string refer(Kind kind, const std::optional<Cursor>& cursor, const char* message = "unknown-reference");
};

const char* name_of(Kind kind);  // the list of a file that such things stand in: kpis, curves …

}  // namespace hr::defs
