// The few records of a store that one person's score follows from, found without reading the others.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "facts/dataset_builder.h"
#include "model/definitions.h"
#include "store/store.h"

namespace hr::engine {

class PersonRecords {
 public:
  // `person`: the number of somebody in the store. `of_units`: objectives of units may count for people. Keeps a
  // reference to `few`.
  PersonRecords(store::FewRecords& few, const model::Definitions& definitions, const std::string& cycle,
                uint32_t person, bool of_units);

  // By one thread at a time.
  std::vector<facts::Frame> take(model::TableId table) { return std::move(frames_[table]); }
  // Units that the person is or was in, or is or was head of, at any time and in any import.
  const std::vector<std::string>& own_units() const { return own_units_; }
  const std::vector<std::string>& headed_units() const { return headed_units_; }
  bool has_company_objectives() const { return has_company_objectives_; }
  // Facts of the person and of the units above, by subject ("unit:" and its id), and as columns of the dataset.
  void load_facts(facts::Dataset& dataset);
  const std::map<std::string, std::vector<store::FactCell>>& facts() const { return facts_; }

 private:
  void find_people();
  void find_units();
  void find_targets();
  void find_okrs(const model::Definitions& definitions, const std::string& cycle, bool of_units);
  std::vector<uint32_t> okr_owners(bool of_units);
  std::vector<std::string> jobs() const;

  store::FewRecords& few_;
  uint32_t person_;
  std::map<model::TableId, std::vector<facts::Frame>> frames_;
  std::vector<uint32_t> own_, headed_, units_;  // numbers; units_: those and all above, ascending
  std::vector<std::string> own_units_, headed_units_;
  std::vector<std::string> unit_names_;  // of units_
  std::vector<uint32_t> unit_subjects_;  // of "unit:" and those names; kMissingCode = nothing is known of it
  bool has_company_objectives_ = false;
  std::map<std::string, std::vector<store::FactCell>> facts_;
};

}  // namespace hr::engine
