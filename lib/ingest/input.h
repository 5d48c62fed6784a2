// Where bytes come from. A file is never held as a whole: it is read in order, and again from its beginning when
// somebody needs a line of it. What is packed or in another encoding is an input over an input (gzip.h, encodings.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

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

// A file that turns out broken while it is read: a gzip file that was cut, a bomb. `fault` says so with its name.
class BrokenInput : public Error {
 public:
  explicit BrokenInput(Diagnostic what) : Error(ErrorKind::rejected, what.message, what.args), fault(std::move(what)) {}
  Diagnostic fault;
};

struct Input {
  std::string name;                                   // as diagnostics show it; "-" for standard input
  std::function<std::unique_ptr<ByteStream>()> open;  // from the first byte, as often as wanted
  uint64_t bytes = 0;                                 // about how many there are; 0 = not known
};

// Bytes that are in memory; they live as long as the input and its streams.
Input input_of_text(std::string name, std::string bytes);

// The same bytes; `digest` becomes their SHA-256 when they have first been read to their end.
Input hashed(const Input& input, std::shared_ptr<std::string> digest);

// All bytes of an input, or its first `most`.
std::string read_all(const Input& input, size_t most = SIZE_MAX);

}  // namespace hr::ingest
