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
