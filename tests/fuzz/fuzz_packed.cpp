// Bytes as text in an encoding and as a gzip file, read in blocks of any size.
//
// The first line says how: a letter of the encoding, one of the size of blocks, one of the byte that is damaged.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "ingest/encodings.h"
#include "ingest/gzip.h"
#include "ingest/text_file.h"
#include "support/deflated.h"

using namespace hr;

namespace {

constexpr std::array kEncodings{ingest::kUtf8,    ingest::kUtf16Le, ingest::kUtf16Be,
                                ingest::kGb18030, ingest::kBig5,    ingest::kBig5Hkscs};

// The same bytes, handed out a few at a time.
class FewBytes final : public ingest::ByteStream {
 public:
  FewBytes(std::unique_ptr<ingest::ByteStream> stream, size_t most) : stream_(std::move(stream)), most_(most) {}
  size_t read(char* to, size_t most) override { return stream_->read(to, std::min(most, most_)); }

 private:
  std::unique_ptr<ingest::ByteStream> stream_;
  size_t most_;
};

ingest::Input in_blocks(const ingest::Input& input, size_t most) {
  ingest::Input out = input;
  out.open = [input, most] { return std::make_unique<FewBytes>(input.open(), most); };
  return out;
}

// What is read of an input, or nothing where it says that it is broken.
std::string text_or_nothing(const ingest::Input& input) {
  try {
    return ingest::read_all(input);
  } catch (const ingest::BrokenInput&) {
    return {};
  }
}

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t end = input.find('\n');
  if (end == std::string_view::npos) return 0;
  const auto letter = [&](size_t at) { return at < end ? static_cast<uint8_t>(input[at] - 'a') : size_t{0}; };
  const std::string bytes(input.substr(end + 1));
  const ingest::Input file = ingest::input_of_text("x", bytes);
  const size_t most = 1 + letter(1);

  const std::string_view encoding = kEncodings[letter(0) % kEncodings.size()];
  const std::string text = ingest::read_all(ingest::decoded(file, encoding));
  must(ingest::read_all(ingest::decoded(in_blocks(file, most), encoding)) == text);

  const std::string half = bytes.substr(0, bytes.size() / 2);
  std::string zip = tests::gzipped(half) + tests::gzipped(bytes.substr(half.size()));
  const auto unpacked = [&] { return ingest::unpacked(in_blocks(ingest::input_of_text("x", zip), most)); };
  must(ingest::read_all(unpacked()) == bytes);
  zip[letter(2) * 31 % zip.size()] ^= static_cast<char>(1 + letter(3) % 255);
  const std::string damaged = text_or_nothing(unpacked());
  must(damaged.empty() || damaged == bytes);  // what is damaged is told, unless nothing of the text is
  text_or_nothing(ingest::unpacked(in_blocks(file, most)));

  try {
    const ingest::TextFile found = ingest::text_of(file, {});
    if (!found.fault) ingest::whole_file(found);
  } catch (const ingest::BrokenInput&) {
    return 0;
  }
  return 0;
}
