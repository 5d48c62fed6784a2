#include <algorithm>

#include "expr/expr.h"

namespace hr::expr {

const Field* Schema::find(std::string_view name) const {
  const auto before = [](const Field& field, std::string_view wanted) { return field.name < wanted; };
  const auto at = sorted ? std::lower_bound(fields.begin(), fields.end(), name, before)
                         : std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
  return at != fields.end() && at->name == name ? &*at : nullptr;
}

const Schema& assignment_schema() {
  static const Schema schema{{{"employee_id", Type::text},
                              {"name", Type::text},
                              {"email", Type::text},
                              {"org_unit", Type::text},
                              {"manager_id", Type::text},
                              {"job", Type::text},
                              {"grade", Type::text},
                              {"region", Type::text},
                              {"legal_entity", Type::text},
                              {"fte", Type::number},
                              {"base_salary", Type::number},
                              {"currency", Type::text},
                              {"hire_date", Type::date},
                              {"termination_date", Type::date}},
                             true};
  return schema;
}

}  // namespace hr::expr
