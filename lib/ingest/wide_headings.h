// Headings that are no names of columns but values: the days of a month, months, dates, one column each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hr::ingest {

struct PeriodHeadings {
  std::vector<size_t> fields;  // ascending
  std::string format;          // that reads them; empty: they are canonical periods
  bool needs_year = false;     // the format has no year
  bool needs_month = false;    // nor a month
};
// Fields among `candidates` whose headings are periods of one kind; none: fewer than three of them.
std::optional<PeriodHeadings> find_period_headings(const std::vector<std::string>& headings,
                                                   const std::vector<size_t>& candidates);

// A month, quarter or year that a title, a sheet or a file is named by: "某某公司2017年3月考勤汇总" → 2017-03.
std::optional<std::string> period_in(std::string_view text);

}  // namespace hr::ingest
