#include "facts/run_scores.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string>
#include <utility>

#include "base/parallel.h"
#include "facts/grouping.h"

namespace hr::facts {

namespace {

constexpr const char* kRunAttributes[] = {"org_unit", "manager_id", "job", "grade", "region"};

std::string join(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ";") + item;
  return text;
}

uint32_t code_of(SharedDictionary& dictionary, std::string_view text) {
  return text.empty() ? kMissingCode : dictionary.add(text);
}

// What the rows of one plan have in common, and the codes of its bands.
struct PlanCodes {
  uint32_t plan = kMissingCode;
  uint32_t scale = kMissingCode;
  Decimal decimals = kMissingDecimal;
  std::vector<uint32_t> bands;
  std::vector<Decimal> coefficients;  // by band
  std::vector<uint32_t> groups;       // by spell, of what the plan ranks within; empty = the whole run
};

// The texts that a run brings itself, and what their codes are. Made once, then only read.
class RunCodes {
 public:
  RunCodes(const Dataset& dataset, const model::Definitions& definitions, std::span<const model::PersonResult> results)
      : flag_codes_(size_t{1} << std::size(model::kFlagNames), kUnknown) {
    rated_ = statuses.add("rated");
    not_rated_ = statuses.add("not_rated");
    for (uint32_t bits = 0; bits < (1U << std::size(model::kReasonNames)); ++bits)
      reason_codes_.push_back(code_of(reasons, join(model::reason_names(static_cast<uint8_t>(bits)))));
    for (const model::PersonResult& r : results) {
      uint32_t& code = flag_codes_[r.flags];
      if (code == kUnknown) code = code_of(flags, join(model::flag_names(r.flags)));
    }
    for (const model::Plan& plan : definitions.plans) plans_.push_back(plan_codes(dataset, definitions, plan));
  }

  const PlanCodes& of_plan(uint32_t plan) const { return plan < plans_.size() ? plans_[plan] : no_plan_; }
  uint32_t of_status(model::Status status) const { return status == model::Status::rated ? rated_ : not_rated_; }
  uint32_t of_reasons(uint8_t bits) const { return reason_codes_[bits & (reason_codes_.size() - 1)]; }
  uint32_t of_flags(uint32_t bits) const { return flag_codes_[bits]; }

  SharedDictionary plans, scales, statuses, reasons, flags, bands, groups;

 private:
  static constexpr uint32_t kUnknown = kMissingCode - 1;

  PlanCodes plan_codes(const Dataset& dataset, const model::Definitions& definitions, const model::Plan& plan) {
    PlanCodes codes;
    codes.plan = code_of(plans, plan.id);
    codes.decimals = make_decimal(plan.decimals);
    if (const model::Scale* scale = definitions.find_scale(plan.scale)) {
      codes.scale = code_of(scales, scale->id);
      for (const model::Band& band : scale->bands) {
        codes.bands.push_back(code_of(bands, band.id));
        codes.coefficients.push_back(band.coefficient.value_or(kMissingDecimal));
      }
    }
    const bool own = !plan.rank_by.empty() || !plan.distribution;
    codes.groups = group_codes(dataset, own ? plan.rank_by : plan.distribution->group_by, groups);
    return codes;
  }

  std::vector<PlanCodes> plans_;
  PlanCodes no_plan_;
  uint32_t rated_ = 0;
  uint32_t not_rated_ = 0;
  std::vector<uint32_t> reason_codes_;  // by bits
  std::vector<uint32_t> flag_codes_;    // by bits; kUnknown where nobody has them
};

// The rows of one stretch of people, column by column.
class Stretch {
 public:
  Stretch(const Dataset& dataset, const RunCodes& codes, std::span<const model::PersonResult> results,
          std::span<const uint32_t> people, size_t first_row)
      : dataset_(dataset), codes_(codes), results_(results), people_(people), first_row_(first_row) {
    spells_.reserve(people.size());
    for (const uint32_t person : people) spells_.push_back(last_spell(dataset, person));
  }

  void fill(Frame& out) {
    columns_ = out.columns.data();
    fill_person();
    fill_texts();
    fill_figures();
    fill_standing();
    for (size_t i = 0; i < people_.size(); ++i) out.rows[first_row_ + i] = static_cast<uint32_t>(first_row_ + i + 1);
  }

 private:
  const model::PersonResult& result(size_t i) const { return results_[people_[i]]; }
  const PlanCodes& plan(size_t i) const { return codes_.of_plan(result(i).plan); }

  void codes(const auto& code) {
    uint32_t* to = (columns_++)->codes.data() + first_row_;
    for (size_t i = 0; i < people_.size(); ++i) to[i] = code(i);
  }
  void decimals(const auto& value) {
    Decimal* to = (columns_++)->decimals.data() + first_row_;
    for (size_t i = 0; i < people_.size(); ++i) to[i] = value(i);
  }
  void figures(const auto& figure) {
    decimals([&](size_t i) {
      const auto value = figure(result(i));
      return value ? value->decimal() : kMissingDecimal;
    });
  }

