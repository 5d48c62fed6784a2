// The short cut for plain YAML against the reader of all of YAML: whatever it takes, both read alike, to the byte.
#include "defs/plain_yaml.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "defs/yaml_text.h"

using namespace hr;
using namespace hr::defs;
namespace fs = std::filesystem;

namespace {

// Whether the short cut takes it; then both must agree.
bool is_plain(const std::string& text) {
  Tree plain;
  static_cast<SourceText&>(plain) = SourceText("f", text);
  if (find_text_fault(text) || !read_plain_yaml(plain)) {
    CHECK(plain.nodes.empty());
    return false;
  }
  Diagnostics faults;
  const Tree all = read_all_of_yaml("f", text, faults);
  CHECK_MESSAGE(faults.empty(), text);
  CHECK_MESSAGE((plain.nodes == all.nodes && plain.root == all.root), text);
  return true;
}

std::vector<std::string> yaml_below(const std::string& folder) {
  std::vector<std::string> texts;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(HRCTL_SOURCE_DIR) / folder)) {
    if (entry.path().extension() != ".yaml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    texts.push_back(bytes.str());
  }
  return texts;
}

}  // namespace

TEST_CASE("all definitions of the examples and most YAML of the tests take the short cut") {
  for (const std::string& text : yaml_below("examples")) {
    const bool is_written_once = text.find(": |\n") != std::string::npos;  // policy tests have tables as block texts
    if (!is_written_once && text.find("report:") == std::string::npos) CHECK_MESSAGE(is_plain(text), text);
  }
  const std::vector<std::string> texts = yaml_below("tests/data/definitions");
  CHECK(std::count_if(texts.begin(), texts.end(), is_plain) * 10 > static_cast<std::ptrdiff_t>(texts.size()) * 9);
}

TEST_CASE("every three pieces of YAML in four places are read alike, or left") {
  const std::vector<std::string> pieces{
      "a",       ": ",  ":\n",          "- ", "\n",  "  ", " ", "[",    "]",    "{",    "}", ", ",   ",",
      "\"",      "'",   " # c",         "#",  "b: ", "-1", "~", "null", "\n  ", "\n- ", "?", "\r\n", "\n    ",
      "\n  - a", "\\n", "\xE4\xBA\xBA", "."};
  size_t plain = 0;
  for (const std::string before : {"", "k: ", "k:\n  - ", "k:\n  "}) {
    for (const std::string& a : pieces) {
      for (const std::string& b : pieces) {
        for (const std::string& c : pieces) plain += is_plain(before + a + b + c) ? 1U : 0U;
      }
    }
  }
  CHECK(plain > 5'000);
}

TEST_CASE("a real file with one byte changed, put in or taken out is read alike, or left") {
  const std::string_view letters = "a:-[]{},\"'# \n?&*!|%@<.~0";
  uint32_t state = 1;  // a fixed sequence: the same damage on every machine
  const auto next = [&](size_t bound) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8U) % bound;
  };
  size_t plain = 0;
  for (const std::string& text : yaml_below("examples/company")) {
    for (int i = 0; i < 300; ++i) {
      std::string damaged = text;
      const size_t at = next(text.size());
      const size_t way = next(3);
      if (way == 0) damaged[at] = letters[next(letters.size())];
      if (way == 1) damaged.insert(at, 1, letters[next(letters.size())]);
      if (way == 2) damaged.erase(at, 1 + next(3));
      plain += is_plain(damaged) ? 1U : 0U;
    }
  }
  CHECK(plain > 500);
}

TEST_CASE("a mark of the byte order and ends of lines of another system do not stand in the way") {
  CHECK(
      is_plain("\xEF\xBB\xBF"
               "a: 1\n"));
  CHECK(is_plain("a:\r\n  - {b: 1}  # c\r\n\r\n  - 'd'\r\ne: f\r\n"));
  CHECK(is_plain("# c\n\na: 1"));
  CHECK(is_plain("a:\n- b\n- c:\n  - d#e # f\ng: {h: [], i: -1.5}\n"));
}

TEST_CASE("what is not plain is left") {
  for (const std::string text : {"",
                                 "# c\n",
                                 "a",
                                 "a:",
                                 "a:\nb: 1\n",
                                 "a: ~\n",
                                 "a: null\n",
                                 "a: &x 1\n",
                                 "a: *x\n",
                                 "a: !t 1\n",
                                 "<<: {a: 1}\n",
                                 "a: |\n  b\n",
                                 "a: b\n  c\n",
                                 "a: \"b\\n\"\n",
                                 "a: \"b\n",
                                 "a: 'b''c'\n",
                                 "a: [b,\n  c]\n",
                                 "a: [b: 1]\n",
                                 "a: [b, ]\n",
                                 "a: {b}\n",
                                 "a: {b:1}\n",
                                 "a: 1\na: 2\n",
                                 "a: {b: 1, \"b\": 2}\n",
                                 "a: 1\n...\n",
                                 "---\na: 1\n",
                                 "a: 1\n---\n",
                                 "\ta: 1\n",
                                 "a:\t1\n",
                                 " a: 1\n",
                                 "a: 1\n b: 2\n",
                                 "a:\n  b: 1\n c: 2\n",
                                 "a: b: 1\n",
                                 "? a\n: b\n",
                                 "- a\nb: 1\n",
                                 "a: 1 b: 2\n",
                                 "a: - b\n",
                                 "-\n  a\n",
                                 "{a: 1}\n"}) {
    CAPTURE(text);
    CHECK_FALSE(is_plain(text));
  }
  std::string deep = "a: ";
  for (int i = 0; i < 40; ++i) deep += "[";
  CHECK_FALSE(is_plain(deep + std::string(40, ']')));
  CHECK_FALSE(is_plain(std::string(600, 'k') + ": 1\n"));
}
