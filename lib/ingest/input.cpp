#include "ingest/input.h"

#include <algorithm>
#include <cstring>

#include "ingest/hash_beside.h"

namespace hr::ingest {

namespace {

class TextStream final : public ByteStream {
 public:
  explicit TextStream(std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {}

  size_t read(char* to, size_t most) override {
    const size_t n = std::min(most, bytes_->size() - at_);
    std::memcpy(to, bytes_->data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::shared_ptr<const std::string> bytes_;
  size_t at_ = 0;
};

class HashedStream final : public ByteStream {
 public:
  HashedStream(std::unique_ptr<ByteStream> from, std::shared_ptr<std::string> digest)
      : from_(std::move(from)), digest_(std::move(digest)) {}

  size_t read(char* to, size_t most) override {
    const size_t n = from_->read(to, most);
    if (!digest_->empty()) return n;
    hash_.update({to, n});
    if (n == 0) *digest_ = hash_.hex();
    return n;
  }

 private:
  std::unique_ptr<ByteStream> from_;
  std::shared_ptr<std::string> digest_;
  HashBeside hash_;
};

class LookedAtStream final : public ByteStream {
 public:
  LookedAtStream(std::unique_ptr<ByteStream> from, Look look) : from_(std::move(from)), look_(std::move(look)) {}

  size_t read(char* to, size_t most) override {
    if (given_ < ahead_.size()) {
      const size_t n = std::min(most, ahead_.size() - given_);
      std::memcpy(to, ahead_.data() + given_, n);
      given_ += n;
      return n;
    }
    const size_t n = from_->read(to, most);
    if (!looked_) watch({to, n});
    return n;
  }

 private:
  void watch(std::string_view bytes) {
    const auto* const high =
        std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const auto ascii = static_cast<size_t>(high - bytes.begin());
    pass(bytes.substr(0, ascii));
    if (ascii == bytes.size()) return;
    looked_ = true;
    given_ = bytes.size() - ascii;  // what is ahead begins with what is being handed out
    ahead_ = bytes.substr(ascii);
    read_ahead();
    look_(line_, column_, ahead_);
  }

  void pass(std::string_view ascii) {
    for (const char c : ascii) {
      const bool pair = c == '\n' && last_ == '\r';
      last_ = c;
      ++column_;
      if (c != '\n' && c != '\r') continue;
      line_ += pair ? 0 : 1;
      column_ = 1;
    }
  }

  void read_ahead() {
    for (size_t have = ahead_.size(), n = 1; have < kLook && n > 0; have += n) {
      ahead_.resize(kLook);
      n = from_->read(ahead_.data() + have, kLook - have);
      ahead_.resize(have + n);
    }
  }

  std::unique_ptr<ByteStream> from_;
  Look look_;
  bool looked_ = false;
  uint32_t line_ = 1;
  uint32_t column_ = 1;
  char last_ = 0;
  std::string ahead_;
  size_t given_ = 0;  // bytes of it
};

}  // namespace

Input input_of_text(std::string name, std::string bytes) {
  auto shared = std::make_shared<const std::string>(std::move(bytes));
  return {std::move(name), [shared] { return std::make_unique<TextStream>(shared); }, shared->size()};
}

Input hashed(const Input& input, std::shared_ptr<std::string> digest) {
  const auto open = [input, digest = std::move(digest)] {
    return std::make_unique<HashedStream>(input.open(), digest);
  };
  return {input.name, open, input.bytes};
}

Input looked_at(const Input& input, Look look) {
  const auto open = [input, look = std::move(look)] { return std::make_unique<LookedAtStream>(input.open(), look); };
  return {input.name, open, input.bytes};
}

std::string read_all(const Input& input, size_t most) {
  constexpr size_t kLeastRoom = size_t{1} << 14U;  // most files are small
  const std::unique_ptr<ByteStream> stream = input.open();
  std::string bytes;
  for (size_t used = 0;;) {
    if (bytes.size() == used) bytes.resize(std::min(most, std::max(kLeastRoom, 2 * used)));
    const size_t n = used == most ? 0 : stream->read(bytes.data() + used, bytes.size() - used);
    used += n;
    if (n > 0) continue;
    bytes.resize(used);
    return bytes;
  }
}

}  // namespace hr::ingest
