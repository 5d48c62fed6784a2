// Some lines of a file, for excerpts.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "ingest/input.h"

namespace hr::ingest {

// The lines with these numbers (from 1) that there are, without their ends (LF, CR LF or CR) and without a byte-order
// mark; of one longer than 1 MiB the beginning. Reads up to the last of them.
std::map<int, std::string> lines_of(const Input& input, const std::set<int>& numbers);

}  // namespace hr::ingest
