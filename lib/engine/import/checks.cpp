#include "engine/import/checks.h"

#include <algorithm>
#include <bit>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/parallel.h"
#include "base/text.h"
#include "engine/import/reconcile.h"
#include "ingest/values.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

namespace {

// Collects the faults of one file's rows.
class RowChecker {
 public:
  RowChecker(const Frame& frame, const std::string& file) : frame_(frame), file_(file), faulty_(frame.size(), 0) {}

  void fault(size_t row, std::string column, std::string message, std::vector<std::string> args,
             std::string suggestion = {}) {
    if (faulty_[row]) return;
    faulty_[row] = 1;
    RowFault f{row, std::move(column), make_error(std::move(message), span(row), std::move(args))};
    f.reason.suggestion = std::move(suggestion);
    faults_.push_back(std::move(f));
  }

  SourceSpan span(size_t row) const { return {file_, static_cast<int>(frame_.rows[row]), 0, 0}; }
  bool faulty(size_t row) const { return faulty_[row] != 0; }

  // Texts of `column` that are not in `known` fault their rows, but those for which `passes(text, row)`. Asked once per
  // distinct text.
  template <class Passes>
  void must_be_known(std::string_view column_name, const char* message, const KnownIds& known, Passes passes) {
    const Column* column = frame_.find(column_name);
    if (!column || column->storage != facts::Storage::text) return;
    std::vector<int8_t> verdict(column->dictionary.size(), -1);
    std::unordered_map<uint32_t, std::string> meant;
    for (size_t row = 0; row < frame_.size(); ++row) {
      const uint32_t code = column->codes[row];
      if (code == facts::kMissingCode || verdict[code] == 1) continue;
      if (verdict[code] < 0) verdict[code] = known.has(column->dictionary, code) ? 1 : 0;
      const std::string_view text = column->dictionary[code];
      if (verdict[code] == 1 || passes(text, row)) continue;
      const auto [suggestion, fresh] = meant.try_emplace(code);
      if (fresh) suggestion->second = known.meant_by(text, suggester_);
      fault(row, std::string(column_name), message, {std::string(text)}, suggestion->second);
    }
  }
  void must_be_known(std::string_view column_name, const char* message, const KnownIds& known) {
    must_be_known(column_name, message, known, [](std::string_view, size_t) { return false; });
  }

  std::vector<RowFault> take() {
    std::sort(faults_.begin(), faults_.end(), [](const RowFault& a, const RowFault& b) { return a.row < b.row; });
    return std::move(faults_);
  }

 private:
  Suggester suggester_;  // looking for a near id is slow among many people
  const Frame& frame_;
  const std::string& file_;
  std::vector<uint8_t> faulty_;
  std::vector<RowFault> faults_;
};

constexpr uint64_t kLargestKey = UINT64_MAX / 2;

// Numbers the rows by key: rows with equal keys get the same number.
// A cell of a key as a number below `end`: of texts and days.
struct KeyPart {
  const Column& column;
  int64_t low = 0;
  uint64_t end = 1;

  explicit KeyPart(const Column& of) : column(of) {
    if (of.storage == facts::Storage::text) {
      end = of.dictionary.size() + uint64_t{1};
    } else if (!of.days.empty()) {
      const auto [least, most] = std::minmax_element(of.days.begin(), of.days.end());
      low = *least;
      end = static_cast<uint64_t>(*most - low) + 1;
    }
  }
  uint64_t operator()(size_t row) const {
    if (column.storage == facts::Storage::text) return column.codes[row] + uint32_t{1};  // 0 = missing
    return static_cast<uint64_t>(column.days[row] - low);
  }
};

// The same keys as their places among all that occur, to make room for more. How many occur.
uint64_t make_dense(std::vector<uint64_t>& keys) {
  std::vector<uint64_t> sorted = keys;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  for (uint64_t& key : keys)
    key = static_cast<uint64_t>(std::lower_bound(sorted.begin(), sorted.end(), key) - sorted.begin());
  return sorted.size();
}

std::vector<uint64_t> record_keys(TableId table, const Frame& frame) {
  std::vector<uint64_t> keys(frame.size());
  uint64_t end = 1;
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    const Column* column = c.key ? frame.find(c.name) : nullptr;
    if (column == nullptr) continue;
    const KeyPart part(*column);
    if (end > kLargestKey / part.end) end = make_dense(keys);
    end *= part.end;
    constexpr size_t kPiece = size_t{1} << 16U;  // rows
    for_pieces((keys.size() + kPiece - 1) / kPiece, hardware_threads(), [&](size_t piece, size_t) {
      const size_t last = std::min(keys.size(), (piece + 1) * kPiece);
      for (size_t row = piece * kPiece; row < last; ++row) keys[row] = keys[row] * part.end + part(row);
    });
  }
  return keys;
}

