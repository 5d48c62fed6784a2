// The feedback component: responses → raters → groups → component, small groups suppressed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/figure.h"
#include "facts/dataset.h"
#include "model/result.h"
#include "scoring/rules.h"
#include "scoring/trace.h"

namespace hr::scoring {

struct ComponentFigure;

// Reused from person to person.
struct FeedbackScratch {
  struct Rater {
    uint32_t code = 0;
    double sum = 0;  // of the rater's responses, then their mean
    uint32_t n = 0;
  };
  std::vector<Rater> raters;
  std::vector<double> means;
  struct Group {
    uint32_t relations = 0;  // bits of facts::Relation whose responses it pools
    double weight = 0;       // with that of the groups folded into it
    uint32_t raters = 0;
    bool suppressed = false;
    bool folded = false;  // into the peers
    std::optional<Figure> score;
  };
  std::vector<Group> groups;
};

ComponentFigure feedback_component(const facts::Feedback& feedback, const PlanRules& plan, uint32_t person,
                                   FeedbackScratch& scratch, model::PersonResult& result, Derivation* trace);

// Ratings outside the plan's scale are left out.
inline bool on_scale(const PlanRules& plan, double rating) {
  return rating >= plan.scale_low && rating <= plan.scale_high;
}

// The mean of `values` (sorted by this), with `trim_percent` of them cut off at each end, rounded down; at least one
// or two in the middle stay.
double trimmed_mean(std::vector<double>& values, int trim_percent);

}  // namespace hr::scoring
