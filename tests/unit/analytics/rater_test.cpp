// Raters who give everybody the same.
#include "analytics/raters.h"
#include "made_up_facts.h"

namespace hr::analytics {

TEST_CASE("rater: everybody the same") {
  facts::Feedback feedback;
  feedback.raters.add("r1");
  feedback.raters.add("r2");
  const auto rate = [&](uint32_t rater, int rating) {
    feedback.rater.push_back(rater);
    feedback.relation.push_back(facts::Relation::peer);
    feedback.rating.append(make_decimal(rating));
  };
  for (uint32_t person = 0; person < 10; ++person) {
    feedback.begin.push_back(static_cast<uint32_t>(feedback.rater.size()));
    rate(0, 5);
    rate(1, person % 2 == 0 ? 3 : 4);
    rate(1, 2);
  }
  feedback.begin.push_back(static_cast<uint32_t>(feedback.rater.size()));
  const KpiRules rules = rules_of("", nullptr);
  Findings findings(rules);
  check_raters(feedback, findings);
  REQUIRE(findings.kept().size() == 1);
  const Finding& f = findings.kept()[0];
  CHECK(f.subject == 0);
  CHECK(f.n == 10);
  CHECK(*f.expected == Approx(1.0 / 3));
  CHECK(*f.chance == Approx(2 * std::pow(1.0 / 3, 10)));
}

}  // namespace hr::analytics