bool ascending(const std::vector<uint64_t>& keys) {
  return std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) == keys.end();
}

// Keys by the part that they belong to: equal keys lie in one part, and a part fits the nearest cache.
class KeyParts {
 public:
  explicit KeyParts(const std::vector<uint64_t>& keys)
      : bits_(static_cast<unsigned>(std::bit_width(keys.size() / kUsual))), begin_((size_t{1} << bits_) + 1) {
    for (const uint64_t key : keys) ++begin_[part_of(key) + 1];
    for (size_t p = 1; p < begin_.size(); ++p) begin_[p] += begin_[p - 1];
    std::vector<size_t> next(begin_.begin(), begin_.end() - 1);
    keys_.resize(keys.size());
    for (const uint64_t key : keys) keys_[next[part_of(key)]++] = key;
  }

  // By part: 1 = some keys in it are equal.
  std::vector<uint8_t> with_equal_keys() const {
    std::vector<uint8_t> found(begin_.size() - 1);
    for_pieces(found.size(), hardware_threads(), [&](size_t part, size_t) { found[part] = has_equal_keys(part); });
    return found;
  }
  size_t part_of(uint64_t key) const { return bits_ == 0 ? 0 : spread(key) >> (64 - bits_); }

 private:
  static constexpr size_t kUsual = 2048;
  static uint64_t spread(uint64_t key) { return key * 0x9E3779B97F4A7C15U; }

  bool has_equal_keys(size_t part) const {
    const size_t count = begin_[part + 1] - begin_[part];
    std::vector<uint64_t> slots(std::bit_ceil(2 * count + 1));  // key + 1; 0 = free
    for (size_t i = begin_[part]; i < begin_[part + 1]; ++i) {
      const uint64_t key = keys_[i] + 1;
      size_t at = (spread(key) >> 20U) & (slots.size() - 1);
      for (; slots[at] != 0; at = (at + 1) & (slots.size() - 1)) {
        if (slots[at] == key) return true;
      }
      slots[at] = key;
    }
    return false;
  }

  unsigned bits_;
  std::vector<size_t> begin_;
  std::vector<uint64_t> keys_;
};

// The rows that may share their key with another one, in order of keys.
std::vector<std::pair<uint64_t, uint32_t>> doubtful_keys(const std::vector<uint64_t>& keys) {
  const KeyParts parts(keys);
  const std::vector<uint8_t> doubtful = parts.with_equal_keys();
  std::vector<std::pair<uint64_t, uint32_t>> order;
  if (std::find(doubtful.begin(), doubtful.end(), 1) == doubtful.end()) return order;
  for (size_t row = 0; row < keys.size(); ++row) {
    if (doubtful[parts.part_of(keys[row])]) order.emplace_back(keys[row], static_cast<uint32_t>(row));
  }
  std::sort(order.begin(), order.end());
  return order;
}

bool rows_equal(const Frame& frame, size_t a, size_t b) {
  return std::all_of(frame.columns.begin(), frame.columns.end(),
                     [&](const Column& c) { return same_cell(c, a, c, b); });
}

