#include "engine/import/mapping_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/listed.h"
#include "base/text.h"

namespace hr::engine {

namespace {

constexpr size_t kCommentWidth = 110;

// Text that YAML takes as it stands: letters of any script, digits, and marks that mean nothing there.
bool is_plain(std::string_view text) {
  if (text.empty() || trim(text) != text || text.size() > 200) return false;
  const auto first = static_cast<unsigned char>(text.front());
  const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first >= 0x80;
  if (!letter) return false;
  int32_t control = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool sound = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 ||
                       c == '_' || c == '-' || c == '/' || c == '.' || c == '(' || c == ')' || c == ' ';
    if (!sound || (c >= 0x80 && control_at(text, i, control) > 0)) return false;
  }
  const std::string folded = fold_for_match(text);
  for (const std::string_view word : {"yes", "no", "true", "false", "on", "off", "y", "n", "null", "nan", "inf"}) {
    if (folded == word) return false;
  }
  return text.find("\xEF\xBB\xBF") == std::string_view::npos;
}

// A file's name as a shell takes it.
std::string shell_word(const std::string& file) {
  const auto is_safe = [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 ||
           std::string_view("_-./,:+@%=").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (std::all_of(file.begin(), file.end(), is_safe)) return file;
  std::string word = "'";
  for (const char c : file) word += c == '\'' ? "'\\''" : std::string(1, c);
  return word + "'";
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (size_t i = 0; i < text.size();) {
    int32_t code = 0;
    const size_t control = control_at(text, i, code);
    if (control > 0) {
      out += code == '\n' ? "\\n" : code == '\t' ? "\\t" : fmt::format("\\u{:04X}", code);
      i += control;
      continue;
    }
    if (text[i] == '"' || text[i] == '\\') out += '\\';
    if (text.substr(i).starts_with("\xEF\xBB\xBF")) {
      out += "\\uFEFF";
      i += 3;
      continue;
    }
    out += text[i++];
  }
  return out + "\"";
}

std::string yaml_list(const std::vector<std::string>& items) {
  return "[" + listed(items, yaml_scalar) + "]";
}

std::string one_or_list(const std::vector<std::string>& items) {
  return items.size() == 1 ? yaml_scalar(items.front()) : yaml_list(items);
}

std::string cleaning(const model::Cleaning& clean) {
  std::vector<std::string_view> rules;
  if (clean.blanks) rules.emplace_back("blanks");
  if (clean.width) rules.emplace_back("width");
  if (clean.thousands) rules.emplace_back("thousands");
  if (clean.currency) rules.emplace_back("currency");
  return "[" + listed(rules) + "]";
}

// The keys of a column in one line: a heading alone, or a map.
std::string column_value(const model::ColumnMapping& column) {
  std::vector<std::pair<std::string, std::string>> keys;
  const auto add = [&](const char* key, std::string value) { keys.emplace_back(key, std::move(value)); };
  if (!column.headers.empty()) add("from", one_or_list(column.headers));
  if (column.split) add("split", fmt::format("{{by: {}, part: {}}}", quoted(column.split->by), column.split->part));
  if (column.clean) add("clean", cleaning(*column.clean));
  if (!column.dates.formats.empty()) {
    const std::vector<std::string>& formats = column.dates.formats;
    const std::string list = listed(formats, quoted);
    add("format", formats.size() == 1 ? list : "[" + list + "]");
    const bool two_digits = std::any_of(formats.begin(), formats.end(), [](const std::string& format) {
      return format.find("%y") != std::string::npos;
    });
    if (two_digits) add("century", std::to_string(column.dates.defaults.century));
    if (column.dates.defaults.year > 0) {
      const model::ColumnMapping& c = column;
      add("within", c.dates.defaults.month > 0
                        ? fmt::format("\"{:04}-{:02}\"", c.dates.defaults.year, c.dates.defaults.month)
                        : fmt::format("\"{:04}\"", c.dates.defaults.year));
    }
  }
  if (!column.values.empty()) {
    const auto pair = [](const auto& entry) { return yaml_scalar(entry.first) + ": " + yaml_scalar(entry.second); };
    add("values", "{" + listed(column.values, pair) + "}");
  }
  if (!column.unit.empty()) add("unit", yaml_scalar(column.unit));
  if (column.default_value) add("default", yaml_scalar(*column.default_value));
  if (keys.size() == 1 && keys.front().first == "from") return keys.front().second;
  return "{" + listed(keys, [](const auto& entry) { return entry.first + ": " + entry.second; }) + "}";
}

// The writer of one mapping.
class Text {
 public:
  explicit Text(i18n::Language language) : language_(language) {}

  std::string say(const ingest::Remark& remark) const {
    std::vector<std::string> args;
    for (const std::string& arg : remark.args) args.push_back(escape_controls(arg));
    return i18n::text(language_, remark.message, args);
  }

  void comment(size_t indent, const std::string& text) {
    const std::string margin = std::string(indent, ' ') + "# ";
    for (const std::string& line : wrap_to_width(text, kCommentWidth - indent)) out_ += margin + line + "\n";
  }
  void line(size_t indent, const std::string& text) { out_ += std::string(indent, ' ') + text + "\n"; }

  void column(const ingest::SuggestedColumn& column) {
    for (const ingest::Remark& remark : column.remarks) comment(6, say(remark));
    const std::string text = yaml_scalar(column.mapping.column) + ": " + column_value(column.mapping);
    line(6, column.active ? text : "# " + text);
  }

  std::string take() { return std::move(out_); }

 private:
  i18n::Language language_;
  std::string out_;
};

std::string header_rows(const std::vector<int>& rows) {
  if (rows.empty()) return "0";
  if (rows.size() == 1) return std::to_string(rows.front());
  return "[" + listed(rows, [](int row) { return std::to_string(row); }) + "]";
}

std::string column_choice(const model::ColumnChoice& choice) {
  if (!choice.from.empty())
    return fmt::format("{{from: {}, to: {}}}", yaml_scalar(choice.from), yaml_scalar(choice.to));
  return yaml_list(choice.headings);
}

// How the file as a whole is laid out.
void layout(Text& text, const ingest::Suggestion& suggestion) {
  const model::Mapping& mapping = suggestion.mapping;
  if (!mapping.sheet.empty()) text.line(4, "sheet: " + yaml_scalar(mapping.sheet));
  if (!mapping.encoding.empty()) text.line(4, "encoding: " + yaml_scalar(mapping.encoding));
  if (mapping.delimiter != 0)
    text.line(4, "delimiter: " + (mapping.delimiter == '\t' ? "tab" : quoted(std::string(1, mapping.delimiter))));
  if (mapping.header) text.line(4, "header: " + header_rows(*mapping.header));
  if (mapping.skip > 0) text.line(4, "skip: " + std::to_string(mapping.skip));
  if (!mapping.footers.empty()) text.line(4, "footers: " + yaml_list(mapping.footers));
  if (!mapping.fill_down.empty()) text.line(4, "fill_down: " + yaml_list(mapping.fill_down));
  if (mapping.wide) text.line(4, "wide: true");
  if (const auto& unpivot = mapping.unpivot) {
    text.line(4, fmt::format("{}unpivot: {{columns: {}, name: {}, value: {}}}", suggestion.unpivot_waits ? "# " : "",
                             column_choice(unpivot->columns), yaml_scalar(unpivot->name), yaml_scalar(unpivot->value)));
  }
  if (!mapping.missing.empty()) text.line(4, "missing: " + yaml_list(mapping.missing));
  if (mapping.clean.any()) text.line(4, "clean: " + cleaning(mapping.clean));
}

}  // namespace

std::string yaml_scalar(std::string_view text) {
  return is_plain(text) ? std::string(text) : quoted(text);
}

std::string mapping_text(const ingest::Suggestion& suggestion, const std::string& id, const std::string& file,
                         i18n::Language language) {
  Text text(language);
  const bool keeps = model::imported_table(*model::find_imported_table(suggestion.mapping.table)).keeps_other_columns;
  text.comment(0, text.say({"suggest/title", {file}}));
  text.comment(0, text.say({"suggest/how-to-go-on", {}}));
  text.line(0, "#   hrctl check && hrctl apply && hrctl import " + suggestion.mapping.table + " " +
                   shell_word(escape_controls(file)) + " --mapping " + id);
  text.line(0, "version: 1");
  text.line(0, "mappings:");
  text.line(2, "- id: " + yaml_scalar(id));
  text.line(4, "for: " + suggestion.mapping.table);
  for (const ingest::Remark& remark : suggestion.remarks) text.comment(4, text.say(remark));
  layout(text, suggestion);
  const bool any = std::any_of(suggestion.columns.begin(), suggestion.columns.end(),
                               [](const ingest::SuggestedColumn& column) { return column.active; });
  if (!any) text.comment(4, text.say({"suggest/no-columns", {}}));
  text.line(4, any ? "columns:" : "columns: {}");
  for (const ingest::SuggestedColumn& column : suggestion.columns) text.column(column);
  if (!suggestion.left.empty()) {
    const std::string left = listed(
        suggestion.left, [](const std::string& heading) { return escape_controls(truncate_to_width(heading, 40)); });
    text.comment(
        6, text.say({keeps ? "suggest/left-kept" : "suggest/left", {std::to_string(suggestion.left.size()), left}}));
  }
  return text.take();
}

}  // namespace hr::engine
