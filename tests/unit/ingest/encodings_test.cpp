// Text of other encodings → UTF-8. The bytes are those of Python's codecs.
#include "ingest/encodings.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hr;
using namespace hr::ingest;

namespace {

struct Text {
  std::string_view encoding;
  std::string bytes;
  std::string utf8;
};

const std::vector<Text>& texts() {
  static const std::vector<Text> kTexts{
      {kGb18030, "\xB9\xA4\xBA\xC5\x2C\xA8\xA6\x0A\x95\x34\xB2\x35\x2C\xC0\xEE\x0A", "工号,é\n𠮷,李\n"},
      {kBig5, "\xA4\x75\xB8\xB9\x2C\xF9\xD6\x0A\xF9\xDA\x0A", "工號,碁\n恒\n"},
      {kBig5Hkscs, "\xA4\x75\xB8\xB9\x2C\xFA\x40\x88\x62\x0A", "工號,𠕇Ê̄\n"},
      {kUtf16Le,
       {"\xE5\x5D\xF7\x53\x2C\x00\xE9\x00\x0A\x00\x42\xD8\xB7\xDF\x2C\x00\x4E\x67\x0A\x00", 20},
       "工号,é\n𠮷,李\n"},
      {kUtf16Be,
       {"\x5D\xE5\x53\xF7\x00\x2C\x00\xE9\x00\x0A\xD8\x42\xDF\xB7\x00\x2C\x67\x4E\x00\x0A", 20},
       "工号,é\n𠮷,李\n"},
      {"Windows-1252", "\x4A\x6F\x73\xE9\x2C\x80\x0A", "José,€\n"},
      {"Shift_JIS", "\x8E\xD0\x88\xF5\xB1\x0A", "社員ｱ\n"},
      {"EUC-KR", "\xB1\xE8\x8C\x63\x0A", "김똠\n"},
      // broken: a lead byte before a comma, 0xFF, a letter of four bytes that is cut
      {kGb18030, "a\x81,b\xFF\n\x95\x34\xB2", "a\xFF,b\xFF\n\xFF\x34\xFF"},
      {kGb18030, "\x80", "€"},  // as Windows writes it
      {kBig5, "\xA4\n\xF9", "\xFF\n\xFF"},
      // half a pair in front of a comma, the second half alone, a byte too many
      {kUtf16Le, {"\x42\xD8\x2C\x00\xB7\xDF\x41\x00\x42", 9}, "\xFF,\xFF\x41\xFF"},
      {kUtf16Be, {"\xD8\x42\x00\x2C\xDF\xB7\x00", 7}, "\xFF,\xFF\xFF"},
  };
  return kTexts;
}

// Gives the bytes in two parts, or one by one.
class Drip final : public ByteStream {
 public:
  Drip(std::string bytes, size_t border) : bytes_(std::move(bytes)), border_(border) {}
  size_t read(char* to, size_t most) override {
    const size_t end = border_ == 0 ? at_ + 1 : at_ < border_ ? border_ : bytes_.size();
    const size_t n = std::min({most, end - at_, bytes_.size() - at_});
    std::copy_n(bytes_.data() + at_, n, to);
    at_ += n;
    return n;
  }

 private:
  std::string bytes_;
  size_t border_;  // 0: behind each byte
  size_t at_ = 0;
};

std::string read_in_steps(const Input& input, size_t step) {
  const std::unique_ptr<ByteStream> stream = input.open();
  std::string text;
  std::string some(step, ' ');
  while (const size_t n = stream->read(some.data(), step)) text.append(some, 0, n);
  return text;
}

}  // namespace

TEST_CASE("text is the same wherever the file is cut while it is read") {
  for (const Text& t : texts()) {
    CAPTURE(t.encoding);
    for (size_t border = 0; border <= t.bytes.size(); ++border) {
      const Input input{"x", [&t, border] { return std::make_unique<Drip>(t.bytes, border); }, 0};
      for (const size_t step : {size_t{1}, size_t{2}, size_t{3}, size_t{64}})
        REQUIRE(read_in_steps(decoded(input, t.encoding), step) == t.utf8);
    }
  }
}

TEST_CASE("text of several blocks") {
  for (const Text& t : texts()) {
    std::string bytes;
    std::string utf8;
    if (t.utf8.find(kBrokenByte) != std::string::npos) continue;
    for (int i = 0; i < 30000; ++i) {
      bytes += t.bytes;
      utf8 += t.utf8;
    }
    CHECK(read_all(decoded(input_of_text("x", bytes), t.encoding)) == utf8);
  }
}

TEST_CASE("names that people write") {
  for (const char* name : {"gbk", "GB2312", "gb18030", "CP936", "euc-cn"}) CHECK(encoding_named(name) == kGb18030);
  for (const char* name : {"utf-8", "UTF8", "utf_8"}) CHECK(encoding_named(name) == kUtf8);
  for (const char* name : {"big5", "BIG-5", "cp950"}) CHECK(encoding_named(name) == kBig5);
  for (const char* name : {"utf-16le", "UTF16-LE"}) CHECK(encoding_named(name) == kUtf16Le);
  for (const char* name : {"latin1", "ISO-8859-1", "windows-1252", "cp1252"})
    CHECK(encoding_named(name) == "Windows-1252");
  CHECK(encoding_named("utf-16") == kUtf16);
  for (const char* name : {"", "-", "klingon", "gb", "utf", "big5 cp950", "8"}) CHECK(!encoding_named(name));
}
