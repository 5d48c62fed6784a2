#include "facts/feedback.h"

#include <algorithm>
#include <array>

#include "facts/code_map.h"
#include "facts/unknown_people.h"

namespace hr::facts {

namespace {

Relation parse_relation(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kNames{"manager", "peer", "report", "self", "other"};
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (text == kNames[i]) return static_cast<Relation>(i);
  }
  return Relation::other;
}

// The responses of one frame.
class Responses {
 public:
  Responses(const Frame& frame, const People& people, DateRange days)
      : about_(frame.find("employee_id")),
        rater_(frame.find("rater_id")),
        relation_(frame.find("relation")),
        rating_(frame.find("rating")),
        date_(frame.find("date")),
        days_(days),
        size_(about_ == nullptr || rater_ == nullptr || rating_ == nullptr ? 0 : frame.size()) {
    if (size_ == 0) return;
    person_of_ = NumbersByCode(about_->dictionary, people.id);
    if (relation_ == nullptr) return;
    for (uint32_t code = 0; code < relation_->dictionary.size(); ++code)
      relations_.push_back(parse_relation(relation_->dictionary[code]));
  }

  size_t size() const { return size_; }
  bool counts(size_t row) const {
    if (rating_->missing(row) || about_->missing(row) || rater_->missing(row)) return false;
    const std::optional<Date> day = date_of(date_, row);
    return !day || days_.contains(*day);
  }
  uint32_t person(size_t row) const { return person_of_[about_->codes[row]]; }
  std::string_view person_id(size_t row) const { return about_->text(row); }
  const Column& rater() const { return *rater_; }
  Relation relation(size_t row) const {
    if (relation_ == nullptr || relation_->missing(row)) return Relation::other;
    return relations_[relation_->codes[row]];
  }
  Decimal rating(size_t row) const { return rating_->decimals[row]; }

 private:
  const Column *about_, *rater_, *relation_, *rating_, *date_;
  DateRange days_;
  size_t size_;
  NumbersByCode person_of_;
  std::vector<Relation> relations_;  // by code
};

// How many responses each person has, as begin[p + 2]; those about nobody are told.
void count(const Frame& frame, const Responses& responses, std::vector<uint32_t>& begin, UnknownPeople& unknown) {
  for (size_t row = 0; row < responses.size(); ++row) {
    if (!responses.counts(row)) continue;
    const uint32_t person = responses.person(row);
    if (person == kNone)
      unknown.add(responses.person_id(row), origin_of(frame, row));
    else
      ++begin[person + 2];
  }
}

}  // namespace

Feedback build_feedback(std::span<const Frame> frames, const People& people, DateRange days, Diagnostics& diagnostics) {
  std::vector<Responses> all;
  for (const Frame& frame : frames) all.emplace_back(frame, people, days);
  Feedback out;
  // After the sum begin[p + 1] is where the responses about p begin; placing them moves it to where they end.
  out.begin.assign(people.size() + 2, 0);
  UnknownPeople unknown;
  for (size_t f = 0; f < all.size(); ++f) count(frames[f], all[f], out.begin, unknown);
  unknown.report("feedback", diagnostics);
  for (size_t p = 2; p < out.begin.size(); ++p) out.begin[p] += out.begin[p - 1];

  out.rater.resize(out.begin.back());
  out.relation.resize(out.begin.back());
  out.rating.resize(out.begin.back());
  for (const Responses& responses : all) {
    if (responses.size() == 0) continue;
    const CodeMap raters = add_codes(out.raters, responses.rater().dictionary);
    for (size_t row = 0; row < responses.size(); ++row) {
      if (!responses.counts(row) || responses.person(row) == kNone) continue;
      const uint32_t at = out.begin[responses.person(row) + 1]++;
      out.rater[at] = raters[responses.rater().codes[row]];
      out.relation[at] = responses.relation(row);
      out.rating.set(at, responses.rating(row));
    }
  }
  out.begin.pop_back();
  return out;
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