// Whether each row has a key of its own, by looking only at rows that stand together: those of one person mostly do,
// and are few. False: it takes another way to tell. `column`: part of the keys.
bool differ_within_groups(const std::vector<uint64_t>& keys, const Column& column) {
  constexpr size_t kMost = 64;  // rows of a group
  if (column.storage != facts::Storage::text) return false;
  std::vector<uint8_t> had(column.dictionary.size() + 1);  // by code + 1
  for (size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
    const uint32_t code = column.codes[begin];
    while (end < keys.size() && column.codes[end] == code) ++end;
    if (had[code + 1U] != 0 || end - begin > kMost) return false;
    had[code + 1U] = 1;
    for (size_t i = begin + 1; i < end; ++i) {
      if (std::find(&keys[begin], &keys[i], keys[i]) != &keys[i]) return false;
    }
  }
  return true;
}

// Rows that share a key: equal ones are taken once; when they differ nobody can tell which is right, so all go.
void check_duplicates(RowChecker& checker, const Frame& frame, const std::vector<uint64_t>& keys) {
  if (ascending(keys) || differ_within_groups(keys, frame.columns.front())) return;
  const std::vector<std::pair<uint64_t, uint32_t>> order = doubtful_keys(keys);
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() && order[end].first == order[begin].first) ++end;
    const size_t first = order[begin].second;
    bool differ = false;
    for (size_t i = begin + 1; i < end; ++i) differ = differ || !rows_equal(frame, first, order[i].second);
    for (size_t i = begin + (differ ? 0 : 1); end - begin > 1 && i < end; ++i) {
      const size_t other = i == begin ? order[begin + 1].second : first;
      checker.fault(order[i].second, "", differ ? "duplicate-row/differs" : "duplicate-row/same",
                    {std::to_string(frame.rows[order[i].second]), std::to_string(frame.rows[other])});
    }
    begin = end;
  }
}

// Nobody is their own manager. Managers nobody knows, and circles, show in the stored whole: see doubts_about().
void check_managers(RowChecker& checker, const Frame& frame) {
  const Column* id = frame.find("employee_id");
  const Column* manager = frame.find("manager_id");
  if (!id || !manager || !manager->carried) return;
  std::vector<uint32_t> id_of(manager->dictionary.size());  // the code as an id of the manager's
  const facts::Dictionary& ids = id->dictionary;
  ids.find_all(manager->dictionary, id_of);
  for (size_t row = 0; row < frame.size(); ++row) {
    if (!manager->missing(row) && id_of[manager->codes[row]] == id->codes[row]) {
      checker.fault(row, "manager_id", "manager-cycle/self", {std::string(manager->text(row))});
    }
  }
}

// An id that looks like another one of the file or the store, and is not the same: full-width letters, or Cyrillic and
// Greek ones among Latin. It would make a second person of one.
void check_lookalikes(RowChecker& checker, const Frame& frame, const References& references) {
  const Column* ids = frame.find("employee_id");
  std::vector<size_t> foreign;
  for (size_t row = 0; row < frame.size(); ++row) {
    if (!is_ascii(ids->text(row))) foreign.push_back(row);
  }
  if (foreign.empty()) return;
  std::unordered_set<std::string_view> plain;
  for (size_t row = 0; row < frame.size(); ++row) {
    if (is_ascii(ids->text(row))) plain.insert(ids->text(row));
  }
  for (const size_t row : foreign) {
    const std::string_view id = ids->text(row);
    const std::string looks = look_of(id);
    if (looks != id && (plain.count(looks) > 0 || references.employees.has(looks))) {
      checker.fault(row, "employee_id", "bad-id/looks-like",
                    {std::string(id), "employee_id", looks, ingest::first_foreign(id)}, looks);
    }
  }
}

// 7 where 007 is known: a spreadsheet has taken the zeros, and everybody would come twice.
void check_lost_zeros(RowChecker& checker, const Frame& frame, const References& references) {
  const Column* ids = frame.find("employee_id");
  for (size_t row = 0; row < frame.size(); ++row) {
    const std::string_view id = ids->text(row);
    if (!is_number(id) || references.employees.has(id)) continue;
    if (const std::string known = references.employees.with_zeros(id); !known.empty())
      checker.fault(row, "employee_id", "bad-id/zeros", {std::string(id), "employee_id", known}, known);
  }
}

