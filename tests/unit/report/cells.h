// Tables as lines of text, for tests.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "report/reports.h"

namespace hr::test {

using Lines = std::vector<std::string>;

inline std::string cell(const table::Column& c, size_t row) {
  if (c.present[row] == 0) return "-";
  switch (c.kind) {
    case table::Kind::number:
    case table::Kind::percent:
      return c.decimals >= 0 ? to_fixed(c.numbers[row], c.decimals) : to_string(c.numbers[row]);
    case table::Kind::date:
      return to_string(Date{c.days[row]});
    case table::Kind::boolean:
      return c.booleans[row] != 0 ? "true" : "false";
    case table::Kind::list: {
      std::string text;
      for (const std::string& item : c.list(row)) text += (text.empty() ? "" : ";") + item;
      return text;
    }
    case table::Kind::text:
    case table::Kind::choice:
      break;
  }
  return std::string(c.text(row));
}

// The cells of these columns, a line a row, separated by a blank; a missing one is "-".
inline Lines lines(const table::Table& t, const std::vector<std::string>& keys) {
  Lines out;
  for (size_t row = 0; row < t.rows(); ++row) {
    std::string line;
    for (const std::string& key : keys) {
      REQUIRE(t.find(key) != nullptr);
      REQUIRE(t.find(key)->present.size() == t.rows());
      line += (line.empty() ? "" : " ") + cell(*t.find(key), row);
    }
    out.push_back(line);
  }
  return out;
}

inline Lines keys(const table::Table& t) {
  Lines out;
  for (const table::Column& c : t.columns) out.push_back(c.key);
  return out;
}

}  // namespace hr::test
