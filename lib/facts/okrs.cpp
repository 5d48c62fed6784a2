#include "facts/okrs.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/parallel.h"
#include "facts/cells.h"
#include "facts/code_map.h"
#include "facts/key_result_findings.h"
#include "facts/okr_cells.h"
#include "facts/okr_checkins.h"
#include "facts/owners.h"
#include "facts/row_order.h"

namespace hr::facts {

namespace {

using model::KeyResultType;
using model::OwnerKind;

constexpr const char* kStartEqualsTarget = "start-equals-target/import";
constexpr uint32_t kElsewhere = kNone - 1;  // an objective of another cycle

bool is_weighted(KeyResultType type) {
  return type != KeyResultType::guardrail && type != KeyResultType::learning;
}

SharedDictionary dictionary_of(const Frame* frame, const char* column) {
  const Column* c = frame == nullptr ? nullptr : frame->find(column);
  return c != nullptr ? c->dictionary : SharedDictionary();
}

class OkrBuilder {
 public:
  OkrBuilder(std::string_view cycle, Diagnostics& diagnostics) : cycle_(cycle), diagnostics_(diagnostics) {}

  // Names have the numbers of the imported columns: nearly all of them are there.
  void begin(const std::vector<model::Objective>& definitions, const std::vector<Frame>& objectives,
             const Frame* key_results) {
    okrs_.objective_names = Names(dictionary_of(key_results, "objective"));
    okrs_.key_result_names = Names(dictionary_of(key_results, "key_result"));
    okrs_.owners = Names(dictionary_of(key_results, "owner"));
    for (const model::Objective& o : definitions) add_definition(o);
    for (const Frame& f : objectives) add_objectives(f);
  }

  // Parts of a table of `rows` rows, in their order.
  void add_key_results(const Frame& part, size_t rows) {
    const Column* id = part.find("key_result");
    const Column* objective = part.find("objective");
    if (id == nullptr || objective == nullptr) return;
    reserve(defined_ + rows);
    const CodeMap names = okrs_.key_result_names.add_all(*id);
    const CodeMap objectives = okrs_.objective_names.add_all(*objective);
    const Owners owners(part, okrs_);
    KeyResultCells cells(part, okrs_);
    place_.resize(okrs_.objective_names.size(), kNone);
    known_.resize(okrs_.key_result_names.size(), Known::nowhere);
    std::vector<uint32_t> rows_here(part.size());
    const size_t first = objective_of_.size();
    uint32_t* const objective_of = grow(objective_of_, part.size());
    uint32_t* const name_of = grow(okrs_.key_result_id, part.size());
    size_t here = 0;
    for (uint32_t row = 0; row < part.size(); ++row) {
      if (id->codes[row] == kMissingCode || objective->codes[row] == kMissingCode) continue;
      const uint32_t of = objectives[objective->codes[row]];
      if (place_[of] == kNone) make_objective(part, row, of, owners, first + here);
      const uint32_t name = names[id->codes[row]];
      know(name, is_here(of) ? Known::here : Known::elsewhere);
      if (!is_here(of)) continue;
      objective_of[here] = place_[of];
      name_of[here] = name;
      rows_here[here++] = row;
    }
    objective_of_.resize(first + here);
    okrs_.key_result_id.resize(first + here);
    rows_here.resize(here);
    add_cells(part, rows_here, cells);
  }

  // When all key results have been added. After it no name is added.
  void know_milestones() {
    for (const model::Objective& o : okrs_.defined) {
      for (const model::KeyResult& kr : o.key_results) {
        for (const model::Milestone& m : kr.milestones)
          know(okrs_.key_result_names.add(kr.id + "/" + m.id), Known::here);
      }
    }
    known_.resize(okrs_.key_result_names.size(), Known::nowhere);
  }

  // After that. Touches nothing that a CheckInBuilder does, so that both may run at once.
  void place_key_results() {
    GroupedRows rows = group_rows(objective_of_, okrs_.size());
    if (drop_twins(rows)) rows = group_rows(objective_of_, okrs_.size());
    findings_.tell(okrs_.key_result_names, okrs_.objective_names, diagnostics_);
    okrs_.key_results = std::move(rows.begin);
    rearrange_key_results(rows.order);
    uint32_t last = kNone;
    for (size_t row = defined_; row < objective_of_.size(); ++row) {
      if (objective_of_[row] != last) check_weights(objective_of_[row]);
      last = objective_of_[row];
    }
    objective_of_ = {};
  }

