// JSON Lines: what a line gives, and what is wrong with one.
#include "ingest/json_records.h"

#include <doctest/doctest.h>

using namespace hr::ingest;
using Lines = std::vector<std::string>;

static Lines fields_of(std::string_view line, std::string* fault = nullptr) {
  const Lines keys = json_keys(line);
  JsonRecords records(line, keys);
  Record record;
  REQUIRE(records.next(record));
  if (fault) *fault = record.fault;
  return {record.fields.begin(), record.fields.end()};
}

static std::string fault_of(std::string_view line) {
  const Lines keys{"a", "b"};
  JsonRecords records(line, keys);
  Record record;
  REQUIRE(records.next(record));
  return std::string(record.fault);
}

TEST_CASE("keys come in order of first appearance and numbers keep their text") {
  const std::string text = "{\"a\": 1.50, \"b\": \"x\"}\r\n\n{\"c\": true, \"a\": null}\nnot json\n{}\n";
  CHECK(json_keys(text) == Lines{"a", "b", "c"});
  const Lines keys = json_keys(text);
  JsonRecords records(text, keys);
  Record record;
  REQUIRE(records.next(record));
  CHECK(record.line == 1);
  CHECK(Lines(record.fields.begin(), record.fields.end()) == Lines{"1.50", "x", ""});
  CHECK(records.place(record, 1).col == 18);
  CHECK(records.place(record, 1).len == 3);  // with its quotes
  CHECK(records.place(record, 2).col == 1);  // not there: the object
  REQUIRE(records.next(record));
  CHECK(record.line == 3);
  CHECK(Lines(record.fields.begin(), record.fields.end()) == Lines{"", "", "true"});
  REQUIRE(records.next(record));
  CHECK(record.fault == "bad-json/not-an-object");
  REQUIRE(records.next(record));
  CHECK(record.fault.empty());
  CHECK_FALSE(records.next(record));
}

TEST_CASE("escapes") {
  CHECK(fields_of(R"({"a": "\"\\\/\b\f\n\r\t"})") == Lines{"\"\\/\b\f\n\r\t"});
  CHECK(fields_of(R"({"a": "\u674e\u00e9\ud83d\ude00"})") == Lines{"\xE6\x9D\x8E\xC3\xA9\xF0\x9F\x98\x80"});
  CHECK(fields_of(R"({"\u0061": 1, "b": 2})") == Lines{"1", "2"});
  for (const char* bad : {R"({"a": "\x"})", R"({"a": "\u12"})", R"({"a": "\ud83d"})", R"({"a": "\ude00"})",
                          R"({"a": "\ude00\ude00"})", R"({"a": "\ud83d\u0041"})"})
    CHECK(fault_of(bad) == "bad-json/escape");
  CHECK(fault_of(R"({"a": "\u0000"})") == "bad-json/nul");
}

TEST_CASE("what RFC 8259 does not allow") {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"a": 01})", "bad-json/leading-zero"},  {R"({"a": .5})", "bad-json/value"},
      {R"({"a": 1.})", "bad-json/value"},         {R"({"a": +1})", "bad-json/value"},
      {R"({"a": NaN})", "bad-json/value"},        {R"({"a": [1]})", "bad-json/nested"},
      {R"({"a": {}})", "bad-json/nested"},        {R"({"a": 1, "a": 2})", "bad-json/key-twice"},
      {R"({"a": 1,})", "bad-json/key"},           {R"({a: 1})", "bad-json/key"},
      {R"({"a" 1})", "bad-json/colon"},           {R"({"a": 1 "b": 2})", "bad-json/comma"},
      {R"({"a": 1} {"b": 2})", "bad-json/after"}, {R"({"a": "x)", "bad-json/open-string"},
      {R"({"a": )", "bad-json/ends-early"},       {"{\"a\": \"\t\"}", "bad-json/control"},
      {"[1]", "bad-json/not-an-object"}};
  for (const auto& [json, fault] : cases) {
    const std::string line = json;
    INFO(line);
    CHECK(fault_of(line) == fault);
  }
}

// Each object's fields; a record with a fault as the fault, with its line and column.
static Lines objects_of(std::string_view text) {
  const Lines keys = json_keys(text);
  JsonRecords records(text, keys);
  Record record;
  Lines all;
  while (records.next(record)) {
    std::string& one = all.emplace_back(std::to_string(record.line) + ":");
    for (const std::string_view field : record.fields) one += " " + std::string(field);
    if (!record.fault.empty()) one += " " + std::string(record.fault) + "@" + std::to_string(record.fault_line);
  }
  return all;
}

TEST_CASE("objects in a list, alone or as the rows of an object") {
  CHECK(objects_of("[{\"a\": 1}, {\"a\": 2}]") == Lines{"1: 1", "1: 2"});
  CHECK(objects_of("\n[\n  {\n \"a\": 1,\n \"b\": \"]},{\"\n },\r\n {\"b\": 2}\n]\n") == Lines{"3: 1 ]},{", "7:  2"});
  CHECK(objects_of(
            "{\"schema\":\"x\",\"n\":[1,{\"rows\":[{}]}],\"rows\":[\n{\"a\":1},\n{\"a\":2}\n],\"notes\":[\"y\"]}\n") ==
        Lines{"2: 1", "3: 2"});
  CHECK(objects_of("[]").empty());
  CHECK(objects_of("{\"rows\": []}").empty());
  CHECK(objects_of("{\"rows\": 1}\n{\"rows\": 2}") == Lines{"1: 1", "2: 2"});  // lines all the same
}

TEST_CASE("a fault within a list keeps its line, and a list that breaks off is at fault as a whole") {
  CHECK(objects_of("[{\"a\":\n [1]},\n 7,\n{\"a\": 2}]") ==
        Lines{"1: bad-json/nested@2", "3: bad-json/not-an-object@3", "4: 2"});
  for (const char* cut :
       {"[{\"a\": 1}", "[{\"a\": 1},", "[{\"a\": 1} {\"a\": 2}]", "[{\"a\": 1},{\"a\": \"2", "[{\"a\": 1},{\"a\": 2"}) {
    const Lines found = objects_of(cut);
    INFO(std::string(cut));
    REQUIRE(found.size() == 2);
    CHECK(found[1] == "1: bad-json/cut@1");
  }
}

TEST_CASE("places in an object of several lines") {
  const std::string text = "[{\n  \"a\": \"x\"}]";
  const Lines keys = json_keys(text);
  JsonRecords records(text, keys);
  Record record;
  REQUIRE(records.next(record));
  CHECK(records.place(record, 0).line == 2);
  CHECK(records.place(record, 0).col == 8);
  CHECK(records.place(record, 0).len == 3);
}
