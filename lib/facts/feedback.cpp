#include "facts/feedback.h"

#include <algorithm>
#include <array>

#include "facts/person_codes.h"

namespace hr::facts {

namespace {

Relation parse_relation(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kNames{"manager", "peer", "report", "self", "other"};
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (text == kNames[i]) return static_cast<Relation>(i);
  }
  return Relation::other;
}

struct Response {
  uint32_t person;
  uint32_t rater;
  Relation relation;
  double rating;
  Origin origin;
};

void read_responses(const Frame& frame, const People& people, DateRange days, Dictionary& raters,
                    std::vector<Response>& out, UnknownPeople& unknown) {
  const Column* about = frame.find("employee_id");
  const Column* rater = frame.find("rater_id");
  if (about == nullptr || rater == nullptr) return;
  const Column* relation = frame.find("relation");
  const Column* rating = frame.find("rating");
  const Column* date = frame.find("date");
  const std::vector<uint32_t> persons = persons_of(*about, people);
  for (size_t row = 0; row < frame.size(); ++row) {
    const std::optional<Decimal> value = decimal_of(rating, row);
    const std::optional<Date> day = date_of(date, row);
    if (!value || about->missing(row) || rater->missing(row) || (day && !days.contains(*day))) continue;
    const uint32_t person = persons[about->codes[row]];
    if (person == kNone) {
      unknown.add(about->text(row), origin_of(frame, row));
      continue;
    }
    out.push_back({person, raters.add(rater->text(row)), parse_relation(text_of(relation, row)), value->to_double(),
                   origin_of(frame, row)});
  }
}

}  // namespace

Feedback build_feedback(std::span<const Frame> frames, const People& people, DateRange days, Diagnostics& diagnostics) {
  Feedback out;
  std::vector<Response> responses;  // in order of import
  UnknownPeople unknown;
  for (const Frame& frame : frames) read_responses(frame, people, days, out.raters, responses, unknown);
  unknown.report("feedback", diagnostics);

  out.begin.assign(people.size() + 1, 0);
  for (const Response& r : responses) ++out.begin[r.person + 1];
  for (size_t p = 0; p < people.size(); ++p) out.begin[p + 1] += out.begin[p];
  std::vector<uint32_t> next(out.begin.begin(), out.begin.end() - 1);
  out.rater.resize(responses.size());
  out.relation.resize(responses.size());
  out.rating.resize(responses.size());
  out.origin.resize(responses.size());
  for (const Response& r : responses) {
    const uint32_t at = next[r.person]++;
    out.rater[at] = r.rater;
    out.relation[at] = r.relation;
    out.rating[at] = r.rating;
    out.origin[at] = r.origin;
  }
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
    const std::vector<uint32_t> persons = persons_of(*id, people);
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
