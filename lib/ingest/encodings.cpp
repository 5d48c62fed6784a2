#include "ingest/encodings.h"
#include "base/listed.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace hr::ingest {

namespace {

struct Encoding {
  std::string_view name;
  const char* tables;      // as the C library calls it
  std::string_view names;  // others that people write, without regard to case, - and _, each with blanks around it
};

// GB2312 and GBK are parts of GB18030, and files that claim to be the smaller hold letters of the larger. Latin-1 is
// written where Windows-1252 is meant, which has the same letters and more.
constexpr std::array kEncodings{
    Encoding{kUtf8, "UTF-8", " utf8 "},
    Encoding{kGb18030, "GB18030", " gb18030 gbk gb2312 gb231280 cp936 936 windows936 ms936 euccn "},
    Encoding{kBig5, "BIG5", " big5 cp950 950 windows950 ms950 bigfive "},
    Encoding{kBig5Hkscs, "BIG5-HKSCS", " big5hkscs hkscs "},
    Encoding{kUtf16, nullptr, " utf16 "},
    Encoding{kUtf16Le, "UTF-16LE", " utf16le ucs2le "},
    Encoding{kUtf16Be, "UTF-16BE", " utf16be ucs2be "},
    Encoding{"Windows-1252", "CP1252", " windows1252 cp1252 1252 latin1 iso88591 88591 "},
    Encoding{"Windows-1250", "CP1250", " windows1250 cp1250 1250 "},
    Encoding{"Windows-1251", "CP1251", " windows1251 cp1251 1251 "},
    Encoding{"Shift_JIS", "CP932", " shiftjis sjis cp932 932 windows31j ms932 "},
    Encoding{"EUC-KR", "CP949", " euckr cp949 949 uhc ksc5601 windows949 "},
};

std::string folded(std::string_view name) {
  std::string out = " ";
  for (const char c : name) {
    if (c != '-' && c != '_' && c != ' ') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  return out + ' ';
}

const Encoding* find(std::string_view name) {
  const std::string wanted = folded(name);
  if (wanted.size() == 2) return nullptr;
  const auto* const at = std::find_if(kEncodings.begin(), kEncodings.end(), [&](const Encoding& e) {
    return e.names.find(wanted) != std::string_view::npos;
  });
  return at == kEncodings.end() ? nullptr : at;
}

class DecodedStream final : public ByteStream {
 public:
  DecodedStream(std::unique_ptr<ByteStream> from, const Encoding& encoding)
      : from_(std::move(from)), encoding_(encoding), iconv_(iconv_open("UTF-8", encoding.tables)) {
    if (iconv_ == reinterpret_cast<iconv_t>(-1))
      throw Error(ErrorKind::system, "encoding-tables", {std::string(encoding.name)});
  }
  ~DecodedStream() override { iconv_close(iconv_); }
  DecodedStream(const DecodedStream&) = delete;
  DecodedStream& operator=(const DecodedStream&) = delete;

  size_t read(char* to, size_t most) override {
    while (given_ == text_.size() && !ended_) decode_some();
    const size_t n = std::min(most, text_.size() - given_);
    std::memcpy(to, text_.data() + given_, n);
    given_ += n;
    return n;
  }

 private:
  // Another block of text, if only of one byte.
  void decode_some() {
    const size_t n = from_->read(bytes_.data() + have_, bytes_.size() - have_);
    have_ += n;
    text_.resize(kMostGrowth * have_ + kMostGrowth);
    given_ = 0;
    char* in = bytes_.data();
    char* out = text_.data();
    size_t left = have_;
    size_t room = text_.size();
    while (left > 0 && iconv(iconv_, &in, &left, &out, &room) == static_cast<size_t>(-1)) {
      if (errno == EINVAL && n > 0) break;  // a character goes on in the next block
      pass_broken(in, left, out, room);
    }
    ended_ = n == 0;
    if (ended_) iconv(iconv_, nullptr, nullptr, &out, &room);
    std::memmove(bytes_.data(), in, left);
    have_ = left;
    text_.resize(text_.size() - room);
  }

  // A byte that begins no character, of UTF-16 a unit.
  void pass_broken(char*& in, size_t& left, char*& out, size_t& room) const {
    const bool wide = encoding_.name == kUtf16Le || encoding_.name == kUtf16Be;
    const size_t n = std::min<size_t>(left, wide ? 2 : 1);
    const std::string_view euro = "\xE2\x82\xAC";  // as Windows writes it in its GBK
    const std::string_view text =
        encoding_.name == kGb18030 && *in == '\x80' ? euro : std::string_view(&kBrokenByte, 1);
    std::memcpy(out, text.data(), text.size());
    out += text.size();
    room -= text.size();
    in += n;
    left -= n;
  }

  static constexpr size_t kMostGrowth = 6;  // bytes of UTF-8 that one byte may become: two characters of HKSCS, of two

  std::unique_ptr<ByteStream> from_;
  const Encoding& encoding_;
  iconv_t iconv_;
  std::vector<char> bytes_ = std::vector<char>(size_t{1} << 16U);
  size_t have_ = 0;
  std::string text_;
  size_t given_ = 0;
  bool ended_ = false;
};

}  // namespace

std::optional<std::string_view> encoding_named(std::string_view name) {
  const Encoding* const encoding = find(name);
  return encoding != nullptr ? std::optional(encoding->name) : std::nullopt;
}

std::string encoding_names() {
  return hr::listed(kEncodings, &Encoding::name);
}

Input decoded(const Input& input, std::string_view encoding) {
  const Encoding* const known = find(encoding);
  const auto open = [input, known] { return std::make_unique<DecodedStream>(input.open(), *known); };
  return {input.name, open, input.bytes};
}

}  // namespace hr::ingest
