#include <re2/re2.h>

#include <cmath>

#include "base/date.h"
#include "expr/batch.h"
#include "expr/number_text.h"

namespace hr::expr {

namespace {

// A test of texts: a missing text passes none.
template <class Holds>
void test(Arguments args, Batch& out, Holds holds) {
  for (size_t i = 0; i < out.size(); ++i) {
    const uint8_t worst = worst_state(args, i);
    out.states[i] = worst == kFailed ? kFailed : kValue;
    out.booleans[i] = worst == kValue && holds(i) ? 1 : 0;
  }
}

std::string_view text_at(const Batch& batch, size_t row) {
  return batch.texts[row * batch.step];
}

double count_code_points(std::string_view text) {
  return static_cast<double>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// A text that is no number, or not a whole one where `whole`, is failed.
void to_number(const Batch& x, bool whole, Batch& out) {
  for (size_t i = 0; i < out.size(); ++i) {
    out.states[i] = x.states[i * x.step];
    if (out.states[i] != kValue) continue;
    const std::optional<double> number = parse_number(text_at(x, i));
    const bool fits = number && (!whole || (*number == std::trunc(*number) && std::fabs(*number) <= kMaxWhole));
    out.states[i] = fits ? kValue : kFailed;
    out.numbers[i] = fits ? *number : 0;
  }
}

void to_date(const Batch& x, Batch& out) {
  for (size_t i = 0; i < out.size(); ++i) {
    out.states[i] = x.states[i * x.step];
    if (out.states[i] != kValue) continue;
    const std::optional<Date> date = parse_date(text_at(x, i));
    out.states[i] = date ? kValue : kFailed;
    out.days[i] = date.value_or(Date{}).days;
  }
}

void to_text(const Batch& x, ValueType type, Batch& out, TextArena& arena) {
  for (size_t i = 0; i < out.size(); ++i) {
    const size_t at = i * x.step;
    out.states[i] = x.states[at];
    if (out.states[i] != kValue) continue;
    if (type == ValueType::text) out.texts[i] = x.texts[at];
    if (type == ValueType::boolean) out.texts[i] = x.booleans[at] != 0 ? "true" : "false";
    if (type == ValueType::number) out.texts[i] = arena.emplace_back(number_text(x.numbers[at]));
    if (type == ValueType::date) out.texts[i] = arena.emplace_back(to_string(Date{x.days[at]}));
  }
}

void concatenate(Arguments args, Batch& out, TextArena& arena) {
  for (size_t i = 0; i < out.size(); ++i) {
    out.states[i] = worst_state(args, i);
    if (out.states[i] != kValue) continue;
    std::string& text = arena.emplace_back(text_at(*args[0], i));
    text += text_at(*args[1], i);
    out.texts[i] = text;
  }
}

}  // namespace

void run_text_op(const Program::Code& code, const Instruction& instruction, Arguments args, Batch& out,
                 TextArena& arena) {
  const Batch& x = *args[0];
  switch (instruction.op) {
    case Op::concatenate:
      return concatenate(args, out, arena);
    case Op::starts_with:
      return test(args, out, [&](size_t i) { return text_at(x, i).starts_with(text_at(*args[1], i)); });
    case Op::ends_with:
      return test(args, out, [&](size_t i) { return text_at(x, i).ends_with(text_at(*args[1], i)); });
    case Op::contains:
      return test(args, out,
                  [&](size_t i) { return text_at(x, i).find(text_at(*args[1], i)) != std::string_view::npos; });
    case Op::matches: {
      const re2::RE2& pattern = *code.patterns[instruction.choice];
      return test(args, out,
                  [&](size_t i) { return re2::RE2::PartialMatch(re2::StringPiece(text_at(x, i)), pattern); });
    }
    case Op::text_size:
      for (size_t i = 0; i < out.size(); ++i) {
        out.states[i] = x.states[i * x.step];
        out.numbers[i] = count_code_points(text_at(x, i));
      }
      return;
    case Op::text_to_number:
      return to_number(x, false, out);
    case Op::text_to_whole:
      return to_number(x, true, out);
    case Op::text_to_date:
      return to_date(x, out);
    case Op::to_text:
      return to_text(x, instruction.operand, out, arena);
    default:
      return;
  }
}

}  // namespace hr::expr
