#include <algorithm>

#include "defs/checks.h"
#include "defs/yaml_text.h"
#include "expr/expr.h"

namespace hr::defs {

using namespace model;

namespace {

// Where line and column of a file are, as an offset.
size_t offset_of(std::string_view text, const SourceSpan& span) {
  size_t at = 0;
  for (int line = 1; line < span.line && at < text.size(); ++line) {
    const size_t newline = text.find('\n', at);
    at = newline == std::string_view::npos ? text.size() : newline + 1;
  }
  return std::min(at + static_cast<size_t>(span.col) - 1, text.size());
}

SourceSpan place_of(std::string_view text, const std::string& file, size_t at, int len) {
  const std::string_view before = text.substr(0, at);
  const size_t newline = before.rfind('\n');
  const size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  const size_t end = std::min(text.find('\n', at), text.size());
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  return {file, static_cast<int>(line), static_cast<int>(at - begin) + 1, std::min(len, static_cast<int>(end - at))};
}

class ExpressionChecker {
 public:
  ExpressionChecker(const std::vector<DefinitionFile>& files, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    for (const DefinitionFile& file : files) texts_.emplace(file.path, file.text);
  }

  std::optional<expr::Program> compile(const Expression& expression, const expr::Schema& schema, expr::Type wanted) {
    if (expression.empty()) return std::nullopt;
    const auto file = texts_.find(expression.span.file);
    const std::string_view text = file == texts_.end() ? std::string_view() : file->second;
    const size_t begin = offset_of(text, expression.span);
    if (text.substr(begin).starts_with(expression.text) && expression.text.find('\n') == std::string::npos) {
      return expr::compile(expression.text, schema, wanted, expression.span, diagnostics_);
    }
    // Folded over lines, or with escapes: found as if it stood alone, then carried over character by character.
    Diagnostics found;
    const SourceSpan alone{expression.span.file, 1, 1, 0};
    auto program = expr::compile(expression.text, schema, wanted, alone, found);
    for (Diagnostic& d : found) {
      const size_t offset = offset_of(expression.text, d.span);
      d.span = place_of(text, expression.span.file, aligned(text, begin, expression.text, offset), d.span.len);
      diagnostics_.push_back(std::move(d));
    }
    return program;
  }

 private:
  Diagnostics& diagnostics_;
  std::unordered_map<std::string_view, std::string_view> texts_;
};

expr::Schema kpi_schema(const Definitions& definitions) {
  expr::Schema schema;
  schema.any_attribute = false;
  for (const Kpi& kpi : definitions.kpis) {
    if (!kpi.id.empty()) schema.fields.push_back({kpi.id, expr::Type::number});
  }
  return schema;
}

// Words of the expression language are no ids: nothing could refer to such a KPI.
void check_kpi_ids(const Definitions& definitions, Diagnostics& diagnostics) {
  for (const Kpi& kpi : definitions.kpis) {
    if (kpi.id.empty()) continue;
    Diagnostics ignored;
    expr::Schema schema;
    schema.any_attribute = false;
    schema.fields.push_back({kpi.id, expr::Type::number});
    if (!expr::compile(kpi.id, schema, expr::Type::number, kpi.span, ignored)) {
      diagnostics.push_back(make_error("bad-value/reserved-word", kpi.span, {kpi.id}));
    }
  }
}

void report_formula_circles(const std::vector<Kpi>& kpis, const std::vector<std::vector<size_t>>& edges,
                            Diagnostics& diagnostics) {
  for (const std::vector<size_t>& circle : find_circles(edges)) {
    std::vector<std::string> ids;
    for (const size_t i : circle) ids.push_back(kpis[i].id);
    Diagnostic d = make_error("formula-cycle", kpis[circle.front()].formula.span, {circle_text(ids)});
    for (size_t k = 1; k < circle.size(); ++k) d.related.push_back(kpis[circle[k]].formula.span);
    diagnostics.push_back(std::move(d));
  }
}

void check_formulas(const Definitions& definitions, const expr::Schema& schema, ExpressionChecker& checker,
                    Diagnostics& diagnostics) {
  const std::vector<Kpi>& kpis = definitions.kpis;
  std::unordered_map<std::string_view, size_t> of_id;
  for (size_t i = 0; i < kpis.size(); ++i) of_id.emplace(kpis[i].id, i);
  std::vector<std::vector<size_t>> edges(kpis.size());
  for (size_t i = 0; i < kpis.size(); ++i) {
    const auto program = checker.compile(kpis[i].formula, schema, expr::Type::number);
    if (!program) continue;
    for (const std::string& name : program->fields()) {
      if (const auto part = of_id.find(name); part != of_id.end()) edges[i].push_back(part->second);
    }
    if (program->fields().empty())
      diagnostics.push_back(make_error("bad-value/constant-formula", kpis[i].formula.span, {kpis[i].id}));
  }
  report_formula_circles(kpis, edges, diagnostics);
}

}  // namespace

void check_expressions(const Definitions& definitions, const std::vector<DefinitionFile>& files, bool kpis_complete,
                       Diagnostics& diagnostics) {
  ExpressionChecker checker(files, diagnostics);
  for (const Scorecard& s : definitions.scorecards)
    checker.compile(s.applies_to, expr::assignment_schema(), expr::Type::boolean);
  for (const Plan& p : definitions.plans) {
    checker.compile(p.applies_to, expr::assignment_schema(), expr::Type::boolean);
    checker.compile(p.eligibility.when, expr::assignment_schema(), expr::Type::boolean);
  }
  check_kpi_ids(definitions, diagnostics);
  if (!kpis_complete) return;  // a name that is not there may be one that could not be read
  const expr::Schema schema = kpi_schema(definitions);
  check_formulas(definitions, schema, checker, diagnostics);
  for (const Scorecard& scorecard : definitions.scorecards) {
    for (const Veto& veto : scorecard.vetoes) checker.compile(veto.when, schema, expr::Type::boolean);
  }
}

}  // namespace hr::defs
