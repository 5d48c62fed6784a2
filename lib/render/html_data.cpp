#include "render/html_data.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/digest.h"
#include "render/cells.h"
#include "render/json_text.h"

namespace hr::render {

using i18n::Language;
using table::Column;
using table::Kind;

namespace {

void append_member(std::string& out, const char* name, std::string_view text) {
  append_json_string(out, name);
  out += ':';
  append_json_string(out, text);
  out += ',';
}

// [English, Chinese]
void append_words(std::string& out, const char* name, const PageWords::Say& say) {
  append_json_string(out, name);
  out += ":[";
  append_json_string(out, say(Language::en));
  out += ',';
  append_json_string(out, say(Language::zh));
  out += "],";
}

// Nothing in it may end the element that it stands in.
void append_safe(std::string& out, std::string_view json) {
  for (const char c : json) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
}

const char* kind_of(const Column& column) {
  if (column.series) return "series";
  static constexpr const char* kNames[] = {"text", "number", "percent", "date", "flag", "list", "choice"};
  return kNames[static_cast<size_t>(column.kind)];
}

int shown_decimals(const Column& column) {
  return column.table_decimals == -2 ? column.decimals : column.table_decimals;
}

// The codes that stand in the column: a page says nothing that its rows do not.
std::set<std::string_view> codes_of(const Column& column) {
  std::set<std::string_view> codes;
  for (size_t row = 0; row < column.present.size(); ++row) {
    if (column.present[row] == 0) continue;
    if (column.kind != Kind::list) {
      codes.insert(column.text(row));
      continue;
    }
    for (const std::string& item : column.list(row)) codes.insert(item);
  }
  return codes;
}

void append_labels(std::string& out, const Column& column) {
  if (column.labels.empty()) return;
  const std::set<std::string_view> codes = codes_of(column);
  bool any = false;
  out += "\"labels\":{";
  for (const auto& [code, label] : column.labels) {
    if (codes.count(code) == 0) continue;
    if (any) out += ',';
    any = true;
    append_json_string(out, code);
    out += ":[";
    append_json_string(out, pick(label, Language::en));
    out += ',';
    append_json_string(out, pick(label, Language::zh));
    out += ']';
  }
  out += "},";
}

// A number as people read it: no more digits than a script's numbers hold.
void append_number_value(std::string& out, const Column& column, size_t row) {
  std::string text;
  append_number(text, column.numbers[row], shown_decimals(column));
  constexpr size_t kMostDigits = 16;  // with sign and point
  if (text.size() > kMostDigits)
    append_json_string(out, text);
  else
    out += text;
}

// Texts by their place in a dictionary of their own.
class Dictionary {
 public:
  size_t place_of(std::string_view text) {
    const auto [at, added] = places_.try_emplace(text, texts_.size());
    if (added) texts_.push_back(text);
    return at->second;
  }
  void append_to(std::string& out) const {
    out += "\"texts\":[";
    for (size_t i = 0; i < texts_.size(); ++i) {
      if (i > 0) out += ',';
      append_json_string(out, texts_[i]);
    }
    out += "],";
  }

 private:
  std::unordered_map<std::string_view, size_t> places_;
  std::vector<std::string_view> texts_;
};

void append_list(std::string& out, const Column& column, size_t row) {
  const std::vector<std::string>& items = column.list(row);
  out += '[';
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ',';
    if (!column.series)
      append_json_string(out, items[i]);
    else
      out += items[i].empty() ? "null" : items[i];
  }
  out += ']';
}

void append_value(std::string& out, const Column& column, size_t row, Dictionary& dictionary) {
  if (column.present[row] == 0) {
    out += "null";
    return;
  }
  switch (column.kind) {
    case Kind::text:
    case Kind::choice:
      out += std::to_string(dictionary.place_of(column.text(row)));
      return;
    case Kind::number:
    case Kind::percent:
      return append_number_value(out, column, row);
    case Kind::date:
      out += '"';
      append_date(out, column.days[row]);
      out += '"';
      return;
    case Kind::boolean:
      out += column.booleans[row] != 0 ? '1' : '0';
      return;
    case Kind::list:
      return append_list(out, column, row);
  }
}

void append_column(std::string& out, const Column& column, const char* css, bool shown) {
  out += '{';
  append_member(out, "key", column.key);
  append_member(out, "kind", kind_of(column));
  append_member(out, "class", css);
  append_member(out, "opens", column.opens);
  append_member(out, "mark", column.mark);
  append_words(out, "title", [&](Language in) { return heading(column, in); });
  append_words(out, "missing", [&](Language in) {
    const std::string& missing = pick(column.missing, in);
    return !missing.empty() ? missing : column.remark || column.kind == Kind::list ? std::string() : std::string("-");
  });
  append_labels(out, column);
  out += "\"decimals\":" + std::to_string(shown_decimals(column)) + ",\"tree\":" + (column.tree ? "1" : "0") +
         ",\"remark\":" + (column.remark ? "1" : "0") + ",\"shown\":" + (shown ? "1" : "0") + ",\n";
  Dictionary dictionary;
  std::string values;
  for (size_t row = 0; row < column.present.size(); ++row) {
    if (row > 0) values += ',';
    append_value(values, column, row, dictionary);
  }
  dictionary.append_to(out);
  out += "\"values\":[" + values + "]}";
}

// Columns that nobody sees and that links, bars and the things themselves rest on.
bool is_needed(const table::Section& section, const Column& column, const table::Report& report) {
  for (const table::Link& link : section.links) {
    if (link.column == column.key) return true;
  }
  for (const table::Entity& entity : report.entities) {
    if (entity.section == section.key &&
        (entity.id == column.key || entity.name == column.key || entity.parent == column.key))
      return true;
  }
  return std::any_of(section.table.columns.begin(), section.table.columns.end(),
                     [&](const Column& other) { return other.mark == column.key; });
}

std::string begin_of(const std::string& id) {
  return "<script type=\"application/json\" id=\"" + id + "\">\n";
}

void append_depth(std::string& out, const table::Table& table) {
  out += "\"depth\":[";
  for (size_t i = 0; i < table.depth.size(); ++i) out += (i > 0 ? "," : "") + std::to_string(table.depth[i]);
  out += "]";
}

}  // namespace

