#include "render/html_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "render/cells.h"
#include "render/html_text.h"
#include "render/row_pieces.h"

namespace hr::render {

using i18n::Language;
using table::Column;
using table::Kind;
using table::Show;

namespace {

constexpr size_t kFull = 7;       // columns; fewer need not be spread over the page
constexpr size_t kMostDepth = 9;  // of a tree, as it is indented

// Columns of a terminal that the longest cell takes.
size_t longest_cell(const Column& column, Language language) {
  size_t longest = 0;
  for (size_t row = 0; row < column.present.size(); ++row)
    longest = std::max(longest, display_width(cell_for_people(column, row, language)));
  return longest;
}

// Short texts are never broken, long ones get room to be read in lines.
const char* class_of(const Column& column, Language language) {
  constexpr size_t kShort = 20;
  constexpr size_t kLong = 30;
  if (is_numeric(column.kind)) return "number";
  if (column.kind == Kind::date) return "day";
  if (column.series) return "series";
  const size_t longest = longest_cell(column, language);
  return longest <= kShort ? "word" : longest > kLong ? "prose" : "";
}

// A small line through the numbers of a series; the words are for those who do not see it.
std::string series_of(const std::vector<std::string>& items) {
  constexpr double kWidth = 88;
  constexpr double kHeight = 20;
  constexpr double kEdge = 3;
  const std::vector<std::optional<double>> numbers = numbers_of(items);
  const Extent extent = extent_of(numbers);
  std::string path;
  std::string end;
  std::string first;
  std::string last;
  bool pen_down = false;
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i]) {
      const double x = numbers.size() < 2 ? kWidth / 2
                                          : kEdge + (kWidth - 2 * kEdge) * static_cast<double>(i) /
                                                        static_cast<double>(numbers.size() - 1);
      const double y = kEdge + (kHeight - 2 * kEdge) * (1 - extent.share(*numbers[i]));
      path += fmt::format("{}{:.1f} {:.1f}", pen_down ? "L" : "M", x, y);
      end = fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.2\" class=\"mark\"/>", x, y);
      if (first.empty()) first = items[i];
      last = items[i];
    }
    pen_down = numbers[i].has_value();
  }
  if (path.empty()) return {};
  return fmt::format(
      "<svg class=\"spark\" viewBox=\"0 0 {:.0f} {:.0f}\" aria-hidden=\"true\"><path d=\"{}\" "
      "class=\"stroke\"/>{}</svg>"
      "<span class=\"unseen\">{} → {}</span>",
      kWidth, kHeight, path, end, escape_html(first), escape_html(last));
}

double percent_in(const Column* column, size_t row) {
  return column != nullptr && column->present[row] != 0 ? std::clamp(column->numbers[row].to_double(), 0.0, 100.0) : -1;
}

// A percentage as a bar, with a mark where another one stands.
std::string bar_of(const table::Table& table, const Column& column, size_t row) {
  const double at = percent_in(&column, row);
  const double mark = percent_in(table.find(column.mark), row);
  std::string out = "<span class=\"bar\" aria-hidden=\"true\">";
  if (at >= 0) out += fmt::format("<i style=\"width:{:.1f}%\"></i>", at);
  if (mark >= 0) out += fmt::format("<b style=\"left:{:.1f}%\"></b>", mark);
  return out + "</span>";
}

