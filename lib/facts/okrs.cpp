#include "facts/okrs.h"

#include <algorithm>
#include <string>
#include <utility>

#include "facts/okr_checkins.h"
#include "facts/unknown_people.h"

namespace hr::facts {

namespace {

using model::KeyResultType;
using model::OwnerKind;

constexpr uint32_t kElsewhere = kNone - 1;  // an objective of another cycle

OwnerKind kind_of_owner(std::string_view text) {
  if (text == "company") return OwnerKind::company;
  return text.substr(0, 5) == "unit:" ? OwnerKind::unit : OwnerKind::employee;
}

std::string owner_text(const model::Owner& owner) {
  if (owner.kind == OwnerKind::company) return "company";
  return owner.kind == OwnerKind::unit ? "unit:" + owner.id : owner.id;
}

KeyResultType parse_type(std::string_view text) {
  if (text == "aspirational") return KeyResultType::aspirational;
  if (text == "learning") return KeyResultType::learning;
  if (text == "guardrail") return KeyResultType::guardrail;
  return KeyResultType::committed;
}

bool is_weighted(KeyResultType type) {
  return type != KeyResultType::guardrail && type != KeyResultType::learning;
}

SharedDictionary dictionary_of(const std::vector<Frame>& frames, const char* column) {
  const Column* c = frames.empty() ? nullptr : frames.front().find(column);
  return c != nullptr ? c->dictionary : SharedDictionary();
}

void set_text(TextColumn& out, size_t at, const Column* column, size_t row) {
  if (!has_cell(column, row)) return;  // rows beyond the end have none
  if (out.texts.size() == 0) out.texts = column->dictionary;
  if (at >= out.size()) out.codes.resize(at + 1, kMissingCode);
  const uint32_t code = column->codes[row];
  out.codes[at] = out.texts.same_as(column->dictionary) ? code : out.texts.add(column->dictionary[code]);
}

// Findings of rows, told in the order of the rows.
class RowFindings {
 public:
  void add(size_t frame, size_t row, std::string message, Origin at, std::vector<std::string> args) {
    found_.emplace_back(std::pair(frame, row), make_warning(std::move(message), span_of(at), std::move(args)));
  }
  void tell(Diagnostics& diagnostics) {
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [place, diagnostic] : found_) diagnostics.push_back(std::move(diagnostic));
  }

 private:
  std::vector<std::pair<std::pair<size_t, size_t>, Diagnostic>> found_;
};

class OkrBuilder {
 public:
  OkrBuilder(const People& people, std::string_view cycle, Diagnostics& diagnostics)
      : people_(people), cycle_(cycle), diagnostics_(diagnostics) {}

  // Names have the numbers of the imported columns: nearly all of them are there.
  void begin(const std::vector<Frame>& objectives, const std::vector<Frame>& key_results) {
    okrs_.objective_names = Names(dictionary_of(key_results, "objective"));
    okrs_.key_result_names = Names(dictionary_of(key_results, "key_result"));
    okrs_.owners = Names(dictionary_of(key_results, "owner"));
    size_t most = 0;
    for (const Frame& f : objectives) most += f.size();
    reserve(most);
  }

  void add_definitions(const std::vector<model::Objective>& objectives) {
    for (const model::Objective& o : objectives) {
      const uint32_t name = okrs_.objective_names.add(o.id);
      for (const model::KeyResult& kr : o.key_results) know(okrs_.key_result_names.add(kr.id), Known::elsewhere);
      if (o.cycle != cycle_) {
        note_elsewhere(name);
        continue;
      }
      const std::string owner = owner_text(o.owner);
      const uint32_t person = o.owner.kind == OwnerKind::employee ? people_.find(o.owner.id).value_or(kNone) : kNone;
      add(name, okrs_.owners.add(owner), o.owner.kind, person, o.weight, {});
      okrs_.defined.push_back(o);
    }
  }

