// A transcript file: commands, what they must print and how they must exit, and all that stands between them. The form
// is described in tests/support/README.md. What is wrong with a file throws std::runtime_error.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace transcript {

namespace fs = std::filesystem;

// What a command must do, or did. In a page standard error comes with standard output, as on a terminal.
struct Outcome {
  std::string out;
  std::string err;
  int exit = 0;
};

// A stretch of a transcript file. `text` is the source as written; what is not a command is written back as it is.
struct Piece {
  enum class Kind { text, file, run, env, example, fresh, command } kind = Kind::text;
  int line = 0;
  std::string text = {};
  std::string argument = {};  // command, file name, NAME=VALUE, example
  std::string content = {};   // of a file
  Outcome expected = {};
};

struct Script {
  fs::path path;
  bool page = false;
  std::vector<Piece> pieces;
};

// A *.test file, or (*.md) the blocks of a page.
Script read_script(const fs::path& path);
// The command's text with what really came out, for HRCTL_ACCEPT.
std::string rewritten(const Piece& piece, const Outcome& actual, bool page);

// ---- parts of the two readers

std::vector<Piece> read_test_file(const fs::path& path);
std::vector<Piece> read_page(const fs::path& path);
// The directives that test files and pages share; none for an unknown word.
std::optional<Piece::Kind> directive(std::string_view word);
// Output as it stands in a .test file: lines that would read as something else begin with a backslash.
std::string escaped(const std::string& output);

std::string read_file(const fs::path& path);
void write_file(const fs::path& path, std::string_view text);  // and the folders it lies in
// Lines without their ends; a last line without one counts too.
std::vector<std::string> lines_of(std::string_view text);

}  // namespace transcript
