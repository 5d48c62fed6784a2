// A heading as people write it, taken apart into what it calls the column and what else it says.
#pragma once

#include <string>
#include <string_view>

namespace hr::ingest {

// "*年薪（必填；万元）" → core 年薪, unit 万元.
struct HeadingParts {
  std::string core;   // without stars, line breaks, and what stands in brackets
  std::string extra;  // words in brackets that may say what the column is: 部门(编码)
  std::string unit;   // as model::unit_factor() knows it; empty = none
};
HeadingParts parts_of_heading(std::string_view heading);

}  // namespace hr::ingest
