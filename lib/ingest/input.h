// Where bytes come from. A file is never held as a whole: it is read in order, and again from its beginning when
// somebody needs a line of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace hr::ingest {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // At most `most` (≥ 1) of the next bytes; 0 only at the end. Throws Error when the file cannot be read.
  virtual size_t read(char* to, size_t most) = 0;
};

struct Input {
  std::string name;                                   // as diagnostics show it; "-" for standard input
  std::function<std::unique_ptr<ByteStream>()> open;  // from the first byte, as often as wanted
  uint64_t bytes = 0;                                 // about how many there are; 0 = not known
};

// Bytes that are in memory; they live as long as the input and its streams.
Input input_of_text(std::string name, std::string bytes);

// All bytes of an input.
std::string read_all(const Input& input);

}  // namespace hr::ingest
