// What the values of one column of a file look like: for `import --suggest`. Nothing is decided here.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace hr::ingest {

// Formats in which people write days, datetimes and months; ISO days are the first.
std::vector<std::string_view> date_formats();
std::vector<std::string_view> month_formats();

enum class ValueLook {
  missing_word,  // NA, -, —, 无 …
  number,        // 12.5
  grouped,       // 1,234.5
  currency,      // $1234, 12元
  percent,       // 15%
  clock,         // 09:30
  phone,
  email,
  id_card,  // of 18 characters, mainland China
  yes_no,
  sex,
  job_status,  // 在职, 离职, Active …
  text,
};
inline constexpr size_t kValueLooks = 13;

inline constexpr size_t kMostDistinct = 200;

struct ColumnProfile {
  uint64_t filled = 0;
  uint64_t empty = 0;
  uint64_t looks[kValueLooks] = {};        // of filled ones; one each
  std::map<uint64_t, uint64_t> dates;      // set of date_formats() that a value fits, as bits → how many values
  std::map<uint64_t, uint64_t> months;     // the same of month_formats()
  uint64_t periods = 0;                    // values that are canonical periods
  uint64_t wide_characters = 0;            // values with full-width letters or digits
  uint64_t blanks = 0;                     // values with blanks at an end, or of an unusual kind
  uint64_t not_ids = 0;                    // values that no id may be (a colon, too long …), blanks aside
  uint64_t long_texts = 0;                 // values of more than 40 columns
  std::map<std::string, uint64_t> values;  // distinct ones, as trimmed, with their counts, until there are too many
  bool many = false;                       // more than kMostDistinct
  bool repeated = false;                   // some value stands twice, as far as looked at
  std::map<std::string, uint64_t> shapes;  // letters as A, digits as 9, Chinese as 中, runs once: how many values
  std::map<std::string, uint64_t> missing_words;

  bool first_filled = false;  // in the first row

  void add(std::string_view value);
  void add_all(const ColumnProfile& other);  // as if its values stood below these
  uint64_t count(ValueLook look) const { return looks[static_cast<size_t>(look)]; }
  uint64_t said() const { return filled - count(ValueLook::missing_word); }  // values that say something
  // Those that are numbers once cleaned.
  uint64_t numbers() const;
  uint64_t days() const;
  uint64_t month_values() const;
  // The shape that most values have.
  std::string main_shape() const;

 private:
  void note_value(std::string_view value);
  std::unordered_set<uint64_t> seen_;  // hashes of values, until one is repeated
};

// Whether most of `part` of `all`: nine in ten, and at least one.
bool is_most(uint64_t part, uint64_t all);

bool is_missing_word(std::string_view value);

}  // namespace hr::ingest
