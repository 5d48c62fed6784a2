#include "engine/check/facts_check.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "analytics/groups.h"
#include "analytics/history.h"
#include "analytics/raters.h"
#include "analytics/repeats.h"
#include "analytics/series.h"
#include "engine/accepted_findings.h"
#include "engine/check/people_of_periods.h"
#include "engine/check/queued_findings.h"
#include "engine/cycle/data.h"
#include "facts/dataset_builder.h"

namespace hr::engine {

using analytics::Finding;
using analytics::NamedFinding;
using model::CheckRule;
using model::CheckSeverity;
using model::TableId;

uint64_t FactsCheckOutcome::count(CheckSeverity severity) const {
  return static_cast<uint64_t>(std::count_if(findings.begin(), findings.end(),
                                             [&](const NamedFinding& f) { return f.finding.severity == severity; }));
}

namespace {

constexpr int32_t kHistory = 731;  // days before those told

// One KPI, from its first look to its findings.
struct KpiCheck {
  explicit KpiCheck(analytics::KpiRules r) : rules(std::move(r)), findings(rules) {}

  analytics::KpiRules rules;
  analytics::Findings findings;
  analytics::GroupMedians medians;
};

// With ratings of people only where somebody asks for raters: there may be more of them than facts.
facts::Dataset load_people(store::Store& store, const FactsCheckRequest& request, bool with_ratings) {
  static constexpr std::string_view kColumns[] = {"employee_id",      "name",     "job",    "hire_date",
                                                  "termination_date", "from",     "to",     "kind",
                                                  "rater_id",         "relation", "rating", "date"};
  facts::DatasetInput input;
  input.cycle = request.told;
  input.as_of = request.told.last();
  input.threads = request.threads;
  input.records = [&](TableId table) {
    const bool of_people = table == TableId::employees || table == TableId::assignments || table == TableId::leaves;
    return of_people ? store.records(table, request.known, kColumns) : std::vector<facts::Frame>{};
  };
  input.parts = [&](TableId table, const facts::TakeRows& take) {
    if (with_ratings && table == TableId::feedback)
      store.read_records(table, request.known, kColumns, request.threads, take);
  };
  Diagnostics ignored;  // the import has told them
  return facts::build_dataset(std::move(input), no_definitions(), ignored);
}

class FactsCheck {
 public:
  FactsCheck(store::Store& store, const FactsCheckRequest& request, const model::Definitions* definitions,
             const Progress& progress)
      : store_(store),
        request_(request),
        definitions_(definitions),
        progress_(progress),
        range_(request.told),
        subjects_(store.subjects()),
        dataset_(load_people(store, request, wants_raters())),
        people_(dataset_, subjects_) {
    if (range_.from > kFarPast + kHistory) range_.from = range_.from - kHistory;
    facts_ = store.facts(range_, request.known);
  }

  FactsCheckOutcome run() {
    report(progress_, "progress/facts", 0, 0);
    compare_people();
    report(progress_, "progress/check", 0, 0);
    const auto blocks = static_cast<uint32_t>((subjects_.size() + kBlock - 1) / kBlock);
    for (uint32_t block = 0; block < blocks && needs_history(); ++block) compare_periods(block);
    std::vector<Finding> found = gather();
    for (Finding& finding : found) outcome_.findings.push_back(named(std::move(finding)));
    leave_out_accepted();
    return std::move(outcome_);
  }

 private:
  static constexpr uint32_t kBlock = uint32_t{1} << store::kBlockBits;  // subjects that are looked at together