const model::Curve* curve_of(const model::Definitions& definitions, const model::Kpi& kpi) {
  return kpi.curve.inline_curve ? &*kpi.curve.inline_curve : definitions.find_curve(kpi.curve.id);
}

bool is_ratio(const model::Definitions& definitions, const model::Kpi& kpi) {
  const model::Curve* curve = curve_of(definitions, kpi);
  if (!curve) return !kpi.curve.given();
  if (const auto* c = std::get_if<model::LinearCurve>(&curve->form)) return c->of == model::Attainment::ratio;
  if (const auto* c = std::get_if<model::PointsCurve>(&curve->form)) return c->of == model::Attainment::ratio;
  if (const auto* c = std::get_if<model::StepsCurve>(&curve->form)) return c->of == model::Attainment::ratio;
  return false;
}

// A key result belongs to an objective that is known, or names an owner for whom one is made.
void check_objectives(RowChecker& checker, const Frame& frame, const References& references) {
  const Column* owner = frame.find("owner");
  checker.must_be_known("objective", "unknown-objective", references.objectives,
                        [&](std::string_view, size_t row) { return owner && !owner->missing(row); });
}

// A check-in that says nothing would stand as the last one.
void check_empty_checkins(RowChecker& checker, const Frame& frame) {
  const Column* said[] = {frame.find("value"), frame.find("confidence"), frame.find("note")};
  const auto missing = [](const Column* column, size_t row) { return !column || column->missing(row); };
  for (size_t row = 0; row < frame.size(); ++row) {
    if (missing(said[0], row) && missing(said[1], row) && missing(said[2], row))
      checker.fault(row, "value", "required-missing/checkin", {"", "value"});
  }
}

// A ratio divides by its target, so a target that is not above zero cannot be one.
void check_targets(RowChecker& checker, const Frame& frame, const model::Definitions* definitions) {
  const Column* kpi = frame.find("kpi");
  const Column* target = frame.find("target");
  if (!definitions || !kpi || !target) return;
  for (size_t row = 0; row < frame.size(); ++row) {
    const auto value = target->decimal(row);
    const model::Kpi* k = definitions->find_kpi(kpi->text(row));
    if (value && k && value->unscaled <= 0 && is_ratio(*definitions, *k)) {
      checker.fault(row, "target", "bad-value/target-not-positive", {to_string(*value), k->id});
    }
  }
}

// Tiers of one row must get better one by one; exchanged, they would reward the worst. A row that gives only some of
// them is completed from elsewhere, and judged when it is scored.
void check_tiers(RowChecker& checker, const Frame& frame, const model::Definitions* definitions) {
  const Column* kpi = frame.find("kpi");
  const Column* tiers[] = {frame.find("threshold"), frame.find("target"), frame.find("stretch")};
  if (!definitions || !kpi || !tiers[0] || !tiers[1] || !tiers[2]) return;
  for (size_t row = 0; row < frame.size(); ++row) {
    const model::Kpi* k = definitions->find_kpi(kpi->text(row));
    const model::Curve* curve = k ? curve_of(*definitions, *k) : nullptr;
    if (!curve || !std::holds_alternative<model::TiersCurve>(curve->form)) continue;
    const auto a = tiers[0]->decimal(row);
    const auto b = tiers[1]->decimal(row);
    const auto c = tiers[2]->decimal(row);
    const bool lower = k->direction == model::Direction::lower;
    if (!a || !b || !c || (lower ? *a > *b && *b > *c : *a < *b && *b < *c)) continue;
    checker.fault(row, "threshold", lower ? "bad-value/tiers-down" : "bad-value/tiers-up",
                  {k->id, to_string(*a) + ", " + to_string(*b) + ", " + to_string(*c)});
  }
}

}  // namespace

