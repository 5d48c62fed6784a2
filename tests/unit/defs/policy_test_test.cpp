#include "defs/policy_test.h"

#include <doctest/doctest.h>

#include "defs/settings.h"

using namespace hr;
using namespace hr::defs;

static LoadedTests load(const std::string& text) {
  return load_policy_tests({"tests/t.yaml", text});
}

static std::string first_fault(const LoadedTests& loaded) {
  if (loaded.diagnostics.empty()) return "";
  const Diagnostic& d = loaded.diagnostics.front();
  return d.message + " " + std::to_string(d.span.line) + ":" + std::to_string(d.span.col);
}

static const std::string kTest =
    "version: 1\n"
    "case: three quarters\n"
    "definitions:\n"
    "  version: 1\n"
    "  kpis: [{id: revenue, weigth: 1}]  # 中文\n"
    "  cycles: [{id: c1, from: 2026-01-01, to: 2026-06-30}]\n"
    "use: [../kpis/sales.yaml]\n"
    "tables:\n"
    "  employees: |\n"
    "    employee_id,name\n"
    "    E1,Li Na\n"
    "  facts: \"subject,kpi,period,value\\n\"\n"
    "cycle: c1\n"
    "as_of: 2026-06-15\n"
    "expect:\n"
    "  scores:\n"
    "    - {employee: 007, score: 75.00, band: B, rank: null, reasons: [no_data, x], status: '12', code: 012}\n"
    "  diagnostics: [{code: weight-sum, line: 7}, {code: bad-value}]\n";

TEST_CASE("every key of a policy test arrives") {
  const LoadedTests loaded = load(kTest);
  CHECK(first_fault(loaded) == "");
  REQUIRE(loaded.tests.size() == 1);
  const PolicyTest& t = loaded.tests[0];
  CHECK(t.name == "three quarters");
  REQUIRE(t.use.size() == 1);
  CHECK(t.use[0].path == "../kpis/sales.yaml");
  REQUIRE(t.tables.size() == 2);
  CHECK(t.tables[0].table == "employees");
  CHECK(t.tables[0].csv == "employee_id,name\nE1,Li Na\n");
  CHECK(t.tables[1].csv == "subject,kpi,period,value\n");
  CHECK(t.cycle == "c1");
  CHECK(t.as_of == "2026-06-15");
  REQUIRE(t.scores.size() == 1);
  CHECK(t.scores[0].employee == "007");
  const std::vector<ExpectedCell>& cells = t.scores[0].cells;
  REQUIRE(cells.size() == 6);
  CHECK(cells[0].column == "score");
  CHECK(cells[0].is_number);
  CHECK(cells[0].values == std::vector<std::string>{"75.00"});  // as written: that says how many decimals count
  CHECK_FALSE(cells[1].is_number);
  CHECK(cells[2].is_null);
  CHECK(cells[3].is_list);
  CHECK(cells[3].values == std::vector<std::string>{"no_data", "x"});
  CHECK_FALSE(cells[4].is_number);  // in quotes: a text
  CHECK_FALSE(cells[5].is_number);  // 012 is no number
  CHECK(t.expects_diagnostics);
  REQUIRE(t.expected_diagnostics.size() == 2);
  CHECK(t.expected_diagnostics[0].line == 7);
  CHECK(t.expected_diagnostics[1].line == 0);
}

TEST_CASE("faults of inline definitions have the line and column of the test file") {
  const LoadedTests loaded = load(kTest);
  REQUIRE(loaded.tests.at(0).definitions.size() == 1);
  const Loaded definitions = load_definitions(loaded.tests[0].definitions);
  REQUIRE(definitions.diagnostics.size() == 1);
  CHECK(definitions.diagnostics[0].code == "unknown-key");
  CHECK(definitions.diagnostics[0].span == SourceSpan{"tests/t.yaml", 5, 24, 6});
}

