// Which fields of a record a mapping means: by their headings, and where one is empty by the letter of its column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/mapping.h"

namespace hr::ingest {

inline constexpr size_t kNoField = SIZE_MAX;

// How messages and mappings call a column of the file: by its heading, or by its letter.
std::string field_name(const std::vector<std::string>& headings, size_t field);

// The field of the first of `names` that the file has: as written, else without regard to case, width and blanks.
size_t field_named(const std::vector<std::string>& headings, const std::vector<std::string>& names);

// By field, whether it is one of those chosen; of equal headings in a list all are.
std::vector<uint8_t> chosen_fields(const std::vector<std::string>& headings, const model::ColumnChoice& choice);

// How messages show a choice, and what of it the file does not have (empty: it has all of it).
std::string shown(const model::ColumnChoice& choice);
std::string not_there(const std::vector<std::string>& headings, const model::ColumnChoice& choice);

// The first few of a list, and how many there are in all: lists of headings can be very long.
std::string listed(const std::vector<std::string>& items);

}  // namespace hr::ingest