  void add_objectives(const Frame& frame) {
    const Column* id = frame.find("objective");
    if (id == nullptr) return;
    const Names::Numbers names = okrs_.objective_names.add_all(*id);
    const Column* cycle = frame.find("cycle");
    const Owners owners(frame, *this);
    for (size_t row = 0; row < frame.size(); ++row) {
      if (id->missing(row)) continue;
      const uint32_t name = names[id->codes[row]];
      if (text_of(cycle, row) != cycle_)
        note_elsewhere(name);
      else if (is_here(name))  // already in a definition file: that one stands
        diagnostics_.push_back(make_warning("duplicate-objective", facts::span_of(origin_of(frame, row)),
                                            {std::string(id->text(row)), cycle_}));
      else
        add_objective(frame, row, name, owners);
    }
  }

  void add_key_results(const std::vector<Frame>& frames) {
    std::vector<std::vector<uint32_t>> objectives;  // of each row; kNone: the row does not count
    for (size_t f = 0; f < frames.size(); ++f) objectives.push_back(find_objectives(frames[f], f));
    find_places(objectives);
    if (drop_twins(frames, objectives)) find_places(objectives);
    place_definitions();
    std::vector<uint32_t> next = first_imported();
    for (size_t f = 0; f < frames.size(); ++f) place_key_results(frames[f], f, objectives[f], next);
    findings_.tell(diagnostics_);
  }

  Okrs finish(const std::vector<Frame>& checkins, Date as_of) {
    for (const model::Objective& o : okrs_.defined) {
      for (const model::KeyResult& kr : o.key_results) {
        for (const model::Milestone& m : kr.milestones)
          know(okrs_.key_result_names.add(kr.id + "/" + m.id), Known::here);
      }
    }
    known_.resize(okrs_.key_result_names.size(), Known::nowhere);
    add_checkins(checkins, known_, as_of, okrs_, diagnostics_);
    for (const uint32_t o : touched_) check_weights(o);
    if (made_ > 0) {
      diagnostics_.push_back(make_warning("objective-made", first_made_.place,
                                          {std::to_string(made_), first_made_.objective, first_made_.owner, cycle_}));
      diagnostics_.back().severity = Severity::note;
    }
    return std::move(okrs_);
  }

 private:
  // The owners that a frame names.
  struct Owners {
    const Column* column;
    Names::Numbers names;
    NumbersByCode persons;

    Owners(const Frame& frame, OkrBuilder& builder) : column(frame.find("owner")) {
      if (column == nullptr) return;
      names = builder.okrs_.owners.add_all(*column);
      persons = NumbersByCode(column->dictionary, builder.people_.id);
    }
  };

