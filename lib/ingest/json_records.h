// JSON Lines: one flat object a line → records, parallel to the keys that the file uses. Numbers keep their exact text;
// null is an empty field. Nested values, keys twice and everything RFC 8259 does not allow mark the record.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/records.h"

namespace hr::ingest {

// The keys of all lines, in order of first appearance. Lines that are not objects give none.
std::vector<std::string> json_keys(std::string_view bytes);

class JsonRecords final : public RecordSource {
 public:
  // `keys` outlives it; a key that is not among them is left out.
  JsonRecords(std::string_view bytes, const std::vector<std::string>& keys);

  bool next(Record& record) override;
  Place place(const Record& record, size_t field) const override;
  uint32_t line() const override { return line_; }

 private:
  size_t index_of(std::string_view key, size_t expected) const;

  std::string_view bytes_;
  const std::vector<std::string>& keys_;
  std::unordered_map<std::string_view, size_t> index_;
  size_t at_ = 0;
  uint32_t line_ = 1;
};

}  // namespace hr::ingest
