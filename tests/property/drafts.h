// Small whole worlds at random, for what must hold of a run or between two.
#pragma once

#include <string>
#include <vector>

#include "unit/scoring/world.h"

namespace property {

// The rows of a table, so that they can be put in another order.
struct Rows {
  std::string header;
  std::vector<std::string> lines;
  std::string csv() const;
};

// A world before its tables are handed in.
struct Draft {
  world::World w;
  size_t people = 0;
  Rows employees{"employee_id,job,hire_date,termination_date", {}};
  Rows assignments{"employee_id,from,to,job", {}};
  Rows leaves{"employee_id,from,to,kind", {}};
  Rows feedback{"employee_id,rater_id,relation,competency,rating", {}};
  Rows key_results{"key_result,objective,owner,type,weight,start,target,kpi", {}};
  Rows checkins{"key_result,date,value", {}};

  world::Scored run() const;
  void shuffle();  // the rows of every table, and the facts
};

inline constexpr const char* kKpis[] = {"k0", "k1", "k2", "k3"};  // a draft has the first of them
std::string person(size_t i);
std::string month(int64_t m);           // of 2025
std::string day_text(int64_t of_year);  // 0: 1 January 2025

// People with KPIs and a scale, with or without transfers, OKRs, feedback and a distribution.
Draft any_draft();
void add_people(Draft& d);
void add_transfers(Draft& d);  // and leaves
void add_vetoes(Draft& d);
void add_adjustments(Draft& d);
// Objectives that come with imported key results: ordinary ones, and here and there one that is not.
void add_imported_okrs(Draft& d);
// KPIs of every kind of curve and aggregate, with facts every month for most people.
void vary_kpis(Draft& d);

}  // namespace property