TEST_CASE("inline definitions in braces are cut out as exactly") {
  const LoadedTests loaded =
      load("{version: 1, case: 中, definitions: {version: 1, kpis: [{id: a b}]}, cycle: c, expect: {diagnostics: []}}");
  CHECK(first_fault(loaded) == "");
  const Loaded definitions = load_definitions(loaded.tests.at(0).definitions);
  REQUIRE(definitions.diagnostics.size() == 1);
  CHECK(definitions.diagnostics[0].span.col == 63);  // 62 bytes before it, 中 taking three
}

TEST_CASE("several cases of a file share what stands above them") {
  const LoadedTests loaded = load(
      "version: 1\n"
      "definitions: {version: 1, kpis: [{id: a}]}\n"
      "cycle: c\n"
      "cases:\n"
      "  - case: one\n"
      "    expect: {diagnostics: []}\n"
      "  - case: two\n"
      "    definitions:\n"
      "      version: 1\n"
      "      kpis: [{id: a, id: b}]\n"
      "    expect: {diagnostics: [{code: duplicate-key, line: 10}]}\n");
  CHECK(first_fault(loaded) == "");
  REQUIRE(loaded.tests.size() == 2);
  CHECK(loaded.tests[0].definitions.size() == 1);
  CHECK(load_definitions(loaded.tests[0].definitions).diagnostics.empty());
  const Loaded second = load_definitions(loaded.tests[1].definitions);
  REQUIRE_FALSE(second.diagnostics.empty());
  CHECK(second.diagnostics[0].code == "duplicate-key");  // expected by the test, so it is no fault of the test
  CHECK(second.diagnostics[0].span.line == 10);
}

TEST_CASE("faults of a policy test itself are reported") {
  const std::string head = "version: 1\ndefinitions: {version: 1}\n";
  CHECK(first_fault(load("")) == "no-definitions/test 1:1");
  CHECK(first_fault(load("- a\n")) == "no-definitions/test 1:1");
  CHECK(first_fault(load(head + "cycle: c\nexpct: {}\nexpect: {diagnostics: []}\n")) == "unknown-key 4:1");
  CHECK(first_fault(load(head)) == "missing-key/expect 1:1");
  CHECK(first_fault(load(head + "case: c\n")) == "missing-key/expect 3:1");
  CHECK(first_fault(load("version: 1\nexpect: {diagnostics: []}\n")) == "missing-key/definitions 1:1");
  CHECK(first_fault(load(head + "expect: {scores: [{employee: E1, score: 1}]}\n")) == "missing-key/cycle 1:1");
  CHECK(first_fault(load(head + "cycle: c\nexpect: {scores: [{score: 1}]}\n")) == "missing-key 4:19");
  CHECK(first_fault(load(head + "tables: {employes: x}\nexpect: {diagnostics: []}\n")) == "unknown-key/table 3:10");
  CHECK(first_fault(load(head + "as_of: 2026-02-30\nexpect: {diagnostics: []}\n")) == "bad-value/date 3:8");
  CHECK(first_fault(load(head + "expect: {diagnostics: [{line: 3}]}\n")) == "missing-key 3:24");
  CHECK(first_fault(load("version: 2\ndefinitions: {version: 1}\nexpect: {diagnostics: []}\n")) ==
        "bad-value/version 1:10");
  CHECK(first_fault(load("definitions: {version: 1}\nexpect: {diagnostics: []}\n")) == "missing-key/top 1:1");
}

TEST_CASE("what a case expects replaces what stands above all cases") {
  const LoadedTests loaded = load(
      "version: 1\ndefinitions: {version: 1}\ncycle: c\nexpect: {scores: [{employee: E1, score: 1}]}\n"
      "cases:\n  - {case: a}\n  - {case: b, expect: {scores: [{employee: E2, score: 2}]}}\n"
      "  - {case: c, expect: {diagnostics: []}}\n");
  REQUIRE(loaded.diagnostics.empty());
  REQUIRE(loaded.tests.size() == 3);
  CHECK(loaded.tests[0].scores.at(0).employee == "E1");
  REQUIRE(loaded.tests[1].scores.size() == 1);
  CHECK(loaded.tests[1].scores[0].employee == "E2");
  CHECK(loaded.tests[2].scores.empty());
  CHECK(loaded.tests[2].expects_diagnostics);
}

