#include "report/where.h"

#include <deque>

#include "expr/expr.h"

namespace hr::report {

namespace {

expr::Type type_of(table::Kind kind) {
  switch (kind) {
    case table::Kind::number:
    case table::Kind::percent:
      return expr::Type::number;
    case table::Kind::date:
      return expr::Type::date;
    case table::Kind::boolean:
      return expr::Type::boolean;
    case table::Kind::text:
    case table::Kind::choice:
    case table::Kind::list:
      break;
  }
  return expr::Type::text;
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ";") + item;
  return text;
}

// The cells of one column in the form that expressions read; owns what the view points to.
struct Cells {
  std::vector<double> numbers;
  std::deque<std::string> joined;
  std::vector<std::string_view> dictionary;

  expr::ColumnView view(const table::Column& column) {
    expr::ColumnView v;
    v.type = type_of(column.kind);
    v.present = column.present;
    if (v.type == expr::Type::date) v.days = column.days;
    if (v.type == expr::Type::boolean) v.booleans = column.booleans;
    if (v.type == expr::Type::number) {
      for (const Decimal& d : column.numbers) numbers.push_back(d.to_double());
      v.numbers = numbers;
    }
    if (v.type == expr::Type::text) {
      const bool is_list = column.kind == table::Kind::list;
      for (uint32_t code = 0; code < column.texts.size() && !is_list; ++code) dictionary.push_back(column.texts[code]);
      for (const std::vector<std::string>& items : column.lists)
        dictionary.push_back(joined.emplace_back(report::joined(items)));
      v.codes = column.codes;
      v.dictionary = dictionary;
    }
    return v;
  }
};

}  // namespace

static void keep(table::Table& table, const std::string& expression, const SourceSpan& where,
                 Diagnostics& diagnostics) {
  expr::Schema schema;
  schema.any_attribute = false;
  for (const table::Column& column : table.columns) schema.fields.push_back({column.key, type_of(column.kind)});
  const auto program = expr::compile(expression, schema, expr::Type::boolean, where, diagnostics);
  if (!program) return;
  std::deque<Cells> cells;
  std::vector<expr::ColumnView> views;
  for (const std::string& field : program->fields()) {
    cells.emplace_back();
    views.push_back(cells.back().view(*table.find(field)));
  }
  table.keep_rows(program->evaluate(views, table.rows()).booleans);
}

void keep_where(table::Table& table, const std::string& expression, Diagnostics& diagnostics) {
  keep(table, expression, {"--where", 1, 1, static_cast<int>(expression.size())}, diagnostics);
}

void keep_where(table::Table& table, const model::Expression& expression, Diagnostics& diagnostics) {
  keep(table, expression.text, expression.span, diagnostics);
}

}  // namespace hr::report
