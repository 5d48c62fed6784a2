#include "facts/okr_columns.h"

#include <algorithm>
#include <string>

#include "facts/cells.h"
#include "facts/owners.h"

namespace hr::facts {

const model::KeyResult* Okrs::definition_of(uint32_t o, uint32_t k) const {
  if (o >= defined.size() || k - key_results[o] >= defined[o].key_results.size()) return nullptr;
  return &defined[o].key_results[k - key_results[o]];
}

Objective Okrs::objective(uint32_t o) const {
  Objective out;
  out.id = objective_names[id[o]];
  out.owner_kind = owner_kind[o];
  out.owner = id_of_owner(owner_kind[o], owners[owner[o]]);
  out.owner_person = owner_person[o];
  out.weight = weight[o];
  if (o < defined.size()) out.roll_up = defined[o].roll_up;
  out.begin = key_results[o];
  out.end = key_results[o + 1];
  return out;
}

KeyResult Okrs::key_result(uint32_t o, uint32_t k) const {
  static const model::KeyResult kImported;
  const model::KeyResult* definition = definition_of(o, k);
  KeyResult out;
  out.id = key_result_names[key_result_id[k]];
  out.checkins = key_result_id[k];
  out.type = type[k];
  out.weight = key_result_weight[k];
  if (start.has(k)) out.start = start.at(k);
  out.rules = definition != nullptr ? definition : &kImported;
  if (definition != nullptr) {
    out.target = definition->target;
    out.limit = definition->limit;
    out.kpi = definition->kpi;
  } else {
    (out.type == model::KeyResultType::guardrail ? out.limit : out.target) = target[k];
    out.kpi = kpi[k];
  }
  return out;
}

model::Text Okrs::title_of(uint32_t o) const {
  return o < defined.size() ? defined[o].title : plain_text(title[o]);
}

model::Text Okrs::title_of(uint32_t o, uint32_t k) const {
  const model::KeyResult* definition = definition_of(o, k);
  return definition != nullptr ? definition->title : plain_text(key_result_title[k]);
}

std::string_view Okrs::supports_of(uint32_t o) const {
  return o < defined.size() ? std::string_view(defined[o].supports) : supports[o];
}

SourceSpan Okrs::span_of(uint32_t o) const {
  return o < defined.size() ? defined[o].span : facts::span_of(origin[o]);
}

SourceSpan Okrs::span_of(uint32_t o, uint32_t k) const {
  const model::KeyResult* definition = definition_of(o, k);
  return definition != nullptr ? definition->span : facts::span_of(key_result_origin[k]);
}

std::optional<CheckIn> Okrs::last_checkin(uint32_t list, Date day, bool with_value) const {
  for (const auto& [name, checkin] : tried) {
    if (name == list && checkin.date <= day) return checkin;
  }
  if (list + 1 >= checkins.size()) return std::nullopt;
  for (uint32_t i = checkins[list + 1]; i-- > checkins[list];) {
    if (date[i] > day || (with_value && !value.has(i))) continue;
    CheckIn out{date[i], std::nullopt, std::nullopt, checkin_origin[i]};
    if (value.has(i)) out.value = value.number(i);
    if (confidence.size() > 0 && confidence.has(i)) out.confidence = confidence.number(i);
    return out;
  }
  return std::nullopt;
}

std::optional<uint32_t> Okrs::milestone_checkins(std::string_view key_result, std::string_view milestone) const {
  return key_result_names.find(std::string(key_result).append("/").append(milestone));
}

}  // namespace hr::facts
