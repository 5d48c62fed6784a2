#include "render/cells.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/listed.h"
#include "render/value_text.h"

namespace hr::render {

using i18n::Language;
using table::Column;
using table::Kind;

static constexpr int kFactDecimals = 2;  // of numbers above a table, for people

const std::string& pick(const table::Label& label, Language language) {
  const std::string& wanted = language == Language::zh ? label.zh : label.en;
  const std::string& other = language == Language::zh ? label.en : label.zh;
  return wanted.empty() ? other : wanted;
}

const std::string& heading(const Column& column, Language language) {
  const std::string& title = pick(column.title, language);
  return title.empty() ? column.key : title;
}

bool is_numeric(Kind kind) {
  return kind == Kind::number || kind == Kind::percent;
}

// A list without items, or a remark that does not hold.
static bool says_nothing(const Column& column, size_t row) {
  if (column.present[row] == 0) return true;
  if (column.kind == Kind::list) return column.list(row).empty();
  return column.kind == Kind::boolean && column.remark && column.booleans[row] == 0;
}

static bool says_nothing(const Column& column) {
  for (size_t row = 0; row < column.present.size(); ++row) {
    if (!says_nothing(column, row)) return false;
  }
  return true;
}

std::vector<const Column*> columns_for_people(const table::Table& table) {
  std::vector<const Column*> shown;
  for (const Column& column : table.columns) {
    const bool always = table.sheet || column.show == table::Show::key;
    if (always || (column.show != table::Show::programs && !says_nothing(column))) shown.push_back(&column);
  }
  return shown;
}

void append_number(std::string& out, Decimal value, int decimals) {
  std::array<char, kNumberBytes> text;  // filled below
  out.append(text.data(), static_cast<size_t>(write_number(text.data(), value, decimals) - text.data()));
}

void append_date(std::string& out, int32_t days) {
  std::array<char, kDateBytes> text;  // filled below
  write_date(text.data(), days);
  out.append(text.data(), text.size());
}

std::vector<std::optional<double>> numbers_of(const std::vector<std::string>& series) {
  std::vector<std::optional<double>> numbers;
  for (const std::string& item : series) {
    const auto number = parse_decimal(item);
    numbers.push_back(number ? std::optional(number->to_double()) : std::nullopt);
  }
  return numbers;
}

Extent extent_of(const std::vector<std::optional<double>>& numbers) {
  Extent extent;
  bool any = false;
  for (const auto& number : numbers) {
    if (!number) continue;
    extent.least = any ? std::min(extent.least, *number) : *number;
    extent.most = any ? std::max(extent.most, *number) : *number;
    any = true;
  }
  return extent;
}

std::string sparkline(const std::vector<std::string>& series) {
  static constexpr const char* kHeights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::vector<std::optional<double>> numbers = numbers_of(series);
  std::string out;
  for (const auto& number : numbers)
    out += number ? kHeights[static_cast<size_t>(std::lround(7 * extent_of(numbers).share(*number)))] : "·";
  return out;
}

std::string_view label_of(const Column& column, std::string_view code, Language language) {
  for (const auto& [known, label] : column.labels) {
    if (known != code) continue;
    const std::string& text = pick(label, language);
    return text.empty() ? code : std::string_view(text);
  }
  return code;
}

std::string cell_for_people(const Column& column, size_t row, Language language) {
  std::string out;
  if (column.present[row] == 0) {
    const std::string& missing = pick(column.missing, language);
    if (!missing.empty()) return missing;
    return column.remark || column.kind == Kind::list ? "" : "-";
  }
  switch (column.kind) {
    case Kind::text:
      return std::string(column.text(row));
    case Kind::choice:
      return std::string(label_of(column, column.text(row), language));
    case Kind::number:
    case Kind::percent:
      append_number(out, column.numbers[row], column.table_decimals == -2 ? column.decimals : column.table_decimals);
      if (column.kind == Kind::percent) out += " %";
      return out;
    case Kind::date:
      append_date(out, column.days[row]);
      return out;
    case Kind::boolean:
      if (says_nothing(column, row)) return out;
      return i18n::text(language, column.booleans[row] != 0 ? "table-yes" : "table-no");
    case Kind::list:
      if (column.series) return sparkline(column.list(row));
      return listed(
          column.list(row), [&](const std::string& item) { return label_of(column, item, language); },
          language == Language::zh ? "、" : ", ");
  }
  return out;
}

std::string words_for_no_rows(const table::Table& table, Language language) {
  const std::string& words = pick(table.empty, language);
  return words.empty() ? i18n::text(language, "table-no-rows") : words;
}

FirstRows::FirstRows(const table::Section& section) : whole_(&section.table) {
  if (section.first_rows == 0 || whole_->rows() <= section.first_rows) return;
  cut_ = section.table;
  cut_->keep_rows(std::vector<uint8_t>(section.first_rows, 1));
}

std::string words_for_first_rows(size_t shown, size_t rows, Language language) {
  return i18n::text(language, "table-first-rows", {std::to_string(shown), std::to_string(rows)});
}

std::string fact_for_people(const table::Heading& head, size_t index, Language language) {
  const auto& [key, value] = head.facts[index];
  const bool bare = std::find(head.bare_facts.begin(), head.bare_facts.end(), key) != head.bare_facts.end();
  if (value.empty() || (bare && value == "false")) return {};
  if (const std::string whole = "fact/" + key + "/" + value; i18n::has_message(whole))
    return i18n::text(language, whole);
  std::string shown = value;
  const auto number = bare ? parse_decimal(value) : std::nullopt;
  const bool exact = std::find(head.exact_facts.begin(), head.exact_facts.end(), key) != head.exact_facts.end();
  if (number && !exact && number->scale > kFactDecimals) {
    shown.clear();
    append_number(shown, *number, kFactDecimals);
  }
  const std::string message = "fact/" + key;
  const std::string_view pattern = i18n::pattern(language, message);
  if (pattern.find("{0}") != std::string_view::npos) return i18n::text(language, message, {shown});
  std::string label = pattern.empty() ? key : std::string(pattern);
  if (pattern.empty()) std::replace(label.begin(), label.end(), '_', ' ');
  return bare && value == "true" ? label : label + " " + shown;
}

}  // namespace hr::render
