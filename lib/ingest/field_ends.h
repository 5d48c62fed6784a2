// Where the fields and the records of CSV bytes end, found many bytes at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hr::ingest {

class FieldEnds {
 public:
  // What lies in quotes ends nothing. A last line without an end ends where the bytes do.
  void find(std::string_view bytes, char delimiter);

  // Ascending, each the place of the byte behind the last one; of records those of fields that end a record, too.
  std::span<const uint32_t> of_fields() const { return {fields_.data(), field_count_}; }
  std::span<const uint32_t> of_records() const { return {records_.data(), record_count_}; }

 private:
  std::vector<uint32_t> fields_, records_;  // longer than needed
  size_t field_count_ = 0;
  size_t record_count_ = 0;
};

}  // namespace hr::ingest
