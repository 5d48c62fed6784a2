#include "engine/calibration/advice.h"

#include <algorithm>

#include "facts/grouping.h"

namespace hr::engine {

namespace {

using scoring::BandGroup;

// Ratings by people whose relation is `manager`, 0 to 100 on the plan's scale; a rater's responses about one person are
// one rating.
class ManagerRatings {
 public:
  ManagerRatings(const ScoreOutcome& scored, uint32_t plan)
      : scored_(scored), plan_(plan), policy_(scored.data->applied.definitions->plans[plan].feedback) {}

  std::vector<scoring::Rating> collect() {
    for (uint32_t p = 0; p < scored_.results.size(); ++p) {
      if (scored_.results[p].plan == plan_) add_person(p);
    }
    return std::move(ratings_);
  }

 private:
  void add_person(uint32_t person) {
    const facts::Feedback& feedback = scored_.data->dataset.feedback;
    const double low = policy_.scale_low.to_double();
    const double high = policy_.scale_high.to_double();
    std::map<uint32_t, std::pair<double, uint32_t>> by_rater;  // sum and number
    for (uint32_t i = feedback.begin[person]; i < feedback.begin[person + 1]; ++i) {
      const double rating = feedback.rating.number(i);
      if (feedback.relation[i] != facts::Relation::manager || rating < low || rating > high) continue;
      by_rater[feedback.rater[i]].first += rating;
      ++by_rater[feedback.rater[i]].second;
    }
    for (const auto& [rater, sum] : by_rater)
      ratings_.push_back({rater, 100 * (sum.first / sum.second - low) / (high - low)});
  }

  const ScoreOutcome& scored_;
  uint32_t plan_;
  const model::FeedbackPolicy& policy_;
  std::vector<scoring::Rating> ratings_;
};

std::vector<scoring::Rating> scores_by_manager(const ScoreOutcome& scored, uint32_t plan, facts::Dictionary& managers) {
  std::vector<scoring::Rating> ratings;
  const facts::Dataset& dataset = scored.data->dataset;
  for (uint32_t p = 0; p < scored.results.size(); ++p) {
    const model::PersonResult& result = scored.results[p];
    if (result.plan != plan || result.status != model::Status::rated) continue;
    const std::string manager = facts::group_label(dataset, facts::last_spell(dataset, p), "manager_id");
    if (!manager.empty()) ratings.push_back({managers.add(manager), result.score->value()});
  }
  return ratings;
}

}  // namespace

LeniencyOf leniency_in(const ScoreOutcome& scored, uint32_t plan, int shrinkage) {
  LeniencyOf out;
  const auto& weight =
      scored.data->applied.definitions->plans[plan].weights[static_cast<int>(model::Component::feedback)];
  out.of_scores = !weight.has_value();
  facts::Dictionary managers;
  const facts::Dictionary& given = scored.data->dataset.feedback.raters;
  const facts::Dictionary& raters = out.of_scores ? managers : given;
  std::vector<scoring::Rating> ratings =
      out.of_scores ? scores_by_manager(scored, plan, managers) : ManagerRatings(scored, plan).collect();
  for (const scoring::Leniency& l : scoring::rater_leniency(std::move(ratings), shrinkage))
    out.by_rater.emplace(raters[l.rater], l);
  return out;
}

namespace {

// A person's surroundings in the group: the block of equal figures that they stand in, and the places of the bands.
class Surroundings {
 public:
  Surroundings(const ScoreOutcome& scored, const BandGroup& group, size_t place)
      : scored_(scored),
        group_(group),
        scale_(
            *scored.data->applied.definitions->find_scale(scored.data->applied.definitions->plans[group.plan].scale)),
        begin_(place),
        end_(place + 1) {
    while (begin_ > 0 && group.figures[begin_ - 1] == group.figures[place]) --begin_;
    while (end_ < group.people.size() && group.figures[end_] == group.figures[place]) ++end_;
    result_ = &scored.results[group.people[place]];
  }

  // By the quotas another band, or a tie across a line.
  std::string quotas(i18n::Language language) const {
    if (group_.places.empty()) return {};
    const size_t upper = band_at(begin_);
    const size_t lower = band_at(end_ - 1);
    if (upper != lower)
      return i18n::text(language, "calibration-advice/tie",
                        {std::to_string(begin_ + 1), std::to_string(end_), id(group_.bands[upper]),
                         std::to_string(places_to(upper) - begin_)});
    uint32_t band = group_.bands[upper];
    if (result_->best_band != model::kNoBand && rank_of(result_->best_band) > upper) band = result_->best_band;
    if (band == result_->band) return {};
    return i18n::text(language, "calibration-advice/quota", {std::to_string(begin_ + 1), id(band)});
  }

  std::string veto(i18n::Language language) const {
    if (result_->best_band == model::kNoBand) return {};
    return i18n::text(language, "calibration-advice/vetoed", {id(result_->best_band)});
  }

  // Nearest of the own band to the one above or below.
  std::string lines(i18n::Language language) const {
    std::string text;
    if (begin_ > 0 && rank_of(band(begin_ - 1)) < rank_of(result_->band))
      text = i18n::text(language, "calibration-advice/first-below", {id(band(begin_ - 1)), gap(begin_ - 1, begin_)});
    if (end_ < group_.people.size() && rank_of(result_->band) < rank_of(band(end_)))
      text += (text.empty() ? "" : "; ") +
              i18n::text(language, "calibration-advice/last-above", {id(band(end_)), gap(end_ - 1, end_)});
    return text;
  }

 private:
  const std::string& id(uint32_t band) const { return scale_.bands[band].id; }
  uint32_t band(size_t place) const { return scored_.results[group_.people[place]].band; }
  size_t rank_of(uint32_t band) const {  // 0 = best; no band is worst
    return static_cast<size_t>(std::find(group_.bands.begin(), group_.bands.end(), band) - group_.bands.begin());
  }
  // Places that the bands down to this one have together.
  size_t places_to(size_t rank) const {
    size_t end = 0;
    for (size_t i = 0; i <= rank; ++i) end += group_.places[i];
    return end;
  }
  size_t band_at(size_t place) const {
    size_t rank = 0;
    while (rank + 1 < group_.places.size() && place >= places_to(rank)) ++rank;
    return rank;
  }
  std::string gap(size_t above, size_t below) const {
    return to_string(Figure{group_.figures[above].nano - group_.figures[below].nano}.decimal());
  }

  const ScoreOutcome& scored_;
  const BandGroup& group_;
  const model::Scale& scale_;
  const model::PersonResult* result_ = nullptr;
  size_t begin_;
  size_t end_;
};

}  // namespace

std::string calibration_advice(const ScoreOutcome& scored, const BandGroup& group, size_t place,
                               i18n::Language language) {
  const Surroundings around(scored, group, place);
  std::string text;
  for (const std::string& part : {around.veto(language), around.quotas(language), around.lines(language)}) {
    if (!part.empty()) text += (text.empty() ? "" : "; ") + part;
  }
  return text;
}

}  // namespace hr::engine
