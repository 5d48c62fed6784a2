// Which job the people behind facts had in a period, and whether they were there all of it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/period.h"
#include "facts/dataset.h"

namespace hr::engine {

class PeopleOfPeriods {
 public:
  // `subjects`: the store's; both outlive it.
  PeopleOfPeriods(const facts::Dataset& dataset, const facts::SharedDictionary& subjects);

  // Groups are jobs: that of the last spell that meets the period; the last group has no job. Units are in none.
  size_t groups() const { return jobs_ + 1; }
  std::string group_name(uint32_t group) const;  // "job:Sales Rep"
  // One element a subject. partial: 1 = a day of the period out of service or on leave.
  void look_up(const Period& period, std::span<const uint32_t> subjects, std::vector<uint32_t>& groups,
               std::vector<uint8_t>& partial) const;
  uint32_t person(uint32_t subject) const { return persons_[subject]; }  // of the dataset; kNone = nobody

 private:
  struct Place {  // of somebody with one job all the time, and no leave
    uint32_t group = facts::kNone;
    int32_t from = 0, to = 0;  // days in service
    bool changes = false;      // has several spells, or leave: look there
  };

  Place place_of(uint32_t person) const;
  uint32_t group_of_spell(size_t spell) const;

  const facts::Dataset& dataset_;
  const facts::Column* job_;
  size_t jobs_ = 0;
  std::vector<uint32_t> persons_;  // by subject
  std::vector<Place> places_;      // by subject
};

}  // namespace hr::engine
