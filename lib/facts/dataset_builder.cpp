#include "facts/dataset_builder.h"

#include <functional>
#include <iterator>
#include <utility>

#include "base/parallel.h"
#include "base/step.h"
#include "facts/feedback.h"
#include "facts/managers.h"
#include "facts/okrs.h"
#include "facts/org_tree.h"
#include "facts/owners.h"
#include "facts/people.h"
#include "facts/spells.h"
#include "facts/targets.h"

namespace hr::facts {

namespace {

using model::TableId;

std::vector<std::string_view> units_owning(const Okrs& okrs) {
  std::vector<std::string_view> owners;
  for (uint32_t o = 0; o < okrs.size(); ++o) {
    if (okrs.owner_kind[o] == model::OwnerKind::unit)
      owners.push_back(id_of_owner(okrs.owner_kind[o], okrs.owners[okrs.owner[o]]));
  }
  return owners;
}

std::vector<uint32_t> units_of(const Column* column, size_t spells, const OrgTree& tree) {
  std::vector<uint32_t> units(spells, kNone);
  if (column == nullptr) return units;
  const NumbersByCode unit_of(column->dictionary, tree.id);
  for (size_t s = 0; s < spells; ++s) {
    if (column->codes[s] != kMissingCode) units[s] = unit_of[column->codes[s]];
  }
  return units;
}

// Hands out the frames of each table once.
class Tables {
 public:
  explicit Tables(DatasetInput& input) : input_(input) {}

  std::vector<Frame> take(TableId table) { return input_.records ? input_.records(table) : std::move(given(table)); }
  void take_parts(TableId table, const TakeRows& take_rows) {
    if (input_.parts) return input_.parts(table, take_rows);
    for (const Frame& frame : take(table)) take_rows(frame, frame.size());
  }

 private:
  std::vector<Frame>& given(TableId table) {
    switch (table) {
      case TableId::employees:
        return input_.employees;
      case TableId::assignments:
        return input_.assignments;
      case TableId::org_units:
        return input_.org_units;
      case TableId::targets:
        return input_.targets;
      case TableId::objectives:
        return input_.objectives;
      case TableId::key_results:
        return input_.key_results;
      case TableId::checkins:
        return input_.checkins;
      case TableId::feedback:
        return input_.feedback;
      default:
        return input_.leaves;
    }
  }

  DatasetInput& input_;
};

// Parts are built side by side; one waits only for what is begun before it. What each has found is told in the same
// order whatever is ready first.
class Builder {
 public:
  Builder(DatasetInput& input, const model::Definitions& definitions, Dataset& out)
      : input_(input), definitions_(definitions), tables_(input), out_(out) {}

  void run(Diagnostics& diagnostics) {
    Step okrs([&] { add_okrs(); });
    Step people([&] { read_people(); });
    Step spells([&] {
      people.run();
      add_spells();
    });
    const auto rest = [&] {
      people.wait();
      add_rest();
    };
    const auto units = [&] {
      spells.wait();
      add_units([&] {
        okrs.wait();
        return units_owning(out_.okrs);
      });
    };
    const std::function<void()> parts[] = {[&] { okrs.run(); }, [&] { spells.run(); }, rest, units};
    for_pieces(std::size(parts), input_.threads, [&](size_t part, size_t) { parts[part](); });
    find_owners(out_.okrs, people_.people);
    out_.people = std::move(people_.people);
    for (const Diagnostics* found : {&of_people_, &of_okrs_, &of_units_, &of_managers_, &of_rest_})
      diagnostics.insert(diagnostics.end(), found->begin(), found->end());
  }

 private:
  void read_people() {
    employees_ = tables_.take(TableId::employees);
    assignments_ = tables_.take(TableId::assignments);
    people_ = build_people(employees_, assignments_, input_.threads, of_people_);
  }

  void add_spells() {
    out_.spells = build_spells(people_, employees_, assignments_, input_.threads, of_people_);
    employees_ = {};  // memory that ratings may need
    assignments_ = {};
    check_managers(people_.people, out_.spells, input_.cycle, input_.as_of, of_managers_);
  }

  void add_okrs() {
    const OkrTables tables{[&] { return tables_.take(TableId::objectives); },
                           [&](const TakeRows& take) { tables_.take_parts(TableId::key_results, take); },
                           [&](const TakeRows& take) { tables_.take_parts(TableId::checkins, take); }};
    out_.okrs = build_okrs(definitions_, tables, input_.cycle_id, input_.as_of, input_.threads, of_okrs_);
  }

  void add_units(const std::function<std::vector<std::string_view>()>& owners) {
    const std::vector<Frame> org_units = tables_.take(TableId::org_units);
    const Column* of_people = out_.spells.attributes.find("org_unit");
    out_.units = build_org_tree(org_units, of_people, owners, input_.as_of, of_units_);
    out_.spells.unit = units_of(of_people, out_.spells.size(), out_.units);
  }

  void add_rest() {
    const People& people = people_.people;
    out_.targets = build_targets(tables_.take(TableId::targets), people, of_rest_);
    const DateRange counted = input_.cycle.intersect({kFarPast, input_.as_of + 1});
    FeedbackBuilder feedback(people, counted);
    tables_.take_parts(TableId::feedback, [&](const Frame& part, size_t rows) { feedback.add(part, rows); });
    out_.feedback = feedback.finish(of_rest_);
    out_.leaves = build_leaves(tables_.take(TableId::leaves), people, of_rest_);
  }

  const DatasetInput& input_;
  const model::Definitions& definitions_;
  Tables tables_;
  Dataset& out_;
  std::vector<Frame> employees_, assignments_;
  PeopleRows people_;
  Diagnostics of_people_, of_okrs_, of_units_, of_managers_, of_rest_;
};

}  // namespace

Dataset build_dataset(DatasetInput input, const model::Definitions& definitions, Diagnostics& diagnostics) {
  Dataset out;
  out.cycle = input.cycle;
  out.period = input.period;
  out.as_of = input.as_of;
  Builder(input, definitions, out).run(diagnostics);
  return out;
}

}  // namespace hr::facts
