// Where the objects of a JSON file stand: on a line each, or one after the other in a list, which may be what an object
// calls "rows" (as export writes it). Finds their ends; what is in them others look at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hr::ingest {

class JsonObjects {
 public:
  explicit JsonObjects(std::string_view bytes);

  // The next line with something on it, or what stands next in the list; `begins`: on which line. False at the end.
  bool next(std::string_view& text, uint32_t& begins);
  // Whether the last text, an empty one, is where the list breaks off: there is no end to it, or no comma.
  bool is_cut() const { return is_cut_; }
  uint32_t line() const { return line_; }  // that comes next

 private:
  bool next_line(std::string_view& text, uint32_t& begins);
  bool next_member(std::string_view& text, uint32_t& begins);
  void pass_blanks();
  void pass(size_t end);

  std::string_view bytes_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  bool is_list_ = false;
  bool is_first_ = true;
  bool is_cut_ = false;
};

// The same text, in which each object of a list begins on a line of its own, for a row is known by its line; empty
// where they do.
std::string objects_apart(std::string_view bytes);

}  // namespace hr::ingest
