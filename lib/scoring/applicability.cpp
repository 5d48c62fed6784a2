#include "scoring/applicability.h"

#include <deque>
#include <map>

#include "base/listed.h"
#include "base/text.h"
#include "expr/expr.h"

namespace hr::scoring {

namespace {

using facts::Column;
using facts::Storage;

expr::Type declared_type(const std::string& field) {
  for (const expr::Field& f : expr::assignment_schema().fields) {
    if (f.name == field) return f.type;
  }
  return expr::Type::text;  // attr.NAME
}

// Columns of the spells as expressions read them, made once each.
class SpellColumns {
 public:
  explicit SpellColumns(const facts::Spells& spells) : spells_(spells) {}

  size_t rows() const { return spells_.size(); }

  const Column* text_column(const std::string& field) const {
    const Column* column = spells_.attributes.find(field);
    const bool text = column != nullptr && column->storage == Storage::text && declared_type(field) == expr::Type::text;
    return text ? column : nullptr;
  }

  const expr::ColumnView& view(const std::string& field) {
    const auto it = views_.find(field);
    if (it != views_.end()) return it->second;
    return views_.emplace(field, make(field)).first->second;
  }

  // The distinct texts of a column, a row each, and one missing row at the end.
  expr::ColumnView distinct(const Column& column) {
    std::vector<uint32_t>& codes = codes_.emplace_back();
    for (uint32_t i = 0; i < column.dictionary.size(); ++i) codes.push_back(i);
    codes.push_back(facts::kMissingCode);
    expr::ColumnView view;
    view.type = expr::Type::text;
    view.codes = codes;
    view.dictionary = dictionary(column);
    return view;
  }

 private:
  std::span<const std::string_view> dictionary(const Column& column) {
    const auto [it, fresh] = dictionaries_.try_emplace(&column);
    if (fresh) {
      for (uint32_t i = 0; i < column.dictionary.size(); ++i) it->second.push_back(column.dictionary[i]);
    }
    return it->second;
  }

  expr::ColumnView make(const std::string& field) {
    expr::ColumnView view;
    view.type = declared_type(field);
    const Column* column = spells_.attributes.find(field);
    if (column == nullptr) return missing(view);
    if (column->storage == Storage::text && view.type == expr::Type::text) {
      view.codes = column->codes;
      view.dictionary = dictionary(*column);
    } else if (column->storage == Storage::day && view.type == expr::Type::date) {
      view.days = column->days;
      view.present = presence(*column);
    } else if (column->storage == Storage::decimal && view.type == expr::Type::number) {
      std::vector<double>& numbers = numbers_.emplace_back(rows());
      for (size_t r = 0; r < rows(); ++r) numbers[r] = column->missing(r) ? 0 : column->decimals[r].to_double();
      view.numbers = numbers;
      view.present = presence(*column);
    } else if (view.type == expr::Type::text) {
      as_texts(*column, view);
    } else {
      return missing(view);
    }
    return view;
  }

  // Days and decimals where a text is expected: their canonical text.
  void as_texts(const Column& column, expr::ColumnView& view) {
    facts::Dictionary& texts = texts_.emplace_back();
    std::vector<uint32_t>& codes = codes_.emplace_back(rows(), facts::kMissingCode);
    for (size_t r = 0; r < rows(); ++r) {
      if (!column.missing(r)) codes[r] = texts.add(facts::cell_text(column, r));
    }
    std::vector<std::string_view>& views = dictionaries_[&column];
    for (uint32_t i = 0; i < texts.size(); ++i) views.push_back(texts[i]);
    view.codes = codes;
    view.dictionary = views;
  }

  std::span<const uint8_t> presence(const Column& column) {
    std::vector<uint8_t>& present = present_.emplace_back(rows());
    for (size_t r = 0; r < rows(); ++r) present[r] = !column.missing(r);
    return present;
  }

  expr::ColumnView missing(expr::ColumnView view) {
    view.present = present_.emplace_back(rows(), uint8_t{0});
    if (view.type == expr::Type::text) view.codes = codes_.emplace_back(rows(), facts::kMissingCode);
    if (view.type == expr::Type::number) view.numbers = numbers_.emplace_back(rows(), 0.0);
    if (view.type == expr::Type::date) view.days = days_.emplace_back(rows(), 0);
    return view;
  }

  const facts::Spells& spells_;
  std::map<std::string, expr::ColumnView> views_;
  std::map<const Column*, std::vector<std::string_view>> dictionaries_;
  std::deque<std::vector<double>> numbers_;  // deques: the views point into their elements
  std::deque<std::vector<uint8_t>> present_;
  std::deque<std::vector<uint32_t>> codes_;
  std::deque<std::vector<int32_t>> days_;
  std::deque<facts::Dictionary> texts_;
};

void warn_of_unknown_attributes(const expr::Program& program, const model::Expression& e, const facts::Spells& spells,
                                Diagnostics& diagnostics) {
  for (const std::string& field : program.fields()) warn_of_unknown_attribute(field, e.span, spells, diagnostics);
}

std::vector<uint8_t> evaluate_rows(const expr::Program& program, SpellColumns& columns) {
  std::vector<expr::ColumnView> views;
  for (const std::string& field : program.fields()) views.push_back(columns.view(field));
  return program.evaluate(views, columns.rows()).booleans;
}

// Expressions that read one text column (job == "Sales Rep") are evaluated once a distinct text, not once a row.
struct ByText {
  const Column* column = nullptr;
  std::vector<std::vector<uint32_t>> holds;  // by code; the last is for missing
};

class Matcher {
 public:
  Matcher(const facts::Spells& spells, Diagnostics& diagnostics)
      : spells_(spells), columns_(spells), diagnostics_(diagnostics), matches_(spells.size()) {}

