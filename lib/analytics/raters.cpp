#include "analytics/raters.h"

#include <cmath>
#include <unordered_map>

namespace hr::analytics {

using model::CheckRule;

namespace {

struct Rater {
  uint32_t people = 0;
  uint32_t last = facts::kNone;  // person rated
  double rating = 0;
  bool varies = false;
};

}  // namespace

void check_raters(const facts::Feedback& feedback, Findings& findings) {
  const Threshold& threshold = findings.rules().of(CheckRule::rater);
  if (!findings.rules().looks(CheckRule::rater) || feedback.begin.empty()) return;
  std::vector<Rater> raters(feedback.raters.size());
  std::unordered_map<double, double> counts;  // by rating
  double total = 0;
  for (uint32_t person = 0; person + 1 < feedback.begin.size(); ++person) {
    for (uint32_t i = feedback.begin[person]; i < feedback.begin[person + 1]; ++i) {
      const double rating = feedback.rating.number(i);
      ++counts[rating];
      ++total;
      if (feedback.relation[i] == facts::Relation::self) continue;
      Rater& rater = raters[feedback.rater[i]];
      if (rater.last == facts::kNone) rater.rating = rating;
      rater.varies = rater.varies || rating != rater.rating;
      rater.people += rater.last != person;
      rater.last = person;
    }
  }
  for (uint32_t code = 0; code < raters.size(); ++code) {
    const Rater& rater = raters[code];
    if (rater.varies || rater.people < threshold.min) continue;
    const double share = counts[rater.rating] / total;
    const double chance = static_cast<double>(raters.size()) * std::pow(share, rater.people);
    if (chance > threshold.limit) continue;
    Finding finding = findings.make(CheckRule::rater);
    finding.subject = code;
    finding.value = rater.rating;
    finding.expected = share;
    finding.chance = chance;
    finding.n = rater.people;
    findings.add(std::move(finding));
  }
}

}  // namespace hr::analytics
