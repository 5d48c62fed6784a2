// What definition files become, key by key.
#include <doctest/doctest.h>

#include "defs/load.h"

using namespace hr;
using namespace hr::defs;
using namespace hr::model;

static Definitions sound(const std::string& text) {
  Loaded loaded = load_definitions({{"f.yaml", "version: 1\n" + text}});
  for (const Diagnostic& d : loaded.diagnostics) {
    INFO(d.message, " ", d.span.line, ":", d.span.col);
    CHECK(d.severity != Severity::error);
  }
  return std::move(loaded.definitions);
}

TEST_CASE("a KPI has the defaults that the contract names") {
  const Definitions d = sound("kpis: [{id: a}, {id: b, nature: additive}, {id: c, nature: additive, aggregate: max}]");
  const Kpi& a = d.kpis.at(0);
  CHECK(a.direction == Direction::higher);
  CHECK(a.nature == Nature::rate);
  CHECK(a.aggregate == Aggregate::last);
  CHECK_FALSE(a.curve.given());
  CHECK(a.formula.empty());
  CHECK(d.kpis[1].aggregate == Aggregate::sum);
  CHECK(d.kpis[2].aggregate == Aggregate::max);
}

TEST_CASE("every key of a KPI arrives") {
  const Definitions d = sound(
      "kpis:\n"
      "  - {id: won}\n"
      "  - id: a\n"
      "    name: {en: Revenue, zh: 销售额}\n"
      "    description: both\n"
      "    dimension: output\n"
      "    unit: CNY\n"
      "    direction: lower\n"
      "    nature: additive\n"
      "    aggregate: mean\n"
      "    method: mirror\n"
      "    curve: {linear: ratio, floor: 10, cap: 120.5}\n"
      "  - {id: rate, formula: 'won / a'}\n");
  const Kpi& a = d.kpis.at(1);
  CHECK(a.name.en == "Revenue");
  CHECK(a.name.zh == "销售额");
  CHECK(a.description.en == "both");
  CHECK(a.description.zh == "both");
  CHECK(a.dimension == "output");
  CHECK(a.unit == "CNY");
  CHECK(a.direction == Direction::lower);
  CHECK(a.nature == Nature::additive);
  CHECK(a.aggregate == Aggregate::mean);
  CHECK(a.method == LowerMethod::mirror);
  REQUIRE(a.curve.inline_curve);
  CHECK(a.curve.inline_curve->floor == Decimal{10, 0});
  CHECK(a.curve.inline_curve->cap == Decimal{1205, 1});
  CHECK(a.span == SourceSpan{"f.yaml", 4, 9, 1});
  CHECK(d.kpis.at(2).formula.text == "won / a");
  CHECK(d.kpis.at(2).formula.span == SourceSpan{"f.yaml", 14, 26, 7});  // inside the quotes
}

TEST_CASE("a text in one language stands for the other too") {
  const Definitions d = sound("kpis: [{id: a, name: {zh: 销售额}}]");
  CHECK(d.kpis.at(0).name.en == "销售额");
}

TEST_CASE("ids stay as written") {
  const Definitions d = sound("scales: [{id: 007, bands: [{id: 1.0, from: 0}]}]");
  CHECK(d.scales.at(0).id == "007");
  CHECK(d.scales.at(0).bands.at(0).id == "1.0");
}

