#include "base/text.h"
#include "defs/readers.h"
#include "defs/weights.h"

namespace hr::defs {

using namespace model;

namespace {

std::optional<DatedValue> read_dated_value(const Cursor& item) {
  const Fields fields(item, {"from", "value"});
  const auto from = fields.require("from");
  const auto value = fields.require("value");
  const auto day = from ? from->date() : std::nullopt;
  const auto number = value ? value->decimal() : std::nullopt;
  if (!day || !number) return std::nullopt;
  return DatedValue{*day, *number, value->span()};
}

// A number, or a list of {from, value} in order of time. None: it is given, and cannot be used.
std::optional<DatedValues> read_dated_values(const std::optional<Cursor>& cursor) {
  DatedValues values;
  if (!cursor) return values;
  if (cursor->kind() != NodeKind::list) {
    const auto number = cursor->decimal();
    if (!number) return std::nullopt;
    values.push_back({kFarPast, *number, cursor->span()});
    return values;
  }
  bool usable = true;
  for (const Cursor& item : cursor->items_of_some()) {
    const auto value = read_dated_value(item);
    usable = usable && value;
    if (!value) continue;
    if (!values.empty() && value->from <= values.back().from) {
      item.error("bad-value/dated-order", {to_string(values.back().from), to_string(value->from)});
      usable = false;
    }
    values.push_back(*value);
  }
  if (!usable || values.empty()) return std::nullopt;
  return values;
}

void read_goalposts(ScorecardKpi& entry, const Fields& fields, Found& found) {
  bool usable = true;
  const auto read = [&](DatedValues& values, const char* key) {
    auto given = read_dated_values(fields.get(key));
    usable = usable && given;
    set(values, std::move(given));
  };
  read(entry.target, "target");
  read(entry.baseline, "baseline");
  read(entry.threshold, "threshold");
  read(entry.stretch, "stretch");
  if (!usable) found.unread_goalposts.insert(entry.span);
}

ScorecardKpi read_scorecard_kpi(const Cursor& item, Found& found) {
  ScorecardKpi entry;
  const Fields fields(
      item, {"kpi", "weight", "target", "baseline", "threshold", "stretch", "per", "of", "floor", "cap", "curve"});
  const auto kpi = fields.require("kpi");
  entry.kpi = found.refer(Kind::kpi, kpi);
  entry.span = kpi ? kpi->span() : item.span();
  if (const auto c = fields.get("weight")) entry.weight = c->weight();
  read_goalposts(entry, fields, found);
  set_choice(entry.per, fields.get("per"), {"cycle", "year", "period"});
  set_choice(entry.of, fields.get("of"), {"employee", "unit"});
  if (const auto c = fields.get("floor")) entry.floor = c->decimal();
  if (const auto c = fields.get("cap")) entry.cap = c->decimal();
  if (entry.floor && entry.cap && *entry.floor > *entry.cap) {
    fields.get("cap")->error("bad-value/cap-under-floor", {to_string(*entry.cap), to_string(*entry.floor)});
  }
  if (const auto c = fields.get("curve")) entry.curve = read_curve_ref(*c, found);
  return entry;
}

// Adjustments and vetoes: no id twice in one scorecard.
template <class T>
void refuse_twins(const std::vector<T>& before, const std::string& id, const SourceSpan& span, Diagnostics& diagnostics,
                  const std::string T::*member) {
  for (const T& other : before) {
    if (id.empty() || other.*member != id) continue;
    Diagnostic d = make_error("duplicate-id/within", span, {id, std::to_string(other.span.line)});
    d.related.push_back(other.span);
    diagnostics.push_back(std::move(d));
    return;
  }
}

Adjustment read_adjustment(const Cursor& item, Found& found) {
  Adjustment adjustment;
  const Fields fields(item, {"id", "name", "points", "cap"});
  const auto id = fields.require("id");
  adjustment.id = found.refer(Kind::kpi, id, "unknown-reference/adjustment");
  adjustment.span = id ? id->span() : item.span();
  if (const auto c = fields.get("name")) set(adjustment.name, c->text());
  if (const auto c = fields.require("points")) set(adjustment.points, c->decimal());
  if (const auto c = fields.get("cap")) adjustment.cap = c->decimal_from(Decimal{});
  return adjustment;
}

Veto read_veto(const Cursor& item, Found& found) {
  Veto veto;
  const Fields fields(item, {"id", "name", "when", "band", "score_cap"});
  const auto id = fields.require("id");
  if (id) set(veto.id, id->id());
  veto.span = id ? id->span() : item.span();
  if (const auto c = fields.get("name")) set(veto.name, c->text());
  if (const auto c = fields.require("when")) veto.when = c->expression();
  veto.band = found.refer(Kind::band, fields.get("band"));
  if (const auto c = fields.get("score_cap")) veto.score_cap = c->decimal();
  if (item.kind() == NodeKind::map && !fields.says("band") && !fields.says("score_cap"))
    item.error("bad-value/veto-effect");
  return veto;
}

void read_kpis(Scorecard& scorecard, const Cursor& list, Found& found) {
  WeightList weights;
  for (const Cursor& item : list.items_of_some()) {
    ScorecardKpi entry = read_scorecard_kpi(item, found);
    weights.add_item(item, entry.weight, entry.span);
    refuse_twins(scorecard.kpis, entry.kpi, entry.span, item.diagnostics(), &ScorecardKpi::kpi);
    scorecard.kpis.push_back(std::move(entry));
  }
  weights.check(list.place(), list.diagnostics());
}

}  // namespace

Scorecard read_scorecard(const Cursor& item, Found& found) {
  Scorecard scorecard;
  const Fields fields(item, {"id", "name", "applies_to", "kpis", "adjustments", "vetoes"});
  scorecard.id = found.declare(Kind::scorecard, fields);
  const auto id = fields.get("id");
  scorecard.span = id ? id->span() : item.span();
  if (const auto c = fields.get("name")) set(scorecard.name, c->text());
  if (const auto c = fields.get("applies_to")) scorecard.applies_to = c->expression();
  if (const auto c = fields.require("kpis")) read_kpis(scorecard, *c, found);
  if (const auto list = fields.get("adjustments")) {
    for (const Cursor& entry : list->items()) {
      Adjustment adjustment = read_adjustment(entry, found);
      refuse_twins(scorecard.adjustments, adjustment.id, adjustment.span, entry.diagnostics(), &Adjustment::id);
      scorecard.adjustments.push_back(std::move(adjustment));
    }
  }
  if (const auto list = fields.get("vetoes")) {
    for (const Cursor& entry : list->items()) {
      Veto veto = read_veto(entry, found);
      refuse_twins(scorecard.vetoes, veto.id, veto.span, entry.diagnostics(), &Veto::id);
      scorecard.vetoes.push_back(std::move(veto));
    }
  }
  return scorecard;
}

}  // namespace hr::defs
