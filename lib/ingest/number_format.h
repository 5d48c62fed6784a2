// What a number in a cell says: the number formats of workbooks, and the one text that we give a value. Pure.
//
// The stored value counts, not its rounded or decorated look: 0.15 shown as 15% is 0.15, 1234.5 shown as ￥1,235 is
// 1234.5. A format decides only what the number is: a number, a moment, a duration, or a code with leading zeros.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hr::ingest {

struct NumberFormat {
  enum class Kind : unsigned char {
    number,
    day,       // only the day is shown
    moment,    // the time too, or only the time
    duration,  // [h]:mm, which goes on behind 24 hours
    code,      // 0000, "E"0000: every digit belongs to it
  };
  struct Section {  // 1;2;3: for positive numbers, negative ones, zero, or by conditions of its own
    Kind kind = Kind::number;
    size_t digits = 0;   // of a code
    std::string prefix;  // of a code
    char condition = 0;  // '<' '>' '=', 'l' (<=), 'g' (>=), 'n' (<>); 0 = by its place
    double bound = 0;
  };
  std::vector<Section> sections;

  const Section& section_of(double value) const;
  bool is_plain() const;  // a number, whatever its value
};

NumberFormat parse_number_format(std::string_view code);
// Of the formats that every program knows by number (and that a workbook does not spell out).
NumberFormat built_in_number_format(int id);

// The text of a number, added to `out`: "12.5", never "12.50" or "1E+5"; "2024-03-05", "2024-03-05 08:30",
// "2024-03-05 08:30:15.250", "08:30", durations "255:10:10". `stored`: as the workbook has it; what is no number stays.
// True: it has more digits than Excel keeps (15), so its last ones are lost.
bool add_number(std::string& out, std::string_view stored, const NumberFormat& format, bool from_1904);
// The same of a cell that holds an ISO date.
void add_iso_moment(std::string& out, std::string_view stored);

}  // namespace hr::ingest
