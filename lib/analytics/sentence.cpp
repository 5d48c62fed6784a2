#include "analytics/sentence.h"

#include <fmt/format.h>

#include <cmath>

#include "base/decimal_scale.h"
#include "base/figure.h"

namespace hr::analytics {

using model::CheckRule;

std::optional<Decimal> decimal_of(const std::optional<double>& number) {
  if (!number) return std::nullopt;
  if (const auto figure = snap(*number)) return figure->decimal();
  return parse_decimal(fmt::format("{:.0f}", *number));
}

namespace {

// For sentences: as many decimals as its size makes worth reading.
std::string short_text(double number) {
  const double size = std::abs(number);
  const int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4;
  const auto value = decimal_of(number);
  return value ? to_string(round_half_away(*value, decimals)) : fmt::format("{:.0f}", number);
}

std::string short_text(const std::optional<double>& number) {
  return number ? short_text(*number) : std::string();
}

std::string percent(double share) {
  return short_text(share * 100);
}

Sentence sentence_of_pattern(const NamedFinding& named) {
  const Finding& f = named.finding;
  const std::string n = std::to_string(f.n);
  const std::string since = f.other_period ? to_string(*f.other_period) : std::string();
  switch (f.rule) {
    case CheckRule::stuck:
      return {"finding/stuck", {n, since}};
    case CheckRule::heaping:
      return {"finding/heaping", {percent(*f.value), n, short_text(f.scale), percent(*f.expected)}};
    case CheckRule::duplicate:
      return {f.value ? "finding/duplicate" : "finding/duplicate-period", {n, named.other, since}};
    default:
      return {"finding/rater", {n, percent(*f.expected)}};
  }
}

}  // namespace

Sentence sentence_of(const NamedFinding& named) {
  const Finding& f = named.finding;
  const std::string n = std::to_string(f.n);
  const std::string expected = short_text(f.expected);
  switch (f.rule) {
    case CheckRule::impossible:
      if (!f.limit) return {"finding/impossible-fraction", {}};
      return {*f.value < *f.limit ? "finding/impossible-below" : "finding/impossible-above",
              {to_string(*decimal_of(f.limit))}};
    case CheckRule::sign:
      return {"finding/sign", {expected, n}};
    case CheckRule::magnitude:
      return {f.scale ? "finding/magnitude-group" : "finding/magnitude",
              {to_string(f.power > 0 ? make_decimal(pow10(f.power)) : make_decimal(1, -f.power)), expected, n}};
    case CheckRule::jump:
      return {"finding/jump", {short_text(std::abs(*f.deviation)), expected, n}};
    case CheckRule::outlier:
      return {"finding/outlier", {short_text(std::abs(*f.deviation)), expected, n}};
    default:
      return sentence_of_pattern(named);
  }
}

}  // namespace hr::analytics