TEST_CASE("every form of a curve arrives with its defaults") {
  const Definitions d = sound(
      "curves:\n"
      "  - {id: a, points: [[0.8, 50], [1, 100]]}\n"
      "  - {id: b, points: [[0.8, 50], [1, 100]], of: value, below: 20, above: extend}\n"
      "  - {id: c, linear: progress}\n"
      "  - {id: d, tiers: {}}\n"
      "  - {id: e, tiers: {stretch: 120}, below: extend}\n"
      "  - {id: f, steps: [[60, 1]], of: progress, below: 5}\n"
      "  - {id: g, deduct: 20}\n"
      "  - {id: h, range: {low: 95, high: 105, tolerance: 5}}\n"
      "  - {id: i, binary: true}\n"
      "  - {id: j, linear: ratio, method: reciprocal}\n");
  const auto& points = std::get<PointsCurve>(d.curves.at(0).form);
  CHECK(points.of == Attainment::ratio);
  CHECK(points.below == Decimal{});  // 0 under the first x when nothing else is said
  CHECK_FALSE(points.extend_above);
  CHECK(points.points.at(0).x == Decimal{8, 1});
  const auto& more = std::get<PointsCurve>(d.curves.at(1).form);
  CHECK(more.of == Attainment::value);
  CHECK(more.below == Decimal{20, 0});
  CHECK(more.extend_above);
  CHECK(std::get<LinearCurve>(d.curves.at(2).form).of == Attainment::progress);
  const auto& tiers = std::get<TiersCurve>(d.curves.at(3).form);
  CHECK(tiers.threshold == Decimal{50, 0});
  CHECK(tiers.target == Decimal{100, 0});
  CHECK(tiers.stretch == Decimal{150, 0});
  CHECK_FALSE(tiers.extend_below);
  CHECK(std::get<TiersCurve>(d.curves.at(4).form).extend_below);
  CHECK(std::get<TiersCurve>(d.curves.at(4).form).stretch == Decimal{120, 0});
  const auto& steps = std::get<StepsCurve>(d.curves.at(5).form);
  CHECK(steps.of == Attainment::progress);
  CHECK(steps.below == Decimal{5, 0});
  CHECK(std::get<DeductCurve>(d.curves.at(6).form).from == Decimal{100, 0});
  CHECK(std::get<RangeCurve>(d.curves.at(7).form).tolerance == Decimal{5, 0});
  CHECK(std::holds_alternative<BinaryCurve>(d.curves.at(8).form));
  CHECK(d.curves.at(9).method == LowerMethod::reciprocal);
  CHECK_FALSE(d.curves.at(0).cap);
}

TEST_CASE("every key of a scorecard arrives") {
  const Definitions d = sound(
      "kpis: [{id: a}, {id: b}]\n"
      "scales: [{id: z, bands: [{id: D, from: 0}]}]\n"
      "scorecards:\n"
      "  - id: s\n"
      "    name: Sales\n"
      "    applies_to: job == \"Rep\"\n"
      "    kpis:\n"
      "      - {kpi: a, weight: 0.6, target: [{from: 2026-01-01, value: 10}, {from: 2026-04-01, value: 8}], baseline: "
      "1,\n"
      "         threshold: 5, stretch: 12, per: period, of: unit, floor: 20, cap: 130, curve: {linear: progress}}\n"
      "      - {kpi: b, weight: 0.4, target: 7}\n"
      "    adjustments: [{id: b, points: -5, cap: 10, name: Bonus}]\n"
      "    vetoes: [{id: v, when: b > 0, band: D, score_cap: 59, name: Accident}]\n");
  const Scorecard& s = d.scorecards.at(0);
  CHECK(s.name.en == "Sales");
  CHECK(s.applies_to.text == "job == \"Rep\"");
  CHECK(s.applies_to.span.col == 17);
  const ScorecardKpi& a = s.kpis.at(0);
  CHECK(a.kpi == "a");
  CHECK(a.weight == Decimal{6, 1});
  REQUIRE(a.target.size() == 2);
  CHECK(a.target[1].from == *make_date(2026, 4, 1));
  CHECK(value_on(a.target, *make_date(2026, 3, 31)) == Decimal{10, 0});
  CHECK(value_on(a.target, *make_date(2026, 4, 1)) == Decimal{8, 0});
  CHECK_FALSE(value_on(a.target, *make_date(2025, 12, 31)));
  CHECK(a.baseline.at(0).from == kFarPast);
  CHECK(a.threshold.at(0).value == Decimal{5, 0});
  CHECK(a.stretch.at(0).value == Decimal{12, 0});
  CHECK(a.per == TargetPer::period);
  CHECK(a.of == FactOwner::unit);
  CHECK(a.floor == Decimal{20, 0});
  CHECK(a.cap == Decimal{130, 0});
  CHECK(a.curve.given());
  CHECK(s.kpis.at(1).per == TargetPer::cycle);
  CHECK(s.kpis.at(1).of == FactOwner::employee);
  CHECK(s.adjustments.at(0).points == Decimal{-5, 0});
  CHECK(s.adjustments.at(0).cap == Decimal{10, 0});
  CHECK(s.vetoes.at(0).when.text == "b > 0");
  CHECK(s.vetoes.at(0).band == "D");
  CHECK(s.vetoes.at(0).score_cap == Decimal{59, 0});
}

