// Bytes of an output in the making. Unlike a string it gives room ahead, to be written to without a look at the end of
// the buffer for every byte.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

namespace hr::render {

class Bytes {
 public:
  char* room(size_t n) {  // n bytes behind the last, which count once end_at() says so
    if (bytes_.size() - used_ < n) bytes_.resize(2 * (used_ + n));
    return bytes_.data() + used_;
  }
  void end_at(const char* end) { used_ = static_cast<size_t>(end - bytes_.data()); }
  void put(char c) {
    *room(1) = c;
    ++used_;
  }
  void put(std::string_view text) {
    char* to = room(text.size());
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    used_ += text.size();
  }
  std::string_view all() const { return {bytes_.data(), used_}; }
  operator std::string_view() const { return all(); }
  void clear() { used_ = 0; }  // keeps the room

 private:
  std::vector<char> bytes_;
  size_t used_ = 0;
};

}  // namespace hr::render
