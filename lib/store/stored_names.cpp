#include "store/stored_names.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

#include "base/parallel.h"
#include "facts/text_order.h"

namespace hr::store {

namespace {

constexpr int kChunkColumns = 5;

// By code less `first`: 1 = a row has it. Of codes below that nobody asks.
std::vector<uint8_t> used_codes(const facts::Column& column, size_t first) {
  constexpr size_t kPiece = size_t{1} << 18U;
  const int threads = hardware_threads();
  const size_t codes = column.dictionary.size() - first;
  std::vector<std::vector<uint8_t>> used(static_cast<size_t>(threads));  // of each thread
  used[0].resize(codes);
  for_ranges(column.codes.size(), kPiece, threads, [&](size_t begin, size_t end, size_t worker) {
    used[worker].resize(codes);
    for (size_t row = begin; row < end; ++row) {
      const uint32_t code = column.codes[row] - static_cast<uint32_t>(first);  // of those below and of none: beyond all
      if (code < codes) used[worker][code] = 1;
    }
  });
  for (size_t worker = 1; worker < used.size(); ++worker) {
    for (size_t code = 0; code < used[worker].size(); ++code) used[0][code] |= used[worker][code];
  }
  return std::move(used[0]);
}

struct NewTexts {
  std::string bytes;
  std::vector<uint32_t> lengths;
};

// The texts of codes, one behind the other.
void gather(const facts::Dictionary& texts, std::span<const uint32_t> codes, NewTexts& to) {
  constexpr size_t kAhead = 16;  // texts come in any order, from memory that is in no cache
  std::vector<std::string_view> views;
  views.reserve(codes.size());
  for (const uint32_t code : codes) views.push_back(texts[code]);
  to.bytes.clear();
  to.lengths.clear();
  for (size_t i = 0; i < views.size(); ++i) {
    if (i + kAhead < views.size()) __builtin_prefetch(views[i + kAhead].data());
    to.bytes.append(views[i]);
    to.lengths.push_back(static_cast<uint32_t>(views[i].size()));
  }
}

// Appends texts that are not there yet.
void append_new(facts::SharedDictionary& names, const facts::Dictionary& texts, std::span<const uint32_t> codes) {
  constexpr size_t kPiece = size_t{1} << 17U;
  const int threads = hardware_threads();
  std::vector<NewTexts> gathered(static_cast<size_t>(threads));
  for_pieces_in_order(
      (codes.size() + kPiece - 1) / kPiece, threads,
      [&](size_t piece, size_t worker) {
        const size_t begin = piece * kPiece;
        gather(texts, codes.subspan(begin, std::min(kPiece, codes.size() - begin)), gathered[worker]);
      },
      [&](size_t, size_t worker) { names.own().append_distinct(gathered[worker].bytes, gathered[worker].lengths); });
}

std::string encode_chunk(const facts::Dictionary& names, size_t begin, size_t end) {
  std::vector<std::string_view> texts;
  texts.reserve(end - begin);
  for (size_t i = begin; i < end; ++i) texts.push_back(names[static_cast<uint32_t>(i)]);
  ByteWriter out;
  encode_texts(out, texts);
  return out.take();
}

// Names as they are stored, some numbers at a time.
struct NameChunks {
  struct Chunk {
    int64_t first;  // number
    size_t count;
    std::string bytes;
  };
  std::string path;  // of the store
  NameKind kind;
  std::vector<Chunk> each;

  [[noreturn]] void damaged(size_t chunk, const char* how) const {
    refuse_damaged(path, "name_chunk " + std::to_string(static_cast<int64_t>(kind)) + "/" +
                             std::to_string(each[chunk].first) + ": " + how);
  }
};

void append(const NameChunks& chunks, facts::Dictionary& names) {
  const int threads = hardware_threads();
  std::vector<Texts> texts(static_cast<size_t>(threads));
  for_pieces_in_order(
      chunks.each.size(), threads,
      [&](size_t i, size_t worker) {
        try {
          ByteReader in(chunks.each[i].bytes);
          texts[worker] = decode_texts(in, chunks.each[i].count);
          in.end();
        } catch (const DamagedBlob& e) {
          chunks.damaged(i, e.what());
        }
      },
      [&](size_t, size_t worker) { names.append_distinct(texts[worker].bytes, texts[worker].lengths); });
}

// The names of numbers, in whatever order; those of a chunk are looked for in ascending order.
std::vector<std::string> some_of(const NameChunks& chunks, std::span<const uint32_t> numbers) {
  std::vector<size_t> order(numbers.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return numbers[a] < numbers[b]; });
  std::vector<std::string> names(numbers.size());
  size_t next = 0;
  for (size_t i = 0; i < chunks.each.size() && next < order.size(); ++i) {
    const NameChunks::Chunk& chunk = chunks.each[i];
    const size_t end = static_cast<size_t>(chunk.first) + chunk.count;
    if (numbers[order[next]] >= end) continue;
    try {
      EncodedTexts texts(chunk.bytes, chunk.count);
      for (; next < order.size() && numbers[order[next]] < end; ++next)
        names[order[next]] = texts.at(numbers[order[next]] - static_cast<size_t>(chunk.first));
    } catch (const DamagedBlob& e) {
      chunks.damaged(i, e.what());
    }
  }
  return names;
}

facts::LaterTexts later_texts(NameChunks&& chunks, size_t size) {
  const auto kept = std::make_shared<const NameChunks>(std::move(chunks));
  return {size,
          [kept] {
            facts::Dictionary names;
            append(*kept, names);
            return names;
          },
          [kept](std::span<const uint32_t> numbers) { return some_of(*kept, numbers); }};
}

}  // namespace

