// Feedback responses and leaves, grouped by person.
#pragma once

#include <span>
#include <vector>

#include "base/diagnostic.h"
#include "base/unset_vector.h"
#include "facts/dataset.h"
#include "facts/frame.h"
#include "facts/unknown_people.h"

namespace hr::facts {

// Responses dated within `days`, and those without a date; rows without a rating are left out. Of one person in order
// of import.
class FeedbackBuilder {
 public:
  FeedbackBuilder(const People& people, DateRange days) : people_(people), days_(days) {}

  void add(const Frame& part, size_t rows);  // parts of a table of `rows` rows, in their order
  Feedback finish(Diagnostics& diagnostics);

 private:
  void reserve(size_t rows);

  const People& people_;
  DateRange days_;
  UnsetVector<uint32_t> about_;  // the person of each response
  UnknownPeople unknown_;
  Feedback out_;
};

// Ascending by from within a person; empty when nobody has any.
std::vector<std::vector<Leave>> build_leaves(std::span<const Frame> frames, const People& people,
                                             Diagnostics& diagnostics);

}  // namespace hr::facts
