#include "render/cells.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/date.h"

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
  if (column.kind == Kind::list) return column.lists[row].empty();
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
  if (decimals >= 0) value = round_half_away(value, decimals);
  std::array<char, 24> digits{};
  const bool negative = value.unscaled < 0;
  const auto bits = static_cast<uint64_t>(value.unscaled);
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), negative ? ~bits + 1 : bits).ptr;
  const auto n = static_cast<size_t>(end - digits.data());
  const auto scale = static_cast<size_t>(value.scale);
  if (negative) out += '-';
  if (n > scale)
    out.append(digits.data(), n - scale);
  else
    out += '0';
  const size_t places = decimals >= 0 ? static_cast<size_t>(decimals) : scale;
  if (places == 0) return;
  out += '.';
  if (n < scale) out.append(scale - n, '0');
  const size_t fraction = std::min(n, scale);
  out.append(digits.data() + (n - fraction), fraction);
  out.append(places - scale, '0');
}

void append_date(std::string& out, int32_t days) {
  const CivilDate c = civil(Date{days});
  const std::array<char, 10> text{static_cast<char>('0' + c.year / 1000 % 10),
                                  static_cast<char>('0' + c.year / 100 % 10),
                                  static_cast<char>('0' + c.year / 10 % 10),
                                  static_cast<char>('0' + c.year % 10),
                                  '-',
                                  static_cast<char>('0' + c.month / 10),
                                  static_cast<char>('0' + c.month % 10),
                                  '-',
                                  static_cast<char>('0' + c.day / 10),
                                  static_cast<char>('0' + c.day % 10)};
  out.append(text.data(), text.size());
}

static const std::string& label_of(const Column& column, const std::string& code, Language language) {
  for (const auto& [known, label] : column.labels) {
    if (known != code) continue;
    const std::string& text = pick(label, language);
    return text.empty() ? code : text;
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
      return column.texts[row];
    case Kind::choice:
      return label_of(column, column.texts[row], language);
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
      for (const std::string& item : column.lists[row]) {
        if (!out.empty()) out += language == Language::zh ? "、" : ", ";
        out += label_of(column, item, language);
      }
      return out;
  }
  return out;
}

std::string fact_for_people(const table::Table& table, size_t index, Language language) {
  const auto& [key, value] = table.facts[index];
  const bool bare = std::find(table.bare_facts.begin(), table.bare_facts.end(), key) != table.bare_facts.end();
  if (value.empty() || (bare && value == "false")) return {};
  if (const std::string whole = "fact/" + key + "/" + value; i18n::has_message(whole))
    return i18n::text(language, whole);
  std::string shown = value;
  const auto number = bare ? parse_decimal(value) : std::nullopt;
  const bool exact = std::find(table.exact_facts.begin(), table.exact_facts.end(), key) != table.exact_facts.end();
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
