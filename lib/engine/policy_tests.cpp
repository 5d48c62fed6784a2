#include "engine/policy_tests.h"

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "engine/check/facts_check.h"
#include "engine/cycle/apply.h"
#include "engine/expected_access.h"
#include "engine/expected_findings.h"
#include "engine/files.h"
#include "engine/import/texts.h"
#include "engine/run/calibration.h"
#include "engine/run/recheck.h"
#include "engine/run/score.h"
#include "engine/workspace.h"

namespace hr::engine {

using defs::PolicyTest;
using model::TableId;

namespace {

constexpr int64_t kMicrosecondsOfDay = 86'400'000'000;

// The definitions of a test; a file that cannot be read is a problem where the test names it.
std::vector<defs::DefinitionFile> files_of(const PolicyTest& test, const std::string& path, Diagnostics& problems) {
  std::vector<defs::DefinitionFile> files = test.definitions;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  for (const defs::UsedFile& use : test.use) {
    try {
      const std::string used = (folder / use.path).lexically_normal().string();
      for (defs::DefinitionFile& file : definition_files(std::vector<std::string>{used})) {
        files.push_back(std::move(file));
      }
    } catch (const Error& e) {
      problems.push_back(make_error(e.message(), use.span, e.args()));
    }
  }
  return files;
}

std::string code_and_line(const std::string& code, int line) {
  return line == 0 ? code : code + ":" + std::to_string(line);
}

// Expected and found diagnostics must agree code by code, and line by line where one is given. An expected one that is
// not there stands beside what was found in its place.
void compare_diagnostics(const PolicyTest& test, const Diagnostics& found, PolicyTestResult& result) {
  std::vector<uint8_t> used(found.size(), 0);
  std::vector<const defs::ExpectedDiagnostic*> unmet;
  for (const defs::ExpectedDiagnostic& e : test.expected_diagnostics) {
    size_t i = 0;
    while (i < found.size() && (used[i] || found[i].code != e.code || (e.line != 0 && found[i].span.line != e.line)))
      ++i;
    if (i == found.size())
      unmet.push_back(&e);
    else
      used[i] = 1;
  }
  std::vector<std::string> others;
  for (size_t i = 0; i < found.size(); ++i) {
    if (used[i]) continue;
    const std::string other = code_and_line(found[i].code, found[i].span.line);
    others.push_back(other);
    if (unmet.empty() && found[i].severity == Severity::error)
      result.mismatches.push_back({"", "diagnostic", "", other, found[i].span});
  }
  for (const defs::ExpectedDiagnostic* e : unmet) {
    result.mismatches.push_back({"", "diagnostic", code_and_line(e->code, e->line), listed(others), e->span});
  }
}

int decimals_written(const std::string& number) {
  const size_t point = number.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(number.size() - point - 1);
}

std::vector<std::string> list_items(const std::string& joined) {
  std::vector<std::string> items;
  for (size_t begin = 0; begin < joined.size();) {
    const size_t end = std::min(joined.find(';', begin), joined.size());
    items.push_back(joined.substr(begin, end - begin));
    begin = end + 1;
  }
  return items;
}

bool agrees(const defs::ExpectedCell& expected, const std::string& actual) {
  if (expected.is_null || (expected.is_list && expected.values.empty())) return actual.empty();
  if (expected.is_list) {
    const std::vector<std::string> items = list_items(actual);
    return std::all_of(expected.values.begin(), expected.values.end(),
                       [&](const std::string& v) { return std::find(items.begin(), items.end(), v) != items.end(); });
  }
  const std::string& wanted = expected.values.front();
  if (expected.is_number) {
    const auto a = parse_decimal(actual);
    const auto w = parse_decimal(wanted);
    return a && w && round_half_away(*a, decimals_written(wanted)) == *w;
  }
  return actual == wanted;
}

std::string written(const defs::ExpectedCell& cell) {
  if (cell.is_null) return "null";
  std::string text;
  for (const std::string& v : cell.values) text += (text.empty() ? "" : ";") + v;
  return text;
}

Diagnostic unknown_column(const defs::ExpectedCell& cell, const facts::Frame& scores) {
  std::vector<std::string> names;
  for (const facts::Column& column : scores.columns) names.push_back(column.name);
  Diagnostic d = make_error("unknown-key/score-column", cell.key_span, {cell.column, listed(names)});
  d.suggestion = nearest(cell.column, names).value_or("");
  return d;
}

void compare_scores(const PolicyTest& test, const facts::Frame& scores, PolicyTestResult& result) {
  const facts::Column& ids = *scores.find("employee_id");
  for (const defs::ExpectedScore& expected : test.scores) {
    size_t row = 0;
    while (row < scores.size() && ids.text(row) != expected.employee) ++row;
    if (row == scores.size()) {
      result.mismatches.push_back({expected.employee, "employee", expected.employee, "", expected.span});
      continue;
    }
    for (const defs::ExpectedCell& cell : expected.cells) {
      const facts::Column* column = scores.find(cell.column);
      if (!column) {
        result.diagnostics.push_back(unknown_column(cell, scores));
        continue;
      }
      const std::string actual = facts::cell_text(*column, row);
      if (!agrees(cell, actual))
        result.mismatches.push_back({expected.employee, cell.column, written(cell), actual, cell.span});
    }
  }
}

// `now` of a test: noon of the day that it is scored as of.
int64_t noon(Date day) {
  return day.days * kMicrosecondsOfDay + kMicrosecondsOfDay / 2;
}

Diagnostic unknown_cycle(const std::string& id, const SourceSpan& span, const model::Definitions& definitions) {
  std::vector<std::string> ids;
  for (const model::Cycle& cycle : definitions.cycles) ids.push_back(cycle.id);
  const char* message = ids.empty() ? "unknown-reference/none" : "unknown-reference";
  Diagnostic d = make_error(message, span, {id, "cycles", listed(ids)});
  d.suggestion = nearest(id, ids).value_or("");
  return d;
}

// Scores a cycle as of its last day, and closes it with that run.
Diagnostics close_cycle(store::Store& store, const model::Cycle& cycle, const WhoWhen& who_when) {
  ScoreRequest request;
  request.cycle = cycle.id;
  request.as_of = cycle.range.last();
  request.who_when = who_when;
  const ScoreOutcome outcome = score(store, request, {});
  if (has_errors(outcome.diagnostics)) return outcome.diagnostics;
  const std::unique_ptr<store::Transaction> transaction = store.begin();
  const store::Timestamp at = store.next_timestamp(who_when.now);
  store.append_cycle_event({cycle.id, store::CycleAction::close, outcome.run.id, at, who_when.who, {}});
  transaction->commit();
  return {};
}

Diagnostics close_cycles(store::Store& store, const PolicyTest& test, const model::Definitions& definitions,
                         const WhoWhen& who_when) {
  for (const defs::NamedCycle& named : test.closed_cycles) {
    const model::Cycle* cycle = definitions.find_cycle(named.id);
    if (!cycle) return {unknown_cycle(named.id, named.span, definitions)};
    if (Diagnostics problems = close_cycle(store, *cycle, who_when); !problems.empty()) return problems;
  }
  return {};
}

bool is_scored(const PolicyTest& test) {
  return !test.cycle.empty() && (!test.scores.empty() || test.expects_diagnostics);
}

// Runs a test whose definitions are sound; problems that keep it from being scored come back.
Diagnostics run_on_data(const PolicyTest& test, const std::string& path, std::vector<defs::DefinitionFile> files,
                        const model::Definitions& definitions, const SeeScores& see, PolicyTestResult& result) {
  const model::Cycle* cycle = test.cycle.empty() ? nullptr : definitions.find_cycle(test.cycle);
  if (!cycle && !test.cycle.empty()) return {unknown_cycle(test.cycle, test.cycle_span, definitions)};
  Date as_of = cycle ? cycle->range.last() : Date{};
  if (test.as_of) {
    const auto day = parse_date(*test.as_of);
    if (!day) return {make_error("bad-value/date", test.span, {*test.as_of})};
    as_of = *day;
  }
  const std::unique_ptr<store::Store> store = store::open_store(":memory:");
  const WhoWhen who_when{"policy-test", noon(as_of)};
  apply(*store, {std::move(files), {definitions, {}}, "policy test", false, who_when});
  Diagnostics problems = import_texts(*store, test.tables, path, definitions, who_when).errors;
  if (problems.empty()) problems = close_cycles(*store, test, definitions, who_when);
  if (!problems.empty()) return problems;
  if (test.expects_findings) {
    FactsCheckRequest request;
    if (cycle) request.told = cycle->range;
    compare_findings(test, check_facts(*store, request, &definitions).findings, result);
  }
  if (!test.expected_access.empty()) compare_access(test, *store, as_of, result);
  if (!is_scored(test)) return {};
  ScoreRequest request;
  request.cycle = test.cycle;
  request.as_of = as_of;
  request.dry_run = true;
  request.who_when = who_when;
  ScoreOutcome outcome = score(*store, request, {});
  if (has_errors(outcome.diagnostics)) return outcome.diagnostics;
  const CheckedMoves checked = check_moves(outcome, test.calibration);
  if (has_errors(checked.diagnostics)) return checked.diagnostics;
  lay_moves(outcome, checked.moves);
  if (see) see(outcome);
  compare_scores(test, rows_of(outcome).all(1), result);
  result.faults = recheck_run(outcome, 1, {}).faults;
  return {};
}

PolicyTestResult run(const PolicyTest& test, const std::string& path, const SeeScores& see) {
  PolicyTestResult result;
  result.file = path;
  result.name = test.name;
  Diagnostics found;
  std::vector<defs::DefinitionFile> files = files_of(test, path, found);
  std::copy(files.begin() + static_cast<std::ptrdiff_t>(test.definitions.size()), files.end(),
            std::back_inserter(result.sources));
  for (const defs::TableText& text : test.tables)
    result.sources.push_back({table_text_path(path, text.table), text.csv});
  if (has_errors(found)) {
    result.diagnostics = std::move(found);
    return result;
  }
  defs::Loaded loaded = defs::load_definitions(files);
  found = loaded.diagnostics;
  if (!has_errors(found) && (is_scored(test) || test.expects_findings || !test.expected_access.empty())) {
    const Diagnostics problems = run_on_data(test, path, std::move(files), loaded.definitions, see, result);
    found.insert(found.end(), problems.begin(), problems.end());
  }
  if (test.expects_diagnostics) {
    compare_diagnostics(test, found, result);
  } else {
    std::copy_if(found.begin(), found.end(), std::back_inserter(result.diagnostics),
                 [](const Diagnostic& d) { return d.severity == Severity::error; });
  }
  result.passed = result.mismatches.empty() && result.diagnostics.empty() && result.faults.empty();
  return result;
}

}  // namespace

std::vector<PolicyTestResult> run_policy_tests(const std::string& path, const SeeScores& see) {
  const defs::DefinitionFile file{path, read_file(path)};
  const defs::LoadedTests loaded = defs::load_policy_tests(file);
  std::vector<PolicyTestResult> results;
  if (has_errors(loaded.diagnostics)) {
    PolicyTestResult broken;
    broken.file = path;
    broken.name = loaded.tests.size() == 1 ? loaded.tests[0].name : std::filesystem::path(path).filename().string();
    broken.diagnostics = loaded.diagnostics;
    results.push_back(std::move(broken));
  } else {
    for (const PolicyTest& test : loaded.tests) results.push_back(run(test, path, see));
  }
  for (PolicyTestResult& result : results) result.sources.push_back(file);
  return results;
}

}  // namespace hr::engine