facts::SharedDictionary StoredNames::all(Database& database) {
  const std::scoped_lock lock(reading_);
  NameChunks chunks{database.path(), kind_, {}};
  size_t end = stored_;
  Statement rows(database, "SELECT * FROM name_chunk WHERE kind = ? AND first_number >= ? ORDER BY first_number");
  rows.bind({static_cast<int64_t>(kind_), static_cast<int64_t>(stored_)});
  while (rows.step()) {
    rows.check_row("name_chunk", kChunkColumns);
    chunks.each.push_back({rows.integer(1), static_cast<size_t>(rows.integer(3, 1, kBlockRows)), rows.string(4)});
    if (chunks.each.back().first != static_cast<int64_t>(end))
      chunks.damaged(chunks.each.size() - 1, "numbers are not dense");
    end += chunks.each.back().count;
  }
  if (end == stored_) return names_;
  if (stored_ == 0) {  // scores ask for no name of a key result, of which there are millions
    names_ = facts::SharedDictionary(later_texts(std::move(chunks), end));
  } else {
    try {
      append(chunks, names_.own());
    } catch (...) {  // some may be there, which would come again under other numbers
      forget();
      throw;
    }
  }
  stored_ = end;
  return names_;
}

void StoredNames::forget() {
  names_ = {};
  stored_ = 0;
}

void StoredNames::save(Database& database, uint32_t source) {
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

void StoredNames::add_new(const facts::Column& column, size_t first_code, const std::vector<uint8_t>& used,
                          std::vector<uint32_t>& numbers) {
  std::vector<uint32_t> fresh;
  for (size_t code = first_code; code < numbers.size(); ++code) {
    if (used[code - first_code] != 0 && numbers[code] == facts::kMissingCode)
      fresh.push_back(static_cast<uint32_t>(code));
  }
  if (fresh.empty()) return;
  if (kind_ == NameKind::subjects) facts::sort_by_text(fresh, column.dictionary);
  const auto first = static_cast<uint32_t>(names_.size());
  for (uint32_t i = 0; i < fresh.size(); ++i) numbers[fresh[i]] = first + i;
  append_new(names_, column.dictionary, fresh);
}

std::vector<uint32_t> StoredNames::find(Database& database, const facts::Column& column) {
  const facts::SharedDictionary names = all(database);
  std::vector<uint32_t> numbers(column.dictionary.size(), facts::kMissingCode);
  const size_t same = column.dictionary.begins_with(names);
  if (same > 0) {  // what follows is not there: it would have had its number
    std::iota(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(same), 0U);
  } else {
    const facts::Dictionary& there = names;
    there.find_all(column.dictionary, numbers);
  }
  return numbers;
}

// Names are looked for where they came from: the index of a million new ones would be made for this alone.
static void take_numbers(const NumberedColumn& from, NumberedColumn& to) {
  std::vector<uint32_t> codes(to.numbers.size());
  const facts::Dictionary& texts = from.column->dictionary;
  texts.find_all(to.column->dictionary, codes);
  for (size_t code = 0; code < codes.size(); ++code) {
    if (to.numbers[code] == facts::kMissingCode && codes[code] != facts::kMissingCode)
      to.numbers[code] = from.numbers[codes[code]];
  }
}

void StoredNames::add_missing(Database& database, uint32_t source, std::span<const NumberedColumn> before,
                              NumberedColumn& numbered) {
  const facts::Column& column = *numbered.column;
  const std::vector<uint32_t>& numbers = numbered.numbers;
  const auto first = static_cast<size_t>(std::find(numbers.begin(), numbers.end(), facts::kMissingCode) -
                                         numbers.begin());  // code without a number
  if (first == numbers.size()) return;
  const std::vector<uint8_t> used = used_codes(column, first);
  bool any = false;
  for (size_t code = first; code < numbers.size(); ++code)
    any = any || (used[code - first] != 0 && numbers[code] == facts::kMissingCode);
  if (!any) return;
  for (const NumberedColumn& other : before) {
    if (other.kind == kind_) take_numbers(other, numbered);
  }
  const bool takes_all =
      kind_ != NameKind::subjects && names_.size() == 0 && std::find(used.begin(), used.end(), 0) == used.end();
  if (takes_all) {  // its codes are the numbers
    names_ = column.dictionary;
    std::iota(numbered.numbers.begin(), numbered.numbers.end(), 0U);
  } else {
    add_new(column, first, used, numbered.numbers);
  }
  save(database, source);
}

}  // namespace hr::store
