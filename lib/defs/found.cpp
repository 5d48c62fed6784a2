#include "defs/found.h"

namespace hr::defs {

std::string Found::declare(Kind kind, const Fields& fields, bool identifier) {
  const auto cursor = fields.require("id");
  const auto id = !cursor ? std::nullopt : identifier ? cursor->identifier() : cursor->id();
  if (!id) {
    incomplete[static_cast<size_t>(kind)] = true;
    return {};
  }
  declarations.push_back({kind, *id, cursor->span(), ""});
  return *id;
}

std::string Found::refer(Kind kind, const std::optional<Cursor>& cursor, const char* message) {
  const auto id = cursor ? cursor->id() : std::nullopt;
  if (!id) return {};
  references.push_back({kind, *id, cursor->span(), message});
  return *id;
}

const char* name_of(Kind kind) {
  static constexpr const char* kNames[kKinds] = {"kpis",        "curves", "scorecards", "objectives",
                                                 "key_results", "cycles", "plans",      "scales",
                                                 "mappings",    "checks", "bands",      "objectives, key_results"};
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace hr::defs
