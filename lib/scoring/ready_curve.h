// A curve with one goal, for many values: what is the same for all of them is worked out once. Says of every value what
// score_on_curve() says.
#pragma once

#include <optional>

#include "base/figure.h"
#include "scoring/curve.h"
#include "scoring/difference.h"
#include "scoring/target.h"

namespace hr::scoring {

class ReadyCurve {
 public:
  // Keeps a reference to the curve.
  ReadyCurve(const CurveRules& curve, const Goal& goal);

  struct Score {
    OptionalFigure figure;
    bool regressed = false;
    bool not_computable = false;
  };
  Score score(double value) const {
    if (lines_) {
      const std::optional<Figure> v = snap(value);
      if (v) {
        const std::optional<Figure> figure = snap(bounded(on_lines(value, *v)));
        return {figure, false, !figure};
      }
    }
    return look_up(value);
  }

 private:
  // y = y0 + rise · (x − x0) / run, up to where `end` is reached.
  struct Line {
    Figure end;
    double x0 = 0, y0 = 0, rise = 0, run = 1;
    double at(double x) const { return y0 + rise * difference(x, x0) / run; }
  };
  double bounded(double y) const {
    const double raised = y < curve_->floor ? curve_->floor : y;
    return curve_->cap < raised ? curve_->cap : raised;
  }
  // Tiers: worse than the threshold, up to the target, up to the stretch, beyond.
  double on_lines(double x, Figure v) const {
    const Figure s = lower_ ? Figure{-v.nano} : v;
    if (s < worse_) return worse_y_;
    if (s < line_[0].end) return line_[0].at(x);
    return s < line_[1].end ? line_[1].at(x) : best_y_;
  }
  bool make_lines(const Goal& goal);
  Score look_up(double value) const;

  const CurveRules* curve_;
  Goal goal_;
  bool lines_ = false;
  bool lower_ = false;  // the lines' ends are negated, as then is what is compared with them
  Figure worse_;
  double worse_y_ = 0, best_y_ = 0;
  Line line_[2];
};

}  // namespace hr::scoring
