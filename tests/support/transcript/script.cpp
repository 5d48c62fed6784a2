#include "script.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace transcript {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void write_file(const fs::path& path, std::string_view text) {
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::optional<Piece::Kind> directive(std::string_view word) {
  if (word == "run") return Piece::Kind::run;
  if (word == "env") return Piece::Kind::env;
  if (word == "example") return Piece::Kind::example;
  if (word == "fresh") return Piece::Kind::fresh;
  return std::nullopt;
}

Script read_script(const fs::path& path) {
  const bool page = path.extension() == ".md";
  return {path, page, page ? read_page(path) : read_test_file(path)};
}

std::string rewritten(const Piece& piece, const Outcome& actual, bool page) {
  std::string text = "$ " + piece.argument + '\n';
  if (page) return text + actual.out;
  text += escaped(actual.out);
  if (!actual.err.empty()) text += ">2\n" + escaped(actual.err);
  if (actual.exit != 0) text += ">= " + std::to_string(actual.exit) + '\n';
  return text;
}

}  // namespace transcript
