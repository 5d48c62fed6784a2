#include "store/text_codec.h"

#include <algorithm>
#include <optional>
#include <string>

#include "store/number_codec.h"

namespace hr::store {

namespace {

enum class TextForm : uint8_t { plain, counted };

constexpr size_t kMostDigits = 18;  // of a number at the end of a text: fits 64 bits
constexpr size_t kLongestFirst = 256;

// A text that ends in a number. The texts that go on from it have the same head and a greater number with at least as
// many digits, the zeros in front being only those that make up the width.
struct Counted {
  std::string_view head;
  size_t width = 0;  // digits; 0 = none
  uint64_t number = 0;

  explicit Counted(std::string_view text) {
    while (width < std::min(kMostDigits, text.size()) && is_digit(text[text.size() - 1 - width])) ++width;
    head = text.substr(0, text.size() - width);
    for (const char c : text.substr(head.size())) number = number * 10 + static_cast<uint64_t>(c - '0');
  }

  // The number of `next` minus this one's where it goes on, else 0. Then `next` is where this stands.
  uint64_t go_on(std::string_view next) {
    if (width == 0 || !next.starts_with(head)) return 0;
    const std::string_view digits = next.substr(head.size());
    if (digits.size() < width || digits.size() > kMostDigits || (digits.size() > width && digits[0] == '0')) return 0;
    uint64_t to = 0;
    for (const char c : digits) {
      if (!is_digit(c)) return 0;
      to = to * 10 + static_cast<uint64_t>(c - '0');
    }
    if (to <= number) return 0;
    const uint64_t step = to - number;
    number = to;
    return step;
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
};

// Texts as runs: the first ones as they are, of the others the steps.
struct Runs {
  std::vector<int64_t> lengths;  // how many texts
  std::vector<std::string_view> firsts;
  std::vector<int64_t> steps;
};

// Empty when counting does not make up for the runs.
Runs runs_of(std::span<const std::string_view> texts) {
  Runs runs;
  std::optional<Counted> last;
  for (const std::string_view text : texts) {
    const uint64_t step = last ? last->go_on(text) : 0;
    if (step > 0) {
      ++runs.lengths.back();
      runs.steps.push_back(static_cast<int64_t>(step));
      continue;
    }
    if (4 * runs.firsts.size() >= texts.size() || text.size() > kLongestFirst) return {};
    last.emplace(text);
    runs.firsts.push_back(text);
    runs.lengths.push_back(1);
  }
  return runs;
}

void encode_plain(ByteWriter& out, std::span<const std::string_view> texts) {
  std::vector<int64_t> lengths;
  lengths.reserve(texts.size());
  for (const std::string_view t : texts) lengths.push_back(static_cast<int64_t>(t.size()));
  encode_integers(out, lengths);
  for (const std::string_view t : texts) out.bytes(t);
}

Texts decode_plain(ByteReader& in, size_t n) {
  Texts texts;
  texts.lengths.reserve(n);
  uint64_t bytes = 0;
  for (const int64_t length : decode_integers(in, n, 0, UINT32_MAX)) {
    texts.lengths.push_back(static_cast<uint32_t>(length));
    bytes += static_cast<uint64_t>(length);
  }
  texts.bytes = in.bytes(bytes);
  return texts;
}

// Writes texts that go on from one another.
std::string counted_text(const Counted& at, uint64_t number) {
  const std::string digits = std::to_string(number);
  const size_t zeros = digits.size() < at.width ? at.width - digits.size() : 0;
  return std::string(at.head).append(zeros, '0').append(digits);
}

class CountedWriter {
 public:
  explicit CountedWriter(size_t texts) : most_(texts) { texts_.lengths.reserve(texts); }

  void first(std::string_view text) {
    if (text.size() > kLongestFirst) throw DamagedBlob("a text is too long to go on from");
    now_.emplace(text);
    text_ = text;
    put();
  }
  void next(int64_t step) {
    constexpr uint64_t kEnd = 1'000'000'000'000'000'000;
    now_->number += static_cast<uint64_t>(step);
    if (now_->width == 0 || now_->number >= kEnd) throw DamagedBlob("a text does not count");
    if (!count_up(static_cast<uint64_t>(step))) text_ = std::string(now_->head).append(std::to_string(now_->number));
    put();
  }
  Texts take() {
    texts_.bytes = {texts_.made.get(), used_};
    return std::move(texts_);
  }

 private:
  // Adds to the digits that are there; false where it takes one more.
  bool count_up(uint64_t step) {
    for (size_t i = text_.size(); step > 0 && i > now_->head.size(); --i) {
      step += static_cast<uint64_t>(text_[i - 1] - '0');
      text_[i - 1] = static_cast<char>('0' + step % 10);
      step /= 10;
    }
    return step == 0;
  }

  void put() {
    const size_t n = text_.size();
    if (size_ - used_ < n) make_room(n);
    std::copy_n(text_.data(), n, texts_.made.get() + used_);
    used_ += n;
    texts_.lengths.push_back(static_cast<uint32_t>(n));
  }
  // For those to come to be as long, and for twice as many bytes at least.
  void make_room(size_t text) {
    size_ = std::max(2 * size_, used_ + (most_ - texts_.lengths.size()) * text);
    auto larger = std::make_unique_for_overwrite<char[]>(size_);
    std::copy_n(texts_.made.get(), used_, larger.get());
    texts_.made = std::move(larger);
  }

