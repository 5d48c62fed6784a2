// Owners of objectives as tables write them: `company`, `unit:ID`, or the id of an employee.
#pragma once

#include <string>
#include <string_view>

#include "model/objective.h"

namespace hr::facts {

model::OwnerKind kind_of_owner(std::string_view text);
// The unit or the employee; empty for the company. `kind` is that of the text.
std::string_view id_of_owner(model::OwnerKind kind, std::string_view text);
std::string owner_text(const model::Owner& owner);

}  // namespace hr::facts
