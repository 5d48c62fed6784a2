#include "ingest/wide_headings.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/period.h"
#include "base/text.h"
#include "ingest/column_profile.h"
#include "ingest/suggest_values.h"

namespace hr::ingest {

namespace {

constexpr size_t kFewest = 3;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The number that the text is, with this behind it; 0 = it is not.
int number_with(std::string_view text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return 0;
  text.remove_suffix(suffix.size());
  if (text.empty() || text.size() > 2 || !std::all_of(text.begin(), text.end(), is_digit)) return 0;
  int number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

std::optional<PeriodHeadings> numbered(const std::vector<std::string>& headings, const std::vector<size_t>& candidates,
                                       std::string_view suffix, int most, std::string_view code) {
  PeriodHeadings found;
  std::set<int> numbers;
  for (const size_t field : candidates) {
    const int number = number_with(headings[field], suffix);
    if (number < 1 || number > most) continue;
    if (!numbers.insert(number).second) return std::nullopt;
    found.fields.push_back(field);
  }
  const size_t fewest = suffix.empty() ? 5 : kFewest;  // a bare number may be anything
  if (found.fields.size() < fewest) return std::nullopt;
  found.format = std::string(code) + std::string(suffix);
  found.needs_year = true;
  found.needs_month = code == "%d";
  return found;
}

// By what `fitting` says of a heading: the set of formats that read it.
std::optional<PeriodHeadings> dated(const std::vector<std::string>& headings, const std::vector<size_t>& candidates,
                                    bool months) {
  PeriodHeadings found;
  std::map<uint64_t, uint64_t> sets;
  for (const size_t field : candidates) {
    ColumnProfile one;
    one.add(headings[field]);
    const auto& fits = months ? one.months : one.dates;
    if (fits.empty()) continue;
    ++sets[fits.begin()->first];
    found.fields.push_back(field);
  }
  if (found.fields.size() < kFewest) return std::nullopt;
  const FormatChoice choice = choose_formats(sets, months ? month_formats() : date_formats());
  if (choice.formats.size() != 1) return std::nullopt;
  found.format = choice.formats.front();
  return found;
}

std::optional<PeriodHeadings> canonical(const std::vector<std::string>& headings,
                                        const std::vector<size_t>& candidates) {
  PeriodHeadings found;
  for (const size_t field : candidates) {
    if (parse_period(headings[field])) found.fields.push_back(field);
  }
  return found.fields.size() < kFewest ? std::nullopt : std::optional(std::move(found));
}

// The number that begins at `at`, of at most `most` digits; `at` then stands behind it. -1 = none.
int number_at(std::string_view text, size_t& at, size_t most) {
  const size_t begin = at;
  int number = 0;
  while (at < text.size() && is_digit(text[at]) && at - begin < most) number = number * 10 + (text[at++] - '0');
  return at == begin || (at < text.size() && is_digit(text[at])) ? -1 : number;
}

}  // namespace

std::optional<PeriodHeadings> find_period_headings(const std::vector<std::string>& headings,
                                                   const std::vector<size_t>& candidates) {
  if (auto found = canonical(headings, candidates)) return found;
  if (auto found = dated(headings, candidates, false)) return found;
  if (auto found = dated(headings, candidates, true)) return found;
  if (auto found = numbered(headings, candidates, "月", 12, "%m")) return found;
  if (auto found = numbered(headings, candidates, "日", 31, "%d")) return found;
  if (auto found = numbered(headings, candidates, "号", 31, "%d")) return found;
  if (auto found = numbered(headings, candidates, "號", 31, "%d")) return found;
  return numbered(headings, candidates, "", 31, "%d");
}

std::optional<std::string> period_in(std::string_view text) {
  for (size_t begin = 0; begin + 4 <= text.size(); ++begin) {
    if (begin > 0 && is_digit(text[begin - 1])) continue;
    size_t at = begin;
    const int year = number_at(text, at, 4);
    if (year < 1990 || year > 2099) continue;
    const std::string start = std::to_string(year);
    const std::string_view rest = text.substr(at);
    for (const std::string_view mark : {"年", "-", ".", "/", "_", ""}) {
      if (!rest.starts_with(mark)) continue;
      size_t month_at = mark.size();
      if (mark.empty() && (rest.starts_with("Q") || rest.starts_with("H"))) {
        if (const auto period = parse_period(start + std::string(rest.substr(0, 2)))) return to_string(*period);
      }
      if (mark.empty()) break;
      const int month = number_at(rest, month_at, 2);
      if (month < 1 || month > 12) break;
      return start + (month < 10 ? "-0" : "-") + std::to_string(month);
    }
    if (rest.starts_with("年度") || rest.starts_with("年")) return start;
  }
  return std::nullopt;
}

}  // namespace hr::ingest
