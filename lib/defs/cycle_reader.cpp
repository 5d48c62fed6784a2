#include <algorithm>

#include "defs/readers.h"

namespace hr::defs {

using namespace model;

namespace {

void read_plan_refs(Cycle& cycle, const Cursor& cursor, Found& found) {
  const std::vector<Cursor> items =
      cursor.kind() == NodeKind::list ? cursor.items_of_some() : std::vector<Cursor>{cursor};
  for (const Cursor& item : items) {
    const std::string id = found.refer(Kind::plan, item);
    if (id.empty()) continue;
    const auto other =
        std::find_if(cycle.plans.begin(), cycle.plans.end(), [&](const PlanRef& p) { return p.id == id; });
    if (other != cycle.plans.end()) {
      Diagnostic d = make_error("duplicate-id/within", item.span(), {id, std::to_string(other->span.line)});
      d.related.push_back(other->span);
      item.diagnostics().push_back(std::move(d));
      continue;
    }
    cycle.plans.push_back({id, item.span()});
  }
}

Band read_band(const Cursor& item, Found& found) {
  Band band;
  const Fields fields(item, {"id", "name", "from", "coefficient"});
  const auto id = fields.require("id");
  if (id) set(band.id, id->id());
  if (band.id.empty()) found.incomplete[static_cast<size_t>(Kind::band)] = true;
  band.span = id ? id->span() : item.span();
  if (const auto c = fields.get("name")) set(band.name, c->text());
  if (const auto c = fields.require("from")) set(band.from, c->decimal());
  if (const auto c = fields.get("coefficient")) band.coefficient = c->decimal_from(Decimal{});
  return band;
}

// No id twice; no two bands from the same score.
void check_against(const std::vector<Band>& before, const Band& band, const SourceSpan& from,
                   Diagnostics& diagnostics) {
  for (const Band& other : before) {
    const bool same_id = !band.id.empty() && other.id == band.id;
    if (!same_id && other.from != band.from) continue;
    Diagnostic d = same_id ? make_error("duplicate-id/within", band.span, {band.id, std::to_string(other.span.line)})
                           : make_error("bands-overlap", from, {other.id, band.id, to_string(band.from)});
    d.related.push_back(other.span);
    diagnostics.push_back(std::move(d));
    return;
  }
}

}  // namespace

Cycle read_cycle(const Cursor& item, Found& found) {
  Cycle cycle;
  const Fields fields(item, {"id", "name", "from", "to", "period", "plan"});
  cycle.id = found.declare(Kind::cycle, fields);
  const auto id = fields.get("id");
  cycle.span = id ? id->span() : item.span();
  if (const auto c = fields.get("name")) set(cycle.name, c->text());
  const auto from = fields.require("from");
  const auto to = fields.require("to");
  const auto first = from ? from->date() : std::nullopt;
  const auto last = to ? to->date() : std::nullopt;
  if (first && last) {
    cycle.range = {*first, *last + 1};
    if (*last < *first) to->error("bad-value/range-of-days", {to_string(*first), to_string(*last)});
  }
  set_choice(cycle.period, fields.get("period"), {"day", "week", "month", "quarter", "half", "year"});
  if (const auto c = fields.get("plan")) read_plan_refs(cycle, *c, found);
  return cycle;
}

Scale read_scale(const Cursor& item, Found& found) {
  Scale scale;
  const Fields fields(item, {"id", "bands"});
  scale.id = found.declare(Kind::scale, fields);
  const auto id = fields.get("id");
  scale.span = id ? id->span() : item.span();
  const auto bands = fields.require("bands");
  if (!bands) {
    found.incomplete[static_cast<size_t>(Kind::band)] = true;
    return scale;
  }
  for (const Cursor& entry : bands->items_of_some()) {
    Band band = read_band(entry, found);
    const auto from = Fields(entry).get("from");
    if (from && from->kind() == NodeKind::scalar) check_against(scale.bands, band, from->span(), entry.diagnostics());
    scale.bands.push_back(std::move(band));
  }
  return scale;
}

}  // namespace hr::defs
