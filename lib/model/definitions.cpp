#include "model/definitions.h"

#include <algorithm>

namespace hr::model {

template <class T>
static const T* find(const std::vector<T>& items, std::string_view id) {
  const auto it = std::find_if(items.begin(), items.end(), [&](const T& item) { return item.id == id; });
  return it == items.end() ? nullptr : &*it;
}

const Kpi* Definitions::find_kpi(std::string_view id) const {
  return find(kpis, id);
}
const Curve* Definitions::find_curve(std::string_view id) const {
  return find(curves, id);
}
const Cycle* Definitions::find_cycle(std::string_view id) const {
  return find(cycles, id);
}
const Plan* Definitions::find_plan(std::string_view id) const {
  return find(plans, id);
}
const Scale* Definitions::find_scale(std::string_view id) const {
  return find(scales, id);
}
const Mapping* Definitions::find_mapping(std::string_view id) const {
  return find(mappings, id);
}

std::optional<Decimal> value_on(const DatedValues& values, Date day) {
  std::optional<Decimal> value;
  for (const DatedValue& v : values) {
    if (v.from <= day) value = v.value;
  }
  return value;
}

}  // namespace hr::model
