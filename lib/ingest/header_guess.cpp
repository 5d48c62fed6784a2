#include "ingest/header_guess.h"

#include <algorithm>
#include <set>

#include "base/cell_name.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"
#include "ingest/heading_words.h"
#include "ingest/layout.h"
#include "ingest/simplified.h"

namespace hr::ingest {

namespace {

constexpr size_t kMostRowsLookedAt = 30;
constexpr size_t kMostTitles = 20;

enum class CellKind { empty, number, text };  // number: also days, and errors of a workbook

CellKind kind_of(std::string_view cell) {
  if (cell.empty()) return CellKind::empty;
  const bool error = cell.starts_with('#') && (cell.ends_with('!') || cell.ends_with('?') || cell == "#N/A");
  const bool number = error || parse_decimal(cell).has_value() || parse_date(cell).has_value();
  return number ? CellKind::number : CellKind::text;
}

std::string_view cell_of(const SheetRow& row, size_t column) {
  return column < row.fields.size() ? std::string_view(row.fields[column]) : std::string_view();
}

// 1, 2, 3 … side by side: the days of a month over their columns.
bool counts_up(const SheetRow& row) {
  int run = 0, best = 0, last = 0;
  for (const std::string& field : row.fields) {
    const auto number = field.size() <= 2 ? parse_decimal(field) : std::nullopt;
    const int n = number && number->scale == 0 ? static_cast<int>(number->unscaled) : 0;
    run = n > 0 && n == last + 1 ? run + 1 : (n > 0 ? 1 : 0);
    last = n;
    best = std::max(best, run);
  }
  return best >= 5;
}

bool is_weekday(std::string_view cell) {
  const std::string folded = fold_word(cell);
  for (const std::string_view day :
       {"一", "二", "三", "四", "五", "六", "日", "mon", "tue", "wed", "thu", "fri", "sat", "sun"}) {
    const bool chinese = folded.starts_with("周") || folded.starts_with("星期");
    if (folded == day || (chinese && folded.ends_with(day))) return true;
  }
  return false;
}

bool is_weekdays(const SheetRow& row) {
  const auto days = static_cast<size_t>(std::count_if(row.fields.begin(), row.fields.end(), is_weekday));
  return days >= 5 && days * 10 >= row.filled() * 9;
}

// How much a row looks like headings of the rows below it.
double score(const std::vector<SheetRow>& head, size_t at, size_t width) {
  const SheetRow& row = head[at];
  const size_t filled = row.filled();
  if (filled == 0) return -1;
  std::set<std::string> distinct;
  double likeness = 0;
  size_t texts = 0, numbers = 0, sentences = 0;  // and labels of forms: 部门：
  for (const std::string& field : row.fields) {
    if (field.empty()) continue;
    distinct.insert(field);
    const CellKind kind = kind_of(field);
    numbers += kind == CellKind::number ? size_t{1} : size_t{0};
    texts += kind == CellKind::text ? size_t{1} : size_t{0};
    const bool label = field.ends_with(":") || field.ends_with("：");
    sentences += label || display_width(parts_of_heading(field).core) > 30 ? size_t{1} : size_t{0};
    if (kind == CellKind::text) likeness += heading_likeness(field);
  }
  size_t contrast = 0;  // columns whose values are numbers, under a text
  for (size_t column = 0; column < row.fields.size(); ++column) {
    size_t below = 0;
    for (size_t i = at + 1; i < std::min(at + 6, head.size()); ++i)
      below += kind_of(cell_of(head[i], column)) == CellKind::number ? size_t{1} : size_t{0};
    contrast += below > 0 && kind_of(row.fields[column]) == CellKind::text ? size_t{1} : size_t{0};
  }
  const auto of = [&](size_t part) { return static_cast<double>(part) / static_cast<double>(filled); };
  const double numbers_count = counts_up(row) ? 0 : of(numbers);
  const double mean_likeness = texts == 0 ? 0 : likeness / static_cast<double>(texts);
  const double fill = static_cast<double>(std::min(filled, width)) / static_cast<double>(std::max<size_t>(width, 1));
  const double contrast_share = static_cast<double>(contrast) / static_cast<double>(std::max(filled, width));
  return 2 * mean_likeness + 2 * fill + contrast_share + of(distinct.size()) - 2 * numbers_count - 2 * of(sentences) -
         0.08 * static_cast<double>(at);
}

// Whether nothing speaks against its being headings: texts, each once.
bool may_be_headings(const SheetRow& row) {
  std::set<std::string> distinct;
  for (const std::string& field : row.fields) {
    const bool sound = field.empty() || (kind_of(field) == CellKind::text && distinct.insert(field).second);
    if (!sound) return false;
  }
  return true;
}

// The number of cells that a full row has: of the widest row but a few.
size_t usual_width(const std::vector<SheetRow>& head, size_t most) {
  std::vector<size_t> widths;
  for (size_t i = 0; i < most; ++i) widths.push_back(head[i].filled());
  std::sort(widths.begin(), widths.end());
  return widths.empty() ? 0
                        : widths[widths.size() * 9 / 10 == widths.size() ? widths.size() - 1 : widths.size() * 9 / 10];
}

// Whether the row under the headings goes on with them: it has texts only, where the upper one leaves room or has the
// title of a group, and the columns at the left, which are merged downwards, are empty.
bool goes_on(const SheetRow& upper, const SheetRow& lower, const SheetRow& below) {
  size_t texts = 0, fills_gap = 0, likeness = 0;
  for (size_t column = 0; column < std::max(upper.fields.size(), lower.fields.size()); ++column) {
    const std::string_view cell = cell_of(lower, column);
    if (cell.empty()) continue;
    if (kind_of(cell) == CellKind::number) return false;
    ++texts;
    fills_gap += cell_of(upper, column).empty() ? size_t{1} : size_t{0};
    likeness += heading_likeness(cell) >= 0.5 ? size_t{1} : size_t{0};
  }
  size_t first = 0;
  while (first < upper.fields.size() && upper.fields[first].empty()) ++first;
  const bool merged_down = !cell_of(upper, first).empty() && cell_of(lower, first).empty();
  const bool data_starts_left = !cell_of(below, first).empty() || below.filled() > lower.filled();
  return texts > 0 && fills_gap > 0 && merged_down && (data_starts_left || likeness * 2 >= texts);
}

// A row without any heading over rows that look the same: nothing tells it from data.
bool looks_like_data(const std::vector<SheetRow>& head, size_t at, size_t width) {
  const SheetRow& row = head[at];
  double likeness = 0;
  bool number = false;
  for (const std::string& field : row.fields) {
    likeness = std::max(likeness, heading_likeness(field));
    number = number || (kind_of(field) == CellKind::number && !counts_up(row));
  }
  if (likeness >= 0.5) return false;
  if (number) return true;
  for (size_t column = 0; at + 1 < head.size() && column < width; ++column) {
    const CellKind below = kind_of(cell_of(head[at + 1], column));
    if (below == CellKind::number && kind_of(cell_of(row, column)) == CellKind::text) return false;
  }
  return at + 1 >= head.size();
}

std::vector<std::string> headings_of(const std::vector<SheetRow>& head, size_t first, size_t last) {
  std::vector<std::vector<std::string>> texts;
  for (size_t i = first; i <= last; ++i) texts.push_back(head[i].fields);
  return joined_headings(texts);
}

// Most of them are the same few again and again.
bool say_little(const std::vector<std::string>& headings) {
  std::set<std::string> distinct(headings.begin(), headings.end());
  distinct.erase(std::string());
  const auto empty = std::count(headings.begin(), headings.end(), std::string());
  return distinct.size() * 2 < headings.size() - static_cast<size_t>(empty);
}

void add_titles(const std::vector<SheetRow>& head, size_t until, HeaderGuess& guess) {
  for (size_t i = 0; i < until; ++i) {
    for (const std::string& field : head[i].fields) {
      if (!field.empty() && guess.titles.size() < kMostTitles) guess.titles.push_back(field);
    }
  }
}

}  // namespace

size_t SheetRow::filled() const {
  return static_cast<size_t>(
      std::count_if(fields.begin(), fields.end(), [](const std::string& f) { return !f.empty(); }));
}

HeaderGuess guess_header(const std::vector<SheetRow>& head) {
  HeaderGuess guess;
  const size_t most = std::min(head.size(), kMostRowsLookedAt);
  if (most == 0) return guess;
  const size_t width = usual_width(head, most);
  size_t best = 0;
  double best_score = -1e9;
  for (size_t at = 0; at < most; ++at) {
    const double one = score(head, at, width);
    if (one > best_score) {
      best = at;
      best_score = one;
    }
  }
  for (size_t at = 0; at < best; ++at) {  // Variable, Meaning, over words that could be headings too
    if (head[at].filled() >= head[best].filled() && head[at].filled() > 1 && may_be_headings(head[at])) best = at;
  }
  if (looks_like_data(head, best, width)) {
    size_t first = 0;  // of data: rows with one cell above wider ones are titles
    while (first + 1 < most && width > 1 && head[first].filled() == 1) ++first;
    add_titles(head, first, guess);
    guess.first_data = first;
    size_t columns = 0;
    for (const SheetRow& row : head) columns = std::max(columns, row.fields.size());
    for (size_t i = 0; i < columns; ++i) guess.headings.push_back(column_name(static_cast<int>(i) + 1));
    return guess;
  }
  const bool above = best > 0 && head[best - 1].filled() > 1 && head[best - 1].line + 1 == head[best].line &&
                     goes_on(head[best - 1], head[best], best + 1 < head.size() ? head[best + 1] : SheetRow());
  const size_t first = above ? best - 1 : best;
  size_t last = best;
  const bool adjacent = !above && best + 1 < head.size() && head[best].line + 1 == head[best + 1].line;
  if (adjacent && is_weekdays(head[best + 1]))
    guess.skip = 1;
  else if (adjacent && best + 2 < head.size() && goes_on(head[best], head[best + 1], head[best + 2]))
    last = best + 1;
  guess.headings = headings_of(head, first, last);
  if (last > first && say_little(guess.headings)) {  // 上班, 下班, 上班 …, and no day above them
    guess.skip = static_cast<int>(last - first);
    guess.headings = headings_of(head, first, first);
    last = first;
  }
  guess.rows.assign(head.begin() + static_cast<std::ptrdiff_t>(first),
                    head.begin() + static_cast<std::ptrdiff_t>(last) + 1);
  guess.first_data = last + 1 + static_cast<size_t>(guess.skip);
  add_titles(head, first, guess);
  return guess;
}

}  // namespace hr::ingest
