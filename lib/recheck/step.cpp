#include "recheck/step.h"

#include <algorithm>
#include <cmath>

namespace hr::recheck {

namespace {

constexpr int kNine = 9;
constexpr int kDigits = 15;

size_t significant_digits(std::string_view text) {
  size_t digits = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') continue;
    if (digits > 0 || c != '0') ++digits;
  }
  return digits;
}

// Half a unit of the 15th digit of x.
Exact half_unit(double x) {
  const double magnitude = std::abs(x);
  if (magnitude == 0) return {};
  const int place = static_cast<int>(std::floor(std::log10(magnitude))) + 1 - kDigits;
  Exact unit = Exact(1) / Exact(2);
  for (int i = 0; i < place; ++i) unit = unit * Exact(10);
  for (int i = 0; i > place; --i) unit = unit / Exact(10);
  return unit;
}

// Doubles of two million and more have fewer than nine decimals that can be told apart.
Exact figure_slack(const Exact& x) {
  constexpr double kMany = 2097152;
  const double magnitude = std::abs(x.to_double());
  return magnitude < kMany ? Exact() : half_unit(magnitude) * Exact(2);
}

const std::string kNone;

}  // namespace

std::optional<Printed> parse_printed(std::string_view text) {
  const auto value = Exact::parse(text);
  if (!value) return std::nullopt;
  const bool rounded = significant_digits(text) >= kDigits;
  return Printed{*value, rounded ? half_unit(value->to_double()) : Exact()};
}

std::optional<Exact> exact(const std::string& text) {
  return Exact::parse(text);
}

