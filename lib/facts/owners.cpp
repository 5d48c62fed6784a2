#include "facts/owners.h"

namespace hr::facts {

using model::OwnerKind;

static constexpr std::string_view kUnit = "unit:";

OwnerKind kind_of_owner(std::string_view text) {
  if (text == "company") return OwnerKind::company;
  return text.starts_with(kUnit) ? OwnerKind::unit : OwnerKind::employee;
}

std::string_view id_of_owner(OwnerKind kind, std::string_view text) {
  if (kind == OwnerKind::company) return {};
  return kind == OwnerKind::unit ? text.substr(kUnit.size()) : text;
}

std::string owner_text(const model::Owner& owner) {
  if (owner.kind == OwnerKind::company) return "company";
  return owner.kind == OwnerKind::unit ? std::string(kUnit) + owner.id : owner.id;
}

}  // namespace hr::facts
