#include "store/subject_names.h"

#include <algorithm>
#include <vector>

#include "store/column_codec.h"

namespace hr::store {

static constexpr int kChunkColumns = 4;

const facts::Dictionary& SubjectNames::all(Database& database) {
  Statement rows(database, "SELECT * FROM subject_chunk WHERE first_number >= ? ORDER BY first_number");
  rows.bind({static_cast<int64_t>(stored_)});
  while (rows.step()) {
    rows.check_row("subject_chunk", kChunkColumns);
    try {
      ByteReader in(rows.text(3));
      const std::vector<std::string_view> names = decode_texts(in, static_cast<size_t>(rows.integer(2, 1, kBlockRows)));
      in.end();
      if (rows.integer(0) != static_cast<int64_t>(stored_)) throw DamagedBlob("numbers are not dense");
      for (const std::string_view name : names) names_.add(name);
      stored_ += names.size();
      if (names_.size() != stored_) throw DamagedBlob("a name stands twice");
    } catch (const DamagedBlob& e) {
      database.damaged("subject_chunk " + std::to_string(rows.integer(0)) + ": " + e.what());
    }
  }
  return names_;
}

void SubjectNames::save(Database& database, uint32_t source) {
  RowWriter writer(database, "subject_chunk", kChunkColumns);
  while (stored_ < names_.size()) {
    const size_t end = std::min(names_.size(), stored_ + kBlockRows);
    std::vector<std::string_view> names;
    for (size_t i = stored_; i < end; ++i) names.push_back(names_[static_cast<uint32_t>(i)]);
    ByteWriter out;
    encode_texts(out, names);
    const std::string bytes = out.take();
    writer.write({static_cast<int64_t>(stored_), int64_t{source}, static_cast<int64_t>(names.size()), Blob{bytes}});
    stored_ = end;
  }
}

}  // namespace hr::store