TEST_CASE("every key of an objective and its key results arrives") {
  const Definitions d = sound(
      "kpis: [{id: nps}]\n"
      "cycles: [{id: 2026H1, from: 2026-01-01, to: 2026-06-30}]\n"
      "objectives:\n"
      "  - id: top\n"
      "    cycle: 2026H1\n"
      "    owner: {company: true}\n"
      "  - id: o\n"
      "    cycle: 2026H1\n"
      "    owner: {employee: 007}\n"
      "    title: Win\n"
      "    supports: top\n"
      "    weight: 50\n"
      "    roll_up: mean\n"
      "    key_results:\n"
      "      - {id: k1, type: aspirational, title: T, weight: 60, start: 1, target: 30, cap: 1.2, unit: x, "
      "cadence_days: 30, grace_days: 3}\n"
      "      - {id: k2, weight: 40, milestones: [{id: m1, weight: 40, title: M}, {id: m2, weight: 60}]}\n"
      "      - {id: k3, type: guardrail, kpi: nps, limit: 12, direction: lower}\n"
      "      - {id: k4, type: learning}\n");
  CHECK(d.objectives.at(0).owner.kind == OwnerKind::company);
  CHECK(d.objectives.at(0).key_results.empty());
  const Objective& o = d.objectives.at(1);
  CHECK(o.cycle == "2026H1");
  CHECK(o.owner.kind == OwnerKind::employee);
  CHECK(o.owner.id == "007");
  CHECK(o.supports == "top");
  CHECK(o.weight == Decimal{50, 0});
  CHECK(o.roll_up == RollUp::mean);
  const KeyResult& k1 = o.key_results.at(0);
  CHECK(k1.type == KeyResultType::aspirational);
  CHECK(k1.start == Decimal{1, 0});
  CHECK(k1.target == Decimal{30, 0});
  CHECK(k1.cap == Decimal{12, 1});
  CHECK(k1.cadence_days == 30);
  CHECK(k1.grace_days == 3);
  const KeyResult& k2 = o.key_results.at(1);
  CHECK(k2.type == KeyResultType::committed);
  CHECK(k2.start == Decimal{});
  CHECK(k2.cadence_days == 14);
  CHECK(k2.grace_days == 7);
  CHECK(k2.milestones.at(1).weight == Decimal{60, 0});
  CHECK(o.key_results.at(2).limit == Decimal{12, 0});
  CHECK(o.key_results.at(2).direction == Direction::lower);
  CHECK(o.key_results.at(3).type == KeyResultType::learning);
}

TEST_CASE("a plan has the defaults that the contract names") {
  const Definitions d = sound("plans: [{id: p, components: {kpi: 100}, okr: {cap: 120}}]");
  const Plan& p = d.plans.at(0);
  CHECK(p.weights[0] == Decimal{100, 0});
  CHECK_FALSE(p.weights[1]);
  CHECK(p.kpi_score == KpiScore::cycle);
  CHECK(p.missing == MissingPolicy::reweight);
  CHECK(p.min_coverage == Decimal{});
  CHECK(p.okr.effect == OkrEffect::blended);
  CHECK(p.okr.norm == Decimal{7, 1});
  CHECK(p.okr.cap == Decimal{120, 0});  // a map given in part keeps its other defaults
  CHECK(p.okr.units == OkrUnits::none);
  CHECK(p.feedback.min_raters == 3);
  CHECK(p.feedback.small_groups == SmallGroups::omit);
  CHECK(p.feedback.trim_percent == 0);
  CHECK(p.transfers == Transfers::by_days);
  CHECK_FALSE(p.prorate_fte);
  CHECK(p.decimals == 2);
  CHECK(p.band_on == BandOn::rounded);
  CHECK(p.eligibility.in_service_on == InServiceOn::any);
  CHECK(p.leave.kinds.empty());
  CHECK_FALSE(p.distribution);
  CHECK_FALSE(p.cap);
  CHECK(p.floor == Decimal{});
}

