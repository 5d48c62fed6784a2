#include <cmath>

#include "base/date.h"
#include "expr/batch.h"

namespace hr::expr {

namespace {

void put_date(Batch& out, size_t row, uint8_t state, double days) {
  const bool is_date = days == std::trunc(days) && days >= kFarPast.days && days <= kFarFuture.days;
  if (state == kValue && !is_date) state = kFailed;
  out.states[row] = state;
  out.days[row] = state == kValue ? static_cast<int32_t>(days) : 0;
}

void shift(Arguments args, double sign, Batch& out) {
  for (size_t i = 0; i < out.size(); ++i) {
    const double day = args[0]->days[i * args[0]->step];
    put_date(out, i, worst_state(args, i), day + sign * args[1]->numbers[i * args[1]->step]);
  }
}

int part_of(Date date, DatePart part) {
  const CivilDate c = civil(date);
  switch (part) {
    case DatePart::year:
      return c.year;
    case DatePart::month:
      return c.month;
    case DatePart::day:
      return c.day;
    case DatePart::month_from_0:
      return c.month - 1;
    case DatePart::day_from_0:
      return c.day - 1;
    case DatePart::weekday_from_0:  // 1970-01-01 was a Thursday; 0 is Sunday
      return static_cast<int>(((date.days % 7) + 7 + 4) % 7);
    case DatePart::year_day_from_0:
      return date - make_date(c.year, 1, 1).value_or(date);
  }
  return 0;
}

template <class Better>
void choose(Arguments args, Batch& out, Better better) {
  for (size_t i = 0; i < out.size(); ++i) {
    int32_t chosen = args[0]->days[i * args[0]->step];
    for (const Batch* arg : args.subspan(1)) {
      const int32_t day = arg->days[i * arg->step];
      if (better(day, chosen)) chosen = day;
    }
    put_date(out, i, worst_state(args, i), chosen);
  }
}

}  // namespace

void run_date_op(const Instruction& instruction, Arguments args, Batch& out) {
  switch (instruction.op) {
    case Op::date_plus:
      return shift(args, 1, out);
    case Op::date_minus:
      return shift(args, -1, out);
    case Op::minimum:
      return choose(args, out, [](int32_t x, int32_t y) { return x < y; });
    case Op::maximum:
      return choose(args, out, [](int32_t x, int32_t y) { return x > y; });
    case Op::days_between:
      for (size_t i = 0; i < out.size(); ++i) {
        out.states[i] = worst_state(args, i);
        out.numbers[i] = args[0]->days[i * args[0]->step] - args[1]->days[i * args[1]->step];
      }
      return;
    case Op::date_part:
      for (size_t i = 0; i < out.size(); ++i) {
        out.states[i] = worst_state(args, i);
        out.numbers[i] = part_of(Date{args[0]->days[i * args[0]->step]}, static_cast<DatePart>(instruction.choice));
      }
      return;
    default:
      return;
  }
}

}  // namespace hr::expr
