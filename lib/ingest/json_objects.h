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
  // Why the list cannot be read on from the last text, an empty one: a key of the message table; empty = it can.
  std::string_view fault() const { return fault_; }
  uint32_t line() const { return line_; }  // that comes next

 private:
  bool next_line(std::string_view& text, uint32_t& begins);
  bool next_member(std::string_view& text, uint32_t& begins);
  bool is_end() const;
  void pass_blanks();
  void pass(size_t end);

  std::string_view bytes_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  bool is_list_ = false;
  bool is_in_object_ = false;  // which calls the list "rows"
  bool is_first_ = true;
  std::string_view fault_;
};

// A row is known by its line. The first line on which several objects of a list begin; 0 = there is none.
uint32_t first_shared_line(std::string_view bytes);
// The same text, in which each object of a list begins on a line of its own.
std::string objects_apart(std::string_view bytes);

}  // namespace hr::ingest
