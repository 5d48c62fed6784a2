// A curve with one goal, for many values: what is the same for all of them is
// worked out once. Says of every value what score_on_curve() says.
#pragma once

#include <array>
#include <cstdint>

#include "base/figure.h"
#include "scoring/curve.h"
#include "scoring/difference.h"
#include "scoring/target.h"

namespace hr::scoring {

class ReadyCurve {
 public:
  // Keeps a reference to the curve.
  ReadyCurve(const CurveRules& curve, const Goal& goal);

  // The scores of `n` values as numbers: scores[i] is that of score(values[i]). False: some value is not to be had so;
  // then `scores` says nothing. Only where has_many(): the curve allows it.
  bool score_many(const double* values, double* scores, size_t n) const;
  bool has_many() const { return many_; }

  struct Score {
    OptionalFigure figure;
    uint32_t flags = 0;  // bits of model::Flag
  };
  Score score(double value) const {
    if (!tiers_ || !(value > -kFigureLimit && value < kFigureLimit)) return look_up(value);
    const double towards = lower_ ? -value : value;
    const size_t reached = size_t{towards >= from_[0]} + size_t{towards >= from_[1]} + size_t{towards >= from_[2]};
    const double y = line_[reached].at(value);
    const double raised = y < curve_->floor ? curve_->floor : y;
    const std::optional<Figure> figure = snap(curve_->cap < raised ? curve_->cap : raised);
    return figure ? Score{*figure, 0} : look_up(value);
  }

 private:
  // y = y0 + rise · (x − x0) / run. The scale that difference(x, x0) rounds by
  // is known for x up to `beyond`.
  struct Line {
    double x0 = 0, y0 = 0, rise = 0, run = 1;
    double upper = kFigureLimit, beyond = kFigureLimit;
    std::array<double, 2> scale{1, 1};  // under `upper`, and from there on

    double at(double x) const {
      const double size = x < 0 ? -x : x;
      const double d = size < beyond ? rounded(x - x0, scale[size >= upper]) : difference(x, x0);
      return y0 + rise * d / run;
    }
  };
  bool make_tiers(const Goal& goal);
  static Line make_line(double x0, double y0, double x1, double y1);
  static Line make_flat(double y);
  Score look_up(double value) const;

  const CurveRules* curve_;
  Goal goal_;
  bool tiers_ = false;  // that make a scale
  bool many_ = false;
  bool lower_ = false;
  std::array<double, 3> from_{};  // least values, negated where lower is better,
                                  // that reach threshold, target, stretch
  std::array<Line, 4> line_;      // worse than the threshold, from there, from the
                                  // target, from the stretch
};

}  // namespace hr::scoring