  bool is_wanted(CheckRule rule) const {
    return request_.rules.empty() ||
           std::find(request_.rules.begin(), request_.rules.end(), rule) != request_.rules.end();
  }
  bool is_wanted(std::string_view kpi) const {
    return request_.kpis.empty() || std::find(request_.kpis.begin(), request_.kpis.end(), kpi) != request_.kpis.end();
  }
  bool wants_raters() const { return request_.kpis.empty() && wanted_rules("").looks(CheckRule::rater); }
  bool needs_history() const {
    return std::any_of(kpis_.begin(), kpis_.end(), [](const auto& kpi) {
      const analytics::KpiRules& rules = kpi.second->rules;
      return rules.looks(CheckRule::sign) || rules.looks(CheckRule::magnitude) || rules.looks(CheckRule::jump) ||
             rules.looks(CheckRule::outlier) || rules.looks(CheckRule::stuck) || rules.looks(CheckRule::duplicate);
    });
  }

  analytics::KpiRules wanted_rules(std::string_view kpi) const {
    analytics::KpiRules rules = analytics::rules_of(kpi, definitions_);
    for (size_t r = 0; r < model::kCheckRules; ++r) {
      if (!is_wanted(static_cast<CheckRule>(r))) rules.thresholds[r].severity = CheckSeverity::ignore;
    }
    return rules;
  }

  // From any thread.
  KpiCheck& check_of(std::string_view kpi) {
    const std::scoped_lock lock(mutex_);
    const auto at = kpis_.find(kpi);
    if (at != kpis_.end()) return *at->second;
    return *kpis_.emplace(kpi, std::make_unique<KpiCheck>(wanted_rules(kpi))).first->second;
  }

  // What a worker has of the KPI that it reads.
  struct Worker {
    std::string_view kpi;
    KpiCheck* check = nullptr;
    std::unique_ptr<analytics::GroupChecks> groups;
    analytics::SeriesBuilder series;
    std::vector<uint32_t> group_of;
    std::vector<uint8_t> partial;
    uint64_t facts = 0;
  };

  // Calls `take` for each piece of the wanted KPIs and `end` when a KPI is through.
  template <class Take, class End>
  void read(uint32_t first_block, uint32_t end_block, const Take& take, const End& end) {
    std::vector<Worker> workers(static_cast<size_t>(request_.threads));
    const auto finish = [&](Worker& worker) {
      if (worker.check != nullptr) end(worker);
      worker.check = nullptr;
    };
    facts_->read(
        [&](const store::FactBlock& block) {
          if (!is_wanted(block.kpi)) return;
          Worker& worker = workers[block.worker];
          if (worker.check == nullptr || worker.kpi.data() != block.kpi.data()) {
            finish(worker);
            worker.kpi = block.kpi;
            worker.check = &check_of(block.kpi);
          }
          people_.look_up(block.period, block.subjects, worker.group_of, worker.partial);
          take(worker, {block.period, block.subjects, block.values, worker.group_of, worker.partial});
        },
        request_.threads, first_block, end_block);
    for (Worker& worker : workers) {
      finish(worker);
      outcome_.facts += worker.facts;
    }
  }

  void compare_people() {
    read(
        0, UINT32_MAX,
        [&](Worker& worker, const analytics::FactsOfPeriod& facts) {
          if (!worker.groups)
            worker.groups =
                std::make_unique<analytics::GroupChecks>(worker.check->findings, request_.told, people_.groups());
          if (request_.told.overlaps(facts.period.range())) worker.facts += facts.subjects.size();
          worker.groups->add(facts);
        },
        [](Worker& worker) {
          worker.check->medians = worker.groups->finish();
          worker.groups.reset();
        });
  }

  void compare_periods(uint32_t block) {
    const uint32_t first = block * kBlock;
    const size_t subjects = std::min<size_t>(kBlock, subjects_.size() - first);
    read(
        block, block + 1, [](Worker& worker, const analytics::FactsOfPeriod& facts) { worker.series.add(facts); },
        [&](Worker& worker) {
          for (const analytics::Series& series : worker.series.take(first, subjects)) {
            analytics::check_history(series, worker.check->medians, request_.told, worker.check->findings);
            analytics::check_repeats(series, request_.told, worker.check->findings);
          }
        });
  }