  // In two passes, so that matches of a spell come in the order of the expressions.
  std::vector<Match> match(const std::vector<const model::Expression*>& expressions) {
    for (uint32_t i = 0; i < expressions.size(); ++i) add(i, *expressions[i]);
    std::vector<uint32_t> found;
    for (size_t s = 0; s < matches_.size(); ++s) {
      found.clear();
      for (const ByText& t : by_text_) {
        const uint32_t code = t.column->codes[s];
        const auto& holds = code == facts::kMissingCode ? t.holds.back() : t.holds[code];
        found.insert(found.end(), holds.begin(), holds.end());
      }
      for (const auto& [index, rows] : by_row_) {
        if (rows.empty() || rows[s]) found.push_back(index);
      }
      take_two(found, matches_[s]);
    }
    return std::move(matches_);
  }

 private:
  static void take_two(std::vector<uint32_t>& found, Match& match) {
    while (!found.empty()) {
      size_t least = 0;
      for (size_t i = 1; i < found.size(); ++i) {
        if (found[i] < found[least]) least = i;
      }
      match.add(found[least]);
      if (match.second != Match::kNoMatch) return;
      found.erase(found.begin() + static_cast<std::ptrdiff_t>(least));
    }
  }

  void add(uint32_t index, const model::Expression& e) {
    if (e.empty()) {
      by_row_.emplace_back(index, std::vector<uint8_t>{});
      return;
    }
    const auto program = expr::compile(e.text, expr::assignment_schema(), expr::Type::boolean, e.span, diagnostics_);
    if (!program) return;
    warn_of_unknown_attributes(*program, e, spells_, diagnostics_);
    const Column* column = program->fields().size() == 1 ? columns_.text_column(program->fields()[0]) : nullptr;
    if (column == nullptr) {
      by_row_.emplace_back(index, evaluate_rows(*program, columns_));
      return;
    }
    ByText& texts = by_text(*column);
    const expr::ColumnView view = columns_.distinct(*column);
    const std::vector<uint8_t> holds = program->evaluate({&view, 1}, texts.holds.size()).booleans;
    for (size_t code = 0; code < holds.size(); ++code) {
      if (holds[code]) texts.holds[code].push_back(index);
    }
  }

  ByText& by_text(const Column& column) {
    for (ByText& t : by_text_) {
      if (t.column == &column) return t;
    }
    by_text_.push_back({&column, {}});
    by_text_.back().holds.resize(column.dictionary.size() + 1);
    return by_text_.back();
  }

  const facts::Spells& spells_;
  SpellColumns columns_;
  Diagnostics& diagnostics_;
  std::vector<Match> matches_;
  std::vector<ByText> by_text_;
  std::vector<std::pair<uint32_t, std::vector<uint8_t>>> by_row_;  // no rows: holds everywhere
};

}  // namespace

void warn_of_unknown_attribute(const std::string& name, const SourceSpan& span, const facts::Spells& spells,
                               Diagnostics& diagnostics) {
  if (!name.starts_with("attr.") || spells.attributes.find(name) != nullptr) return;
  Diagnostic d = make_warning("unknown-attribute", span, {name});
  d.suggestion = nearest(name, spells.attribute_names()).value_or("");
  diagnostics.push_back(std::move(d));
}

std::vector<Match> match_spells(const std::vector<const model::Expression*>& expressions, const facts::Spells& spells,
                                Diagnostics& diagnostics) {
  return Matcher(spells, diagnostics).match(expressions);
}

std::vector<uint8_t> evaluate_on_spells(const model::Expression& expression, const facts::Spells& spells,
                                        Diagnostics& diagnostics) {
  if (expression.empty()) return std::vector<uint8_t>(spells.size(), 1);
  const auto program =
      expr::compile(expression.text, expr::assignment_schema(), expr::Type::boolean, expression.span, diagnostics);
  if (!program) return std::vector<uint8_t>(spells.size(), 0);
  warn_of_unknown_attributes(*program, expression, spells, diagnostics);
  SpellColumns columns(spells);
  return evaluate_rows(*program, columns);
}

std::string fields_text(const model::Expression& expression, const facts::Spells& spells, uint32_t spell) {
  Diagnostics ignored;  // said when the expression was evaluated
  const auto program =
      expr::compile(expression.text, expr::assignment_schema(), expr::Type::boolean, expression.span, ignored);
  if (!program) return {};
  return listed(program->fields(), [&](const std::string& field) {
    const Column* column = spells.attributes.find(field);
    const bool missing = column == nullptr || column->missing(spell);
    return field + " = " + (missing ? "-" : facts::cell_text(*column, spell));
  });
}

void record_applies_not(const facts::Spells& spells, uint32_t spell, const std::string& id,
                        const model::Expression& applies_to, Derivation& node) {
  node.rule = "applies-not";
  node.args = {id, applies_to.text, fields_text(applies_to, spells, spell)};
  node.status = "not_applicable";
  node.definition = applies_to.span;
}

}  // namespace hr::scoring