bool is_no_person(std::string_view subject) {
  return subject.starts_with("unit:") || subject.starts_with("job:") || subject == "company";
}

std::vector<RowFault> check_rows(const Frame& frame, TableId table, const std::string& file,
                                 const References& references, const model::Definitions* definitions) {
  RowChecker checker(frame, file);
  const auto is_other = [](std::string_view text, size_t) { return is_no_person(text); };
  switch (table) {
    case TableId::assignments:
      check_managers(checker, frame);
      [[fallthrough]];
    case TableId::feedback:
    case TableId::leaves:
    case TableId::recognitions:
      checker.must_be_known("employee_id", "unknown-employee", references.employees);
      break;
    case TableId::targets:
      checker.must_be_known("subject", "unknown-employee", references.employees, is_other);
      if (!references.kpis.empty()) checker.must_be_known("kpi", "unknown-kpi", references.kpis);
      break;
    case TableId::objectives:
    case TableId::key_results:
      checker.must_be_known("owner", "unknown-employee", references.employees, is_other);
      if (table == TableId::key_results) check_objectives(checker, frame, references);
      break;
    case TableId::checkins:
      checker.must_be_known("key_result", "unknown-key-result", references.key_results);
      check_empty_checkins(checker, frame);
      break;
    case TableId::employees:
      check_managers(checker, frame);
      check_lookalikes(checker, frame, references);
      check_lost_zeros(checker, frame, references);
      break;
    case TableId::org_units:
    case TableId::facts:  // see FactChecks
      break;
  }
  if (table == TableId::targets) {
    check_targets(checker, frame, definitions);
    check_tiers(checker, frame, definitions);
  }
  check_duplicates(checker, frame, record_keys(table, frame));
  return checker.take();
}

uint64_t drop_empty_twins(Frame& assignments) {
  const Column& from = *assignments.find("from");
  const Column* to = assignments.find("to");
  if (to == nullptr) return 0;
  const auto is_empty = [&](size_t row) {
    return !from.missing(row) && !to->missing(row) && from.days[row] == to->days[row];
  };
  std::unordered_set<std::string> real;
  bool any_empty = false;
  for (size_t row = 0; row < assignments.size(); ++row) any_empty = any_empty || is_empty(row);
  if (!any_empty) return 0;
  for (size_t row = 0; row < assignments.size(); ++row) {
    if (!is_empty(row)) real.insert(record_key(TableId::assignments, assignments, row));
  }
  uint64_t dropped = 0;
  std::vector<uint8_t> keep(assignments.size(), 1);
  for (size_t row = 0; row < assignments.size(); ++row) {
    if (!is_empty(row) || real.count(record_key(TableId::assignments, assignments, row)) == 0) continue;
    keep[row] = 0;
    ++dropped;
  }
  keep_rows(assignments, keep);
  return dropped;
}

std::vector<RowFault> doubtful_rows(const Frame& frame, TableId table, const std::string& file,
                                    const References& references, const model::Definitions* definitions) {
  if (!definitions || (table != TableId::objectives && table != TableId::key_results)) return {};
  RowChecker checker(frame, file);
  if (table == TableId::key_results) {
    checker.must_be_known("kpi", "unknown-kpi", references.kpis);
  } else {
    KnownIds cycles;
    for (const model::Cycle& cycle : definitions->cycles) cycles.add(cycle.id);
    KnownIds goals = references.objectives;
    const Column* ids = frame.find("objective");
    for (size_t row = 0; row < frame.size(); ++row) goals.add(ids->text(row));
    checker.must_be_known("cycle", "unknown-reference/row-cycle", cycles);
    checker.must_be_known("supports", "unknown-reference/row-goal", goals,
                          [&](std::string_view text, size_t) { return references.key_results.has(text); });
  }
  std::vector<RowFault> doubts = checker.take();
  for (RowFault& doubt : doubts) doubt.reason.severity = Severity::warning;
  return doubts;
}

}  // namespace hr::engine
