// Reading *.test files.
#include <algorithm>
#include <stdexcept>
#include <utility>

#include "script.h"

namespace transcript {

namespace {

constexpr std::string_view kNoNewline = "\\c";

// The reverse of escaped(). Blank lines at the end only set the next command apart.
std::string unescaped(std::vector<std::string> lines) {
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  std::string output;
  for (const std::string& line : lines) {
    if (line == kNoNewline) {
      if (!output.empty()) output.pop_back();
    } else {
      output += (line.starts_with("\\") ? line.substr(1) : line) + '\n';
    }
  }
  return output;
}

class TestFileReader {
 public:
  explicit TestFileReader(const fs::path& path) : path_(path), lines_(lines_of(read_file(path))) {}

  std::vector<Piece> read() {
    while (at_ < lines_.size()) {
      const std::string& line = lines_[at_];
      if (line.starts_with("$ ")) {
        read_command();
      } else if (line.starts_with("@")) {
        read_directive();
      } else if (line.empty() || line[0] == '#') {
        pieces_.push_back({.kind = Piece::Kind::text, .line = line_number(), .text = line + '\n'});
        ++at_;
      } else {
        fail("a line that belongs to no command");
      }
    }
    return std::move(pieces_);
  }

 private:
  int line_number() const { return static_cast<int>(at_) + 1; }

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(path_.string() + ":" + std::to_string(line_number()) + ": " + what);
  }

  static bool ends_block(const std::string& line) {
    return line.starts_with("$ ") || line.starts_with("#") || line.starts_with("@") || line.starts_with(">");
  }

  std::vector<std::string> read_block() {
    std::vector<std::string> block;
    while (at_ < lines_.size() && !ends_block(lines_[at_])) block.push_back(lines_[at_++]);
    blank_after_ = 0;
    for (size_t i = block.size(); i > 0 && block[i - 1].empty(); --i) ++blank_after_;
    return block;
  }

  void read_command() {
    Piece piece{.kind = Piece::Kind::command, .line = line_number()};
    std::string head = lines_[at_].substr(2);
    piece.text = lines_[at_++] + '\n';
    while (!head.empty() && head.back() == '\\' && at_ < lines_.size()) {  // goes on in the next line
      head += '\n' + lines_[at_];
      piece.text += lines_[at_++] + '\n';
    }
    piece.argument = head;
    piece.expected.out = unescaped(read_block());
    while (at_ < lines_.size() && lines_[at_].starts_with(">")) {
      const std::string& line = lines_[at_];
      if (line == ">2") {
        ++at_;
        piece.expected.err = unescaped(read_block());
      } else if (line.starts_with(">= ")) {
        piece.expected.exit = std::stoi(line.substr(3));
        ++at_;
        if (read_block().size() != blank_after_) fail("output after the exit code");
      } else {
        fail("expected >2 or >= N");
      }
    }
    pieces_.push_back(piece);
    for (size_t i = 0; i < blank_after_; ++i) pieces_.push_back({.kind = Piece::Kind::text, .text = "\n"});
  }

  void read_directive() {
    Piece piece{.line = line_number(), .text = lines_[at_] + '\n'};
    const size_t blank = lines_[at_].find(' ');
    const std::string word = lines_[at_].substr(1, blank == std::string::npos ? blank : blank - 1);
    if (blank != std::string::npos) piece.argument = lines_[at_].substr(blank + 1);
    if (word == "file") {
      piece.kind = Piece::Kind::file;
      for (++at_; at_ < lines_.size() && lines_[at_] != "@end"; ++at_) piece.content += lines_[at_] + '\n';
      if (at_ == lines_.size()) fail("@file without @end");
      piece.text += piece.content + "@end\n";
    } else if (const auto kind = directive(word)) {
      piece.kind = *kind;
    } else {
      fail("unknown @" + word);
    }
    ++at_;
    pieces_.push_back(piece);
  }

  fs::path path_;
  std::vector<std::string> lines_;
  size_t at_ = 0;
  size_t blank_after_ = 0;
  std::vector<Piece> pieces_;
};

}  // namespace

std::string escaped(const std::string& output) {
  std::vector<std::string> lines = lines_of(output);
  std::string text;
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool blank_tail = std::all_of(lines.begin() + static_cast<std::ptrdiff_t>(i), lines.end(),
                                        [](const std::string& l) { return l.empty(); });
    if (blank_tail || (!lines[i].empty() && std::string_view("#$>@\\").find(lines[i][0]) != std::string_view::npos)) {
      text += '\\';
    }
    text += lines[i] + '\n';
  }
  if (!output.empty() && output.back() != '\n') text += std::string(kNoNewline) + '\n';
  return text;
}

std::vector<Piece> read_test_file(const fs::path& path) {
  return TestFileReader(path).read();
}

}  // namespace transcript
