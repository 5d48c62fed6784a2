#include "ingest/field_texts.h"

#include <algorithm>

#include "base/text.h"

namespace hr::ingest {

void FieldTexts::begin_row(uint32_t line) {
  line_ = line;
  row_signs_.clear();
  changes_.begin_row();
}

void FieldTexts::accept_row() {
  signs_.merge(row_signs_);
  changes_.accept_row(line_);
}

// Of an id with a part missing nothing is left: it would be somebody else's.
static std::string joined(const PlannedColumn& column, const std::vector<std::string_view>& parts) {
  std::string text;
  for (const std::string_view part : parts) {
    if (part.empty() && column.is_id()) return {};
    if (part.empty()) continue;
    if (!text.empty()) text += column.mapping->with;
    text += part;
  }
  return text;
}

bool FieldTexts::says_nothing(std::string_view text) const {
  if (!plan_.mapping) return false;
  const auto& words = plan_.mapping->missing;
  return std::find(words.begin(), words.end(), text) != words.end();
}

// What stands in the record for a part of a column; `at`: of the unpivoted columns.
std::string_view FieldTexts::text_of(const FieldPart& part, const Record& record, size_t at) const {
  if (part.of == FieldOf::unpivoted_name) return plan_.unpivot_names[at];
  const size_t field = part.of == FieldOf::unpivoted_value ? plan_.unpivoted[at] : part.field;
  return field < record.fields.size() ? record.fields[field] : std::string_view{};
}

std::string_view FieldTexts::unpivoted(const Record& record, size_t at) const {
  return text_of({FieldOf::unpivoted_value, kNoField}, record, at);
}

std::string_view FieldTexts::text_in(const PlannedColumn& column, const Record& record, size_t at) {
  if (!record.filled.empty() && std::binary_search(record.filled.begin(), record.filled.end(), column.field))
    changes_.note(column.called(), Rule::fill, "", record.fields[column.field]);
  if (column.joined.empty()) return split_off(column, text_of({column.field_of, column.field}, record, at));
  std::vector<std::string_view> parts;
  std::string before;
  for (const FieldPart& part : column.joined) {
    const std::string_view text = without_blanks(text_of(part, record, at));
    parts.push_back(says_nothing(text) ? std::string_view{} : text);
    before += (before.empty() ? "" : " + ") + std::string(text);
  }
  const std::string_view text = changes_.keep(joined(column, parts));
  if (text != before) changes_.note(column.called(), Rule::join, before, text);
  return split_off(column, text);
}

std::string_view FieldTexts::split_off(const PlannedColumn& column, std::string_view text) {
  if (!column.mapping || !column.mapping->split) return text;
  const std::string_view part = part_of(text, *column.mapping->split);
  if (part != text) changes_.note(column.called(), Rule::split, text, part);
  return part;
}

void FieldTexts::apply(const PlannedColumn& column, Rule rule, std::optional<std::string> better,
                       std::string_view& text) {
  if (!better) return;
  const std::string_view now = changes_.keep(*std::move(better));
  changes_.note(column.called(), rule, text, now);
  text = now;
}

// By the rules for texts of any kind.
std::string_view FieldTexts::cleaned(const PlannedColumn& column, std::string_view text) {
  if (column.clean.blanks) apply(column, Rule::blanks, without_odd_blanks(text), text);
  if (column.clean.width) apply(column, Rule::width, without_full_width(text), text);
  return text;
}

// What the mapping says instead of this text: of a value, of one that says nothing, of none.
std::string_view FieldTexts::replaced(const PlannedColumn& column, std::string_view raw, std::string_view text) {
  if (!text.empty() && says_nothing(without_blanks(text))) {
    changes_.note(column.called(), Rule::missing, text, "");
    text = {};
  }
  if (!column.mapping) return text;
  const model::ColumnMapping& mapping = *column.mapping;
  bool given = false;
  for (const std::string_view word : {raw, without_blanks(raw), text}) {
    if (mapping.values.empty() || given) break;
    const auto value = mapping.values.find(std::string(word));
    if (value == mapping.values.end()) continue;
    given = true;
    if (value->second != text) changes_.note(column.called(), Rule::value, text, value->second);
    text = value->second;
  }
  const bool still_open = !mapping.open.empty() && (without_blanks(raw) == mapping.open || text == mapping.open);
  if (still_open) {
    changes_.note(column.called(), Rule::open, text, "");
    return {};
  }
  if (!text.empty() || !mapping.default_value) return text;
  if (!mapping.default_value->empty())
    changes_.note(column.called(), Rule::default_value, text, *mapping.default_value);
  return *mapping.default_value;
}

std::string_view FieldTexts::put_right(const PlannedColumn& column, std::string_view raw) {
  std::string_view text = column.clean.any() ? cleaned(column, raw) : raw;
  if (!column.is_id() || without_blanks(text).empty()) text = without_blanks(text);
  return plan_.mapping ? replaced(column, raw, text) : text;
}

bool FieldTexts::put_number_right(const PlannedColumn& column, std::string_view& text, std::string_view& sign,
                                  ValueFault& fault) {
  if (column.clean.currency) {
    apply(column, Rule::currency, without_currency(text, sign), text);
    if (!sign.empty()) {
      const auto known = signs_.find(&column);
      const Sign& first =
          known != signs_.end() ? known->second : row_signs_.try_emplace(&column, Sign{sign, line_}).first->second;
      if (first.text != sign) {
        fault = {
            "bad-number/other-currency", {std::string(sign), std::string(first.text), std::to_string(first.line)}, {}};
        return false;
      }
    }
  }
  if (column.clean.thousands) apply(column, Rule::thousands, without_thousands(text), text);
  return true;
}

}  // namespace hr::ingest
