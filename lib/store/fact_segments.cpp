#include "store/fact_segments.h"

#include <algorithm>

namespace hr::store {

namespace {

constexpr int kKpiColumns = 2;
constexpr int kSegmentColumns = 9;
constexpr int kOriginColumns = 3;

// Gaps − 1 between ascending numbers.
std::vector<uint32_t> gaps_of(std::span<const uint32_t> offsets) {
  std::vector<uint32_t> gaps(offsets.empty() ? 0 : offsets.size() - 1);
  for (size_t i = 0; i < gaps.size(); ++i) gaps[i] = offsets[i + 1] - offsets[i] - 1;
  return gaps;
}

// first offset · gaps · values
std::string encode_cells(const SegmentCells& cells) {
  ByteWriter out;
  out.number(cells.offsets.empty() ? 0 : cells.offsets[0]);
  encode_numbers(out, gaps_of(cells.offsets));
  encode_decimals(out, scale_decimals(cells.values));
  return out.take();
}

void decode_offsets(ByteReader& in, size_t n, std::vector<uint32_t>& offsets) {
  uint64_t offset = in.number_up_to(kOffsetMask);
  decode_numbers(in, n - 1, kOffsetMask, offsets);
  offsets.push_back(0);
  for (uint32_t& place : offsets) {  // each gap lies one before the offset that it leads to
    const uint32_t gap = place;
    place = static_cast<uint32_t>(offset);
    offset += gap + uint64_t{1};
  }
  if (offsets.back() > kOffsetMask || offset > uint64_t{kOffsetMask} + 1)
    throw DamagedBlob("a subject is out of its block");
}

constexpr uint8_t kForward = 0;  // no line lies before the one before it
constexpr uint8_t kBothWays = 1;

// which of the two · first line · differences: a file that goes by subject has small ones
std::string encode_lines(std::span<const uint32_t> lines) {
  ByteWriter out;
  const bool forward = std::is_sorted(lines.begin(), lines.end());
  out.byte(forward ? kForward : kBothWays);
  out.number(lines.empty() ? 0 : lines[0]);
  if (forward) {
    std::vector<uint32_t> steps(lines.empty() ? 0 : lines.size() - 1);
    for (size_t i = 0; i < steps.size(); ++i) steps[i] = lines[i + 1] - lines[i];
    encode_numbers(out, steps);
  } else {
    std::vector<int64_t> steps;
    for (size_t i = 1; i < lines.size(); ++i) steps.push_back(int64_t{lines[i]} - int64_t{lines[i - 1]});
    encode_integers(out, steps);
  }
  return out.take();
}

std::vector<uint32_t> decode_lines(std::string_view bytes, size_t n) {
  ByteReader in(bytes);
  if (in.byte() > kBothWays) throw DamagedBlob("unknown flags");
  auto line = static_cast<int64_t>(in.number_up_to(UINT32_MAX));
  std::vector<uint32_t> lines{static_cast<uint32_t>(line)};
  for (const int64_t step : decode_integers(in, n - 1, -int64_t{UINT32_MAX}, UINT32_MAX)) {
    line += step;
    if (line < 0 || line > int64_t{UINT32_MAX}) throw DamagedBlob("a line is out of range");
    lines.push_back(static_cast<uint32_t>(line));
  }
  in.end();
  return lines;
}

template <class Same>
std::vector<SegmentRun> runs_where(SegmentRun keys, const Same& same) {
  std::vector<SegmentRun> runs;
  for (size_t begin = 0; begin < keys.size();) {
    size_t end = begin + 1;
    while (end < keys.size() && same(keys[begin], keys[end])) ++end;
    runs.push_back(keys.subspan(begin, end - begin));
    begin = end;
  }
  return runs;
}

SegmentKey key_of(const Database& database, const Statement& row) {
  const auto period = parse_period(row.text(3));
  if (!period || period->from.days != row.integer(1))
    database.damaged("fact_segment " + std::to_string(row.integer(5)));
  return {row.integer(0),
          *period,
          static_cast<uint32_t>(row.integer(4, 0, kOffsetMask)),
          row.integer(5, 1, INT64_MAX),
          static_cast<uint32_t>(row.integer(6, 1, UINT32_MAX)),
          static_cast<size_t>(row.integer(7, 1, kBlockRows))};
}

}  // namespace

std::map<int64_t, std::string> read_kpis(Database& database) {
  std::map<int64_t, std::string> kpis;
  Statement rows(database, "SELECT * FROM kpi");
  while (rows.step()) {
    rows.check_row("kpi", kKpiColumns);
    kpis.emplace(rows.integer(0), rows.string(1));
  }
  return kpis;
}

std::vector<SegmentKey> segment_keys(Database& database, int64_t kpi) {
  std::vector<SegmentKey> keys;
  Statement rows(
      database,
      std::string("SELECT kpi_id, first_day, end_day, period, subject_block, segment_id, source_id, fact_count "
                  "FROM fact_segment INDEXED BY fact_segment_place ") +
          (kpi ? "WHERE kpi_id = ? " : "") + "ORDER BY kpi_id, first_day, end_day, period, subject_block, segment_id");
  if (kpi) rows.bind({kpi});
  while (rows.step()) keys.push_back(key_of(database, rows));
  if (!kpi && database.integer("SELECT max(segment_id) FROM fact_segment HAVING max(segment_id) IS NOT NULL") !=
                  static_cast<int64_t>(keys.size())) {
    database.damaged("fact_segment_place");  // segments are numbered without gaps
  }
  return keys;
}

std::vector<SegmentRun> runs_of_kpis(SegmentRun keys) {
  return runs_where(keys, [](const SegmentKey& a, const SegmentKey& b) { return a.kpi == b.kpi; });
}

std::vector<SegmentRun> runs_of_periods(SegmentRun keys) {
  return runs_where(keys,
                    [](const SegmentKey& a, const SegmentKey& b) { return a.kpi == b.kpi && a.period == b.period; });
}

std::vector<SegmentRun> runs_of_blocks(SegmentRun keys) {
  return runs_where(keys, [](const SegmentKey& a, const SegmentKey& b) { return a.block == b.block; });
}

SegmentReader::SegmentReader(Database& database)
    : database_(database),
      cells_(database, "SELECT * FROM fact_segment WHERE segment_id = ?"),
      origins_(database, "SELECT * FROM fact_origin WHERE segment_id = ?") {}

// Finds the row, holds it against its checksum and its key, and hands its blob to `decode`.
template <class Decode>
void SegmentReader::load(const SegmentKey& key, const Decode& decode) {
  const std::string where = "fact_segment " + std::to_string(key.id);
  if (!cells_.bind({key.id}).step()) database_.damaged(where);
  cells_.check_row("fact_segment", kSegmentColumns);
  if (cells_.integer(1) != key.source || cells_.integer(2) != key.kpi || cells_.integer(4) != key.period.from.days ||
      cells_.text(3) != to_string(key.period) || cells_.integer(6) != key.block ||
      cells_.integer(7) != static_cast<int64_t>(key.count)) {
    database_.damaged(where);
  }
  try {
    ByteReader in(cells_.text(8));
    decode(in);
    in.end();
  } catch (const DamagedBlob& e) {
    database_.damaged(where + ": " + e.what());
  }
  cells_.reset();
}

void SegmentReader::read(const SegmentKey& key, SegmentCells& cells) {
  load(key, [&](ByteReader& in) {
    decode_offsets(in, key.count, cells.offsets);
    decode_decimals(in, key.count, cells.values);
  });
}

void SegmentReader::read(const SegmentKey& key, std::vector<uint32_t>& offsets, LazyDecimals& values) {
  load(key, [&](ByteReader& in) {
    decode_offsets(in, key.count, offsets);
    values.decode(in, key.count);
  });
}

void SegmentReader::read(const SegmentKey& key, std::vector<uint32_t>& offsets, std::vector<double>& values,
                         std::vector<uint8_t>& missing) {
  load(key, [&](ByteReader& in) {
    decode_offsets(in, key.count, offsets);
    decode_doubles(in, key.count, values, missing);
  });
}

const std::vector<uint32_t>& SegmentReader::offsets(const SegmentKey& key) {
  if (offsets_of_ == key.id) return offsets_;
  offsets_of_ = 0;
  load(key, [&](ByteReader& in) {
    decode_offsets(in, key.count, offsets_);
    in = ByteReader({});  // the values are not looked at
  });
  offsets_of_ = key.id;
  return offsets_;
}

std::vector<uint32_t> SegmentReader::lines(const SegmentKey& key) {
  const std::string where = "fact_origin " + std::to_string(key.id);
  if (!origins_.bind({key.id}).step()) database_.damaged(where);
  origins_.check_row("fact_origin", kOriginColumns);
  if (origins_.integer(1) != static_cast<int64_t>(key.count)) database_.damaged(where);
  try {
    std::vector<uint32_t> lines = decode_lines(origins_.text(2), key.count);
    origins_.reset();
    return lines;
  } catch (const DamagedBlob& e) {
    database_.damaged(where + ": " + e.what());
  }
}

SegmentWriter::SegmentWriter(Database& database, uint32_t source)
    : source_(source),
      next_id_(database.integer("SELECT coalesce(max(segment_id), 0) + 1 FROM fact_segment")),
      segments_(database, "fact_segment", kSegmentColumns),
      origins_(database, "fact_origin", kOriginColumns) {}

EncodedSegment encode_segment(const SegmentCells& cells, std::span<const uint32_t> lines) {
  return {cells.offsets.size(), encode_cells(cells), encode_lines(lines)};
}

void SegmentWriter::write(int64_t kpi, const Period& period, uint32_t block, const EncodedSegment& segment) {
  const auto count = static_cast<int64_t>(segment.count);
  const DateRange range = period.range();
  const std::string name = to_string(period);
  segments_.write({next_id_, int64_t{source_}, kpi, name, int64_t{range.from.days}, int64_t{range.to.days},
                   int64_t{block}, count, Blob{segment.cells}});
  origins_.write({next_id_, count, Blob{segment.lines}});
  ++next_id_;
}

void BlockState::load(SegmentReader& reader, SegmentRun run) {
  segments_.resize(run.size());
  newest_.clear();
  uint32_t cells = 0;
  for (size_t s = 0; s < run.size(); ++s) {
    segments_[s].first = cells;
    reader.read(run[s], offsets_, segments_[s].values);
    if (offsets_.back() >= newest_.size()) newest_.resize(offsets_.back() + size_t{1});
    for (const uint32_t offset : offsets_) newest_[offset] = ++cells;
  }
}

Decimal BlockState::value(uint32_t offset) const {
  if (offset >= newest_.size() || newest_[offset] == 0) return facts::kMissingDecimal;
  const uint32_t cell = newest_[offset] - 1;
  const auto behind = std::upper_bound(segments_.begin(), segments_.end(), cell,
                                       [](uint32_t at, const Segment& segment) { return at < segment.first; });
  const Segment& segment = *std::prev(behind);
  return segment.values[cell - segment.first];
}

}  // namespace hr::store