// As encodeURIComponent() of a browser writes it.
std::string escape_fragment(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (plain || std::string_view("-_.!~*'()").find(c) != std::string_view::npos)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

// An address of a file below the page: nothing that leads elsewhere, or does anything.
bool is_beside(std::string_view address) {
  return address.find(':') == std::string_view::npos && !address.starts_with('/');
}

struct RowMarkup {
  const table::Table& table;
  const PageWords& words;
  bool opens = false;

  std::string inside(const Column& column, size_t row) const {
    if (column.series && column.present[row] != 0) return series_of(column.list(row));
    std::string text = escape_html(cell_for_people(column, row, words.language));
    if (!column.mark.empty() && column.present[row] != 0)
      text = bar_of(table, column, row) + "<span>" + text + "</span>";
    if (column.link && column.present[row] != 0 && is_beside(column.text(row)))
      return "<a href=\"" + escape_html(column.text(row)) + "\">" + text + "</a>";
    if (!opens || column.opens.empty() || column.present[row] == 0) return text;
    return "<a href=\"#" + column.opens + "=" + escape_html(escape_fragment(column.text(row))) + "\">" + text + "</a>";
  }

  // The words for a cell that has no value are paler than those that say one.
  std::string cell(const ShownColumn& shown, size_t row, bool first) const {
    const Column& column = *shown.column;
    std::string classes = shown.kind;
    const auto add_class = [&](const char* name) { classes += (classes.empty() ? "" : " ") + std::string(name); };
    std::string attributes = first ? " scope=\"row\"" : "";
    if (column.present[row] == 0) add_class("none");
    if (!column.mark.empty()) add_class("barred");
    if (column.tree && row < table.depth.size()) {
      add_class("tree");
      attributes += fmt::format(" style=\"--depth:{}\"", std::min<size_t>(table.depth[row], kMostDepth));
    }
    if (!classes.empty()) attributes += " class=\"" + classes + "\"";
    const bool plain = !column.series && column.mark.empty() && column.opens.empty();
    if (plain) attributes += words.alt([&](Language in) { return cell_for_people(column, row, in); });
    return (first ? "<th" : "<td") + attributes + ">" + inside(column, row) + (first ? "</th>" : "</td>");
  }
};

std::string head_of(const std::vector<ShownColumn>& columns, const PageWords& words) {
  std::string out = "<thead>\n<tr>";
  for (const ShownColumn& shown : columns) {
    const std::string kind = shown.kind;
    const std::string attributes = (words.both ? " data-key=\"" + shown.column->key + "\"" : std::string()) +
                                   " scope=\"col\"" + (kind.empty() ? "" : " class=\"" + kind + "\"");
    out += words.element("th", attributes, [&](Language in) { return heading(*shown.column, in); });
  }
  return out + "</tr>\n</thead>\n";
}

}  // namespace

std::string PageWords::alt(const Say& say) const {
  if (!both) return {};
  const std::string other = say(language == Language::en ? Language::zh : Language::en);
  return other == say(language) ? std::string() : " data-alt=\"" + escape_html(other) + "\"";
}

std::string PageWords::element(const char* name, const std::string& attributes, const Say& say) const {
  return fmt::format("<{0}{1}{2}>{3}</{0}>", name, attributes, alt(say), escape_html(say(language)));
}

std::vector<ShownColumn> shown_columns(const table::Table& table, Room room, Language language) {
  std::vector<ShownColumn> shown;
  for (const Column* column : columns_for_people(table)) {
    const bool fits = room == Room::all || column->show < (room == Room::half ? Show::more : Show::wide);
    if (fits) shown.push_back({column, class_of(*column, language)});
  }
  return shown;
}

void write_table(const table::Table& table, const std::vector<ShownColumn>& columns, size_t rows, bool opens,
                 const PageWords& words, const RenderOptions& options, const Sink& sink) {
  const RowMarkup markup{table, words, opens};
  const bool is_full = columns.size() > kFull;
  sink((is_full ? "<table class=\"full\">\n" : "<table>\n") + head_of(columns, words) + "<tbody>\n");
  write_rows<std::string>(rows, options.threads, sink, [&](size_t row, std::string& out) {
    out += "<tr>";
    for (size_t i = 0; i < columns.size(); ++i) out += markup.cell(columns[i], row, i == 0);
    out += "</tr>\n";
  });
  sink("</tbody>\n</table>\n");
}

std::string sheet_of(const table::Table& table, const PageWords& words) {
  std::string out = "<table class=\"sheet\">\n<tbody>\n";
  for (const Column& column : table.columns) {
    out += "<tr>" + words.element("th", " scope=\"row\"", [&](Language in) { return heading(column, in); }) +
           words.element("td", "", [&](Language in) { return cell_for_people(column, 0, in); }) + "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

std::string cards_of(const table::Table& table, const PageWords& words) {
  std::string out = "<dl class=\"cards\">\n";
  for (const Column& column : table.columns) {
    if (column.show == Show::programs) continue;
    const bool none = column.present[0] == 0;
    out += "<div data-key=\"" + column.key + "\">" +
           words.element("dt", "", [&](Language in) { return heading(column, in); }) +
           words.element("dd", none ? " class=\"none\"" : "",
                         [&](Language in) { return cell_for_people(column, 0, in); }) +
           (column.mark.empty() || none ? "" : "<dd>" + bar_of(table, column, 0) + "</dd>") + "</div>\n";
  }
  return out + "</dl>\n";
}

}  // namespace hr::render
