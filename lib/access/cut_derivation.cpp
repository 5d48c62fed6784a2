// Which steps of a derivation belong to which figure, and what is left of one when only some may be seen.
#include <string_view>

#include "access/cut.h"
#include "model/cut_step.h"

namespace hr::access {

using model::AccessField;
using model::AccessFields;
using model::Derivation;
using model::fields_of;

namespace {

// What must be seen for a step to be shown, for its value, and for its sentence. Steps below one are as it is.
struct StepFields {
  std::string_view node;  // up to the first "/" or "@"
  AccessFields shown, value, sentence;
};

constexpr AccessFields kNothing{};
constexpr AccessFields kScore = fields_of({AccessField::score});
constexpr AccessFields kBand = fields_of({AccessField::band});
constexpr AccessFields kBoth = fields_of({AccessField::score, AccessField::band});
constexpr AccessFields kKpi = fields_of({AccessField::kpi});
constexpr AccessFields kOkr = fields_of({AccessField::okr});
constexpr AccessFields kFeedback = fields_of({AccessField::feedback});
constexpr AccessFields kCoverage = fields_of({AccessField::coverage});
constexpr AccessFields kReasons = fields_of({AccessField::reasons});
constexpr AccessFields kParts =
    fields_of({AccessField::score, AccessField::kpi, AccessField::okr, AccessField::feedback});

constexpr StepFields kSteps[] = {
    {"score", kNothing, kScore, kNothing},  // the sentence names the plan
    {"components", kNothing, kNothing, kNothing},
    {"service", kReasons, kReasons, kReasons},  // kinds of leave stand there
    {"plan", kReasons, kReasons, kReasons},
    {"kpi", kKpi, kKpi, kKpi},
    {"okr", kOkr, kOkr, kOkr},
    {"feedback", kFeedback, kFeedback, kFeedback},
    {"coverage", kCoverage, kCoverage, kCoverage},
    {"raw", kScore, kScore, kParts},  // the sentence is made of the components
    {"adjustments", kScore, kScore, kScore},
    {"limits", kScore, kScore, kScore},
    {"vetoes", kBoth, kBoth, kBoth},
    {"rounding", kScore, kScore, kScore},
    {"band", kBand, kBand, kBoth},
    {"rank", kScore, kScore, kScore},
    {"distribution", kBand, kBand, kBoth},
    {"calibration", kBand, kBand, kBand},
};
constexpr StepFields kOther{"", model::kAllButPay, model::kAllButPay, model::kAllButPay};

const StepFields& step_of(std::string_view node) {
  const std::string_view head = node.substr(0, node.find_first_of("/@"));
  for (const StepFields& step : kSteps) {
    if (step.node == head) return step;
  }
  return kOther;
}

// How a component of OKRs came to count or not names raw scores.
bool names_raw_scores(const Derivation& step) {
  return step.rule.starts_with("okr-component-") && step.args.size() > 1;
}

// What adjustments and vetoes are made of: `adjustments/late/fact/2026-04`.
bool rests_on_facts(const Derivation& step) {
  const bool of_rule = step.node.starts_with("adjustments/") || step.node.starts_with("vetoes/");
  return of_rule && step.node.find('/', step.node.find('/') + 1) != std::string::npos;
}

void cut_sentence(Derivation& step, AccessFields fields) {
  if (names_raw_scores(step) && !fields.has(AccessField::score)) {
    step.rule = "okr-component";
    step.args.resize(1);
  }
  const bool of_rule = step.node.starts_with("adjustments/") || step.node.starts_with("vetoes/");
  if (fields.has_all(step_of(step.node).sentence) && (!of_rule || fields.has_all(kKpi))) return;
  step.rule = model::kCutRule;
  step.args.clear();
}

}  // namespace

Derivation cut_derivation(const Derivation& derivation, AccessFields fields) {
  const Derivation& d = derivation;  // all but its parts
  Derivation step{d.node,   d.rule,       d.args,   d.value, d.weight, d.effective_weight,
                  d.status, d.definition, d.source, d.row,   {}};
  if (!fields.has_all(step_of(step.node).value)) step.value.clear();
  if (!fields.has(AccessField::reasons) && step.node == "score") step.status.clear();
  cut_sentence(step, fields);
  for (const Derivation& part : derivation.parts) {
    if (fields.has_all(step_of(part.node).shown) && (!rests_on_facts(part) || fields.has_all(kKpi)))
      step.parts.push_back(cut_derivation(part, fields));
  }
  return step;
}

}  // namespace hr::access
