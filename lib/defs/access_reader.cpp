#include "defs/readers.h"

namespace hr::defs {

using namespace model;

AccessFields read_access_fields(const Cursor& cursor) {
  AccessFields fields;
  for (const Cursor& item : cursor.items_of_some()) {
    const auto i = item.choice(kAccessFieldNames);
    if (!i) continue;
    const auto field = static_cast<AccessField>(*i);
    if (fields.has(field)) item.error("duplicate-id/access-field", {std::string(kAccessFieldNames[*i])});
    fields.add(field);
  }
  return fields;
}

AccessRule read_access_rule(const Cursor& item, Found&) {
  AccessRule rule;
  const Fields fields(item, {"viewer", "sees", "fields"});
  rule.span = item.span();
  if (const auto c = fields.require("viewer")) rule.viewer = c->expression();
  if (const auto c = fields.require("sees")) {
    if (const auto i = c->choice(kSeesNames)) rule.sees = static_cast<Sees>(*i);
  }
  if (const auto c = fields.get("fields")) rule.fields = read_access_fields(*c);
  return rule;
}

}  // namespace hr::defs