TEST_CASE("faults of a policy test come by their places and without false company") {
  const auto all = [](const std::string& text) {
    std::vector<std::string> out;
    for (const Diagnostic& d : load(text).diagnostics) out.push_back(d.message + " " + std::to_string(d.span.line));
    return out;
  };
  CHECK(all("version: 1\ncase: x\ndefinitions: [a]\nexpect: {scores: [{score: 1}]}\n") ==
        std::vector<std::string>{"bad-value/map 3", "missing-key 4"});
  CHECK(all("version: 1\ndefinitons: {version: 1}\nexpect: {diagnostics: []}\n") ==
        std::vector<std::string>{"unknown-key 2"});
  CHECK(all("version: 1\nuse: []\nexpect: {diagnostics: []}\n") ==
        std::vector<std::string>{"missing-key/definitions 1"});
  CHECK(all("version: 1\nuse: [a]\nexpect: {}\n") == std::vector<std::string>{"missing-key/expect 3"});
  CHECK(all("version: 1\nuse: [a]\ncycle: c\nexpect: {scores: [{employee: E1, score: []}]}\n") ==
        std::vector<std::string>{"bad-value/list-cell 4"});
}

TEST_CASE("settings arrive and an empty file is all defaults") {
  Diagnostics d;
  const Settings all = load_settings(
      {"hrctl.yaml",
       "version: 1\nstore: data/hr.db\nlang: zh\ndefinitions: [kpis/*.yaml, plans/*.yaml]\nencoding: gb18030\n"
       "threads: 4\ncolor: never\nmin_shown: 5\n"},
      d);
  CHECK(d.empty());
  CHECK(all.store == "data/hr.db");
  CHECK(all.lang == "zh");
  CHECK(all.definitions == std::vector<std::string>{"kpis/*.yaml", "plans/*.yaml"});
  CHECK(all.encoding == "gb18030");
  CHECK(all.threads == 4);
  CHECK(all.color == "never");
  CHECK(all.min_shown == 5);
  for (const char* empty : {"", "# nothing\n", "version: 1\n"}) {
    const Settings none = load_settings({"hrctl.yaml", empty}, d);
    CHECK(d.empty());
    CHECK_FALSE(none.store);
    CHECK_FALSE(none.threads);
    CHECK(none.definitions.empty());
  }
}

TEST_CASE("faulty settings are refused one by one") {
  const std::pair<std::string, std::string> rows[] = {{"version: 2", "bad-value/version"},
                                                      {"lang: fr", "bad-value/choice"},
                                                      {"threads: 0", "bad-value/out-of-range"},
                                                      {"threads: 010", "bad-value/leading-zero"},
                                                      {"threads: abc", "bad-value/number"},
                                                      {"threads: 1.5", "bad-value/not-whole"},
                                                      {"color: true", "bad-value/choice"},
                                                      {"min_shown: 0", "bad-value/out-of-range"},
                                                      {"definitions: []", "bad-value/empty-list"},
                                                      {"store: [a]", "bad-value/text"},
                                                      {"stroe: a", "unknown-key"},
                                                      {"- a", "bad-value/map-settings"},
                                                      {"a", "bad-value/map-settings"},
                                                      {"encoding:", "bad-value/null"}};
  for (const auto& [yaml, message] : rows) {
    const std::string text = yaml;
    CAPTURE(text);
    Diagnostics d;
    load_settings({"hrctl.yaml", text}, d);
    REQUIRE(d.size() == 1);
    CHECK(d[0].message == message);
  }
}
