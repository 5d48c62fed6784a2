#include "facts/okrs.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "facts/cells.h"

namespace hr::facts {

namespace {

model::Owner parse_owner(std::string_view text, const SourceSpan& span) {
  if (text == "company") return {model::OwnerKind::company, {}, span};
  if (text.substr(0, 5) == "unit:") return {model::OwnerKind::unit, std::string(text.substr(5)), span};
  return {model::OwnerKind::employee, std::string(text), span};
}

model::KeyResultType parse_type(std::string_view text) {
  if (text == "aspirational") return model::KeyResultType::aspirational;
  if (text == "learning") return model::KeyResultType::learning;
  if (text == "guardrail") return model::KeyResultType::guardrail;
  return model::KeyResultType::committed;
}

bool is_weighted(const model::KeyResult& kr) {
  return kr.type != model::KeyResultType::guardrail && kr.type != model::KeyResultType::learning;
}

class OkrBuilder {
 public:
  OkrBuilder(std::string_view cycle, Diagnostics& diagnostics) : cycle_(cycle), diagnostics_(diagnostics) {}

  void add_definitions(const std::vector<model::Objective>& objectives) {
    for (const model::Objective& o : objectives) {
      for (const model::KeyResult& kr : o.key_results) known_key_results_.insert(kr.id);
      if (o.cycle == cycle_)
        add(o, {});
      else
        other_cycles_.insert(o.id);
    }
  }

  void add_objectives(const Frame& frame) {
    const Column* id = frame.find("objective");
    if (id == nullptr) return;
    const Column* cycle = frame.find("cycle");
    for (size_t row = 0; row < frame.size(); ++row) {
      if (id->missing(row)) continue;
      if (text_of(cycle, row) == cycle_)
        add_objective(frame, row, id->text(row));
      else
        other_cycles_.emplace(id->text(row));
    }
  }

  void add_key_results(const Frame& frame) {
    const Column* id = frame.find("key_result");
    const Column* objective = frame.find("objective");
    if (id == nullptr || objective == nullptr) return;
    for (size_t row = 0; row < frame.size(); ++row) {
      if (id->missing(row) || objective->missing(row)) continue;
      known_key_results_.emplace(id->text(row));
      const std::optional<size_t> at = objective_for(frame, row, std::string(objective->text(row)));
      if (at) add_key_result(*at, frame, row, id->text(row));
    }
  }

  void add_checkins(const Frame& frame, Date as_of) {
    const Column* id = frame.find("key_result");
    const Column* date = frame.find("date");
    if (id == nullptr || date == nullptr) return;
    const std::vector<std::vector<CheckIn>*> lists = lists_of(id->dictionary);
    std::vector<bool> reported(lists.size());
    for (size_t row = 0; row < frame.size(); ++row) {
      if (id->missing(row) || date->missing(row)) continue;
      const uint32_t code = id->codes[row];
      if (lists[code] != nullptr && *date->date(row) <= as_of) {
        lists[code]->push_back(read_checkin(frame, row, *date->date(row)));
      } else if (lists[code] == nullptr && !reported[code] && !is_known(id->text(row))) {
        reported[code] = true;
        warn("unknown-key-result", frame, row, {std::string(id->text(row))});
      }
    }
  }

  Okrs finish() {
    for (auto it = okrs_.checkins.begin(); it != okrs_.checkins.end();) {
      std::stable_sort(it->second.begin(), it->second.end(), [](const CheckIn& a, const CheckIn& b) {
        return std::tie(a.date, a.origin.source, a.origin.row) < std::tie(b.date, b.origin.source, b.origin.row);
      });
      it = it->second.empty() ? okrs_.checkins.erase(it) : std::next(it);
    }
    for (const size_t o : touched_) check_weights(okrs_.objectives[o]);
    if (made_ > 0) {
      diagnostics_.push_back(make_warning("objective-made", first_made_.place,
                                          {std::to_string(made_), first_made_.objective, first_made_.owner, cycle_}));
      diagnostics_.back().severity = Severity::note;
    }
    return std::move(okrs_);
  }

 private:
  size_t add(model::Objective objective, Origin origin) {
    const size_t at = okrs_.objectives.size();
    index_.emplace(objective.id, at);
    okrs_.objectives.push_back(std::move(objective));
    okrs_.origin.push_back(origin);
    return at;
  }

  void add_objective(const Frame& frame, size_t row, std::string_view id) {
    if (index_.count(std::string(id)) > 0) {  // already in a definition file: that one stands
      return warn("duplicate-objective", frame, row, {std::string(id), cycle_});
    }
    model::Objective o;
    o.id = id;
    o.cycle = cycle_;
    o.span = span_of(origin_of(frame, row));
    o.owner = parse_owner(text_of(frame.find("owner"), row), o.span);
    o.title = plain_text(text_of(frame.find("title"), row));
    o.supports = text_of(frame.find("supports"), row);
    o.weight = decimal_of(frame.find("weight"), row);
    add(std::move(o), origin_of(frame, row));
  }

  // The objective that a key result belongs to; none when it is not of this cycle, or nobody's.
  std::optional<size_t> objective_for(const Frame& frame, size_t row, const std::string& id) {
    if (const auto it = index_.find(id); it != index_.end()) return it->second;
    if (other_cycles_.count(id) > 0) return std::nullopt;
    const std::string_view owner = text_of(frame.find("owner"), row);
    if (owner.empty()) {
      warn("unknown-objective", frame, row, {id});
      return std::nullopt;
    }
    model::Objective o;
    o.id = id;
    o.cycle = cycle_;
    o.span = span_of(origin_of(frame, row));
    o.owner = parse_owner(owner, o.span);
    if (made_++ == 0) first_made_ = {span_of(origin_of(frame, row)), std::string(id), std::string(owner)};
    return add(std::move(o), origin_of(frame, row));
  }