  CheckInBuilder checkins(Date as_of) { return CheckInBuilder(known_, as_of, okrs_, of_checkins_); }

  Okrs finish() {
    diagnostics_.insert(diagnostics_.end(), of_checkins_.begin(), of_checkins_.end());
    diagnostics_.insert(diagnostics_.end(), of_weights_.begin(), of_weights_.end());
    if (made_ > 0) {
      const std::vector<std::string> name = okrs_.objective_names.some({&first_made_.objective, 1});
      diagnostics_.push_back(make_warning("objective-made", first_made_.place,
                                          {std::to_string(made_), name[0], first_made_.owner, cycle_}));
      diagnostics_.back().severity = Severity::note;
    }
    return std::move(okrs_);
  }

 private:
  // The owners that a frame names.
  struct Owners {
    const Column* column;
    CodeMap names;

    Owners(const Frame& frame, Okrs& okrs) : column(frame.find("owner")) {
      if (column != nullptr) names = okrs.owners.add_all(*column);
    }
  };

  void reserve(size_t key_results) {
    objective_of_.reserve(key_results);
    okrs_.key_result_id.reserve(key_results);
    okrs_.type.reserve(key_results);
    okrs_.key_result_weight.reserve(key_results);
    okrs_.start.reserve(key_results);
    okrs_.target.reserve(key_results);
    okrs_.key_result_origin.reserve(key_results);
  }

  void add_definition(const model::Objective& o) {
    const uint32_t name = okrs_.objective_names.add(o.id);
    for (const model::KeyResult& kr : o.key_results) know(okrs_.key_result_names.add(kr.id), Known::elsewhere);
    if (o.cycle != cycle_) return note_elsewhere(name);
    const std::string owner = owner_text(o.owner);
    const uint32_t at = add(name, okrs_.owners.add(owner), o.owner.kind, o.weight, {});
    okrs_.defined.push_back(o);
    for (const model::KeyResult& kr : o.key_results) {
      const uint32_t of_kr = okrs_.key_result_names.add(kr.id);
      know(of_kr, Known::here);
      objective_of_.push_back(at);
      okrs_.key_result_id.push_back(of_kr);
      okrs_.type.push_back(kr.type);
      okrs_.key_result_weight.append(kr.weight);
      okrs_.start.append(kr.start);
      okrs_.target.append(std::nullopt);
      okrs_.key_result_origin.push_back({});
      ++defined_;
    }
  }

  void add_objectives(const Frame& frame) {
    const Column* id = frame.find("objective");
    if (id == nullptr) return;
    const CodeMap names = okrs_.objective_names.add_all(*id);
    const Column* cycle = frame.find("cycle");
    const Owners owners(frame, okrs_);
    const ObjectiveCells cells{
        frame.find("weight"), {frame.find("title"), okrs_.title}, {frame.find("supports"), okrs_.supports}};
    for (size_t row = 0; row < frame.size(); ++row) {
      if (id->missing(row)) continue;
      const uint32_t name = names[id->codes[row]];
      if (text_of(cycle, row) != cycle_)
        note_elsewhere(name);
      else if (is_here(name))  // already in a definition file: that one stands
        diagnostics_.push_back(make_warning("duplicate-objective", facts::span_of(origin_of(frame, row)),
                                            {std::string(id->text(row)), cycle_}));
      else
        add_objective(frame, row, name, owners, cells);
    }
  }

  bool is_here(uint32_t name) const { return name < place_.size() && place_[name] < kElsewhere; }
  void set_place(uint32_t name, uint32_t place) {
    if (name >= place_.size()) place_.resize(okrs_.objective_names.size(), kNone);
    place_[name] = place;
  }
  void note_elsewhere(uint32_t name) {
    if (!is_here(name)) set_place(name, kElsewhere);
  }
  void know(uint32_t name, Known how) {
    if (name >= known_.size()) known_.resize(okrs_.key_result_names.size(), Known::nowhere);
    known_[name] = std::max(known_[name], how);
  }