TEST_CASE("every key of a plan arrives") {
  const Definitions d = sound(
      "scales: [{id: z, bands: [{id: S, from: 90, coefficient: 1.5, name: Top}, {id: A, from: 0}]}]\n"
      "cycles: [{id: c, from: 2026-01-01, to: 2026-06-30, period: quarter, plan: p}]\n"
      "plans:\n"
      "  - id: p\n"
      "    applies_to: grade != \"X\"\n"
      "    components: {kpi: 60, okr: 30, feedback: 10}\n"
      "    kpi: {score: periods}\n"
      "    missing: carry\n"
      "    min_coverage: 50\n"
      "    okr: {effect: upside_only, norm: 0.8, cap: 120, units: head}\n"
      "    feedback: {groups: {manager: 50, peer: 50}, scale: [0, 10], min_raters: 4, small_groups: fold, mean: {trim: "
      "20}}\n"
      "    eligibility: {min_service_days: 90, in_service_on: 2026-06-30, when: region == \"CN\"}\n"
      "    leave: {kinds: [maternity, sick], min_days: 15}\n"
      "    transfers: last\n"
      "    prorate_fte: true\n"
      "    decimals: 1\n"
      "    band_on: exact\n"
      "    scale: z\n"
      "    distribution: {group_by: unit_level_2, quotas: {S: 20, A: 80}, min_group: 10, ties: down}\n"
      "    rank_by: job\n"
      "    cap: 120\n"
      "    floor: 0\n"
      "    adjustments_cap: 5\n");
  const Plan& p = d.plans.at(0);
  CHECK(p.weights[2] == Decimal{10, 0});
  CHECK(p.kpi_score == KpiScore::periods);
  CHECK(p.missing == MissingPolicy::carry);
  CHECK(p.min_coverage == Decimal{50, 0});
  CHECK(p.okr.effect == OkrEffect::upside_only);
  CHECK(p.okr.norm == Decimal{8, 1});
  CHECK(p.okr.units == OkrUnits::head);
  CHECK(p.feedback.groups.at(1).name == "peer");
  CHECK(p.feedback.scale_low == Decimal{});
  CHECK(p.feedback.scale_high == Decimal{10, 0});
  CHECK(p.feedback.min_raters == 4);
  CHECK(p.feedback.small_groups == SmallGroups::fold);
  CHECK(p.feedback.trim_percent == 20);
  CHECK(p.eligibility.min_service_days == 90);
  CHECK(p.eligibility.in_service_on == InServiceOn::day);
  CHECK(p.eligibility.day == *make_date(2026, 6, 30));
  CHECK(p.eligibility.when.text == "region == \"CN\"");
  CHECK(p.leave.kinds == std::vector<std::string>{"maternity", "sick"});
  CHECK(p.leave.min_days == 15);
  CHECK(p.transfers == Transfers::last);
  CHECK(p.prorate_fte);
  CHECK(p.decimals == 1);
  CHECK(p.band_on == BandOn::exact);
  CHECK(p.scale == "z");
  REQUIRE(p.distribution);
  CHECK(p.distribution->group_by == "unit_level_2");
  CHECK(p.distribution->quotas.at(1).weight == Decimal{80, 0});
  CHECK(p.distribution->min_group == 10);
  CHECK(p.distribution->ties == QuotaTies::down);
  CHECK(p.rank_by == "job");
  CHECK(p.cap == Decimal{120, 0});
  CHECK(p.adjustments_cap == Decimal{5, 0});
  const Cycle& c = d.cycles.at(0);
  CHECK(c.range == DateRange{*make_date(2026, 1, 1), *make_date(2026, 7, 1)});  // the last day is inclusive in files
  CHECK(c.period == PeriodKind::quarter);
  CHECK(c.plans.at(0).id == "p");
  CHECK(d.scales.at(0).bands.at(0).coefficient == Decimal{15, 1});
}

