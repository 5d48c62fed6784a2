#include "facts/run_results.h"

#include <algorithm>
#include <iterator>

namespace hr::facts {

namespace {

constexpr std::string_view kFigures[] = {
    "kpi",      "okr",       "feedback",    "kpi_coverage", "okr_coverage", "feedback_coverage",
    "coverage", "raw_score", "score_exact", "score"};

OptionalFigure figure_of(Decimal value) {
  static constexpr int64_t kNano[] = {1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000,
                                      10'000,        1'000,       100,        10,        1};  // by scale
  if (value.scale < 0) return {};
  return Figure{value.unscaled * kNano[std::min(value.scale, 9)]};
}

// "capped;missed" → bits of the names.
uint32_t bits_of(std::string_view list, std::span<const std::string_view> names) {
  uint32_t bits = 0;
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(';'));
    const auto at = std::find(names.begin(), names.end(), item) - names.begin();
    bits |= 1U << static_cast<uint32_t>(at);
    list.remove_prefix(std::min(list.size(), item.size() + 1));
  }
  return bits;
}

template <class Value>
std::vector<Value> by_code(const Column& column, const auto& value_of) {
  std::vector<Value> values;
  for (uint32_t code = 0; code < column.dictionary.size(); ++code)
    values.push_back(static_cast<Value>(value_of(column.dictionary[code])));
  return values;
}

uint32_t place_of(std::string_view id, const auto& items) {
  const auto it = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
  return it == items.end() ? model::kNoBand : static_cast<uint32_t>(it - items.begin());
}

template <class Value>
Value value_of(const std::vector<Value>& by_code, uint32_t code, Value none) {
  return code == kMissingCode ? none : by_code[code];
}

}  // namespace

std::span<const std::string_view> RunResults::columns() {
  static constexpr std::string_view kAll[] = {
      "plan",         "status",       "reasons",           "flags",    "band",      "kpi",         "okr",  "feedback",
      "kpi_coverage", "okr_coverage", "feedback_coverage", "coverage", "raw_score", "score_exact", "score"};
  return kAll;
}

RunResults::RunResults(const Frame& rows, const model::Definitions& definitions)
    : rows_(rows),
      plan_(column("plan")),
      status_(column("status")),
      reasons_(column("reasons")),
      flags_(column("flags")),
      band_(column("band")) {
  for (const std::string_view name : kFigures) figures_.push_back(&column(name));
  plans_ = by_code<uint32_t>(plan_, [&](std::string_view id) { return place_of(id, definitions.plans); });
  rated_ = by_code<uint8_t>(status_, [](std::string_view status) { return status == "rated"; });
  reason_bits_ = by_code<uint32_t>(reasons_, [](std::string_view list) { return bits_of(list, model::kReasonNames); });
  flag_bits_ = by_code<uint32_t>(flags_, [](std::string_view list) { return bits_of(list, model::kFlagNames); });
  read_bands(definitions);
}

void RunResults::read_bands(const model::Definitions& definitions) {
  for (const model::Plan& plan : definitions.plans) {
    const model::Scale* scale = definitions.find_scale(plan.scale);
    bands_.push_back(by_code<uint32_t>(
        band_, [&](std::string_view id) { return scale == nullptr ? model::kNoBand : place_of(id, scale->bands); }));
  }
}

model::PersonResult RunResults::result(size_t row) const {
  model::PersonResult r;
  r.status = value_of(rated_, status_.codes[row], uint8_t{0}) != 0 ? model::Status::rated : model::Status::not_rated;
  r.reasons = static_cast<uint8_t>(value_of(reason_bits_, reasons_.codes[row], 0U));
  r.flags = value_of(flag_bits_, flags_.codes[row], 0U);
  r.plan = value_of(plans_, plan_.codes[row], model::kNoBand);
  if (r.plan != model::kNoBand) r.band = value_of(bands_[r.plan], band_.codes[row], model::kNoBand);
  OptionalFigure* const into[] = {&r.component[0],
                                  &r.component[1],
                                  &r.component[2],
                                  &r.component_coverage[0],
                                  &r.component_coverage[1],
                                  &r.component_coverage[2],
                                  &r.coverage,
                                  &r.raw_score,
                                  &r.exact,
                                  &r.score};
  static_assert(std::size(into) == std::size(kFigures));
  for (size_t i = 0; i < std::size(into); ++i) *into[i] = figure_of(figures_[i]->decimals[row]);
  return r;
}

}  // namespace hr::facts
