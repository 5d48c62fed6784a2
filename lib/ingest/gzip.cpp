#include "ingest/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <vector>

namespace hr::ingest {

namespace {

constexpr std::string_view kMagic = "\x1F\x8B";

class UnpackedStream final : public ByteStream {
 public:
  UnpackedStream(std::unique_ptr<ByteStream> from, std::string file)
      : from_(std::move(from)), file_(std::move(file)), packed_(size_t{1} << 16U) {
    constexpr int kGzipOnly = 16;
    if (inflateInit2(&z_, kGzipOnly + MAX_WBITS) != Z_OK) throw std::bad_alloc();
  }
  ~UnpackedStream() override { inflateEnd(&z_); }
  UnpackedStream(const UnpackedStream&) = delete;
  UnpackedStream& operator=(const UnpackedStream&) = delete;

  size_t read(char* to, size_t most) override {
    const auto room = static_cast<uInt>(std::min<size_t>(most, size_t{1} << 30U));
    z_.next_out = reinterpret_cast<Bytef*>(to);
    z_.avail_out = room;
    while (z_.avail_out == room && !ended_) {
      refill();
      if (between_) begin_member();
      if (!ended_) inflate_some();
    }
    const uInt n = room - z_.avail_out;
    unpacked_ += n;
    if (unpacked_ > kMostUnpacked) fail("bad-gzip/size", {std::to_string(kMostUnpacked >> 30U)});
    if (unpacked_ > kFreeOfRatio && unpacked_ / kMostRatio > taken_)
      fail("bad-gzip/ratio", {std::to_string(kMostRatio)});
    return n;
  }

 private:
  [[noreturn]] void fail(const char* message, std::vector<std::string> args = {}) const {
    throw BrokenInput(make_error(message, {file_, 0, 0, 0}, std::move(args)));
  }

  void refill() {
    if (z_.avail_in > 0) return;
    const size_t n = from_->read(packed_.data(), packed_.size());
    taken_ += n;
    z_.next_in = reinterpret_cast<Bytef*>(packed_.data());
    z_.avail_in = static_cast<uInt>(n);
  }

  // Behind the last byte of a member: the end, another one, or the zeros that tapes and backups fill a block with.
  void begin_member() {
    pass_zeros();
    ended_ = z_.avail_in == 0;
    if (ended_) return;
    if (padded_ || *z_.next_in != static_cast<unsigned char>(kMagic[0])) fail("bad-gzip/behind");
    inflateReset(&z_);
    between_ = false;
    later_member_ = true;
  }

  void pass_zeros() {
    for (; z_.avail_in > 0 && *z_.next_in == 0; refill()) {
      padded_ = true;
      ++z_.next_in;
      --z_.avail_in;
    }
  }

  void inflate_some() {
    if (z_.avail_in == 0) fail("bad-gzip/cut");
    const int said = inflate(&z_, Z_NO_FLUSH);
    between_ = said == Z_STREAM_END;
    if (said == Z_OK || said == Z_STREAM_END || said == Z_BUF_ERROR) return;
    if (said == Z_MEM_ERROR) throw std::bad_alloc();
    const std::string_view why = z_.msg != nullptr ? z_.msg : "";
    if (why == "incorrect header check" && later_member_) fail("bad-gzip/behind");
    fail(why == "incorrect data check" || why == "incorrect length check" ? "bad-gzip/checksum" : "bad-gzip/damaged");
  }

  std::unique_ptr<ByteStream> from_;
  std::string file_;
  std::vector<char> packed_;
  z_stream z_{};
  bool between_ = false;       // a member has ended
  bool later_member_ = false;  // this is not the first one
  bool padded_ = false;        // zeros followed it: there is no other one
  bool ended_ = false;
  uint64_t taken_ = 0;     // packed bytes
  uint64_t unpacked_ = 0;  // bytes
};

}  // namespace

bool is_gzip(std::string_view head) {
  return head.starts_with(kMagic);
}

Input unpacked(const Input& packed) {
  const auto open = [packed] { return std::make_unique<UnpackedStream>(packed.open(), packed.name); };
  return {packed.name, open, 0};
}

}  // namespace hr::ingest