TEST_CASE("every key of a mapping arrives") {
  const Definitions d = sound(
      "mappings:\n"
      "  - id: m\n"
      "    for: assignments\n"
      "    columns:\n"
      "      employee_id: [工号, Emp No]\n"
      "      from: {from: 开始, format: \"%Y/%m/%d\"}\n"
      "      to: {from: 结束, exclusive: true, open: \"9999-01-01\"}\n"
      "      region: {from: [区域], values: {华东: EAST}, default: 007}\n"
      "      base_salary: {from: 月薪, unit: 万元}\n");
  const Mapping& m = d.mappings.at(0);
  CHECK(m.table == "assignments");
  CHECK_FALSE(m.wide);
  CHECK(m.columns.at(0).headers == std::vector<std::string>{"工号", "Emp No"});
  CHECK(m.columns.at(1).dates.formats == std::vector<std::string>{"%Y/%m/%d"});
  CHECK(m.columns.at(2).exclusive);
  CHECK(m.columns.at(2).open == "9999-01-01");
  CHECK(m.columns.at(3).values.at("华东") == "EAST");
  CHECK(m.columns.at(3).default_value == "007");
  CHECK(m.columns.at(4).unit == "万元");
  CHECK(m.takes_rows_as_they_are());
}

TEST_CASE("every key of a mapping that lays a sheet out arrives") {
  const Definitions d = sound(
      "mappings:\n"
      "  - id: m\n"
      "    for: facts\n"
      "    sheet: 考勤\n"
      "    encoding: gb18030\n"
      "    delimiter: \";\"\n"
      "    header: [3, 4]\n"
      "    skip: 1\n"
      "    footers: [合计, 备注]\n"
      "    fill_down: [部门]\n"
      "    unpivot: {columns: {from: 1, to: 31}, name: day, value: hours}\n"
      "    drop: [备注, 考核]\n"
      "    missing: [NA, \"-\"]\n"
      "    clean: [blanks, currency]\n"
      "    columns:\n"
      "      subject: {join: [部门, 工号], with: \"-\", clean: [width]}\n"
      "      kpi: {from: 指标, split: {by: /, part: -1}}\n"
      "      period: {from: day, format: [\"%d\", \"%m-%d\"], within: 2026-03}\n"
      "      value: {from: hours, unit: clock}\n");
  const Mapping& m = d.mappings.at(0);
  CHECK(m.sheet == "考勤");
  CHECK(m.encoding == "gb18030");
  CHECK(m.delimiter == ';');
  CHECK(m.header == std::vector<int>{3, 4});
  CHECK(m.skip == 1);
  CHECK(m.footers == std::vector<std::string>{"合计", "备注"});
  CHECK(m.fill_down == std::vector<std::string>{"部门"});
  CHECK(m.unpivot->columns.from == "1");
  CHECK(m.unpivot->columns.to == "31");
  CHECK(m.unpivot->name == "day");
  CHECK(m.unpivot->value == "hours");
  CHECK(m.drop->headings == std::vector<std::string>{"备注", "考核"});
  CHECK(m.missing == std::vector<std::string>{"NA", "-"});
  CHECK(m.clean == Cleaning{true, false, false, true});
  CHECK(m.columns.at(0).join == std::vector<std::string>{"部门", "工号"});
  CHECK(m.columns.at(0).with == "-");
  CHECK(m.columns.at(0).clean == Cleaning{false, true, false, false});
  CHECK(m.columns.at(1).split->by == "/");
  CHECK(m.columns.at(1).split->part == -1);
  CHECK(m.columns.at(2).dates.formats == std::vector<std::string>{"%d", "%m-%d"});
  CHECK(m.columns.at(2).dates.defaults == PatternDefaults{1969, 2026, 3});
  CHECK(m.columns.at(3).unit == "clock");
  CHECK(m.has_layout());
  CHECK_FALSE(m.takes_rows_as_they_are());
}
