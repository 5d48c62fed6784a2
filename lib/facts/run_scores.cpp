#include "facts/run_scores.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>

#include "base/parallel.h"
#include "facts/grouping.h"

namespace hr::facts {

namespace {

constexpr const char* kRunAttributes[] = {"org_unit", "manager_id", "job", "grade", "region"};
constexpr const char* kComponents[] = {"kpi", "okr", "feedback"};
constexpr const char* kCoverages[] = {"kpi_coverage", "okr_coverage", "feedback_coverage"};

using From = RunScores::From;

struct Named {
  const char* name;
  Storage storage = Storage::decimal;
  From from = From::kpis;
};
constexpr Named kColumns[] = {{"employee_id", Storage::text, From::people},
                              {"name", Storage::text, From::people},
                              {"org_unit", Storage::text, From::people},
                              {"manager_id", Storage::text, From::people},
                              {"job", Storage::text, From::people},
                              {"grade", Storage::text, From::people},
                              {"region", Storage::text, From::people},
                              {"plan", Storage::text, From::people},
                              {"scale", Storage::text, From::people},
                              {"status", Storage::text, From::beside_kpis},
                              {"reasons", Storage::text, From::beside_kpis},
                              {"flags", Storage::text},
                              {"kpi"},
                              {"okr", Storage::decimal, From::beside_kpis},
                              {"feedback", Storage::decimal, From::beside_kpis},
                              {"kpi_coverage"},
                              {"okr_coverage", Storage::decimal, From::beside_kpis},
                              {"feedback_coverage", Storage::decimal, From::beside_kpis},
                              {"coverage"},
                              {"raw_score"},
                              {"score_exact"},
                              {"score"},
                              {"band", Storage::text},
                              {"coefficient"},
                              {"rank"},
                              {"percentile"},
                              {"decimals", Storage::decimal, From::people},
                              {"rank_group", Storage::text, From::people}};

std::string join(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ";") + item;
  return text;
}

uint32_t code_of(SharedDictionary& dictionary, std::string_view text) {
  return text.empty() ? kMissingCode : dictionary.add(text);
}

constexpr size_t kFlagSets = size_t{1} << std::size(model::kFlagNames);

// What the rows of one plan have in common, and the codes of its bands.
struct PlanCodes {
  uint32_t plan = kMissingCode;
  uint32_t scale = kMissingCode;
  Decimal decimals = kMissingDecimal;
  std::vector<uint32_t> bands;
  std::vector<Decimal> coefficients;  // by band
  std::vector<uint32_t> groups;       // by spell, of what the plan ranks within; empty = the whole run
};

}  // namespace

// The texts that a run brings itself, and what their codes are. Made once, then only read.
class RunScores::Codes {
 public:
  // `flags`: bits that results have, each once.
  Codes(const Dataset& dataset, const model::Definitions& definitions, std::span<const uint32_t> flags)
      : flag_codes_(kFlagSets) {
    rated_ = statuses_.add("rated");
    not_rated_ = statuses_.add("not_rated");
    for (uint32_t bits = 0; bits < (1U << std::size(model::kReasonNames)); ++bits)
      reason_codes_.push_back(code_of(reasons_, join(model::reason_names(static_cast<uint8_t>(bits)))));
    for (const uint32_t bits : flags) flag_codes_[bits] = code_of(flags_, join(model::flag_names(bits)));
    for (const model::Plan& plan : definitions.plans) plans_.push_back(plan_codes(dataset, definitions, plan));
  }

  const PlanCodes& of_plan(uint32_t plan) const { return plan < plans_.size() ? plans_[plan] : no_plan_; }
  uint32_t of_status(model::Status status) const { return status == model::Status::rated ? rated_ : not_rated_; }
  uint32_t of_reasons(uint8_t bits) const { return reason_codes_[bits & (reason_codes_.size() - 1)]; }
  uint32_t of_flags(uint32_t bits) const { return flag_codes_[bits]; }

  const SharedDictionary& dictionary_of(std::string_view column, const Dataset& dataset) const {
    const std::pair<std::string_view, const SharedDictionary*> texts[] = {{"employee_id", &dataset.people.id.texts},
                                                                          {"name", &dataset.people.name.texts},
                                                                          {"plan", &plan_ids_},
                                                                          {"scale", &scales_},
                                                                          {"status", &statuses_},
                                                                          {"reasons", &reasons_},
                                                                          {"flags", &flags_},
                                                                          {"band", &bands_},
                                                                          {"rank_group", &groups_}};
    for (const auto& [name, dictionary] : texts) {
      if (name == column) return *dictionary;
    }
    const Column* attribute = dataset.spells.attributes.find(column);
    return attribute != nullptr ? attribute->dictionary : none_;
  }

