// Where bytes come from. A file is never held as a whole: it is read in order, and again from its beginning when
// somebody needs a line of it. What is packed or in another encoding is an input over an input (gzip.h, encodings.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/error.h"

namespace hr::ingest {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // At most `most` (≥ 1) of the next bytes; 0 only at the end. Throws Error when the file cannot be read, BrokenInput
  // when it is not what it began as.
  virtual size_t read(char* to, size_t most) = 0;
};

struct Input {
  std::string name;                                   // as diagnostics show it; "-" for standard input
  std::function<std::unique_ptr<ByteStream>()> open;  // from the first byte, as often as wanted
  uint64_t bytes = 0;                                 // about how many there are; 0 = not known
};

// A file that turns out broken while it is read: a gzip file that was cut, a bomb, text of another encoding than was
// said. `fault` says so with its name; where that has a line, `text` is what it is a line of.
class BrokenInput : public Error {
 public:
  explicit BrokenInput(Diagnostic what, Input lines = {})
      : Error(ErrorKind::rejected, what.message, what.args), fault(std::move(what)), text(std::move(lines)) {}
  Diagnostic fault;
  Input text;
};

// Bytes that are in memory; they live as long as the input and its streams.
Input input_of_text(std::string name, std::string bytes);

// The same bytes; `digest` becomes their SHA-256 when they have first been read to their end.
Input hashed(const Input& input, std::shared_ptr<std::string> digest);

// The same bytes. Where the first one that is not ASCII comes, `look` is told its line and column, from 1, and shown
// the bytes from there on: kLook of them or more, or all there are. What it throws, reading throws.
inline constexpr size_t kLook = size_t{1} << 17U;
using Look = std::function<void(uint32_t line, uint32_t column, std::string_view bytes)>;
Input looked_at(const Input& input, Look look);

// All bytes of an input, or its first `most`.
std::string read_all(const Input& input, size_t most = SIZE_MAX);

}  // namespace hr::ingest
