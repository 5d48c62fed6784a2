// hrctl facts check: suspicious facts, each with its rule and the numbers behind it. Exit 1 with --fail-on; --queue
// puts them into the review queue.
#include "engine/check/facts_check.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "command.h"
#include "engine/check/queued_findings.h"
#include "engine/cycle/data.h"
#include "report/reports.h"
#include "report/where.h"

namespace hr::cmd {

namespace {

struct FactsCheckOptions {
  std::string cycle, from, to, known, where, fail_on;
  std::vector<std::string> kpis, rules;
  bool queue = false;
};

Period period_of(const std::string& text, const std::string& option) {
  const auto period = parse_period(text);
  if (!period) throw Error(ErrorKind::usage, "usage/period", {option, escape_controls(text)});
  return *period;
}

// The days of --from and --to; of a cycle; else all.
DateRange days_of(store::Store& store, const FactsCheckOptions& options) {
  const bool periods = !(options.from + options.to).empty();
  if (!options.cycle.empty() && periods)
    throw Error(ErrorKind::usage, "usage/options-apart", {"--cycle", options.from.empty() ? "--to" : "--from"});
  if (!options.cycle.empty()) {
    const engine::AppliedDefinitions applied = engine::require_cycle(store, options.cycle);
    return applied.definitions->find_cycle(options.cycle)->range;
  }
  DateRange days;
  if (!options.from.empty()) days.from = period_of(options.from, "--from").range().from;
  if (!options.to.empty()) days.to = period_of(options.to, "--to").range().to;
  if (days.empty()) throw Error(ErrorKind::usage, "usage/from-after-to", {options.from, options.to});
  return days;
}

std::vector<model::CheckRule> rules_of(const std::vector<std::string>& names) {
  std::vector<model::CheckRule> rules;
  for (const std::string& name : names) {
    const auto at = std::find(model::kCheckRuleNames.begin(), model::kCheckRuleNames.end(), name);
    if (at == model::kCheckRuleNames.end())
      throw Error(ErrorKind::usage, "usage/choice", {"--rule", escape_controls(name), listed(model::kCheckRuleNames)});
    rules.push_back(static_cast<model::CheckRule>(at - model::kCheckRuleNames.begin()));
  }
  return rules;
}

// Defined KPIs; without definitions whatever is named.
void require_kpis(const std::vector<std::string>& kpis, const model::Definitions* definitions) {
  for (const std::string& kpi : kpis) {
    if (definitions == nullptr || definitions->find_kpi(kpi)) continue;
    std::vector<std::string> ids;
    for (const model::Kpi& known : definitions->kpis) ids.push_back(known.id);
    const auto near = nearest(kpi, ids);
    if (near) throw Error(ErrorKind::usage, "usage/unknown-kpi/near", {escape_controls(kpi), *near});
    throw Error(ErrorKind::usage, "usage/unknown-kpi", {escape_controls(kpi), listed(ids)});
  }
}

void keep_where(const Session& session, table::Table& table, const std::string& where) {
  if (where.empty()) return;
  Diagnostics problems;
  report::keep_where(table, where, problems);
  session.print_diagnostics(problems, {{"--where", where}});
  if (has_errors(problems)) throw Error(ErrorKind::usage, "usage/where");
  for (auto& [key, value] : table.facts) {
    if (key == "findings") value = std::to_string(table.rows());
  }
}

size_t rows_with(const table::Table& table, std::string_view severity) {
  const table::Column* column = table.find("severity");
  size_t rows = 0;
  for (size_t row = 0; row < table.rows(); ++row) rows += column->text(row) == severity;
  return rows;
}

// Puts the findings of the rows that are printed into the review queue.
void queue(const Session& session, store::Store& store, const std::vector<analytics::NamedFinding>& found,
           const table::Table& printed) {
  const table::Column& key = *printed.find("key");
  std::set<std::string> keys;
  for (size_t row = 0; row < printed.rows(); ++row) keys.emplace(key.text(row));
  std::vector<analytics::NamedFinding> chosen;
  std::copy_if(found.begin(), found.end(), std::back_inserter(chosen),
               [&](const analytics::NamedFinding& f) { return keys.count(f.key()) > 0; });
  const std::unique_ptr<store::Transaction> transaction = store.begin();
  const size_t news = engine::queue_findings(store, chosen, store.next_timestamp(session.who_when().now));
  transaction->commit();
  session.note("facts-check/queued", {std::to_string(chosen.size()), std::to_string(news)});
}

int run_facts_check(const Session& session, const FactsCheckOptions& options) {
  if (options.queue && !options.known.empty())
    throw Error(ErrorKind::usage, "usage/options-apart", {"--queue", "--known"});
  if (!options.fail_on.empty() && options.fail_on != "warning" && options.fail_on != "error")
    throw Error(ErrorKind::usage, "usage/choice", {"--fail-on", escape_controls(options.fail_on), "warning, error"});
  const std::unique_ptr<store::Store> store = session.open_store(false);
  engine::FactsCheckRequest request;
  request.rules = rules_of(options.rules);
  request.kpis = options.kpis;
  request.known = parse_known(options.known);
  request.threads = session.threads();
  if (options.queue) request.most_places = SIZE_MAX;
  request.told = days_of(*store, options);
  session.begin("progress/definitions");
  const auto applied = engine::applied_definitions(*store, request.known);
  const model::Definitions* definitions = applied ? applied->definitions.get() : nullptr;
  require_kpis(options.kpis, definitions);
  const engine::FactsCheckOutcome outcome = engine::check_facts(*store, request, definitions, session.progress());
  session.begin("progress/report");
  table::Table table = report::findings(outcome.findings, outcome.facts, session.data_language());
  keep_where(session, table, options.where);
  session.print(table);
  const size_t errors = rows_with(table, "error");
  const size_t warnings = rows_with(table, "warning");
  if (outcome.left_out > 0) session.warn("facts-check/left-out", {std::to_string(outcome.left_out)});
  if (outcome.accepted > 0) session.note("facts-check/accepted", {std::to_string(outcome.accepted)});
  if (options.queue) queue(session, *store, outcome.findings, table);
  session.note("facts-check/done", {std::to_string(outcome.facts), std::to_string(errors), std::to_string(warnings)});
  return errors > 0 && !options.fail_on.empty() ? 1 : warnings > 0 && options.fail_on == "warning" ? 1 : 0;
}

}  // namespace

void add_facts_check(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<FactsCheckOptions>();
  CLI::App* leaf = add_leaf(parent, "check", session);
  add_value(leaf, session, "--cycle ID", options->cycle);
  add_value(leaf, session, "--from PERIOD", options->from);
  add_value(leaf, session, "--to PERIOD", options->to);
  add_values(leaf, session, "--kpi ID", options->kpis);
  add_values(leaf, session, "--rule ID", options->rules);
  add_value(leaf, session, "--known TIME", options->known);
  add_value(leaf, session, "--where EXPR", options->where);
  add_value(leaf, session, "--fail-on SEVERITY", options->fail_on);
  add_flag(leaf, session, "--queue", options->queue);
  add_value(leaf, session, "--threads N", session.shared.threads);
  set_action(leaf, session, Prints::table, [&session, options] { return run_facts_check(session, *options); });
}

}  // namespace hr::cmd