 private:
  PlanCodes plan_codes(const Dataset& dataset, const model::Definitions& definitions, const model::Plan& plan) {
    PlanCodes codes;
    codes.plan = code_of(plan_ids_, plan.id);
    codes.decimals = make_decimal(plan.decimals);
    if (const model::Scale* scale = definitions.find_scale(plan.scale)) {
      codes.scale = code_of(scales_, scale->id);
      for (const model::Band& band : scale->bands) {
        codes.bands.push_back(code_of(bands_, band.id));
        codes.coefficients.push_back(band.coefficient.value_or(kMissingDecimal));
      }
    }
    const bool own = !plan.rank_by.empty() || !plan.distribution;
    codes.groups = group_codes(dataset, own ? plan.rank_by : plan.distribution->group_by, groups_);
    return codes;
  }

  SharedDictionary plan_ids_, scales_, statuses_, reasons_, flags_, bands_, groups_, none_;
  std::vector<PlanCodes> plans_;
  PlanCodes no_plan_;
  uint32_t rated_ = 0;
  uint32_t not_rated_ = 0;
  std::vector<uint32_t> reason_codes_;  // by bits
  std::vector<uint32_t> flag_codes_;    // by bits; says nothing of those that nobody has
};

// The rows of one stretch of people, column by column.
class RunScores::Stretch {
 public:
  Stretch(const RunScores& scores, std::span<const uint32_t> people, size_t first_row)
      : dataset_(scores.dataset_),
        codes_(*scores.codes_),
        results_(scores.results_),
        people_(people),
        first_row_(first_row) {
    spells_.reserve(people.size());
    for (const uint32_t person : people) spells_.push_back(last_spell(dataset_, person));
  }

  // The columns that `out` has.
  void fill(Frame& out) {
    next_ = out.columns.data();
    end_ = next_ + out.columns.size();
    fill_person();
    fill_texts();
    fill_figures();
    fill_standing();
  }

 private:
  const model::PersonResult& result(size_t i) const { return results_[people_[i]]; }
  const PlanCodes& plan(size_t i) const { return codes_.of_plan(result(i).plan); }

  // The next column, where it is the one of that name: columns come in the order of kColumns, some are left out.
  Column* take(std::string_view name) { return next_ != end_ && next_->name == name ? next_++ : nullptr; }

  void codes(std::string_view name, const auto& code) {
    Column* const column = take(name);
    if (column == nullptr) return;
    uint32_t* to = column->codes.data() + first_row_;
    for (size_t i = 0; i < people_.size(); ++i) to[i] = code(i);
  }
  void decimals(std::string_view name, const auto& value) {
    Column* const column = take(name);
    if (column == nullptr) return;
    Decimal* to = column->decimals.data() + first_row_;
    for (size_t i = 0; i < people_.size(); ++i) to[i] = value(i);
  }
  void figures(std::string_view name, const auto& figure) {
    decimals(name, [&](size_t i) {
      const auto value = figure(result(i));
      return value ? value->decimal() : kMissingDecimal;
    });
  }

  void fill_person() {
    codes("employee_id", [&](size_t i) { return dataset_.people.id.codes[people_[i]]; });
    codes("name", [&](size_t i) { return dataset_.people.name.codes[people_[i]]; });
    for (const char* name : kRunAttributes) {
      const Column* column = dataset_.spells.attributes.find(name);
      codes(name, [&](size_t i) {
        return column == nullptr || spells_[i] == kNone ? kMissingCode : column->codes[spells_[i]];
      });
    }
  }

  void fill_texts() {
    codes("plan", [&](size_t i) { return plan(i).plan; });
    codes("scale", [&](size_t i) { return plan(i).scale; });
    codes("status", [&](size_t i) { return codes_.of_status(result(i).status); });
    codes("reasons", [&](size_t i) { return codes_.of_reasons(result(i).reasons); });
    codes("flags", [&](size_t i) { return codes_.of_flags(result(i).flags); });
  }

  void fill_figures() {
    for (size_t k = 0; k < model::kComponents; ++k)
      figures(kComponents[k], [&](const auto& r) { return r.component[k]; });
    for (size_t k = 0; k < model::kComponents; ++k)
      figures(kCoverages[k], [&](const auto& r) { return r.component_coverage[k]; });
    figures("coverage", [](const auto& r) { return r.coverage; });
    figures("raw_score", [](const auto& r) { return r.raw_score; });
    figures("score_exact", [](const auto& r) { return r.exact; });
    figures("score", [](const auto& r) { return r.score; });
  }

  void fill_standing() {
    const auto of_band = [&](size_t i, const auto& by_band, const auto& none) {
      return result(i).band < by_band.size() ? by_band[result(i).band] : none;
    };
    codes("band", [&](size_t i) { return of_band(i, plan(i).bands, kMissingCode); });
    decimals("coefficient", [&](size_t i) { return of_band(i, plan(i).coefficients, kMissingDecimal); });
    decimals("rank", [&](size_t i) { return result(i).rank > 0 ? make_decimal(result(i).rank) : kMissingDecimal; });
    figures("percentile", [](const auto& r) { return r.percentile; });
    decimals("decimals", [&](size_t i) { return plan(i).decimals; });
    codes("rank_group", [&](size_t i) {
      return plan(i).groups.empty() || spells_[i] == kNone ? kMissingCode : plan(i).groups[spells_[i]];
    });
  }

