#include "facts/feedback.h"

#include <algorithm>
#include <array>
#include <utility>

#include "facts/cells.h"
#include "facts/code_map.h"
#include "facts/row_order.h"

namespace hr::facts {

namespace {

Relation parse_relation(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kNames{"manager", "peer", "report", "self", "other"};
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (text == kNames[i]) return static_cast<Relation>(i);
  }
  return Relation::other;
}

}  // namespace

void FeedbackBuilder::reserve(size_t rows) {
  about_.reserve(rows);
  out_.rater.reserve(rows);
  out_.relation.reserve(rows);
  out_.rating.reserve(rows);
}

void FeedbackBuilder::add(const Frame& part, size_t rows) {
  const Column* about = part.find("employee_id");
  const Column* rater = part.find("rater_id");
  const Column* rating = part.find("rating");
  if (about == nullptr || rater == nullptr || rating == nullptr) return;
  reserve(rows);
  const Column* relation = part.find("relation");
  const Column* date = part.find("date");
  const NumbersByCode person_of(about->dictionary, people_.id);
  const CodeMap raters = add_codes(out_.raters, rater->dictionary);
  std::vector<Relation> relations;  // by code
  for (uint32_t code = 0; relation != nullptr && code < relation->dictionary.size(); ++code)
    relations.push_back(parse_relation(relation->dictionary[code]));
  std::vector<uint32_t> rows_of_people(part.size());
  const size_t first = about_.size();
  uint32_t* const people = grow(about_, part.size());
  size_t found = 0;
  for (uint32_t row = 0; row < part.size(); ++row) {
    const uint32_t code = about->codes[row];
    if (code == kMissingCode || rater->codes[row] == kMissingCode || rating->decimals[row].scale < 0) continue;
    const std::optional<Date> day = date_of(date, row);
    if (day && !days_.contains(*day)) continue;
    const uint32_t person = person_of[code];
    if (person == kNone) {
      unknown_.add(about->text(row), origin_of(part, row));
      continue;
    }
    people[found] = person;
    rows_of_people[found++] = row;
  }
  about_.resize(first + found);
  rows_of_people.resize(found);
  uint32_t* by = grow(out_.rater, found);
  for (const uint32_t row : rows_of_people) *by++ = raters[rater->codes[row]];
  Relation* how = grow(out_.relation, found);
  for (const uint32_t row : rows_of_people) {
    const uint32_t code = relation != nullptr ? relation->codes[row] : kMissingCode;
    *how++ = code != kMissingCode ? relations[code] : Relation::other;
  }
  out_.rating.append(rating->decimals, rows_of_people);
}

Feedback FeedbackBuilder::finish(Diagnostics& diagnostics) {
  unknown_.report("feedback", diagnostics);
  GroupedRows grouped = group_rows(about_, people_.size());
  about_ = {};
  out_.begin = std::move(grouped.begin);
  rearrange(out_.rater, grouped.order);
  rearrange(out_.relation, grouped.order);
  out_.rating.rearrange(grouped.order);
  return std::move(out_);
}

std::vector<std::vector<Leave>> build_leaves(std::span<const Frame> frames, const People& people,
                                             Diagnostics& diagnostics) {
  std::vector<std::vector<Leave>> out;
  UnknownPeople unknown;
  for (const Frame& frame : frames) {
    const Column* id = frame.find("employee_id");
    if (id == nullptr) continue;
    const Column* from = frame.find("from");
    const Column* to = frame.find("to");
    const Column* kind = frame.find("kind");
    const NumbersByCode persons(id->dictionary, people.id);
    for (size_t row = 0; row < frame.size(); ++row) {
      const DateRange range = range_of(from, to, row);
      if (id->missing(row) || range.empty()) continue;
      const uint32_t person = persons[id->codes[row]];
      if (person == kNone) {
        unknown.add(id->text(row), origin_of(frame, row));
        continue;
      }
      if (out.empty()) out.resize(people.size());
      out[person].push_back({range, std::string(text_of(kind, row)), origin_of(frame, row)});
    }
  }
  unknown.report("leaves", diagnostics);
  for (std::vector<Leave>& leaves : out) {
    std::stable_sort(leaves.begin(), leaves.end(),
                     [](const Leave& a, const Leave& b) { return a.range.from < b.range.from; });
  }
  return out;
}

}  // namespace hr::facts