  uint32_t add(uint32_t name, uint32_t owner, OwnerKind kind, const std::optional<Decimal>& weight, Origin origin) {
    const auto at = static_cast<uint32_t>(okrs_.size());
    if (!is_here(name)) set_place(name, at);
    okrs_.id.push_back(name);
    okrs_.owner_kind.push_back(kind);
    okrs_.owner.push_back(owner);
    okrs_.weight.append(weight);
    okrs_.origin.push_back(origin);
    return at;
  }

  uint32_t add_owned(const Frame& frame, size_t row, uint32_t name, const Owners& owners,
                     const std::optional<Decimal>& weight) {
    const bool given = has_cell(owners.column, row);
    const uint32_t owner = given ? owners.names[owners.column->codes[row]] : okrs_.owners.add("");
    return add(name, owner, kind_of_owner(text_of(owners.column, row)), weight, origin_of(frame, row));
  }

  void add_objective(const Frame& frame, size_t row, uint32_t name, const Owners& owners, const ObjectiveCells& cells) {
    const uint32_t at = add_owned(frame, row, name, owners, decimal_of(cells.weight, row));
    cells.title.copy(row, okrs_.title, at);
    cells.supports.copy(row, okrs_.supports, at);
  }

  void make_objective(const Frame& part, size_t row, uint32_t name, const Owners& owners, size_t key_result) {
    const std::string_view owner = text_of(owners.column, row);
    if (owner.empty()) return findings_.add({key_result, "unknown-objective", origin_of(part, row), kUnnamed, name});
    if (made_++ == 0) first_made_ = {facts::span_of(origin_of(part, row)), name, std::string(owner)};
    add_owned(part, row, name, owners, std::nullopt);
  }

  // What the rows say of the key results that were added last.
  void add_cells(const Frame& part, std::span<const uint32_t> rows, const KeyResultCells& cells) {
    const size_t first = okrs_.type.size();
    KeyResultType* type = grow(okrs_.type, rows.size());
    for (const uint32_t row : rows)
      *type++ = has_cell(cells.type, row) ? cells.types[cells.type->codes[row]] : KeyResultType::committed;
    okrs_.key_result_origin.append(part.sources, part.rows, rows);
    append_cells(okrs_.key_result_weight, cells.weight, rows);
    append_cells(okrs_.start, cells.start, rows);
    append_cells(okrs_.target, cells.target, rows);
    for (size_t i = 0; i < rows.size(); ++i) {
      cells.title.copy(rows[i], okrs_.key_result_title, first + i);
      cells.kpi.copy(rows[i], okrs_.kpi, first + i);
      if (okrs_.type[first + i] != KeyResultType::guardrail) check_distance(first + i);
    }
  }

  void check_distance(size_t key_result) {
    if (!okrs_.target.has(key_result)) return;
    if (okrs_.target.at(key_result) != okrs_.start[key_result].value_or(Decimal{})) return;
    findings_.add({key_result, kStartEqualsTarget, okrs_.key_result_origin[key_result], okrs_.key_result_id[key_result],
                   kUnnamed});
  }

  // Of two key results of one id in one objective the first stands.
  bool drop_twins(const GroupedRows& rows) {
    std::vector<uint8_t> dropped;
    for (size_t o = 0; o < okrs_.size(); ++o) {
      for (uint32_t k = rows.begin[o] + 1; k < rows.begin[o + 1]; ++k) {
        if (rows.at(k) < defined_ || !has_twin(rows, rows.begin[o], k)) continue;
        dropped.resize(objective_of_.size());
        dropped[rows.at(k)] = 1;
        report_twin(rows.at(k), o);
      }
    }
    std::vector<uint32_t> kept;
    for (uint32_t row = 0; row < dropped.size(); ++row) {
      if (dropped[row] == 0) kept.push_back(row);
    }
    rearrange_key_results(kept);
    rearrange(objective_of_, kept);
    return !kept.empty();
  }

