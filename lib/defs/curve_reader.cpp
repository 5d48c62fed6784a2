#include <algorithm>

#include "base/text.h"
#include "defs/readers.h"

namespace hr::defs {

using namespace model;

namespace {

constexpr std::string_view kForms[] = {"linear", "points", "tiers", "steps", "deduct", "range", "binary"};

// Which keys a form takes beside itself, floor and cap.
std::vector<std::string_view> keys_of(std::string_view form) {
  if (form == "linear") return {"method"};
  if (form == "points") return {"of", "below", "above", "method"};
  if (form == "steps") return {"of", "below", "method"};
  if (form == "tiers") return {"below"};
  if (form == "deduct") return {"from"};
  return {};
}

void refuse_foreign_keys(const Fields& fields, std::string_view form) {
  const std::vector<std::string_view> own = keys_of(form);
  for (const std::string_view key : {"of", "below", "above", "from", "method"}) {
    if (std::find(own.begin(), own.end(), key) != own.end()) continue;
    if (const auto cursor = fields.get(key))
      cursor->error("bad-value/curve-key", {std::string(key), std::string(form)});
  }
}

Attainment read_of(const Fields& fields) {
  Attainment of = Attainment::ratio;
  set_choice(of, fields.get("of"), {"ratio", "progress", "value"});
  return of;
}

std::optional<CurvePoint> read_point(const Cursor& pair) {
  const std::vector<Cursor> xy = pair.items();
  if (pair.kind() != NodeKind::list) return std::nullopt;
  if (xy.size() != 2) {
    pair.error("bad-value/point");
    return std::nullopt;
  }
  const auto x = xy[0].decimal();
  const auto y = xy[1].decimal();
  if (!x || !y) return std::nullopt;
  return CurvePoint{*x, *y};
}

std::vector<CurvePoint> read_points(const Cursor& list, size_t least) {
  std::vector<CurvePoint> points;
  const std::vector<Cursor> items = list.items();
  for (const Cursor& item : items) {
    const auto point = read_point(item);
    if (!point) continue;
    if (!points.empty() && point->x <= points.back().x) {
      item.error("bad-value/points-order", {to_string(points.back().x), to_string(point->x)});
    }
    points.push_back(*point);
  }
  if (list.kind() == NodeKind::list && items.size() < least)
    list.error("bad-value/too-few-points", {std::to_string(least)});
  return points;
}

PointsCurve read_points_curve(const Cursor& cursor, const Fields& fields) {
  PointsCurve curve;
  curve.points = read_points(cursor, 2);
  curve.of = read_of(fields);
  curve.below = Decimal{};
  if (const auto below = fields.get("below")) set(curve.below, below->decimal());
  set_choice(curve.extend_above, fields.get("above"), {"flat", "extend"});
  return curve;
}

StepsCurve read_steps_curve(const Cursor& cursor, const Fields& fields) {
  StepsCurve curve;
  curve.points = read_points(cursor, 1);
  curve.of = read_of(fields);
  if (const auto below = fields.get("below")) set(curve.below, below->decimal());
  return curve;
}

TiersCurve read_tiers_curve(const Cursor& cursor, const Fields& fields) {
  TiersCurve curve;
  const Fields scores(cursor, {"threshold", "target", "stretch"});
  if (const auto c = scores.get("threshold")) set(curve.threshold, c->decimal());
  if (const auto c = scores.get("target")) set(curve.target, c->decimal());
  if (const auto c = scores.get("stretch")) set(curve.stretch, c->decimal());
  if (curve.threshold > curve.target || curve.target > curve.stretch) {
    cursor.error("bad-value/tier-scores",
                 {to_string(curve.threshold), to_string(curve.target), to_string(curve.stretch)});
  }
  if (const auto below = fields.get("below")) {
    curve.extend_below = below->kind() == NodeKind::scalar && below->node().text == "extend";
    if (!curve.extend_below) set(curve.below, below->decimal());
  }
  return curve;
}

DeductCurve read_deduct_curve(const Cursor& cursor, const Fields& fields) {
  DeductCurve curve;
  set(curve.deduct, cursor.positive());
  if (const auto from = fields.get("from")) set(curve.from, from->decimal());
  return curve;
}

RangeCurve read_range_curve(const Cursor& cursor) {
  RangeCurve curve;
  const Fields fields(cursor, {"low", "high", "tolerance"});
  const auto low = fields.require("low");
  const auto high = fields.require("high");
  const auto bottom = low ? low->decimal() : std::nullopt;
  const auto top = high ? high->decimal() : std::nullopt;
  set(curve.low, bottom);
  set(curve.high, top);
  if (bottom && top && *bottom > *top) high->error("bad-value/range", {to_string(*bottom), to_string(*top)});
  if (const auto c = fields.get("tolerance")) set(curve.tolerance, c->decimal_from(Decimal{}));
  return curve;
}

void read_form(Curve& curve, std::string_view form, const Cursor& cursor, const Fields& fields) {
  if (form == "linear") {
    LinearCurve linear;
    set_choice(linear.of, cursor, {"ratio", "progress"});
    curve.form = linear;
  } else if (form == "points") {
    curve.form = read_points_curve(cursor, fields);
  } else if (form == "steps") {
    curve.form = read_steps_curve(cursor, fields);
  } else if (form == "tiers") {
    curve.form = read_tiers_curve(cursor, fields);
  } else if (form == "deduct") {
    curve.form = read_deduct_curve(cursor, fields);
  } else if (form == "range") {
    curve.form = read_range_curve(cursor);
  } else {
    const auto yes = cursor.boolean();
    if (yes && !*yes) cursor.error("bad-value/binary");
    curve.form = BinaryCurve{};
  }
}

void read_body(Curve& curve, const Fields& fields) {
  std::vector<std::string_view> given;
  for (const std::string_view form : kForms) {
    if (fields.has(form)) given.push_back(form);
  }
  if (fields.map().kind() != NodeKind::map) return;
  const bool misspelt = std::any_of(std::begin(kForms), std::end(kForms),
                                    [&](std::string_view form) { return fields.is_misspelt(form); });
  if (given.empty() && misspelt) return;
  if (given.empty()) return fields.map().error("bad-value/curve-form");
  if (given.size() > 1) {
    return fields.get(given[1])->error("bad-value/curve-forms", {std::string(given[0]), std::string(given[1])});
  }
  refuse_foreign_keys(fields, given[0]);
  read_form(curve, given[0], *fields.get(given[0]), fields);
  set_method(curve.method, fields.get("method"));
  if (const auto c = fields.get("floor")) set(curve.floor, c->decimal());
  if (const auto c = fields.get("cap")) set(curve.cap, c->decimal());
  if (curve.floor && curve.cap && *curve.floor > *curve.cap) {
    fields.get("cap")->error("bad-value/cap-under-floor", {to_string(*curve.cap), to_string(*curve.floor)});
  }
}

}  // namespace

void set_method(LowerMethod& method, const std::optional<Cursor>& cursor) {
  static constexpr std::string_view kWords[] = {"mirror", "reciprocal"};
  const auto i = cursor ? cursor->choice(kWords) : std::nullopt;
  if (i) method = *i == 0 ? LowerMethod::mirror : LowerMethod::reciprocal;
}

Curve read_curve(const Cursor& item, Found& found) {
  Curve curve;
  const Fields fields(item, {"id", "linear", "points", "tiers", "steps", "deduct", "range", "binary", "of", "below",
                             "above", "from", "method", "floor", "cap"});
  curve.span = item.span();
  curve.id = found.declare(Kind::curve, fields);
  read_body(curve, fields);
  return curve;
}

CurveRef read_curve_ref(const Cursor& cursor, Found& found) {
  CurveRef ref;
  ref.span = cursor.span();
  if (cursor.kind() == NodeKind::list) {
    cursor.error("bad-value/curve", {cursor.path()});
    return ref;
  }
  if (cursor.kind() != NodeKind::map) {
    ref.id = found.refer(Kind::curve, cursor);
    return ref;
  }
  const Fields fields(cursor, {"linear", "points", "tiers", "steps", "deduct", "range", "binary", "of", "below",
                               "above", "from", "method", "floor", "cap"});
  Curve curve;
  curve.span = cursor.span();
  read_body(curve, fields);
  ref.inline_curve = std::move(curve);
  return ref;
}

}  // namespace hr::defs
