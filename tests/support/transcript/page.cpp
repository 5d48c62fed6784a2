// Reading pages.
#include <stdexcept>
#include <utility>

#include "script.h"

namespace transcript {

namespace {

class PageReader {
 public:
  explicit PageReader(const fs::path& path) : path_(path), lines_(lines_of(read_file(path))) {}

  std::vector<Piece> read() {
    while (at_ < lines_.size()) {
      const std::string line = lines_[at_];
      if (line.starts_with("<!-- transcript: ")) {
        read_directive(line);
      } else if (line.starts_with("```")) {
        read_fence(line);
      } else {
        text(line);
      }
    }
    return std::move(pieces_);
  }

 private:
  void text(const std::string& line) {
    pieces_.push_back({.kind = Piece::Kind::text, .line = static_cast<int>(at_) + 1, .text = line + '\n'});
    ++at_;
  }

  void read_directive(const std::string& line) {
    const size_t end = line.rfind(" -->");
    if (end == std::string::npos) throw std::runtime_error(path_.string() + ": directive without -->");
    const std::string body = line.substr(17, end - 17);
    const size_t blank = body.find(' ');
    const std::string word = body.substr(0, blank);
    Piece piece{.line = static_cast<int>(at_) + 1, .text = line + '\n'};
    if (blank != std::string::npos) piece.argument = body.substr(blank + 1);
    if (const auto kind = directive(word))
      piece.kind = *kind;
    else if (word == "file")
      next_file_ = piece.argument;
    else if (word == "exit")
      next_exit_ = std::stoi(piece.argument);
    else if (word == "skip" && !piece.argument.empty())
      skip_ = true;
    else
      throw std::runtime_error(path_.string() + ": unknown directive, or skip without a reason: " + line);
    pieces_.push_back(piece);
    ++at_;
  }

  void read_fence(const std::string& opening) {
    const bool console = opening == "```console" && !skip_;
    const int first = static_cast<int>(at_) + 1;
    text(opening);
    std::vector<std::string> body;
    const std::string closing = opening.substr(0, opening.find_first_not_of('`'));
    while (at_ < lines_.size() && lines_[at_] != closing) body.push_back(lines_[at_++]);
    if (!next_file_.empty()) {
      Piece piece{.kind = Piece::Kind::file, .line = first, .argument = next_file_};
      for (const std::string& line : body) piece.content += line + '\n';
      piece.text = piece.content;
      pieces_.push_back(piece);
      next_file_.clear();
    } else if (console) {
      read_session(body, first + 1);
    } else {
      for (const std::string& line : body) pieces_.push_back({.kind = Piece::Kind::text, .text = line + '\n'});
    }
    skip_ = false;
    if (at_ < lines_.size()) text(lines_[at_]);
  }

  void read_session(const std::vector<std::string>& body, int first) {
    Piece* last = nullptr;
    bool in_command = false;
    for (size_t i = 0; i < body.size(); ++i) {
      if (body[i].starts_with("$ ")) {
        pieces_.push_back({.kind = Piece::Kind::command,
                           .line = first + static_cast<int>(i),
                           .text = body[i] + '\n',
                           .argument = body[i].substr(2)});
        last = &pieces_.back();
      } else if (in_command) {
        last->argument += '\n' + body[i];
        last->text += body[i] + '\n';
      } else if (last != nullptr) {
        last->expected.out += body[i] + '\n';
      } else {
        throw std::runtime_error(path_.string() + ":" + std::to_string(first) + ": a console block begins with '$ '");
      }
      in_command = last->expected.out.empty() && !last->argument.empty() && last->argument.back() == '\\';
    }
    if (last != nullptr) last->expected.exit = std::exchange(next_exit_, 0);
  }

  fs::path path_;
  std::vector<std::string> lines_;
  size_t at_ = 0;
  std::string next_file_;
  int next_exit_ = 0;
  bool skip_ = false;
  std::vector<Piece> pieces_;
};

}  // namespace

std::vector<Piece> read_page(const fs::path& path) {
  return PageReader(path).read();
}

}  // namespace transcript
