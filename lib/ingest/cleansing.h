// The rules that put fields right before they are read, and what each has changed. Pure but for the counting.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/mapping.h"

namespace hr::ingest {

// Everything that makes a cell of the table differ from the field in the file.
enum class Rule : uint8_t {
  fill,
  join,
  split,
  blanks,
  width,
  missing,
  value,
  open,
  default_value,
  currency,
  thousands,
  date,
  unit,
  scale
};
inline constexpr size_t kRules = 14;
std::string_view rule_id(Rule rule);

using RuleCounts = std::array<uint64_t, kRules>;

struct CellChange {
  uint32_t line = 0;
  std::string column;  // its heading; of a column that the file lacks, the table's
  Rule rule = Rule::blanks;
  std::string before, after;
};

// What the rules give; none: they leave the text as it is.
std::optional<std::string> without_odd_blanks(std::string_view text);
std::optional<std::string> without_full_width(std::string_view text);
// `sign`: the currency that its sign or word most likely means, CNY; it lives for ever.
std::optional<std::string> without_currency(std::string_view text, std::string_view& sign);
// Whether an amount with this sign can be in this currency: $ stands for more than USD, ¥ for JPY too.
bool sign_fits(std::string_view sign, std::string_view currency);
std::optional<std::string> without_thousands(std::string_view text);
// A part of the text, without blanks around it; empty where there are not so many.
std::string_view part_of(std::string_view text, const model::Split& split);

// Texts of one row's cells, and what changed in them.
class Changes {
 public:
  // `kept`: all of them, with their texts; else they are only counted.
  explicit Changes(bool kept) : kept_(kept) {}

  void begin_row();
  // A text that lives until the next row begins.
  std::string_view keep(std::string text);
  void note(std::string_view column, Rule rule, std::string_view before, std::string_view after);
  void accept_row(uint32_t line);  // what was noted since begin_row() counts

  const RuleCounts& counts() const { return counts_; }
  std::vector<CellChange> take() { return std::move(changes_); }

 private:
  const bool kept_;
  std::deque<std::string> texts_;
  size_t used_ = 0;
  std::array<uint32_t, kRules> row_counts_{};
  bool any_ = false;
  std::vector<CellChange> row_;
  RuleCounts counts_{};
  std::vector<CellChange> changes_;
};

}  // namespace hr::ingest
