#include "ingest/input.h"

#include <algorithm>
#include <cstring>

#include "base/digest.h"

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
  Sha256 hash_;
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
