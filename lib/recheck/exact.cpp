#include "recheck/exact.h"

#include <openssl/bn.h>
#include <openssl/crypto.h>

#include <cmath>
#include <cstdlib>
#include <new>
#include <utility>

namespace hr::recheck {

namespace {

// OpenSSL's numbers fail for one reason only: no memory.
void need(int done) {
  if (done != 1) throw std::bad_alloc();
}

BIGNUM* make(BN_ULONG value = 0) {
  BIGNUM* out = BN_new();
  if (out == nullptr) throw std::bad_alloc();
  need(BN_set_word(out, value));
  return out;
}

BN_CTX* context() {
  struct Free {
    void operator()(BN_CTX* c) const { BN_CTX_free(c); }
  };
  thread_local const std::unique_ptr<BN_CTX, Free> one(BN_CTX_new());
  if (!one) throw std::bad_alloc();
  return one.get();
}

void copy(BIGNUM* to, const BIGNUM* from) {
  if (BN_copy(to, from) == nullptr) throw std::bad_alloc();
}

void raise_ten(BIGNUM* out, int power) {
  need(BN_set_word(out, 1));
  for (int i = 0; i < power; ++i) need(BN_mul_word(out, 10));
}

}  // namespace

Exact::Exact(int64_t whole) : numerator_(make()), denominator_(make(1)) {
  const auto magnitude = whole < 0 ? 0 - static_cast<uint64_t>(whole) : static_cast<uint64_t>(whole);
  need(BN_set_word(numerator_, magnitude));
  BN_set_negative(numerator_, whole < 0 ? 1 : 0);
}

Exact::Exact(const Exact& o) : numerator_(make()), denominator_(make()) {
  copy(numerator_, o.numerator_);
  copy(denominator_, o.denominator_);
}

Exact::Exact(Exact&& o) noexcept
    : numerator_(std::exchange(o.numerator_, nullptr)), denominator_(std::exchange(o.denominator_, nullptr)) {}

Exact& Exact::operator=(Exact o) noexcept {
  std::swap(numerator_, o.numerator_);
  std::swap(denominator_, o.denominator_);
  return *this;
}

Exact::~Exact() {
  BN_free(numerator_);
  BN_free(denominator_);
}

std::optional<Exact> Exact::parse(std::string_view text) {
  std::string digits;
  int decimals = -1;  // −1: before the point
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      digits += c;
      if (decimals >= 0) ++decimals;
    } else if (c == '.' && decimals < 0 && !digits.empty()) {
      decimals = 0;
    } else if (!(c == '-' && i == 0)) {
      return std::nullopt;
    }
  }
  if (digits.empty() || decimals == 0) return std::nullopt;
  Exact out;
  if (BN_dec2bn(&out.numerator_, digits.c_str()) == 0) throw std::bad_alloc();
  BN_set_negative(out.numerator_, text[0] == '-' ? 1 : 0);
  raise_ten(out.denominator_, decimals > 0 ? decimals : 0);
  return out;
}

// Sums of many terms would grow without end.
void Exact::reduce() {
  constexpr int kBits = 512;
  if (BN_num_bits(denominator_) < kBits) return;
  BIGNUM* divisor = make();
  need(BN_gcd(divisor, numerator_, denominator_, context()));
  need(BN_div(numerator_, nullptr, numerator_, divisor, context()));
  need(BN_div(denominator_, nullptr, denominator_, divisor, context()));
  BN_free(divisor);
}

Exact Exact::operator+(const Exact& o) const {
  Exact out;
  if (BN_cmp(denominator_, o.denominator_) == 0) {
    need(BN_add(out.numerator_, numerator_, o.numerator_));
    copy(out.denominator_, denominator_);
    return out;
  }
  Exact right;
  need(BN_mul(out.numerator_, numerator_, o.denominator_, context()));
  need(BN_mul(right.numerator_, o.numerator_, denominator_, context()));
  need(BN_add(out.numerator_, out.numerator_, right.numerator_));
  need(BN_mul(out.denominator_, denominator_, o.denominator_, context()));
  out.reduce();
  return out;
}

Exact Exact::operator-() const {
  Exact out(*this);
  BN_set_negative(out.numerator_, BN_is_negative(numerator_) != 0 ? 0 : 1);
  return out;
}

Exact Exact::operator-(const Exact& o) const {
  return *this + -o;
}

Exact Exact::operator*(const Exact& o) const {
  Exact out;
  need(BN_mul(out.numerator_, numerator_, o.numerator_, context()));
  need(BN_mul(out.denominator_, denominator_, o.denominator_, context()));
  out.reduce();
  return out;
}

Exact Exact::operator/(const Exact& o) const {
  Exact out;
  need(BN_mul(out.numerator_, numerator_, o.denominator_, context()));
  need(BN_mul(out.denominator_, denominator_, o.numerator_, context()));
  if (BN_is_negative(out.denominator_) != 0) {
    BN_set_negative(out.denominator_, 0);
    BN_set_negative(out.numerator_, BN_is_negative(out.numerator_) != 0 ? 0 : 1);
  }
  out.reduce();
  return out;
}

std::strong_ordering Exact::operator<=>(const Exact& o) const {
  const Exact difference = *this - o;
  if (BN_is_zero(difference.numerator_) != 0) return std::strong_ordering::equal;
  return BN_is_negative(difference.numerator_) != 0 ? std::strong_ordering::less : std::strong_ordering::greater;
}

bool Exact::is_zero() const {
  return BN_is_zero(numerator_) != 0;
}

// |x| × 10^decimals, half away from zero, as digits.
static std::string scaled_digits(const BIGNUM* numerator, const BIGNUM* denominator, int decimals) {
  BIGNUM* n = make();
  BIGNUM* d = make();
  raise_ten(d, decimals);
  need(BN_mul(n, numerator, d, context()));
  BN_set_negative(n, 0);
  need(BN_lshift1(n, n));
  need(BN_add(n, n, denominator));
  need(BN_lshift1(d, denominator));
  need(BN_div(n, nullptr, n, d, context()));
  char* text = BN_bn2dec(n);
  if (text == nullptr) throw std::bad_alloc();
  std::string out = text;
  OPENSSL_free(text);
  BN_free(n);
  BN_free(d);
  return out;
}

std::string Exact::text(int decimals) const {
  std::string digits = scaled_digits(numerator_, denominator_, decimals);
  const auto places = static_cast<size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) {
    digits.insert(digits.size() - places, 1, '.');
    digits.resize(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return BN_is_negative(numerator_) != 0 && digits != "0" ? "-" + digits : digits;
}

Exact Exact::rounded(int decimals) const {
  return *parse(text(decimals));
}

double Exact::to_double() const {
  constexpr int kDecimals = 40;
  return std::strtod(text(kDecimals).c_str(), nullptr);
}

}  // namespace hr::recheck
