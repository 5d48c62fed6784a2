#include <algorithm>

#include "defs/checks.h"
#include "defs/readers.h"

namespace hr::defs {

using namespace model;

namespace {

void read_kpis(Check& check, const Cursor& cursor, Found& found) {
  for (const Cursor& item : cursor.items_of_some()) {
    const std::string id = found.refer(Kind::kpi, item);
    if (id.empty()) continue;
    if (std::find(check.kpis.begin(), check.kpis.end(), id) != check.kpis.end())
      item.error("duplicate-id/check-kpi", {id});
    else
      check.kpis.push_back(id);
  }
}

bool meet(const Check& a, const Check& b) {
  if (a.kpis.empty() || b.kpis.empty()) return a.kpis.empty() == b.kpis.empty();
  return std::any_of(a.kpis.begin(), a.kpis.end(), [&](const std::string& id) {
    return std::find(b.kpis.begin(), b.kpis.end(), id) != b.kpis.end();
  });
}

}  // namespace

Check read_check(const Cursor& item, Found& found) {
  Check check;
  const Fields fields(item, {"id", "rule", "kpis", "limit", "min", "severity"});
  check.id = found.declare(Kind::check, fields);
  const auto id = fields.get("id");
  check.span = id ? id->span() : item.span();
  if (const auto c = fields.require("rule")) {
    if (const auto i = c->choice(kCheckRuleNames)) check.rule = static_cast<CheckRule>(*i);
  }
  if (const auto c = fields.get("kpis")) read_kpis(check, *c, found);
  if (const auto c = fields.get("limit")) check.limit = c->positive();
  if (const auto c = fields.get("min")) check.min = c->whole(2, 1'000'000);
  if (const auto c = fields.get("severity")) {
    CheckSeverity severity = CheckSeverity::warning;
    set_choice(severity, c, {"ignore", "warning", "error"});
    check.severity = severity;
  }
  if (check.rule == CheckRule::impossible) {
    for (const char* key : {"limit", "min"}) {
      if (const auto c = fields.get(key)) c->error("bad-value/check-bounds", {key});
    }
  }
  return check;
}

Bounds read_bounds(const Cursor& cursor) {
  Bounds bounds;
  const Fields fields(cursor, {"min", "max", "integer"});
  if (const auto c = fields.get("min")) bounds.min = c->decimal();
  if (const auto c = fields.get("max")) bounds.max = c->decimal();
  if (const auto c = fields.get("integer")) set(bounds.integer, c->boolean());
  if (bounds.min && bounds.max && *bounds.max < *bounds.min)
    cursor.error("bad-value/bounds", {to_string(*bounds.min), to_string(*bounds.max)});
  return bounds;
}

void check_checks(const Definitions& definitions, Diagnostics& diagnostics) {
  const std::vector<Check>& checks = definitions.checks;
  for (size_t i = 0; i < checks.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (checks[i].rule != checks[j].rule || !meet(checks[i], checks[j])) continue;
      Diagnostic d =
          make_error("duplicate-id/check", checks[i].span,
                     {checks[i].id, checks[j].id, std::string(kCheckRuleNames[static_cast<size_t>(checks[i].rule)])});
      d.related.push_back(checks[j].span);
      diagnostics.push_back(std::move(d));
      break;
    }
  }
}

}  // namespace hr::defs