bool out_of_range(const Exact& x) {
  return abs(x) >= Exact(9'200'000'000);
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool ends_with(const std::string& path, std::string_view suffix) {
  return path.size() >= suffix.size() && std::string_view(path).substr(path.size() - suffix.size()) == suffix;
}

const std::string& Step::arg(size_t i) const {
  return i < d.args.size() ? d.args[i] : kNone;
}

void Step::fault(Part part, const std::string& says, const std::string& follows) {
  faults_.push_back({"", d.node, part, says, follows});
}

void Step::same(Part part, const std::string& says, const std::string& follows) {
  if (says != follows) fault(part, says, follows);
}

std::optional<Exact> Step::number(const std::string& text) {
  auto value = Exact::parse(text);
  if (!value) fault(Part::step, text, "a number");
  return value;
}

std::optional<Exact> Step::whole(const std::string& text) {
  auto value = number(text);
  if (!value || *value == value->rounded(0)) return value;
  fault(Part::step, text, value->text(0));
  return std::nullopt;
}

void Step::reason_stands_for_value() {
  if (d.value.empty() && d.status.empty()) fault(Part::status, "", "no_data");
  if (!d.value.empty() && !d.status.empty()) fault(Part::status, d.status, "");
}

void Step::figure_is(std::initializer_list<size_t> at, const Function& f) {
  std::vector<Exact> middle;
  std::vector<std::pair<size_t, Exact>> open;  // which arguments stand for a range, and half of it
  for (const size_t i : at) {
    const auto printed = parse_printed(arg(i));
    if (!printed) return fault(Part::step, arg(i), "a number");
    if (!printed->slack.is_zero()) open.emplace_back(middle.size(), printed->slack);
    middle.push_back(printed->value);
  }
  const Exact wanted = f(middle);
  Exact least = wanted;
  Exact most = wanted;
  for (size_t corner = 0; !open.empty() && corner < size_t{1} << open.size(); ++corner) {
    std::vector<Exact> x = middle;
    for (size_t k = 0; k < open.size(); ++k) {
      Exact& one = x[open[k].first];
      one = (corner >> k & 1) != 0 ? one + open[k].second : one - open[k].second;
    }
    const Exact y = f(x);
    if (y < least) least = y;
    if (y > most) most = y;
  }
  const auto says = Exact::parse(d.value);
  if (says && *says >= least.rounded(kNine) && *says <= most.rounded(kNine)) {
    if (wanted.text(kNine) == d.value || !open.empty()) return;
  }
  figure_is(wanted, Part::value, d.value);
}

void Step::figure_is(const Exact& exact, Part part, const std::string& says) {
  const std::string follows = exact.text(kNine);
  if (says == follows) return;
  const auto value = Exact::parse(says);
  const Exact slack = figure_slack(exact);
  if (value && !slack.is_zero() && abs(*value - exact) <= slack) return;
  fault(part, says, follows);
}

void Step::value_is_about(const Exact& exact, double error) {
  const auto says = parse_printed(d.value);
  if (says) {
    const double difference = std::abs((says->value - exact).to_double());
    const double digits =
        half_unit(std::max(std::abs(exact.to_double()), std::abs(says->value.to_double()))).to_double();
    if (difference <= digits * 1.000001 + error) return;
  }
  fault(Part::value, d.value, exact.text(std::max<int>(kNine, static_cast<int>(d.value.size()))));
}

void Step::value_is_about(const std::vector<std::string>& terms, const Exact& divisor) {
  constexpr double kUlp = 2.220446049250313e-16;
  Exact sum;
  double error = 0;
  double magnitude = 0;
  for (const std::string& term : terms) {
    const auto printed = parse_printed(term);
    if (!printed) return fault(Part::step, term, "a number");
    sum += printed->value;
    magnitude += std::abs(printed->value.to_double());
    if (!printed->slack.is_zero()) error += printed->slack.to_double();
  }
  error += kUlp * magnitude * static_cast<double>(terms.size() > 1 ? terms.size() : 0);
  value_is_about(sum / divisor, error / std::abs(divisor.to_double()));
}

const Derivation* find_part(const Derivation& node, std::string_view suffix) {
  for (const Derivation& part : node.parts) {
    const bool same = part.node.size() == node.node.size() + 1 + suffix.size() && starts_with(part.node, node.node) &&
                      part.node[node.node.size()] == '/' && ends_with(part.node, suffix);
    if (same) return &part;
  }
  return nullptr;
}

const Derivation* find_sibling(const Step& step, std::string_view suffix) {
  return step.parent == nullptr ? nullptr : find_part(*step.parent, suffix);
}

const Derivation* find_child(const Derivation& root, std::string_view node) {
  for (const Derivation& part : root.parts) {
    if (part.node == node) return &part;
  }
  return nullptr;
}

void Mean::add(const std::string& declared, const std::string& figure) {
  const auto w = declared.empty() ? std::optional<Exact>(1) : Exact::parse(declared);
  const auto f = Exact::parse(figure);
  terms.push_back({declared, figure});
  if (!w || !f) return;  // "?" of a hidden figure: the caller looks at the terms
  sum += *w * *f;
  weight += *w;
}

std::optional<Exact> Mean::result() const {
  if (weight.is_zero()) return std::nullopt;
  return sum / weight;
}

std::string Mean::text() const {
  std::string out;
  bool weighed = false;
  for (const Term& t : terms) {
    weighed |= !t.weight.empty();
    out += (out.empty() ? "" : " + ") + (t.weight.empty() ? "" : t.weight + " × ") + t.figure;
  }
  if (terms.empty() || (terms.size() == 1 && !weighed)) return out;
  constexpr int kMany = 18;
  const std::string divisor = weight.text(kMany);
  return terms.size() == 1 ? out + " / " + divisor : "(" + out + ") / " + divisor;
}

namespace {

// The next word of a sum: a number, an operator, a parenthesis; anything else as it stands.
std::string_view next_token(std::string_view& text) {
  while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
  if (text.empty()) return {};
  size_t n = 1;
  if (text[0] != '(' && text[0] != ')' && text[0] != '+' && text[0] != '/') {
    while (n < text.size() && text[n] != ' ' && text[n] != ')') ++n;
  }
  const std::string_view token = text.substr(0, n);
  text.remove_prefix(n);
  return token;
}

bool same_number(std::string_view a, std::string_view b) {
  if (significant_digits(a) < kDigits && significant_digits(b) < kDigits) return false;
  const auto x = Exact::parse(a);
  const auto y = Exact::parse(b);
  return x && y && abs(*x - *y) <= half_unit(x->to_double()) * Exact(2);
}

// Same numbers, where those of 15 digits may stand for each other; same words.
bool same_sum(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const std::string_view x = next_token(a);
    const std::string_view y = next_token(b);
    if (x != y && !same_number(x, y)) return false;
  }
  return true;
}

// Recursive descent over a sum; stops at what it does not know.
class Sum {
 public:
  explicit Sum(std::string_view text) : rest_(text) { token_ = next_token(rest_); }

  std::optional<Exact> run() {
    const Exact value = sum();
    return failed_ || !token_.empty() ? std::nullopt : std::optional(value);
  }

 private:
  void advance() { token_ = next_token(rest_); }

  Exact sum() {
    Exact value = product();
    while (token_ == "+" || token_ == "−") {
      const bool plus = token_ == "+";
      advance();
      const Exact other = product();
      value = plus ? value + other : value - other;
    }
    return value;
  }

  Exact product() {
    Exact value = primary();
    while (token_ == "×" || token_ == "/") {
      const bool times = token_ == "×";
      advance();
      const Exact other = primary();
      failed_ |= !times && other.is_zero();
      if (!failed_) value = times ? value * other : value / other;
    }
    return value;
  }

  Exact primary() {
    if (token_ == "(") {
      advance();
      const Exact value = sum();
      failed_ |= token_ != ")";
      advance();
      return value;
    }
    const auto value = Exact::parse(token_);
    failed_ |= !value;
    advance();
    return value.value_or(Exact());
  }

  std::string_view rest_;
  std::string_view token_;
  bool failed_ = false;
};

}  // namespace

void sum_is(Step& step, size_t arg, const std::string& follows) {
  if (!same_sum(step.arg(arg), follows)) step.fault(Part::step, step.arg(arg), follows);
}

std::optional<Exact> compute(std::string_view sum) {
  return Sum(sum).run();
}

std::string percent_text(const Exact& weight, const Exact& total) {
  return total.is_zero() ? "0" : (Exact(100) * weight / total).text(kNine);
}

}  // namespace hr::recheck
