// A scorecard: which KPIs, weights and targets apply to whom.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "model/expression.h"
#include "model/kpi.h"
#include "model/text.h"

namespace hr::model {

enum class TargetPer { cycle, year, period };
enum class FactOwner { employee, unit };

// A number that changes over time: the past is never rewritten. A plain number is one value from the far past.
struct DatedValue {
  Date from = kFarPast;
  Decimal value;
  SourceSpan span;
};
using DatedValues = std::vector<DatedValue>;  // ascending from; empty = not given

std::optional<Decimal> value_on(const DatedValues& values, Date day);

struct ScorecardKpi {
  std::string kpi;
  std::optional<Decimal> weight;  // all of a scorecard or none; none = equal
  DatedValues target;
  DatedValues baseline;
  DatedValues threshold;
  DatedValues stretch;
  TargetPer per = TargetPer::cycle;
  FactOwner of = FactOwner::employee;
  std::optional<Decimal> floor;  // go before the curve's
  std::optional<Decimal> cap;
  CurveRef curve;  // goes before the KPI's
  SourceSpan span;
};

struct Adjustment {  // 加减分项: points per unit of the KPI of the same id
  std::string id;
  Decimal points;
  std::optional<Decimal> cap;  // bounds the magnitude of its points
  Text name;
  SourceSpan span;
};

struct Veto {  // 一票否决
  std::string id;
  Expression when;   // over the values of declared KPIs
  std::string band;  // at best this band; empty = no bound
  std::optional<Decimal> score_cap;
  Text name;
  SourceSpan span;
};

struct Scorecard {
  std::string id;
  Text name;
  Expression applies_to;  // empty = everyone
  std::vector<ScorecardKpi> kpis;
  std::vector<Adjustment> adjustments;
  std::vector<Veto> vetoes;
  SourceSpan span;
};

}  // namespace hr::model
