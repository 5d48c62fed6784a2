#include "expr/evaluator.h"

#include <cassert>
#include <cmath>
#include <utility>

#include "base/date.h"
#include "expr/batch.h"
#include "expr/number_text.h"

namespace hr::expr {

namespace {

constexpr size_t kChunk = 1024;  // rows at a time: the batches of a usual expression stay in the nearest cache
constexpr uint32_t kMissingCode = 0xFFFFFFFFU;

bool marked_missing(const ColumnView& column, size_t row) {
  return !column.present.empty() && (row >= column.present.size() || column.present[row] == 0);
}

// What an instruction that depends on one text column gives for each entry of the column's dictionary, and behind them
// for a missing text: so a pattern is matched once per text, not once per row.
struct Lookup {
  Batch values;
  TextArena arena;
};

// Executes one instruction and what it needs, over rows of columns or over the entries of dictionaries.
class Run {
 public:
  enum class Over { rows, entries };

  Run(const Program::Code& code, std::span<const ColumnView> columns, Over over)
      : code_(code),
        columns_(columns),
        over_(over),
        slots_(code.instructions.size()),
        lookups_(code.instructions.size()) {}

  // Makes ready for `root`. With Over::rows, what depends on one dictionary of at most `rows` entries is looked up.
  void prepare(uint32_t root, size_t rows);
  // The values of rows [begin, begin + n); valid until the next call.
  const Batch& step(size_t begin, size_t n);

 private:
  bool worth_a_lookup(const Instruction& instruction, size_t rows) const;
  std::unique_ptr<Lookup> make_lookup(uint32_t index) const;
  void execute(uint32_t index, size_t begin, size_t n);
  void load_constant(const Instruction& instruction, Batch& out) const;
  void load_field(const Instruction& instruction, size_t begin, size_t n, Batch& out) const;
  void load_text(const Instruction& instruction, const ColumnView& column, size_t begin, Batch& out) const;
  uint32_t code_at(const ColumnView& column, size_t row) const;

