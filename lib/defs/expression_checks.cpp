#include <algorithm>

#include "defs/checks.h"
#include "defs/scalar_source.h"
#include "defs/source_text.h"
#include "expr/expr.h"

namespace hr::defs {

using namespace model;

namespace {

class ExpressionChecker {
 public:
  ExpressionChecker(const std::vector<DefinitionFile>& files, Suggester& suggester, Diagnostics& diagnostics)
      : suggester_(suggester), diagnostics_(diagnostics) {
    for (const DefinitionFile& file : files) texts_.emplace(file.path, file.text);
  }

  std::optional<expr::Program> compile(const Expression& expression, const expr::Schema& schema, expr::Type wanted) {
    if (expression.empty()) return std::nullopt;
    std::vector<Stretch> places;  // of each byte, once there is a problem
    const auto place_of = [&](expr::Range range) { return place_in_file(expression, range, places); };
    return expr::compile(expression.text, schema, wanted, place_of, diagnostics_, suggester_);
  }

 private:
  SourceSpan place_in_file(const Expression& expression, expr::Range range, std::vector<Stretch>& places) {
    const SourceText* source = source_of(expression.span.file);
    if (!source) return expression.span;
    if (places.empty()) places = value_places(source->text, expression.scalar, expression.text);
    if (range.begin >= places.size()) return source->span(places.back().end, places.back().end + 1);
    const size_t last = std::max(range.begin, std::min(range.end, places.size()) - 1);
    return source->span(places[range.begin].begin, places[last].end);
  }

  const SourceText* source_of(const std::string& file) {
    if (const auto known = sources_.find(file); known != sources_.end()) return &known->second;
    const auto text = texts_.find(file);
    return text == texts_.end() ? nullptr : &sources_.emplace(file, SourceText(file, text->second)).first->second;
  }

  Suggester& suggester_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::string_view, std::string_view> texts_;
  std::unordered_map<std::string, SourceText> sources_;  // of files with a problem
};

expr::Schema kpi_schema(const Definitions& definitions) {
  expr::Schema schema;
  schema.any_attribute = false;
  for (const Kpi& kpi : definitions.kpis) {
    if (!kpi.id.empty()) schema.fields.push_back({kpi.id, expr::Type::number});
  }
  std::sort(schema.fields.begin(), schema.fields.end(),
            [](const expr::Field& a, const expr::Field& b) { return a.name < b.name; });
  schema.sorted = true;
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
    std::vector<Named> members;
    members.reserve(circle.size());
    for (const size_t i : circle) members.push_back({Kind::kpi, kpis[i].id, kpis[i].formula.span});
    diagnostics.push_back(circle_error("formula-cycle", "formula-cycle/long", members));
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
                       Suggester& suggester, Diagnostics& diagnostics) {
  ExpressionChecker checker(files, suggester, diagnostics);
  for (const Scorecard& s : definitions.scorecards)
    checker.compile(s.applies_to, expr::assignment_schema(), expr::Type::boolean);
  for (const Plan& p : definitions.plans) {
    checker.compile(p.applies_to, expr::assignment_schema(), expr::Type::boolean);
    checker.compile(p.eligibility.when, expr::assignment_schema(), expr::Type::boolean);
  }
  for (const AccessRule& rule : definitions.access)
    checker.compile(rule.viewer, expr::assignment_schema(), expr::Type::boolean);
  check_kpi_ids(definitions, diagnostics);
  if (!kpis_complete) return;  // a name that is not there may be one that could not be read
  const expr::Schema schema = kpi_schema(definitions);
  check_formulas(definitions, schema, checker, diagnostics);
  for (const Scorecard& scorecard : definitions.scorecards) {
    for (const Veto& veto : scorecard.vetoes) checker.compile(veto.when, schema, expr::Type::boolean);
  }
}

}  // namespace hr::defs
