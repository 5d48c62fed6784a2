// A suggested mapping as YAML: whatever headings and values are, it reads back as what it was.
#include "engine/import/mapping_text.h"

#include <doctest/doctest.h>

#include "defs/load.h"

using namespace hr;
using namespace hr::engine;

static model::Mapping read_back(const std::string& yaml) {
  const defs::Loaded loaded = defs::load_definitions({{"mapping.yaml", yaml}});
  INFO(yaml);
  for (const Diagnostic& d : loaded.diagnostics) MESSAGE(i18n::text(i18n::Language::en, d));
  REQUIRE(loaded.diagnostics.empty());
  REQUIRE(loaded.definitions.mappings.size() == 1);
  return loaded.definitions.mappings.front();
}

TEST_CASE("headings and values of any kind") {
  for (const char* nasty :
       {"工号", "a: b", "#1",     "- x",         "yes",        "No",          "12",      "1e5",   "0x1F", "2020-01-05",
        "a #b", "'q'",  "\"q\"",  "back\\slash", "[x]",        "{x}",         "a, b",    "*star", "&and", "!tag",
        "%",    "@at",  "`tick`", "| pipe",      "> gt",       "line\nbreak", "tab\tin", "~",     "null", "a?",
        "?",    "=",    "<<",     "e\u0301",     "\U0001F600", "\u202Ex",     ".5",      "π/2"}) {
    ingest::Suggestion suggestion;
    suggestion.mapping.table = "employees";
    suggestion.mapping.footers = {nasty};
    suggestion.mapping.missing = {nasty, "NA"};
    ingest::SuggestedColumn column;
    column.mapping.column = "employee_id";
    column.mapping.headers = {nasty};
    column.mapping.values = {{nasty, nasty}};
    column.remarks = {{"suggest/maybe", {nasty}}};
    suggestion.columns = {column};
    column.active = false;
    column.mapping.column = "name";
    suggestion.columns.push_back(column);
    suggestion.left = {nasty};
    for (const auto language : {i18n::Language::en, i18n::Language::zh}) {
      const model::Mapping read = read_back(mapping_text(suggestion, "m", nasty, language));
      REQUIRE(read.columns.size() == 1);
      CHECK(read.columns[0].headers == std::vector<std::string>{nasty});
      CHECK(read.columns[0].values == std::map<std::string, std::string>{{nasty, nasty}});
      CHECK(read.footers == std::vector<std::string>{nasty});
      CHECK(read.missing == std::vector<std::string>{nasty, "NA"});
    }
  }
}

TEST_CASE("every key that a suggestion may have") {
  ingest::Suggestion suggestion;
  model::Mapping& m = suggestion.mapping;
  m.table = "facts";
  m.sheet = "考勤";
  m.encoding = "gb18030";
  m.delimiter = '\t';
  m.header = {2, 3};
  m.skip = 1;
  m.fill_down = {"部门"};
  m.unpivot = model::Unpivot{"", {}, "1", "31", "day", "value"};
  ingest::SuggestedColumn subject, kpi, period, value;
  subject.mapping.column = "subject";
  subject.mapping.headers = {"工号"};
  subject.mapping.clean = model::Cleaning{true, true, false, false};
  kpi.mapping.column = "kpi";
  kpi.mapping.default_value = "hours";
  period.mapping.column = "period";
  period.mapping.headers = {"day"};
  period.mapping.dates.formats = {"%d"};
  period.mapping.dates.defaults.year = 2021;
  period.mapping.dates.defaults.month = 5;
  value.mapping.column = "value";
  value.mapping.headers = {"value"};
  value.mapping.split = model::Split{" ", -1};
  value.mapping.unit = "clock";
  suggestion.columns = {subject, kpi, period, value};
  const model::Mapping read = read_back(mapping_text(suggestion, "m", "f.csv", i18n::Language::en));
  CHECK(read.sheet == m.sheet);
  CHECK(read.encoding == m.encoding);
  CHECK(read.delimiter == m.delimiter);
  CHECK(read.header == m.header);
  CHECK(read.skip == m.skip);
  CHECK(read.fill_down == m.fill_down);
  CHECK(read.unpivot->columns.from == "1");
  CHECK(read.unpivot->columns.to == "31");
  REQUIRE(read.columns.size() == 4);
  CHECK(read.columns[0].clean == subject.mapping.clean);
  CHECK(read.columns[1].default_value == "hours");
  CHECK(read.columns[2].dates.defaults.month == 5);
  CHECK(read.columns[3].split->by == " ");
  CHECK(read.columns[3].unit == "clock");
}
