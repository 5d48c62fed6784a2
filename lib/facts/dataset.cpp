#include "facts/dataset.h"

#include <algorithm>
#include <utility>

#include "model/imported_table.h"

namespace hr::facts {

std::vector<std::string> TextColumn::all() const {
  std::vector<std::string> out;
  out.reserve(size());
  for (size_t row = 0; row < size(); ++row) out.emplace_back((*this)[row]);
  return out;
}

std::optional<uint32_t> IdColumn::find(std::string_view id) const {
  const std::optional<uint32_t> code = texts.find(id);
  if (!code || *code >= of_code.size() || of_code[*code] == kNone) return std::nullopt;
  return of_code[*code];
}

IdColumn make_ids(std::vector<uint32_t> codes, SharedDictionary texts) {
  IdColumn ids;
  ids.of_code.assign(texts.size(), kNone);
  for (uint32_t number = 0; number < codes.size(); ++number) ids.of_code[codes[number]] = number;
  ids.codes = std::move(codes);
  ids.texts = std::move(texts);
  return ids;
}

NumbersByCode::NumbersByCode(const SharedDictionary& texts, const IdColumn& ids) {
  if (texts.same_as(ids.texts)) {
    shared_ = &ids.of_code;
    return;
  }
  own_.reserve(texts.size());
  for (uint32_t code = 0; code < texts.size(); ++code) own_.push_back(ids.find(texts[code]).value_or(kNone));
}

std::vector<std::string> Spells::attribute_names() const {
  std::vector<std::string> names;
  const auto canonical = model::imported_table(model::TableId::employees).columns;
  for (const model::CanonicalColumn& c : canonical) names.emplace_back(c.name);
  for (const Column& c : attributes.columns) {
    if (std::find(names.begin(), names.end(), c.name) == names.end()) names.push_back(c.name);
  }
  return names;
}

const Figure* CarriedScores::find(uint32_t person, uint32_t kpi) const {
  if (of_person.empty()) return nullptr;
  const std::vector<Score>& scores = of_person[person];
  const auto it = std::find_if(scores.begin(), scores.end(), [&](const Score& s) { return s.kpi == kpi; });
  return it == scores.end() ? nullptr : &it->score;
}

const KpiFacts* Dataset::find_kpi(std::string_view kpi) const {
  const auto it = std::find_if(kpis.begin(), kpis.end(), [&](const KpiFacts& k) { return k.kpi == kpi; });
  return it == kpis.end() ? nullptr : &*it;
}

}  // namespace hr::facts