void write_section_data(const table::Section& section, const std::vector<ShownColumn>& columns,
                        const table::Report& report, const Sink& sink) {
  std::string out = "{\"rows\":" + std::to_string(section.table.rows()) +
                    ",\"first\":" + std::to_string(section.first_rows) +
                    ",\"narrowed\":" + (section.narrowed ? "1" : "0") + ",\"links\":[";
  for (size_t i = 0; i < section.links.size(); ++i) {
    out += i > 0 ? ",{" : "{";
    append_member(out, "entity", section.links[i].entity);
    append_member(out, "column", section.links[i].column);
    out += section.links[i].below ? "\"below\":1}" : "\"below\":0}";
  }
  out += "],\"columns\":[\n";
  std::string safe;
  append_safe(safe, out);
  sink(begin_of(section.key + "-data") + safe);
  bool first = true;
  const auto write = [&](const Column& column, const char* css, bool shown) {
    out = first ? "" : ",\n";
    safe.clear();
    append_column(out, column, css, shown);
    append_safe(safe, out);
    sink(safe);
    first = false;
  };
  for (const ShownColumn& shown : columns) write(*shown.column, shown.kind, true);
  for (const Column& column : section.table.columns) {
    const bool seen = std::any_of(columns.begin(), columns.end(), [&](const auto& c) { return c.column == &column; });
    if (!seen && is_needed(section, column, report)) write(column, "", false);
  }
  out = "],";
  append_depth(out, section.table);
  sink(out + "}\n</script>\n");
}

std::string page_data(const table::Report& report) {
  std::string out = "{\"entities\":[";
  for (size_t i = 0; i < report.entities.size(); ++i) {
    const table::Entity& entity = report.entities[i];
    out += i > 0 ? ",{" : "{";
    for (const auto& [name, text] : {std::pair{"key", &entity.key},
                                     {"section", &entity.section},
                                     {"id", &entity.id},
                                     {"name", &entity.name},
                                     {"parent", &entity.parent}})
      append_member(out, name, *text);
    append_words(out, "title", [&](Language in) { return pick(entity.title, in); });
    out.back() = '}';
  }
  out += "],\"words\":{";
  for (const char* key : {"html-search", "html-previous", "html-next", "html-rows", "html-all", "html-nothing-found",
                          "html-no-such", "html-sort", "table-yes", "table-no", "table-no-rows"}) {
    append_words(out, key, [&](Language in) { return std::string(i18n::pattern(in, key)); });
  }
  out.back() = '}';
  out += "}";
  std::string safe;
  append_safe(safe, out);
  return begin_of("page-data") + safe + "\n</script>\n";
}

std::string hash_of_script(std::string_view script) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = sha256(script);
  const auto nibble = [&](size_t i) -> uint32_t {
    if (i >= hex.size()) return 0;
    return static_cast<uint32_t>(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
  };
  std::string out = "sha256-";
  for (size_t i = 0; i < hex.size(); i += 3) {  // three nibbles are two digits of base 64
    const uint32_t bits = (nibble(i) << 8U) | (nibble(i + 1) << 4U) | nibble(i + 2);
    out += kDigits[bits >> 6U];
    out += kDigits[bits & 63U];
  }
  // 64 nibbles are 42 digits and two thirds: 43, and one to fill up
  out.resize(std::string_view("sha256-").size() + 43);
  return out + '=';
}

}  // namespace hr::render
