#include "report/dashboard_scope.h"

#include <algorithm>

namespace hr::report {

using facts::kNone;

namespace {

uint32_t place_of(const Scope& scope, std::string_view unit) {
  const auto found = unit.empty() ? std::nullopt : scope.data.dataset.units.find(unit);
  return scope.order.place_of(found.value_or(kNone));
}

}  // namespace

Scope::Scope(const DashboardData& from) : data(from), order(order_units(from.dataset.units)) {
  last = static_cast<uint32_t>(places());
  if (const auto unit = data.dataset.units.find(data.unit); unit && !data.unit.empty()) {
    first = order.place[*unit];
    last = first + order.size[first];
  }
  of_person.resize(data.dataset.people.size());
  for (size_t row = 0; row < data.scores.size(); ++row) {
    const auto person = data.dataset.people.find(data.scores.find("employee_id")->text(row));
    const uint32_t place = place_of(*this, data.scores.find("org_unit")->text(row));
    if (!person || place < first || place >= last) continue;
    ScopePerson one{row, *person, place, data.scores.find("status")->text(row) == "rated", {}};
    if (const auto score = data.scores.find("score")->decimal(row); one.rated && score)
      one.score = snap(score->to_double());
    people.push_back(one);
  }
  std::stable_sort(people.begin(), people.end(),
                   [](const ScopePerson& a, const ScopePerson& b) { return a.place < b.place; });
  begin.assign(places() + 1, 0);
  for (size_t i = 0; i < people.size(); ++i) {
    ++begin[people[i].place + 1];
    of_person[people[i].person] = i;
  }
  for (size_t place = 0; place < places(); ++place) begin[place + 1] += begin[place];
}

size_t Scope::end_of(uint32_t place) const {
  return place >= order.units.size() ? begin[place + 1] : begin[place + order.size[place]];
}

bool Scope::has_unit(std::string_view unit) const {
  if (is_whole()) return true;
  const uint32_t place = place_of(*this, unit);
  return place >= first && place < last;
}

bool Scope::has_owner(std::string_view owner) const {
  constexpr std::string_view kUnit = "unit:";
  if (owner.starts_with(kUnit)) return has_unit(owner.substr(kUnit.size()));
  const auto person = data.dataset.people.find(owner);
  return person ? of_person[*person].has_value() : is_whole();
}

std::vector<Figure> rated_figures(const Scope& scope, const char* column, size_t from, size_t to) {
  const facts::Column& values = *scope.data.scores.find(column);
  std::vector<Figure> figures;
  for (size_t i = from; i < to; ++i) {
    const auto value = scope.people[i].rated ? values.decimal(scope.people[i].row) : std::nullopt;
    if (const auto figure = value ? snap(value->to_double()) : std::nullopt) figures.push_back(*figure);
  }
  std::sort(figures.begin(), figures.end());
  return figures;
}

}  // namespace hr::report