  std::vector<Finding> gather() {
    std::vector<Finding> found;
    const auto take = [&](analytics::Findings& findings) {
      analytics::keep_most_telling(findings.kept());
      std::move(findings.kept().begin(), findings.kept().end(), std::back_inserter(found));
      outcome_.left_out += findings.left_out();
    };
    if (wants_raters()) {
      const analytics::KpiRules rules = wanted_rules("");
      analytics::Findings raters(rules);
      analytics::check_raters(dataset_.feedback, raters);
      take(raters);
    }
    for (auto& [kpi, check] : kpis_) take(check->findings);
    return found;
  }

  NamedFinding named(Finding finding) const {
    NamedFinding named;
    const bool is_rater = finding.rule == CheckRule::rater;
    if (is_rater) {
      named.subject = dataset_.feedback.raters[finding.subject];
    } else if (finding.subject == facts::kNone) {
      named.subject = people_.group_name(finding.group);
    } else {
      named.subject = subjects_[finding.subject];
    }
    const auto person = is_rater ? dataset_.people.find(named.subject) : std::nullopt;
    const uint32_t number = is_rater                          ? person.value_or(facts::kNone)
                            : finding.subject == facts::kNone ? facts::kNone
                                                              : people_.person(finding.subject);
    if (number != facts::kNone) named.name = dataset_.people.name[number];
    if (finding.other) named.other = subjects_[*finding.other];
    named.finding = std::move(finding);
    return named;
  }

  // The value, which belongs to what was accepted, is known when the places are.
  void leave_out_accepted() {
    const std::vector<std::string> keys = accepted_findings(store_, request_.known);
    look_up_places(keys.empty() ? request_.most_places : outcome_.findings.size());
    const std::set<std::string> accepted(keys.begin(), keys.end());
    outcome_.accepted = std::erase_if(outcome_.findings, [&](const NamedFinding& f) {
      return accepted.count(finding_key(stored_finding(f, {}))) > 0;
    });
  }

  // Period by period: of the facts in it those of the subjects that something was found about.
  void look_up_places(size_t most) {
    std::map<Period, std::vector<NamedFinding*>> by_period;
    for (size_t i = 0; i < std::min(most, outcome_.findings.size()); ++i) {
      NamedFinding& f = outcome_.findings[i];
      if (f.finding.period && f.finding.subject != facts::kNone) by_period[*f.finding.period].push_back(&f);
    }
    if (by_period.empty()) return;
    std::map<uint32_t, std::string> files;
    for (const store::Source& source : store_.sources(request_.known)) files[source.id] = source.file;
    const std::unique_ptr<store::FewRecords> few = store_.few_records(request_.known);
    for (const auto& [period, findings] : by_period) {
      std::vector<uint32_t> subjects;
      for (const NamedFinding* f : findings) subjects.push_back(f->finding.subject);
      for (const auto& [place, cell] : few->facts(subjects, period.range())) {
        NamedFinding& f = *findings[place];
        if (cell.kpi != f.finding.kpi || cell.period != period) continue;
        f.value = to_string(cell.value);
        f.file = files[cell.source];
        f.row = cell.row;
        f.source = cell.source;
      }
    }
  }

  store::Store& store_;
  const FactsCheckRequest& request_;
  const model::Definitions* definitions_;
  const Progress& progress_;
  DateRange range_;  // of facts that are read
  std::unique_ptr<store::StoredFacts> facts_;
  const facts::SharedDictionary subjects_;
  const facts::Dataset dataset_;
  const PeopleOfPeriods people_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<KpiCheck>, std::less<>> kpis_;
  FactsCheckOutcome outcome_;
};

}  // namespace

FactsCheckOutcome check_facts(store::Store& store, const FactsCheckRequest& request,
                              const model::Definitions* definitions, const Progress& progress) {
  return FactsCheck(store, request, definitions, progress).run();
}

}  // namespace hr::engine