  bool has_twin(const GroupedRows& rows, uint32_t first, uint32_t k) const {
    const uint32_t name = okrs_.key_result_id[rows.at(k)];
    while (first < k && okrs_.key_result_id[rows.at(first)] != name) ++first;
    return first < k;
  }

  void report_twin(uint32_t row, size_t objective) {
    findings_.take_back(row, kStartEqualsTarget);
    findings_.add(
        {row, "duplicate-key-result", okrs_.key_result_origin[row], okrs_.key_result_id[row], okrs_.id[objective]});
  }

  void rearrange_key_results(std::span<const uint32_t> order) {
    const size_t rows = okrs_.key_result_id.size();
    rearrange(okrs_.key_result_id, order);
    rearrange(okrs_.type, order);
    okrs_.key_result_weight.rearrange(order);
    okrs_.start.rearrange(order);
    okrs_.target.rearrange(order);
    okrs_.key_result_origin.rearrange(order);
    okrs_.key_result_title.rearrange(rows, order);
    okrs_.kpi.rearrange(rows, order);
  }

  // All of an objective's key results have a weight or none has: the definitions' rule, for imported ones a warning.
  void check_weights(uint32_t o) {
    size_t with = 0;
    size_t without = 0;
    for (uint32_t k = okrs_.key_results[o]; k < okrs_.key_results[o + 1]; ++k) {
      if (is_weighted(okrs_.type[k])) ++(okrs_.key_result_weight.has(k) ? with : without);
    }
    if (with == 0 || without == 0) return;
    for (uint32_t k = okrs_.key_results[o]; k < okrs_.key_results[o + 1]; ++k)
      okrs_.key_result_weight.set(k, std::nullopt);
    of_weights_.push_back(
        make_warning("weights-mixed/import", okrs_.span_of(o), {std::string(okrs_.objective_names[okrs_.id[o]])}));
  }

  std::string cycle_;
  Diagnostics& diagnostics_;
  Okrs okrs_;
  std::vector<uint32_t> place_;         // by name: the objective of the cycle, kElsewhere, or kNone
  std::vector<Known> known_;            // by name of key results and milestones
  UnsetVector<uint32_t> objective_of_;  // of each key result, until they are placed
  size_t defined_ = 0;                  // key results of definition files, which come first
  KeyResultFindings findings_;
  Diagnostics of_weights_, of_checkins_;
  struct Made {
    SourceSpan place;
    uint32_t objective = kUnnamed;
    std::string owner;
  };
  Made first_made_;  // of the objectives that no file defines, made for the owners of their key results
  uint64_t made_ = 0;
};

}  // namespace

Okrs build_okrs(const model::Definitions& definitions, const OkrTables& tables, std::string_view cycle, Date as_of,
                int threads, Diagnostics& diagnostics) {
  OkrBuilder builder(cycle, diagnostics);
  {
    const std::vector<Frame> objectives = tables.objectives();
    bool begun = false;
    const auto begin = [&](const Frame* key_results) {
      if (!begun) builder.begin(definitions.objectives, objectives, key_results);
      begun = true;
    };
    tables.key_results([&](const Frame& part, size_t rows) {
      begin(&part);
      builder.add_key_results(part, rows);
    });
    begin(nullptr);
  }
  builder.know_milestones();
  CheckInBuilder checkins = builder.checkins(as_of);
  for_pieces(2, threads, [&](size_t part, size_t) {
    if (part == 1) return builder.place_key_results();
    tables.checkins([&](const Frame& rows, size_t all) { checkins.add(rows, all); });
    checkins.finish();
  });
  return builder.finish();
}

void find_owners(Okrs& okrs, const People& people) {
  const NumbersByCode persons(okrs.owners.imported(), people.id);
  const size_t imported = okrs.owners.imported().size();
  okrs.owner_person.assign(okrs.size(), kNone);
  for (uint32_t o = 0; o < okrs.size(); ++o) {
    if (okrs.owner_kind[o] != OwnerKind::employee) continue;
    const uint32_t owner = okrs.owner[o];
    okrs.owner_person[o] = owner < imported ? persons[owner] : people.find(okrs.owners[owner]).value_or(kNone);
  }
}

}  // namespace hr::facts