  const Program::Code& code_;
  std::span<const ColumnView> columns_;
  Over over_;
  uint32_t root_ = 0;
  std::vector<uint32_t> order_;  // what is executed for each chunk
  std::vector<Batch> slots_;     // a result an instruction
  std::vector<std::unique_ptr<Lookup>> lookups_;
  TextArena arena_;
};

bool Run::worth_a_lookup(const Instruction& instruction, size_t rows) const {
  if (over_ == Over::entries || instruction.reads < 0 || instruction.op == Op::field || instruction.op == Op::list)
    return false;
  return columns_[static_cast<size_t>(instruction.reads)].dictionary.size() <= rows;
}

std::unique_ptr<Lookup> Run::make_lookup(uint32_t index) const {
  auto lookup = std::make_unique<Lookup>();
  const Instruction& instruction = code_.instructions[index];
  const size_t entries = columns_[static_cast<size_t>(instruction.reads)].dictionary.size() + 1;
  Run run(code_, columns_, Over::entries);
  run.prepare(index, entries);
  lookup->values.resize(instruction.type, entries);
  for (size_t begin = 0; begin < entries; begin += kChunk) {
    const Batch& part = run.step(begin, std::min(kChunk, entries - begin));
    for (size_t i = 0; i < std::min(kChunk, entries - begin); ++i) {
      const size_t at = i * part.step;
      lookup->values.states[begin + i] = part.states[at];
      if (instruction.type == ValueType::boolean) lookup->values.booleans[begin + i] = part.booleans[at];
      if (instruction.type == ValueType::number) lookup->values.numbers[begin + i] = part.numbers[at];
      if (instruction.type == ValueType::date) lookup->values.days[begin + i] = part.days[at];
      if (instruction.type == ValueType::text)
        lookup->values.texts[begin + i] = lookup->arena.emplace_back(part.texts[at]);
    }
  }
  return lookup;
}

void Run::prepare(uint32_t root, size_t rows) {
  root_ = root;
  std::vector<uint8_t> needed(root + 1, 0);
  needed[root] = 1;
  for (uint32_t i = root + 1; i-- > 0;) {
    if (needed[i] == 0) continue;
    const Instruction& instruction = code_.instructions[i];
    if (instruction.op == Op::constant) {
      load_constant(instruction, slots_[i]);
      continue;
    }
    order_.push_back(i);
    if (worth_a_lookup(instruction, rows)) {
      lookups_[i] = make_lookup(i);
      continue;
    }
    for (const uint32_t arg : instruction.args) needed[arg] = 1;
  }
  std::reverse(order_.begin(), order_.end());
}

const Batch& Run::step(size_t begin, size_t n) {
  arena_.clear();
  for (const uint32_t index : order_) execute(index, begin, n);
  return slots_[root_];
}

void Run::load_constant(const Instruction& instruction, Batch& out) const {
  const Constant& c = instruction.constant;
  out.step = 0;
  out.resize(instruction.type, 1);
  out.states[0] = c.state;
  if (instruction.type == ValueType::boolean) out.booleans[0] = c.boolean;
  if (instruction.type == ValueType::number) out.numbers[0] = c.number;
  if (instruction.type == ValueType::date) out.days[0] = c.days;
  if (instruction.type == ValueType::text) out.texts[0] = c.text;
}

uint32_t Run::code_at(const ColumnView& column, size_t row) const {
  if (over_ == Over::entries) return row < column.dictionary.size() ? static_cast<uint32_t>(row) : kMissingCode;
  if (row >= column.codes.size() || marked_missing(column, row)) return kMissingCode;
  return column.codes[row] < column.dictionary.size() ? column.codes[row] : kMissingCode;
}

void Run::load_text(const Instruction& instruction, const ColumnView& column, size_t begin, Batch& out) const {
  for (size_t i = 0; i < out.size(); ++i) {
    const uint32_t code = code_at(column, begin + i);
    if (code == kMissingCode) {
      out.states[i] = kMissing;
    } else if (instruction.op == Op::field_as_number) {
      const std::optional<double> number = parse_number(column.dictionary[code]);
      out.states[i] = number ? kValue : kMissing;
      out.numbers[i] = number.value_or(0);
    } else if (instruction.op == Op::field_as_date) {
      const std::optional<Date> date = parse_date(column.dictionary[code]);
      out.states[i] = date ? kValue : kMissing;
      out.days[i] = date.value_or(Date{}).days;
    } else {
      out.texts[i] = column.dictionary[code];
    }
  }
}

void Run::load_field(const Instruction& instruction, size_t begin, size_t n, Batch& out) const {
  out.step = 1;
  out.resize(instruction.type, n);
  const ColumnView& column = columns_[instruction.choice];
  if (column.type == Type::text) return load_text(instruction, column, begin, out);
  for (size_t i = 0; i < n; ++i) {
    const size_t row = begin + i;
    const size_t have = column.type == Type::number ? column.numbers.size()
                        : column.type == Type::date ? column.days.size()
                                                    : column.booleans.size();
    if (row >= have || marked_missing(column, row)) {
      out.states[i] = kMissing;
    } else if (column.type == Type::number) {
      out.numbers[i] = column.numbers[row];
      if (!std::isfinite(out.numbers[i])) out.states[i] = kFailed;
    } else if (column.type == Type::date) {
      out.days[i] = column.days[row];
      if (out.days[i] < kFarPast.days || out.days[i] > kFarFuture.days) out.states[i] = kMissing;
    } else {
      out.booleans[i] = column.booleans[row] != 0 ? 1 : 0;
    }
  }
}

// The lookup's value for each row's code.
void gather(const Lookup& lookup, const std::vector<size_t>& entries, ValueType type, Batch& out) {
  const Batch& from = lookup.values;
  for (size_t i = 0; i < entries.size(); ++i) {
    out.states[i] = from.states[entries[i]];
    if (type == ValueType::boolean)
      out.booleans[i] = from.booleans[entries[i]];
    else if (type == ValueType::number)
      out.numbers[i] = from.numbers[entries[i]];
    else if (type == ValueType::date)
      out.days[i] = from.days[entries[i]];
    else
      out.texts[i] = from.texts[entries[i]];
  }
}

void Run::execute(uint32_t index, size_t begin, size_t n) {
  const Instruction& instruction = code_.instructions[index];
  Batch& out = slots_[index];
  if (lookups_[index]) {
    const ColumnView& column = columns_[static_cast<size_t>(instruction.reads)];
    std::vector<size_t> entries(n);
    for (size_t i = 0; i < n; ++i) {
      const uint32_t code = code_at(column, begin + i);
      entries[i] = code == kMissingCode ? column.dictionary.size() : code;
    }
    out.resize(instruction.type, n);
    return gather(*lookups_[index], entries, instruction.type, out);
  }
  if (instruction.op == Op::list) return;
  if (instruction.op == Op::field || instruction.op == Op::field_as_number || instruction.op == Op::field_as_date) {
    return load_field(instruction, begin, n, out);
  }
  std::vector<const Batch*> args;
  args.reserve(instruction.args.size());
  for (const uint32_t arg : instruction.args) args.push_back(&slots_[arg]);
  const size_t size = result_size(args, n);
  out.step = size == n && n != 1 ? 1 : 0;
  out.resize(instruction.type, size);
  run_op(code_, instruction, args, out, arena_);
}

void append(const Batch& part, size_t n, Values& values) {
  for (size_t i = 0; i < n; ++i) {
    const size_t at = i * part.step;
    const bool present = part.states[at] == kValue;
    values.present.push_back(present ? 1 : 0);
    values.failed.push_back(part.states[at] == kFailed ? 1 : 0);
    if (values.type == Type::boolean) values.booleans.push_back(present ? part.booleans[at] : 0);
    if (values.type == Type::number) values.numbers.push_back(present ? part.numbers[at] : 0);
    if (values.type == Type::date) values.days.push_back(present ? part.days[at] : 0);
    if (values.type == Type::text) values.texts.emplace_back(present ? part.texts[at] : std::string_view{});
  }
}

}  // namespace

void Batch::resize(ValueType type, size_t n) {
  states.assign(n, kValue);
  if (type == ValueType::boolean) booleans.assign(n, 0);
  if (type == ValueType::number) numbers.assign(n, 0);
  if (type == ValueType::date) days.assign(n, 0);
  if (type == ValueType::text) texts.assign(n, {});
}

Values evaluate(const Program::Code& code, std::span<const ColumnView> columns, size_t rows) {
  // A column that is not there, or of another type than was compiled for, is the caller's bug; it reads as missing.
  std::vector<ColumnView> inputs(code.fields.size());
  assert(columns.size() == code.fields.size());
  for (size_t i = 0; i < inputs.size(); ++i) {
    inputs[i].type = code.field_types[i];
    if (i >= columns.size()) continue;
    assert(columns[i].type == code.field_types[i]);
    if (columns[i].type == code.field_types[i]) inputs[i] = columns[i];
  }
  Values values;
  values.type = code.type;
  Run run(code, inputs, Run::Over::rows);
  run.prepare(static_cast<uint32_t>(code.instructions.size() - 1), rows);
  for (size_t begin = 0; begin < rows; begin += kChunk) {
    const size_t n = std::min(kChunk, rows - begin);
    append(run.step(begin, n), n, values);
  }
  return values;
}

Constant evaluate_constant(const Program::Code& code, uint32_t instruction) {
  Run run(code, {}, Run::Over::rows);
  run.prepare(instruction, 1);
  const Batch& batch = run.step(0, 1);
  const ValueType type = code.instructions[instruction].type;
  Constant c;
  c.state = static_cast<State>(batch.states[0]);
  if (type == ValueType::boolean) c.boolean = batch.booleans[0];
  if (type == ValueType::number) c.number = batch.numbers[0];
  if (type == ValueType::date) c.days = batch.days[0];
  if (type == ValueType::text) c.text = batch.texts[0];
  return c;
}

}  // namespace hr::expr