  void add_key_result(size_t at, const Frame& frame, size_t row, std::string_view id) {
    model::Objective& objective = okrs_.objectives[at];
    for (const model::KeyResult& kr : objective.key_results) {
      if (kr.id == id) return warn("duplicate-key-result", frame, row, {std::string(id), objective.id});
    }
    model::KeyResult kr;
    kr.id = id;
    kr.span = span_of(origin_of(frame, row));
    kr.type = parse_type(text_of(frame.find("type"), row));
    kr.title = plain_text(text_of(frame.find("title"), row));
    kr.weight = decimal_of(frame.find("weight"), row);
    kr.start = decimal_of(frame.find("start"), row).value_or(Decimal{});
    kr.target = decimal_of(frame.find("target"), row);
    kr.unit = text_of(frame.find("unit"), row);
    kr.kpi = text_of(frame.find("kpi"), row);
    if (kr.type == model::KeyResultType::guardrail) kr.limit = std::exchange(kr.target, std::nullopt);
    if (kr.target && *kr.target == kr.start) warn("start-equals-target/import", frame, row, {kr.id});
    objective.key_results.push_back(std::move(kr));
    if (touched_.empty() || touched_.back() != at) touched_.push_back(at);
  }

  // All of an objective's key results have a weight or none has: the definitions' rule, for imported ones a warning.
  void check_weights(model::Objective& objective) {
    size_t with = 0;
    size_t without = 0;
    for (const model::KeyResult& kr : objective.key_results) {
      if (is_weighted(kr)) ++(kr.weight ? with : without);
    }
    if (with == 0 || without == 0) return;
    for (model::KeyResult& kr : objective.key_results) kr.weight.reset();
    diagnostics_.push_back(make_warning("weights-mixed/import", objective.span, {objective.id}));
  }

  // Where the check-ins of each name go: nullptr = not of this cycle.
  std::vector<std::vector<CheckIn>*> lists_of(const Dictionary& names) {
    std::unordered_set<std::string> wanted;
    for (const model::Objective& o : okrs_.objectives) {
      for (const model::KeyResult& kr : o.key_results) {
        wanted.insert(kr.id);
        for (const model::Milestone& m : kr.milestones) wanted.insert(kr.id + "/" + m.id);
      }
    }
    std::vector<std::vector<CheckIn>*> lists(names.size(), nullptr);
    for (uint32_t code = 0; code < names.size(); ++code) {
      const std::string name(names[code]);
      if (wanted.count(name) > 0) lists[code] = &okrs_.checkins[name];
    }
    return lists;
  }

  // A key result of another cycle, or a milestone of one.
  bool is_known(std::string_view name) const {
    if (known_key_results_.count(std::string(name)) > 0) return true;
    const size_t slash = name.rfind('/');
    return slash != std::string_view::npos && known_key_results_.count(std::string(name.substr(0, slash))) > 0 &&
           !in_cycle(name.substr(0, slash));
  }
  bool in_cycle(std::string_view key_result) const {
    return std::any_of(okrs_.objectives.begin(), okrs_.objectives.end(), [&](const model::Objective& o) {
      return std::any_of(o.key_results.begin(), o.key_results.end(),
                         [&](const model::KeyResult& kr) { return kr.id == key_result; });
    });
  }

  static std::optional<double> number(const Column* column, size_t row) {
    const std::optional<Decimal> value = decimal_of(column, row);
    return value ? std::optional(value->to_double()) : std::nullopt;
  }

  static CheckIn read_checkin(const Frame& frame, size_t row, Date date) {
    return {date,
            number(frame.find("value"), row),
            number(frame.find("confidence"), row),
            std::string(text_of(frame.find("note"), row)),
            std::string(text_of(frame.find("author"), row)),
            origin_of(frame, row)};
  }

  void warn(std::string message, const Frame& frame, size_t row, std::vector<std::string> args) {
    diagnostics_.push_back(make_warning(std::move(message), span_of(origin_of(frame, row)), std::move(args)));
  }

  std::string cycle_;
  Diagnostics& diagnostics_;
  Okrs okrs_;
  std::unordered_map<std::string, size_t> index_;      // objectives of the cycle
  std::unordered_set<std::string> other_cycles_;       // objectives of other cycles
  std::unordered_set<std::string> known_key_results_;  // of any cycle
  struct Made {
    SourceSpan place;
    std::string objective;
    std::string owner;
  };
  Made first_made_;  // of the objectives that no file defines, made for the owners of their key results
  uint64_t made_ = 0;
  std::vector<size_t> touched_;  // objectives with imported key results
};

}  // namespace

Okrs build_okrs(const model::Definitions& definitions, const OkrFrames& frames, std::string_view cycle, Date as_of,
                Diagnostics& diagnostics) {
  OkrBuilder builder(cycle, diagnostics);
  builder.add_definitions(definitions.objectives);
  for (const Frame& f : frames.objectives) builder.add_objectives(f);
  for (const Frame& f : frames.key_results) builder.add_key_results(f);
  for (const Frame& f : frames.checkins) builder.add_checkins(f, as_of);
  return builder.finish();
}

}  // namespace hr::facts
