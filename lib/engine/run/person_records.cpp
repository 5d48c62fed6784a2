#include "engine/run/person_records.h"

#include <algorithm>
#include <iterator>

#include "engine/cycle/data.h"

namespace hr::engine {

using facts::kMissingCode;
using model::TableId;

namespace {

using Numbers = std::vector<uint32_t>;

void add(Numbers& to, const Numbers& more) {
  to.insert(to.end(), more.begin(), more.end());
  std::erase(to, kMissingCode);
  std::sort(to.begin(), to.end());
  to.erase(std::unique(to.begin(), to.end()), to.end());
}

// Everything that can be reached from `from` by pairs of a unit and the one above it; ascending.
Numbers all_above(const Numbers& from, const std::vector<std::pair<uint32_t, uint32_t>>& parents) {
  Numbers all;
  add(all, from);
  for (size_t before = 0; before != all.size();) {
    before = all.size();
    Numbers more;
    for (const auto& [unit, parent] : parents) {
      if (parent != kMissingCode && std::binary_search(all.begin(), all.end(), unit)) more.push_back(parent);
    }
    add(all, more);
  }
  return all;
}

std::vector<std::string> prefixed(const char* prefix, const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const std::string& name : names) out.push_back(prefix + name);
  return out;
}

}  // namespace

PersonRecords::PersonRecords(store::FewRecords& few, const model::Definitions& definitions, const std::string& cycle,
                             uint32_t person, bool of_units)
    : few_(few), person_(person) {
  find_people();
  find_units();
  find_targets();
  find_okrs(definitions, cycle, of_units);
}

void PersonRecords::find_people() {
  for (const TableId table : {TableId::employees, TableId::assignments, TableId::feedback, TableId::leaves})
    frames_[table] = few_.records({table, "employee_id", {person_}}, columns_to_score(table));
}

void PersonRecords::find_units() {
  for (const TableId table : {TableId::employees, TableId::assignments})
    add(own_, few_.named({table, "employee_id", {person_}}, "org_unit"));
  for (const auto& [unit, head] : few_.pairs(TableId::org_units, "org_unit", "head_id")) {
    if (head == person_) add(headed_, {unit});
  }
  units_ = headed_;
  add(units_, own_);
  units_ = all_above(units_, few_.pairs(TableId::org_units, "org_unit", "parent"));
  frames_[TableId::org_units] = few_.records({TableId::org_units, "org_unit", units_}, {});
  own_units_ = few_.names(TableId::org_units, "org_unit", own_);
  headed_units_ = few_.names(TableId::org_units, "org_unit", headed_);
  unit_names_ = few_.names(TableId::org_units, "org_unit", units_);
}

std::vector<std::string> PersonRecords::jobs() const {
  std::vector<std::string> names;
  for (const TableId table : {TableId::employees, TableId::assignments}) {
    for (const facts::Frame& frame : frames_.at(table)) {
      const facts::Column* job = frame.find("job");
      for (size_t row = 0; job != nullptr && row < frame.size(); ++row) {
        if (!job->missing(row)) names.push_back(facts::cell_text(*job, row));
      }
    }
  }
  return names;
}

void PersonRecords::find_targets() {
  std::vector<std::string> subjects = prefixed("unit:", unit_names_);
  for (std::string& job : prefixed("job:", jobs())) subjects.push_back(std::move(job));
  subjects.emplace_back("company");
  Numbers numbers = few_.find(TableId::targets, "subject", subjects);
  has_company_objectives_ = numbers.back() != kMissingCode;
  unit_subjects_.assign(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(unit_names_.size()));
  add(numbers, {person_});
  frames_[TableId::targets] = few_.records({TableId::targets, "subject", numbers}, {});
}

Numbers PersonRecords::okr_owners(bool of_units) {
  Numbers owners{person_};
  for (size_t i = 0; of_units && i < units_.size(); ++i) {
    const bool is_own = std::binary_search(own_.begin(), own_.end(), units_[i]);
    if (is_own || std::binary_search(headed_.begin(), headed_.end(), units_[i])) add(owners, {unit_subjects_[i]});
  }
  return owners;
}

// A record may have named another owner or another objective in an earlier import: whatever any import has said is
// looked at, and the records as they stand are told apart by the builder.
void PersonRecords::find_okrs(const model::Definitions& definitions, const std::string& cycle, bool of_units) {
  std::vector<std::string> names;
  std::vector<std::string> key_result_names;
  for (const model::Objective& o : definitions.objectives) {
    if (o.cycle != cycle) continue;
    names.push_back(o.id);
    has_company_objectives_ = has_company_objectives_ || o.owner.kind == model::OwnerKind::company;
    for (const model::KeyResult& kr : o.key_results) {
      key_result_names.push_back(kr.id);
      for (const model::Milestone& m : kr.milestones) key_result_names.push_back(kr.id + "/" + m.id);
    }
  }
  const Numbers owners = okr_owners(of_units);
  Numbers objectives = few_.named({TableId::objectives, "owner", owners}, "objective");
  add(objectives, few_.named({TableId::key_results, "owner", owners}, "objective"));
  if (!names.empty()) add(objectives, few_.find(TableId::objectives, "objective", names));
  Numbers key_results = few_.named({TableId::key_results, "objective", objectives}, "key_result");
  add(objectives, few_.named({TableId::key_results, "key_result", key_results}, "objective"));
  frames_[TableId::objectives] =
      few_.records({TableId::objectives, "objective", objectives}, columns_to_score(TableId::objectives));
  frames_[TableId::key_results] =
      few_.records({TableId::key_results, "key_result", key_results}, columns_to_score(TableId::key_results));
  if (!key_result_names.empty()) add(key_results, few_.find(TableId::key_results, "key_result", key_result_names));
  frames_[TableId::checkins] =
      few_.records({TableId::checkins, "key_result", key_results}, columns_to_score(TableId::checkins));
}

void PersonRecords::load_facts(facts::Dataset& dataset) {
  Numbers subjects{person_};
  std::vector<std::string> names{std::string(dataset.people.id[0])};
  facts::SubjectMap map;
  map.people = dataset.people.size();
  map.units = dataset.units.size();
  map.person = {0};
  map.unit = {facts::kNone};
  for (size_t i = 0; i < unit_names_.size(); ++i) {
    if (unit_subjects_[i] == kMissingCode) continue;
    subjects.push_back(unit_subjects_[i]);
    names.push_back("unit:" + unit_names_[i]);
    map.person.push_back(facts::kNone);
    map.unit.push_back(dataset.units.find(unit_names_[i]).value_or(facts::kNone));
  }
  facts::FactReader reader(map);
  for (auto& [subject, cell] : few_.facts(subjects, dataset.cycle)) {
    const double value = cell.value.to_double();
    reader.add(cell.kpi, cell.period, {&subject, 1}, {&value, 1});
    facts_[names[subject]].push_back(std::move(cell));
  }
  dataset.kpis = facts::take_kpis({&reader, 1});
}

}  // namespace hr::engine
