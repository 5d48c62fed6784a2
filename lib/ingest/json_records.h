// JSON: flat objects, one a line or in a list → records, parallel to the keys that the file uses. Numbers keep their
// exact text; null is an empty field. Nested values, keys twice and everything RFC 8259 does not allow mark the record.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/json_objects.h"
#include "ingest/records.h"

namespace hr::ingest {

// The keys of all objects, in order of first appearance. What is no object gives none.
std::vector<std::string> json_keys(std::string_view bytes);

class JsonRecords final : public RecordSource {
 public:
  // `keys` outlives it; a key that is not among them is left out.
  JsonRecords(std::string_view bytes, const std::vector<std::string>& keys);

  bool next(Record& record) override;
  Place place(const Record& record, size_t field) const override;
  uint32_t line() const override { return objects_.line(); }

 private:
  uint32_t line_of(const Record& record, size_t at) const;
  size_t index_of(std::string_view key, size_t expected) const;

  std::string_view bytes_;
  JsonObjects objects_;
  const std::vector<std::string>& keys_;
  std::unordered_map<std::string_view, size_t> index_;
};

}  // namespace hr::ingest
