// StoredNames that records and facts refer to by number: people and units, objectives, key results. Internal to the
// store.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "facts/frame.h"
#include "store/column_codec.h"
#include "store/database.h"

namespace hr::store {

// The names of one kind, numbered from 0. Kept in memory until forgotten, as the store has them until one is looked at;
// what another process has added meanwhile is read when it is asked for.
class StoredNames {
 public:
  explicit StoredNames(NameKind kind) : kind_(kind) {}

  facts::SharedDictionary all(Database& database);                  // code = number; several threads may ask at once
  uint32_t add(std::string_view name) { return names_.add(name); }  // kept when save() is called
  void save(Database& database, uint32_t source);                   // those added since all()
  // The number of each code of `column`; kMissingCode = it has none yet. For several threads at once.
  std::vector<uint32_t> find(Database& database, const facts::Column& column);
  // Those without one that a row has get theirs, and are saved: in the order of appearance, subjects in that of their
  // texts: what goes by people then goes by number too. `before`: columns that have been given numbers since find().
  void add_missing(Database& database, uint32_t source, std::span<const NumberedColumn> before,
                   NumberedColumn& numbered);
  void forget();  // as if nobody had asked yet

 private:
  void add_new(const facts::Column& column, size_t first_code, const std::vector<uint8_t>& used,
               std::vector<uint32_t>& numbers);

  NameKind kind_;
  std::mutex reading_;
  facts::SharedDictionary names_;
  size_t stored_ = 0;
};

// Those of all kinds.
class AllNames {
 public:
  StoredNames& of(NameKind kind) { return kinds_[static_cast<size_t>(kind)]; }
  void forget() {
    for (StoredNames& names : kinds_) names.forget();
  }
  // Of objectives and key results there are millions, and scores ask for few: what an import has brought need not stay
  // in memory. Whoever asks has them read.
  void forget_okrs() {
    of(NameKind::objectives).forget();
    of(NameKind::key_results).forget();
  }

 private:
  std::array<StoredNames, kNameKinds> kinds_{StoredNames(NameKind::subjects), StoredNames(NameKind::objectives),
                                             StoredNames(NameKind::key_results)};
};

}  // namespace hr::store
