#include "store/names.h"

#include <algorithm>
#include <numeric>

#include "base/parallel.h"
#include "facts/text_order.h"

namespace hr::store {

namespace {

constexpr int kChunkColumns = 5;
constexpr size_t kCodesAtOnce = 16'384;

std::vector<uint8_t> used_codes(const facts::Column& column) {
  std::vector<uint8_t> used(column.dictionary.size());
  for (const uint32_t code : column.codes) {
    if (code != facts::kMissingCode) used[code] = 1;
  }
  return used;
}

// By code; kMissingCode: it is not there.
std::vector<uint32_t> find_all(const facts::Dictionary& names, const facts::Dictionary& texts,
                               const std::vector<uint8_t>& used) {
  std::vector<uint32_t> numbers(used.size(), facts::kMissingCode);
  if (names.size() == 0) return numbers;
  for_pieces((used.size() + kCodesAtOnce - 1) / kCodesAtOnce, hardware_threads(), [&](size_t piece, size_t) {
    const size_t end = std::min(used.size(), (piece + 1) * kCodesAtOnce);
    for (size_t code = piece * kCodesAtOnce; code < end; ++code) {
      if (used[code]) numbers[code] = names.find(texts[static_cast<uint32_t>(code)]).value_or(facts::kMissingCode);
    }
  });
  return numbers;
}

std::string encode_chunk(const facts::Dictionary& names, size_t begin, size_t end) {
  std::vector<std::string_view> texts;
  texts.reserve(end - begin);
  for (size_t i = begin; i < end; ++i) texts.push_back(names[static_cast<uint32_t>(i)]);
  ByteWriter out;
  encode_texts(out, texts);
  return out.take();
}

}  // namespace

const facts::SharedDictionary& Names::all(Database& database) {
  Statement rows(database, "SELECT * FROM name_chunk WHERE kind = ? AND first_number >= ? ORDER BY first_number");
  rows.bind({static_cast<int64_t>(kind_), static_cast<int64_t>(stored_)});
  while (rows.step()) {
    rows.check_row("name_chunk", kChunkColumns);
    try {
      ByteReader in(rows.text(4));
      const Texts names = decode_texts(in, static_cast<size_t>(rows.integer(3, 1, kBlockRows)));
      in.end();
      if (rows.integer(1) != static_cast<int64_t>(stored_)) throw DamagedBlob("numbers are not dense");
      for (const std::string_view name : names.views()) names_.add(name);
      stored_ += names.size();
      if (names_.size() != stored_) throw DamagedBlob("a name stands twice");
    } catch (const DamagedBlob& e) {
      database.damaged("name_chunk " + std::to_string(rows.integer(0)) + "/" + std::to_string(rows.integer(1)) + ": " +
                       e.what());
    }
  }
  return names_;
}

void Names::save(Database& database, uint32_t source) {
  const size_t chunks = (names_.size() - stored_ + kBlockRows - 1) / kBlockRows;
  const size_t first = stored_;
  const auto end_of = [&](size_t chunk) { return std::min(names_.size(), first + (chunk + 1) * kBlockRows); };
  std::vector<std::string> encoded(chunks);
  for_pieces(chunks, hardware_threads(), [&](size_t chunk, size_t) {
    encoded[chunk] = encode_chunk(names_, first + chunk * kBlockRows, end_of(chunk));
  });
  RowWriter writer(database, "name_chunk", kChunkColumns);
  for (size_t chunk = 0; chunk < chunks; ++chunk) {
    writer.write({static_cast<int64_t>(kind_), static_cast<int64_t>(stored_), int64_t{source},
                  static_cast<int64_t>(end_of(chunk) - stored_), Blob{encoded[chunk]}});
    stored_ = end_of(chunk);
  }
}

void Names::add_new(const facts::Column& column, const std::vector<uint8_t>& used, std::vector<uint32_t>& numbers) {
  std::vector<uint32_t> fresh;
  for (uint32_t code = 0; code < used.size(); ++code) {
    if (used[code] && numbers[code] == facts::kMissingCode) fresh.push_back(code);
  }
  if (fresh.empty()) return;
  if (kind_ == NameKind::subjects) facts::sort_by_text(fresh, column.dictionary);
  for (const uint32_t code : fresh) numbers[code] = names_.add(column.dictionary[code]);
}

std::vector<uint32_t> Names::number(Database& database, uint32_t source, const facts::Column& column) {
  const std::vector<uint8_t> used = used_codes(column);
  all(database);
  if (column.dictionary.same_as(names_)) {
    std::vector<uint32_t> numbers(names_.size());
    std::iota(numbers.begin(), numbers.end(), 0U);
    return numbers;
  }
  std::vector<uint32_t> numbers = find_all(names_, column.dictionary, used);
  const bool takes_all =
      kind_ != NameKind::subjects && names_.size() == 0 && std::find(used.begin(), used.end(), 0) == used.end();
  if (takes_all) {  // its codes are the numbers
    names_ = column.dictionary;
    std::iota(numbers.begin(), numbers.end(), 0U);
  } else {
    add_new(column, used, numbers);
  }
  save(database, source);
  return numbers;
}

}  // namespace hr::store
