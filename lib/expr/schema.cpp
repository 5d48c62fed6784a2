#include "expr/expr.h"

namespace hr::expr {

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
