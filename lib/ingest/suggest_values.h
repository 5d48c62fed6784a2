// How the values of a column are written, and whether they can be what a column of the table holds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/column_profile.h"
#include "ingest/suggest.h"

namespace hr::ingest {

// Formats that read all values of `sets` (ColumnProfile::dates or months), few of them, those of most values first.
struct FormatChoice {
  std::vector<std::string> formats;  // empty: none is needed, or none fits
  std::vector<std::string> also;     // ambiguous: one of `formats` and this one read the same values otherwise
};
FormatChoice choose_formats(const std::map<uint64_t, uint64_t>& sets, const std::vector<std::string_view>& formats);

// Why values cannot be those of the column; none: they can, or there are none.
std::optional<Remark> misfit(const model::CanonicalColumn& column, const ColumnProfile& profile);

// Puts formats, cleaning, unit and values into `column.mapping`, and remarks where a person should look.
// `unit`: that the heading names.
void describe_values(SuggestedColumn& column, const model::CanonicalColumn& spec, const ColumnProfile& profile,
                     const std::string& unit);

// Up to three values for a remark; of personal data only their first characters.
std::string samples_of(const ColumnProfile& profile, bool personal);

}  // namespace hr::ingest
