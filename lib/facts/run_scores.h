// A run's results as the store keeps them and reports read them: one row a listed person, ascending by employee_id.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "facts/dataset.h"
#include "facts/frame.h"
#include "model/definitions.h"
#include "model/result.h"

namespace hr::facts {

// The rows of a run, made when they are asked for: all of a million people would take 300 MB.
//
// Columns, all carried: employee_id, name, org_unit, manager_id, job, grade, region (of the last spell in the cycle;
// text) · plan, scale, status, reasons, flags (text; lists joined by ';') · kpi, okr, feedback, kpi_coverage,
// okr_coverage, feedback_coverage, coverage, raw_score, score_exact, score (decimal) · band (text) · coefficient
// (decimal) · rank (decimal) · percentile (decimal) · decimals (decimal: the plan's) · rank_group (text: what the plan
// ranks within; missing = the whole run). Rows are numbered 1, 2, 3 …; nothing has a source. Columns have the
// dictionaries of the dataset's.
class RunScores {
 public:
  // Keeps references to all three.
  RunScores(const Dataset& dataset, const model::Definitions& definitions, std::span<const model::PersonResult> results,
            int threads = 1);
  ~RunScores();

  // What a column follows from: from people, units and definitions alone; from OKRs, feedback, or what makes a rating;
  // from KPIs, and whatever is made of them.
  enum class From : uint8_t { people, beside_kpis, kpis };
  static std::vector<std::string_view> columns_from(From from);

  size_t size() const { return listed_.size(); }
  size_t rated() const { return rated_; }                       // of these
  std::span<const uint32_t> people() const { return listed_; }  // of each row
  std::span<const model::PersonResult> results() const { return results_; }
  // Rows [begin, end) of the run. `columns`: only these; empty = all. For several threads.
  Frame rows(size_t begin, size_t end, std::span<const std::string_view> columns = {}) const;
  Frame all(int threads, std::span<const std::string_view> columns = {}) const;
  // The one of a person; no row where nobody is listed.
  Frame of_person(uint32_t person) const;

 private:
  class Codes;
  class Stretch;
  std::vector<uint32_t> look_through(int threads);
  Frame make_columns(size_t rows, std::span<const std::string_view> columns) const;
  void fill(Frame& out, size_t begin, size_t first, size_t n) const;

  const Dataset& dataset_;
  std::span<const model::PersonResult> results_;
  std::vector<uint32_t> listed_;  // people
  size_t rated_ = 0;
  std::unique_ptr<const Codes> codes_;
};

}  // namespace hr::facts
