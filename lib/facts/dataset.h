// The facts of one cycle, in columns, as the scoring kernels read them. People, spells and units have dense numbers
// that live as long as the dataset. Built by dataset_builder.h from the store's records; holds nothing after that.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/figure.h"
#include "base/period.h"
#include "facts/columns.h"
#include "facts/decimal_column.h"
#include "facts/fact_column.h"
#include "facts/frame.h"
#include "facts/okr_columns.h"

namespace hr::facts {

// People, ascending by employee_id (bytes). Index = dense person number.
struct People {
  IdColumn id;                     // with the dictionary of the store's subjects, where the frames have it
  TextColumn name;                 // empty = none
  std::vector<DateRange> service;  // hire_date to termination_date of the employee row; kFarPast, kFarFuture where open
  std::vector<Origin> origin;

  size_t size() const { return id.size(); }
  std::optional<uint32_t> find(std::string_view employee_id) const { return id.find(employee_id); }
};

// Spells of all people, grouped by person, ascending and not overlapping within one.
// Columns of `attributes` are named as expressions name them: employee_id, name, email, org_unit, manager_id, job,
// grade, region, legal_entity, fte, base_salary, currency, hire_date, termination_date, attr.NAME …; one row a spell.
// Of these only employee_id and what some file carries are there: nothing is known of the others.
struct Spells {
  std::vector<uint32_t> begin;  // spells of person p are [begin[p], begin[p + 1])
  std::vector<uint32_t> person;
  std::vector<DateRange> range;
  std::vector<uint32_t> unit;  // dense unit, kNone = no unit
  Frame attributes;

  size_t size() const { return person.size(); }
  // Of the assignment that begins it, or of the employee row.
  Origin origin(size_t s) const { return {attributes.sources[s], attributes.rows[s]}; }
  std::vector<std::string> attribute_names() const;                // all that may be asked for, carried or not
  uint32_t last_of(uint32_t p) const { return begin[p + 1] - 1; }  // only when the person has one
};

// Org units as of one day, ascending by id; units named but not listed are there as roots.
struct OrgTree {
  IdColumn id;  // with the dictionary of the store's subjects, where the frames have it
  TextColumn name;
  std::vector<uint32_t> parent;  // kNone = a root
  std::vector<uint32_t> depth;   // root = 1
  TextColumn head;               // head_id, empty = none
  std::vector<uint8_t> listed;   // 1 = a row of org_units is in force that day; 0 = only named, or closed by then

  size_t size() const { return id.size(); }
  std::optional<uint32_t> find(std::string_view unit) const { return id.find(unit); }
  // The ancestor at `level` (root = 1), or the unit itself where it lies above that level.
  uint32_t ancestor_at(uint32_t unit, uint32_t level) const;
  bool is_within(uint32_t unit, uint32_t ancestor) const;  // a unit is within itself
};

enum class TargetSubject : uint8_t { employee, job, unit };
struct TargetRow {
  DateRange range;
  std::optional<Decimal> weight, threshold, target, stretch;
  Origin origin;
};
// Bulk targets. The most specific wins: employee, job, unit, then the scorecard's own.
struct Targets {
  struct Key {
    TargetSubject kind;
    std::string subject;
    std::string kpi;
    bool operator==(const Key&) const = default;
  };
  struct KeyView {  // of a Key, to look up without copying texts
    TargetSubject kind;
    std::string_view subject;
    std::string_view kpi;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(const KeyView& k) const;
    size_t operator()(const Key& k) const { return (*this)(KeyView{k.kind, k.subject, k.kpi}); }
  };
  struct Equal {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return a.kind == b.kind && a.subject == b.subject && a.kpi == b.kpi;
    }
  };
  std::unordered_map<Key, std::vector<TargetRow>, Hash, Equal> rows;  // each ascending by range.from, not overlapping

  std::span<const TargetRow> find(TargetSubject kind, std::string_view subject, std::string_view kpi) const;
};

enum class Relation : uint8_t { manager, peer, report, self, other };
// Feedback responses about people, grouped by person.
struct Feedback {
  std::vector<uint32_t> begin;  // responses about person p are [begin[p], begin[p + 1])
  std::vector<uint32_t> rater;  // code into raters
  std::vector<Relation> relation;
  DecimalColumn rating;  // none is missing: rows without a rating are left out
  SharedDictionary raters;
};

struct Leave {
  DateRange range;
  std::string kind;
  Origin origin;
};

// Scores that single KPIs had in an earlier cycle, for plans with `missing: carry`.
struct CarriedScores {
  struct Score {
    uint32_t kpi = 0;  // code into kpis
    Figure score;
  };
  std::string cycle;                          // empty: there is none to carry from
  int64_t run = 0;                            // the run of that cycle that they come from
  Dictionary kpis;                            // ids
  std::vector<std::vector<Score>> of_person;  // only KPIs that had data; empty when there is no such cycle

  const Figure* find(uint32_t person, uint32_t kpi) const;
};

struct Dataset {
  DateRange cycle;
  PeriodKind period = PeriodKind::month;
  Date as_of;  // last day that counts
  People people;
  Spells spells;
  OrgTree units;
  std::vector<KpiFacts> kpis;  // only KPIs that have facts in the cycle
  Targets targets;
  Okrs okrs;
  Feedback feedback;
  std::vector<std::vector<Leave>> leaves;  // by person; empty when nobody has any
  CarriedScores carried;                   // filled only where a plan carries

  const KpiFacts* find_kpi(std::string_view kpi) const;
};

}  // namespace hr::facts