  void fill_person() {
    codes([&](size_t i) { return dataset_.people.id.codes[people_[i]]; });
    codes([&](size_t i) { return dataset_.people.name.codes[people_[i]]; });
    for (const char* name : kRunAttributes) {
      const Column* column = dataset_.spells.attributes.find(name);
      codes([&](size_t i) {
        return column == nullptr || spells_[i] == kNone ? kMissingCode : column->codes[spells_[i]];
      });
    }
  }

  void fill_texts() {
    codes([&](size_t i) { return plan(i).plan; });
    codes([&](size_t i) { return plan(i).scale; });
    codes([&](size_t i) { return codes_.of_status(result(i).status); });
    codes([&](size_t i) { return codes_.of_reasons(result(i).reasons); });
    codes([&](size_t i) { return codes_.of_flags(result(i).flags); });
  }

  void fill_figures() {
    for (size_t k = 0; k < model::kComponents; ++k) figures([&](const auto& r) { return r.component[k]; });
    for (size_t k = 0; k < model::kComponents; ++k) figures([&](const auto& r) { return r.component_coverage[k]; });
    figures([](const auto& r) { return r.coverage; });
    figures([](const auto& r) { return r.raw_score; });
    figures([](const auto& r) { return r.exact; });
    figures([](const auto& r) { return r.score; });
  }

  void fill_standing() {
    const auto of_band = [&](size_t i, const auto& by_band, const auto& none) {
      return result(i).band < by_band.size() ? by_band[result(i).band] : none;
    };
    codes([&](size_t i) { return of_band(i, plan(i).bands, kMissingCode); });
    decimals([&](size_t i) { return of_band(i, plan(i).coefficients, kMissingDecimal); });
    decimals([&](size_t i) { return result(i).rank > 0 ? make_decimal(result(i).rank) : kMissingDecimal; });
    figures([](const auto& r) { return r.percentile; });
    decimals([&](size_t i) { return plan(i).decimals; });
    codes([&](size_t i) {
      return plan(i).groups.empty() || spells_[i] == kNone ? kMissingCode : plan(i).groups[spells_[i]];
    });
  }

  const Dataset& dataset_;
  const RunCodes& codes_;
  std::span<const model::PersonResult> results_;
  std::span<const uint32_t> people_;
  size_t first_row_;
  std::vector<uint32_t> spells_;  // the last one of each of people_
  Column* columns_ = nullptr;     // the next to fill
};

Column make_column(const char* name, Storage storage, SharedDictionary dictionary = {}) {
  Column column;
  column.name = name;
  column.storage = storage;
  column.dictionary = std::move(dictionary);
  return column;
}

Frame make_columns(const Dataset& dataset, const RunCodes& codes) {
  Frame frame;
  const auto add_text = [&](const char* name, const SharedDictionary& texts) {
    frame.columns.push_back(make_column(name, Storage::text, texts));
  };
  const auto add_decimals = [&](std::initializer_list<const char*> names) {
    for (const char* name : names) frame.columns.push_back(make_column(name, Storage::decimal));
  };
  add_text("employee_id", dataset.people.id.texts);
  add_text("name", dataset.people.name.texts);
  for (const char* name : kRunAttributes) {
    const Column* column = dataset.spells.attributes.find(name);
    add_text(name, column != nullptr ? column->dictionary : SharedDictionary());
  }
  add_text("plan", codes.plans);
  add_text("scale", codes.scales);
  add_text("status", codes.statuses);
  add_text("reasons", codes.reasons);
  add_text("flags", codes.flags);
  add_decimals({"kpi", "okr", "feedback", "kpi_coverage", "okr_coverage", "feedback_coverage", "coverage", "raw_score",
                "score_exact", "score"});
  add_text("band", codes.bands);
  add_decimals({"coefficient", "rank", "percentile", "decimals"});
  add_text("rank_group", codes.groups);
  return frame;
}

}  // namespace

Frame make_run_scores(const Dataset& dataset, const model::Definitions& definitions,
                      std::span<const model::PersonResult> results, int threads) {
  constexpr size_t kPiece = 16'384;
  std::vector<uint32_t> listed;
  for (uint32_t p = 0; p < std::min(results.size(), dataset.people.size()); ++p) {
    if (results[p].status != model::Status::not_in_cycle) listed.push_back(p);
  }
  const RunCodes codes(dataset, definitions, results);
  Frame out = make_columns(dataset, codes);
  out.rows.resize(listed.size());
  for_pieces(out.columns.size(), threads, [&](size_t c, size_t) {
    Column& column = out.columns[c];
    column.storage == Storage::text ? column.codes.resize(listed.size()) : column.decimals.resize(listed.size());
  });
  for_pieces((listed.size() + kPiece - 1) / kPiece, threads, [&](size_t piece, size_t) {
    const size_t begin = piece * kPiece;
    const size_t size = std::min(kPiece, listed.size() - begin);
    Stretch(dataset, codes, results, std::span(listed).subspan(begin, size), begin).fill(out);
  });
  return out;
}

}  // namespace hr::facts