  const size_t most_;  // texts
  std::string text_;   // the last one
  Texts texts_;
  size_t size_ = 0;  // bytes of texts_.made, of which used_ have been written
  size_t used_ = 0;
  std::optional<Counted> now_;  // its head lies in the blob
};

Texts decode_counted(ByteReader& in, size_t n) {
  const size_t count = in.number_up_to(n);
  const std::vector<int64_t> lengths = decode_integers(in, count, 1, static_cast<int64_t>(n));
  size_t all = 0;
  for (const int64_t length : lengths) all += static_cast<size_t>(length);
  if (all != n) throw DamagedBlob("runs are too long or too short");
  const Texts firsts = decode_plain(in, count);
  const std::vector<int64_t> steps = decode_integers(in, n - count, 1, INT64_MAX / 2);
  CountedWriter writer(n);
  const std::vector<std::string_view> first = firsts.views();
  for (size_t run = 0, step = 0; run < count; ++run) {
    writer.first(first[run]);
    for (int64_t i = 1; i < lengths[run]; ++i) writer.next(steps[step++]);
  }
  return writer.take();
}

}  // namespace

std::vector<std::string_view> Texts::views() const {
  std::vector<std::string_view> views;
  views.reserve(lengths.size());
  size_t at = 0;
  for (const uint32_t length : lengths) {
    views.push_back(bytes.substr(at, length));
    at += length;
  }
  return views;
}

// 0 · lengths · their bytes, one after the other
// 1 · number of runs · how many texts each has · the first of each, as lengths and bytes · steps of the others
void encode_texts(ByteWriter& out, std::span<const std::string_view> texts) {
  const Runs runs = runs_of(texts);
  if (runs.firsts.empty()) {
    out.byte(static_cast<uint8_t>(TextForm::plain));
    return encode_plain(out, texts);
  }
  out.byte(static_cast<uint8_t>(TextForm::counted));
  out.number(runs.firsts.size());
  encode_integers(out, runs.lengths);
  encode_plain(out, runs.firsts);
  encode_integers(out, runs.steps);
}

Texts decode_texts(ByteReader& in, size_t n) {
  switch (static_cast<TextForm>(in.byte())) {
    case TextForm::plain:
      return decode_plain(in, n);
    case TextForm::counted:
      return decode_counted(in, n);
  }
  throw DamagedBlob("unknown form of texts");
}

EncodedTexts::EncodedTexts(std::string_view bytes, size_t n) : n_(n), rest_(bytes) {
  const auto form = static_cast<TextForm>(rest_.byte());
  if (form == TextForm::plain) {
    plain_ = decode_plain(rest_, n).views();
    rest_.end();
    return;
  }
  if (form != TextForm::counted) throw DamagedBlob("unknown form of texts");
  const size_t count = rest_.number_up_to(n);
  const std::vector<int64_t> lengths = decode_integers(rest_, count, 1, static_cast<int64_t>(n));
  const Texts texts = decode_plain(rest_, count);
  size_t at = 0;
  for (const std::string_view first : texts.views()) {
    const size_t end = at + static_cast<size_t>(lengths[runs_.size()]);
    runs_.push_back({at, end, first});
    at = end;
  }
  if (at != n) throw DamagedBlob("runs are too long or too short");
}

// The text at place p of run r has gone p − begin steps; steps of r stand after r fewer of all before.
const std::vector<int64_t>& EncodedTexts::steps() {
  if (!steps_) {
    steps_ = decode_integers(rest_, n_ - runs_.size(), 1, INT64_MAX / 2);
    rest_.end();
  }
  return *steps_;
}

std::string EncodedTexts::at(size_t place) {
  if (runs_.empty()) return std::string(plain_.at(place));
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), place, [](size_t p, const Run& run) { return p < run.begin; });
  const auto run = static_cast<size_t>(after - runs_.begin()) - 1;
  if (place == runs_[run].begin) return std::string(runs_[run].first);
  const Counted from(runs_[run].first);
  if (last_ <= runs_[run].begin || last_ > place) {
    last_ = runs_[run].begin;
    last_number_ = from.number;
  }
  for (; last_ < place; ++last_) last_number_ += static_cast<uint64_t>(steps()[last_ - run]);
  return counted_text(from, last_number_);
}

std::optional<size_t> EncodedTexts::find(std::string_view text) {
  for (size_t place = 0; place < plain_.size(); ++place) {
    if (plain_[place] == text) return place;
  }
  for (size_t run = 0; run < runs_.size(); ++run) {
    if (const auto place = find_in(run, text)) return place;
  }
  return std::nullopt;
}

std::optional<size_t> EncodedTexts::find_in(size_t run, std::string_view text) {
  const Run& r = runs_[run];
  if (r.first == text) return r.begin;
  const Counted from(r.first);
  const Counted wanted(text);
  if (!text.starts_with(from.head) || wanted.number <= from.number) return std::nullopt;
  uint64_t number = from.number;
  for (size_t p = r.begin + 1; p < r.end && number < wanted.number; ++p) {
    number += static_cast<uint64_t>(steps()[p - run - 1]);
    if (number == wanted.number && counted_text(from, number) == text) return p;
  }
  return std::nullopt;
}

}  // namespace hr::store
