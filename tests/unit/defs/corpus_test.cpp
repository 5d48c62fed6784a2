// tests/data/definitions: every file says at its end what must be found in it, `# expect: SEVERITY MESSAGE LINE:COL`.
// good: no errors. bad-shape: the JSON Schema refuses it too. bad-meaning: only a reader that understands it can.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "defs/load.h"

using namespace hr;
using namespace hr::defs;
namespace fs = std::filesystem;

static std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

static std::vector<fs::path> files_of(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(HRCTL_SOURCE_DIR) / "tests/data/definitions" / folder))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

static std::string expected_in(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    static const std::string kMark = "# expect: ";
    if (line.starts_with(kMark)) out += line.substr(kMark.size()) + "\n";
  }
  return out;
}

static std::string found_in(const fs::path& path, const std::string& text) {
  std::string out;
  for (const Diagnostic& d : load_definitions({{path.filename().string(), text}}).diagnostics) {
    out += (d.severity == Severity::error ? "error " : "warning ") + d.message + " " + std::to_string(d.span.line) +
           ":" + std::to_string(d.span.col) + "\n";
  }
  return out;
}

static void check_folder(const std::string& folder, bool errors_wanted, size_t least) {
  const std::vector<fs::path> files = files_of(folder);
  CHECK(files.size() >= least);
  for (const fs::path& path : files) {
    CAPTURE(path.filename().string());
    const std::string text = read(path);
    CHECK(found_in(path, text) == expected_in(text));
    CHECK((expected_in(text).find("error ") != std::string::npos) == errors_wanted);
  }
}

TEST_CASE("sound definitions are read without an error") {
  check_folder("good", false, 8);
}

TEST_CASE("definitions of a wrong shape are refused at the right place") {
  check_folder("bad-shape", true, 130);
}

TEST_CASE("definitions of a wrong meaning are refused at the right place") {
  check_folder("bad-meaning", true, 60);
}

TEST_CASE("no file of the corpus crashes the reader when cut anywhere") {
  for (const fs::path& path : files_of("good")) {
    const std::string text = read(path);
    for (size_t cut = 0; cut < text.size(); cut += 13) {
      const Loaded loaded = load_definitions({{"f", text.substr(0, cut)}});
      for (const Diagnostic& d : loaded.diagnostics) {
        CHECK(d.span.line >= 1);
        CHECK(d.span.col >= 1);
      }
    }
  }
}

TEST_CASE("all files of the good corpus together clash only where ids repeat") {
  std::vector<DefinitionFile> files;
  for (const fs::path& path : files_of("good")) files.push_back({path.filename().string(), read(path)});
  for (const Diagnostic& d : load_definitions(files).diagnostics) {
    if (d.severity == Severity::error) CHECK(d.code == "duplicate-id");
  }
}