  const Dataset& dataset_;
  const Codes& codes_;
  std::span<const model::PersonResult> results_;
  std::span<const uint32_t> people_;
  size_t first_row_;
  std::vector<uint32_t> spells_;  // the last one of each of people_
  Column* next_ = nullptr;        // to fill
  Column* end_ = nullptr;
};

RunScores::RunScores(const Dataset& dataset, const model::Definitions& definitions,
                     std::span<const model::PersonResult> results, int threads)
    : dataset_(dataset), results_(results) {
  const std::vector<uint32_t> flags = look_through(threads);
  codes_ = std::make_unique<Codes>(dataset, definitions, flags);
}

// Who is listed and who is rated; returns the flags that results have, each set once. Each result lies in a line of the
// cache of its own: all at one visit.
std::vector<uint32_t> RunScores::look_through(int threads) {
  constexpr size_t kPiece = 16'384;
  const size_t people = std::min(results_.size(), dataset_.people.size());
  listed_.resize(people);
  struct Found {
    std::vector<uint8_t> has_flags = std::vector<uint8_t>(kFlagSets);  // by bits
    size_t rated = 0;
  };
  std::vector<Found> found(static_cast<size_t>(threads));    // by worker
  std::vector<size_t> ends((people + kPiece - 1) / kPiece);  // of those listed of each piece, which begin where it does
  for_pieces(ends.size(), threads, [&](size_t piece, size_t worker) {
    size_t listed = piece * kPiece;
    for (size_t p = listed; p < std::min(people, (piece + 1) * kPiece); ++p) {
      const model::PersonResult& result = results_[p];
      listed_[listed] = static_cast<uint32_t>(p);
      listed += result.status != model::Status::not_in_cycle;
      found[worker].rated += result.status == model::Status::rated;
      found[worker].has_flags[result.flags] = 1;
    }
    ends[piece] = listed;
  });
  auto to = listed_.begin();
  for (size_t piece = 0; piece < ends.size(); ++piece) {
    const auto begin = listed_.begin() + static_cast<std::ptrdiff_t>(piece * kPiece);
    const auto end = listed_.begin() + static_cast<std::ptrdiff_t>(ends[piece]);
    to = begin == to ? end : std::copy(begin, end, to);
  }
  listed_.erase(to, listed_.end());
  std::vector<uint32_t> flags;
  for (uint32_t bits = 0; bits < kFlagSets; ++bits) {
    if (std::any_of(found.begin(), found.end(), [&](const Found& f) { return f.has_flags[bits] != 0; }))
      flags.push_back(bits);
  }
  for (const Found& f : found) rated_ += f.rated;
  return flags;
}

RunScores::~RunScores() = default;

std::vector<std::string_view> RunScores::columns_from(From from) {
  std::vector<std::string_view> names;
  for (const Named& column : kColumns) {
    if (column.from == from) names.emplace_back(column.name);
  }
  return names;
}

Frame RunScores::make_columns(size_t rows, std::span<const std::string_view> columns) const {
  Frame frame;
  for (const auto& [name, storage, from] : kColumns) {
    if (!columns.empty() && std::find(columns.begin(), columns.end(), name) == columns.end()) continue;
    Column& column = frame.columns.emplace_back();
    column.name = name;
    column.storage = storage;
    if (storage == Storage::text) column.dictionary = codes_->dictionary_of(name, dataset_);
    storage == Storage::text ? column.codes.resize(rows) : column.decimals.resize(rows);
  }
  frame.rows.resize(rows);
  return frame;
}

// The rows [begin, begin + n) of `out` become those of the listed people from `first` on. Of few people at a time, so
// that they stay in the cache while one column after the other is filled.
void RunScores::fill(Frame& out, size_t begin, size_t first, size_t n) const {
  constexpr size_t kStretch = 1'024;
  for (size_t at = 0; at < n; at += kStretch) {
    const auto people = std::span(listed_).subspan(first + at, std::min(kStretch, n - at));
    Stretch(*this, people, begin + at).fill(out);
  }
  std::iota(&out.rows[begin], &out.rows[begin] + n, static_cast<uint32_t>(first + 1));
}

Frame RunScores::rows(size_t begin, size_t end, std::span<const std::string_view> columns) const {
  Frame out = make_columns(end - begin, columns);
  if (begin < end) fill(out, 0, begin, end - begin);
  return out;
}

Frame RunScores::all(int threads, std::span<const std::string_view> columns) const {
  constexpr size_t kPiece = 16'384;
  Frame out = make_columns(size(), columns);
  for_ranges(size(), kPiece, threads, [&](size_t begin, size_t end, size_t) { fill(out, begin, begin, end - begin); });
  return out;
}

Frame RunScores::of_person(uint32_t person) const {
  const auto at = std::lower_bound(listed_.begin(), listed_.end(), person);
  const auto row = static_cast<size_t>(at - listed_.begin());
  return rows(row, at != listed_.end() && *at == person ? row + 1 : row);
}

}  // namespace hr::facts
