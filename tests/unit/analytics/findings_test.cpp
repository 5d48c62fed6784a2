// Which findings are kept, and by which thresholds.
#include "made_up_facts.h"

namespace hr::analytics {

TEST_CASE("findings: the most telling of one fact, the first ones of many") {
  const KpiRules rules = all_rules();
  Findings findings(rules);
  for (const CheckRule rule : {CheckRule::outlier, CheckRule::jump, CheckRule::stuck}) {
    Finding f = findings.make(rule);
    f.period = month(1);
    f.subject = 7;
    findings.add(f);
  }
  keep_most_telling(findings.kept());
  REQUIRE(findings.kept().size() == 2);
  CHECK(findings.kept()[0].rule == CheckRule::jump);
  CHECK(findings.kept()[1].rule == CheckRule::stuck);
  NamedFinding named;
  named.finding = findings.kept()[0];
  named.subject = "unit:A";
  CHECK(named.key() == "jump:sales:2026-01:unit:A");
  for (size_t i = 0; i < Findings::kMostKept + 5; ++i) findings.add(findings.make(CheckRule::outlier));
  CHECK(findings.left_out() == 6);
}

TEST_CASE("thresholds: an entry for the KPI goes before one for all") {
  model::Definitions definitions;
  definitions.checks.resize(2);
  definitions.checks[0].rule = CheckRule::jump;
  definitions.checks[0].kpis = {"sales"};
  definitions.checks[0].limit = make_decimal(10);
  definitions.checks[1].rule = CheckRule::jump;
  definitions.checks[1].limit = make_decimal(9);
  definitions.checks[1].severity = model::CheckSeverity::ignore;
  CHECK(rules_of("sales", &definitions).of(CheckRule::jump).limit == 10);
  CHECK_FALSE(rules_of("sales", &definitions).looks(CheckRule::jump));
  CHECK(rules_of("other", &definitions).of(CheckRule::jump).limit == 9);
  CHECK(rules_of("other", nullptr).of(CheckRule::jump).limit == 8);
}

}  // namespace hr::analytics
