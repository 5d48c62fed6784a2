// The means of the KPI component: KPIs by weight, spells by days. They hand out their terms while they are made, so
// that what is explained is what was added up.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/figure.h"
#include "scoring/trace.h"

namespace hr::scoring {

// A weighted mean under way: what has data, and what would have.
struct Mean {
  double sum = 0;            // Σ weight × score
  double weight = 0;         // of what takes part
  double covered = 0;        // weight with data
  double total = 0;          // weight of all
  MeanText* text = nullptr;  // gets the terms as they are added
  bool weighed = false;      // weights are declared

  // `stand_in`: what counts where there is no score, and is not data; none: its weight goes to the others.
  void add(double w, const std::optional<Figure>& score, const std::optional<Figure>& stand_in) {
    total += w;
    if (score) covered += w;
    const std::optional<Figure>& counted = score ? score : stand_in;
    if (!counted) return;
    sum += w * counted->value();
    weight += w;
    if (text == nullptr) return;
    const std::string figure = exact_text(*counted);
    if (weighed)
      text->add(exact_text(w), figure);
    else
      text->add(figure);
  }
  std::optional<Figure> mean() const { return weight > 0 ? snap(sum / weight) : std::nullopt; }
  double share() const { return total > 0 ? covered / total : 0; }
};

// Spells weighed by their days: the score over those that have one, coverage over all.
struct ByDays {
  double sum = 0;
  double scored = 0;  // days of spells with a score
  double covered = 0;
  double days = 0;
  bool records = false;
  MeanText scores;  // as they are added, when it records
  MeanText shares;
  std::vector<double> weights;  // by spell, 0 for those that are skipped; when it records

  void add(double weight, const std::optional<Figure>& score, double share) {
    days += weight;
    covered += weight * share;
    if (records) {
      shares.add(exact_text(weight), exact_text(share));
      weights.back() = weight;
    }
    if (!score) return;
    sum += weight * score->value();
    scored += weight;
    if (records) scores.add(exact_text(weight), exact_text(*score));
  }
  std::optional<Figure> score() const { return scored > 0 ? snap(sum / scored) : std::nullopt; }
  std::optional<Figure> coverage() const { return days > 0 ? snap(100 * (covered / days)) : make_figure(0); }
};

}  // namespace hr::scoring