  void reserve(size_t n) {
    okrs_.id.reserve(n);
    okrs_.owner_kind.reserve(n);
    okrs_.owner.reserve(n);
    okrs_.owner_person.reserve(n);
    okrs_.origin.reserve(n);
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

  uint32_t add(uint32_t name, uint32_t owner, OwnerKind kind, uint32_t person, const std::optional<Decimal>& weight,
               Origin origin) {
    const auto at = static_cast<uint32_t>(okrs_.size());
    if (!is_here(name)) set_place(name, at);
    okrs_.id.push_back(name);
    okrs_.owner_kind.push_back(kind);
    okrs_.owner.push_back(owner);
    okrs_.owner_person.push_back(person);
    okrs_.weight.append(weight);
    okrs_.origin.push_back(origin);
    return at;
  }

  uint32_t add_owned(const Frame& frame, size_t row, uint32_t name, const Owners& owners,
                     const std::optional<Decimal>& weight) {
    const std::string_view text = text_of(owners.column, row);
    const OwnerKind kind = kind_of_owner(text);
    const bool given = has_cell(owners.column, row);
    const uint32_t owner = given ? owners.names[owners.column->codes[row]] : okrs_.owners.add("");
    const uint32_t person = given && kind == OwnerKind::employee ? owners.persons[owners.column->codes[row]] : kNone;
    return add(name, owner, kind, person, weight, origin_of(frame, row));
  }

  void add_objective(const Frame& frame, size_t row, uint32_t name, const Owners& owners) {
    const uint32_t at = add_owned(frame, row, name, owners, decimal_of(frame.find("weight"), row));
    set_text(okrs_.title, at, frame.find("title"), row);
    set_text(okrs_.supports, at, frame.find("supports"), row);
  }

  // The objective that each key result of a frame belongs to; none when it is not of this cycle, or nobody's.
  std::vector<uint32_t> find_objectives(const Frame& frame, size_t number) {
    const Column* id = frame.find("key_result");
    const Column* objective = frame.find("objective");
    std::vector<uint32_t> out(frame.size(), kNone);
    if (id == nullptr || objective == nullptr) return out;
    const Names::Numbers names = okrs_.key_result_names.add_all(*id);
    const Names::Numbers objectives = okrs_.objective_names.add_all(*objective);
    const Owners owners(frame, *this);
    place_.resize(okrs_.objective_names.size(), kNone);
    known_.resize(okrs_.key_result_names.size(), Known::nowhere);
    for (size_t row = 0; row < frame.size(); ++row) {
      if (id->missing(row) || objective->missing(row)) continue;
      const uint32_t name = objectives[objective->codes[row]];
      if (place_[name] == kNone) make_objective(frame, number, row, name, owners);
      out[row] = is_here(name) ? place_[name] : kNone;
      know(names[id->codes[row]], out[row] == kNone ? Known::elsewhere : Known::here);
    }
    return out;
  }

  void make_objective(const Frame& frame, size_t number, size_t row, uint32_t name, const Owners& owners) {
    const std::string id(okrs_.objective_names[name]);
    const std::string_view owner = text_of(owners.column, row);
    if (owner.empty()) return findings_.add(number, row, "unknown-objective", origin_of(frame, row), {id});
    if (made_++ == 0) first_made_ = {facts::span_of(origin_of(frame, row)), id, std::string(owner)};
    add_owned(frame, row, name, owners, std::nullopt);
  }

  // Where the key results of each objective begin.
  void find_places(const std::vector<std::vector<uint32_t>>& objectives) {
    std::vector<uint32_t>& begin = okrs_.key_results;
    begin.assign(okrs_.size() + 1, 0);
    for (size_t o = 0; o < okrs_.defined.size(); ++o)
      begin[o + 1] = static_cast<uint32_t>(okrs_.defined[o].key_results.size());
    for (const std::vector<uint32_t>& of_frame : objectives) {
      for (const uint32_t o : of_frame) {
        if (o != kNone) ++begin[o + 1];
      }
    }
    for (size_t o = 0; o < okrs_.size(); ++o) begin[o + 1] += begin[o];
  }

  std::vector<uint32_t> first_imported() const {
    std::vector<uint32_t> first(okrs_.key_results.begin(), okrs_.key_results.end() - 1);
    for (size_t o = 0; o < okrs_.defined.size(); ++o)
      first[o] += static_cast<uint32_t>(okrs_.defined[o].key_results.size());
    return first;
  }

  // Of two key results of one id in one objective the first stands. Fills key_result_id on the way.
  bool drop_twins(const std::vector<Frame>& frames, std::vector<std::vector<uint32_t>>& objectives) {
    std::vector<uint32_t>& names = okrs_.key_result_id;
    names.resize(okrs_.key_results.back());
    for (uint32_t o = 0; o < okrs_.defined.size(); ++o) {
      for (size_t k = 0; k < okrs_.defined[o].key_results.size(); ++k)
        names[okrs_.key_results[o] + k] = *okrs_.key_result_names.find(okrs_.defined[o].key_results[k].id);
    }
    std::vector<uint32_t> next = first_imported();
    bool any = false;
    for (size_t f = 0; f < frames.size(); ++f) {
      const Column* id = frames[f].find("key_result");
      if (id == nullptr) continue;
      const Names::Numbers numbers = okrs_.key_result_names.numbers_of(*id);
      for (size_t row = 0; row < frames[f].size(); ++row) {
        uint32_t& o = objectives[f][row];
        if (o == kNone) continue;
        const uint32_t name = numbers[id->codes[row]];
        const auto at = names.begin() + next[o];
        if (std::find(names.begin() + okrs_.key_results[o], at, name) == at) {
          names[next[o]++] = name;
          continue;
        }
        findings_.add(f, row, "duplicate-key-result", origin_of(frames[f], row),
                      {std::string(id->text(row)), std::string(okrs_.objective_names[okrs_.id[o]])});
        o = kNone;
        any = true;
      }
    }
    return any;
  }

  void place_definitions() {
    const uint32_t n = okrs_.key_results.back();
    okrs_.key_result_id.resize(n);
    okrs_.type.resize(n);
    okrs_.key_result_weight.resize(n);
    okrs_.start.resize(n);
    okrs_.target.resize(n);
    okrs_.key_result_origin.resize(n);
    for (uint32_t o = 0; o < okrs_.defined.size(); ++o) {
      for (size_t i = 0; i < okrs_.defined[o].key_results.size(); ++i) {
        const model::KeyResult& kr = okrs_.defined[o].key_results[i];
        const size_t k = okrs_.key_results[o] + i;
        okrs_.key_result_id[k] = *okrs_.key_result_names.find(kr.id);
        know(okrs_.key_result_id[k], Known::here);
        okrs_.type[k] = kr.type;
        okrs_.key_result_weight.set(k, kr.weight);
        okrs_.start.set(k, kr.start);
      }
    }
  }

  void place_key_results(const Frame& frame, size_t number, const std::vector<uint32_t>& objectives,
                         std::vector<uint32_t>& next) {
    const Column* id = frame.find("key_result");
    if (id == nullptr) return;
    const Names::Numbers names = okrs_.key_result_names.numbers_of(*id);
    const Column* type = frame.find("type");
    const Column* weight = frame.find("weight");
    const Column* start = frame.find("start");
    const Column* target = frame.find("target");
    const Column* title = frame.find("title");
    const Column* kpi = frame.find("kpi");
    std::vector<KeyResultType> types;  // by code
    for (uint32_t code = 0; type != nullptr && code < type->dictionary.size(); ++code)
      types.push_back(parse_type(type->dictionary[code]));
    for (size_t row = 0; row < frame.size(); ++row) {
      const uint32_t o = objectives[row];
      if (o == kNone) continue;
      const uint32_t k = next[o]++;
      okrs_.key_result_id[k] = names[id->codes[row]];
      okrs_.type[k] = has_cell(type, row) ? types[type->codes[row]] : KeyResultType::committed;
      okrs_.key_result_weight.set(k, decimal_of(weight, row));
      okrs_.start.set(k, decimal_of(start, row));
      okrs_.target.set(k, decimal_of(target, row));
      okrs_.key_result_origin[k] = origin_of(frame, row);
      set_text(okrs_.key_result_title, k, title, row);
      set_text(okrs_.kpi, k, kpi, row);
      if (touched_.empty() || touched_.back() != o) touched_.push_back(o);
      const std::optional<Decimal> at = decimal_of(target, row);
      if (okrs_.type[k] != KeyResultType::guardrail && at && *at == decimal_of(start, row).value_or(Decimal{}))
        findings_.add(number, row, "start-equals-target/import", origin_of(frame, row), {std::string(id->text(row))});
    }
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
    diagnostics_.push_back(
        make_warning("weights-mixed/import", okrs_.span_of(o), {std::string(okrs_.objective_names[okrs_.id[o]])}));
  }

  const People& people_;
  std::string cycle_;
  Diagnostics& diagnostics_;
  Okrs okrs_;
  std::vector<uint32_t> place_;  // by name: the objective of the cycle, kElsewhere, or kNone
  std::vector<Known> known_;     // by name of key results and milestones
  RowFindings findings_;         // of key results
  struct Made {
    SourceSpan place;
    std::string objective;
    std::string owner;
  };
  Made first_made_;  // of the objectives that no file defines, made for the owners of their key results
  uint64_t made_ = 0;
  std::vector<uint32_t> touched_;  // objectives with imported key results
};

}  // namespace

Okrs build_okrs(const model::Definitions& definitions, const std::function<std::vector<Frame>(model::TableId)>& records,
                const People& people, std::string_view cycle, Date as_of, Diagnostics& diagnostics) {
  OkrBuilder builder(people, cycle, diagnostics);
  {
    const std::vector<Frame> objectives = records(model::TableId::objectives);
    const std::vector<Frame> key_results = records(model::TableId::key_results);
    builder.begin(objectives, key_results);
    builder.add_definitions(definitions.objectives);
    for (const Frame& f : objectives) builder.add_objectives(f);
    builder.add_key_results(key_results);
  }  // not in memory together with the check-ins
  return builder.finish(records(model::TableId::checkins), as_of);
}

}  // namespace hr::facts
