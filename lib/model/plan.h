// Cycles (what is scored), plans (how components become a score and a band) and scales (bands).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/period.h"
#include "model/expression.h"
#include "model/text.h"

namespace hr::model {

struct PlanRef {
  std::string id;
  SourceSpan span;
};

struct Cycle {
  std::string id;
  Text name;
  DateRange range;
  PeriodKind period = PeriodKind::month;
  std::vector<PlanRef> plans;  // one, or several that say applies_to
  SourceSpan span;
};

enum class Component { kpi, okr, feedback };
inline constexpr int kComponents = 3;

enum class MissingPolicy { reweight, zero, carry, fail };
enum class OkrEffect { blended, upside_only, informational };
enum class OkrUnits { none, head, members };
enum class SmallGroups { omit, fold };
enum class Transfers { by_days, last };
enum class BandOn { rounded, exact };
enum class KpiScore { cycle, periods };
enum class QuotaTies { flag, up, down };
enum class InServiceOn { any, cycle_end, after_cycle, day };

struct WeightedName {
  std::string name;
  Decimal weight;
  SourceSpan span;
};

struct OkrPolicy {
  OkrEffect effect = OkrEffect::blended;
  Decimal norm{7, 1};   // what counts as full for an aspirational key result
  Decimal cap{100, 0};  // percent
  OkrUnits units = OkrUnits::none;
};

struct FeedbackPolicy {
  std::vector<WeightedName> groups;  // manager, peer, report, other; or all
  Decimal scale_low{1, 0};
  Decimal scale_high{5, 0};
  int min_raters = 3;
  SmallGroups small_groups = SmallGroups::omit;
  int trim_percent = 0;  // of raters at each end of a group's mean; 0 = plain mean
};

struct Eligibility {
  int min_service_days = 0;  // eligible days in the cycle
  InServiceOn in_service_on = InServiceOn::any;
  Date day;  // with InServiceOn::day
  Expression when;
};

struct LeavePolicy {
  std::vector<std::string> kinds;  // empty = no leave shortens eligible time
  int min_days = 0;                // a leave shorter than this does not count
};

struct Distribution {
  std::string group_by;              // an attribute of the last assignment, or unit_level_N; empty = the whole run
  std::vector<WeightedName> quotas;  // percent per band, best first as written
  int min_group = 0;
  QuotaTies ties = QuotaTies::flag;
  SourceSpan span;
};

// Where a plan says what: the places of its keys, for `explain`. Line 0 = not written, the default holds.
struct PlanPlaces {
  SourceSpan components;
  SourceSpan component[kComponents];  // the weight of each
  SourceSpan missing, min_coverage, transfers, kpi_score;
  SourceSpan okr_effect, okr_norm, okr_cap;
  SourceSpan min_service_days, in_service_on, leave;
  SourceSpan cap, floor, adjustments_cap;
  SourceSpan decimals, rank_by, group_by;
};

struct Plan {
  std::string id;
  Text name;
  Expression applies_to;
  std::optional<Decimal> weights[kComponents];  // by Component; none = not part of the plan
  KpiScore kpi_score = KpiScore::cycle;
  MissingPolicy missing = MissingPolicy::reweight;
  Decimal min_coverage;  // percent
  OkrPolicy okr;
  FeedbackPolicy feedback;
  Eligibility eligibility;
  LeavePolicy leave;
  Transfers transfers = Transfers::by_days;
  bool prorate_fte = false;
  int decimals = 2;
  BandOn band_on = BandOn::rounded;
  std::string scale;
  SourceSpan scale_span;
  std::optional<Distribution> distribution;
  std::string rank_by;  // empty = the distribution's group, else the run
  std::optional<Decimal> cap;
  Decimal floor;  // default 0
  std::optional<Decimal> adjustments_cap;
  PlanPlaces places;
  SourceSpan span;
};

struct Band {
  std::string id;
  Text name;
  Decimal from;  // half-open: ends where the next begins; the highest has no upper end
  std::optional<Decimal> coefficient;
  SourceSpan span;
};

struct Scale {
  std::string id;
  std::vector<Band> bands;  // as written
  SourceSpan span;
};

}  // namespace hr::model
