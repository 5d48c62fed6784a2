#include "defs/policy_test.h"

#include <algorithm>

#include "base/text.h"
#include "defs/cursor.h"
#include "defs/readers.h"
#include "defs/scalars.h"
#include "defs/table_texts.h"
#include "defs/yaml_tree.h"
#include "model/check.h"
#include "model/imported_table.h"

namespace hr::defs {

namespace {

// The file with everything outside one node blanked: the node alone, at the same lines and columns.
std::string text_of_node(std::string_view file, const Node& node) {
  std::string text(file.substr(0, node.end));
  for (size_t i = mark_size(file); i < node.begin; ++i) {
    if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
  }
  return text + "\n";
}

std::vector<std::string> list_of_words(const Cursor& cursor) {
  std::vector<std::string> words;
  for (const Cursor& item : cursor.items()) {
    if (auto word = item.word()) words.push_back(std::move(*word));
  }
  return words;
}

// The columns of `report scores` that hold lists.
bool holds_list(std::string_view column) {
  return column == "reasons" || column == "flags";
}

ExpectedCell read_cell(const Cursor& key, const Cursor& value) {
  ExpectedCell cell;
  cell.column = key.node().text;
  cell.span = value.span();
  cell.key_span = key.span();
  switch (value.kind()) {
    case NodeKind::null:
      cell.is_null = true;
      break;
    case NodeKind::list:
      cell.is_list = true;
      cell.values = list_of_words(value);
      if (!holds_list(cell.column)) value.error("bad-value/list-cell", {cell.column});
      break;
    case NodeKind::scalar:
      cell.values = {value.node().text};
      cell.is_number = !value.node().quoted && decimal_fault(value.node().text).empty();
      break;
    case NodeKind::map:
      value.error("bad-value/cell", {value.path()});
      break;
    case NodeKind::broken:
      break;
  }
  return cell;
}

std::optional<ExpectedScore> read_score(const Cursor& item) {
  ExpectedScore score;
  score.span = item.span();
  for (const auto& [key, value] : item.entries()) {
    if (key.node().text == "employee") {
      if (value.kind() == NodeKind::scalar) score.employee = value.node().text;
    } else {
      score.cells.push_back(read_cell(key, value));
    }
  }
  if (score.employee.empty()) {
    item.error("missing-key", {"employee", item.path()});
    return std::nullopt;
  }
  return score;
}

std::optional<ExpectedDiagnostic> read_diagnostic(const Cursor& item) {
  const Fields fields(item, {"code", "line"});
  ExpectedDiagnostic expected;
  expected.span = item.span();
  const auto code = fields.require("code");
  if (!code) return std::nullopt;
  set(expected.code, code->word());
  if (const auto line = fields.get("line")) set(expected.line, line->whole(1, 10'000'000));
  return expected;
}

ExpectedFinding read_finding(const Cursor& item) {
  const Fields fields(item, {"rule", "kpi", "period", "subject"});
  ExpectedFinding expected;
  expected.span = item.span();
  if (const auto c = fields.require("rule")) {
    if (const auto i = c->choice(model::kCheckRuleNames)) expected.rule = model::kCheckRuleNames[*i];
  }
  if (const auto c = fields.get("kpi")) set(expected.kpi, c->word());
  if (const auto c = fields.get("period")) set(expected.period, c->word());
  if (const auto c = fields.get("subject")) set(expected.subject, c->word());
  return expected;
}

ExpectedAccess read_access(const Cursor& item) {
  const Fields fields(item, {"viewer", "sees", "fields"});
  ExpectedAccess expected;
  expected.span = item.span();
  if (const auto c = fields.require("viewer")) set(expected.viewer, c->word());
  if (const auto c = fields.require("sees")) expected.sees = list_of_words(*c);
  if (const auto c = fields.get("fields")) expected.fields = read_access_fields(*c);
  return expected;
}

void read_expect(const Cursor& cursor, PolicyTest& test) {
  const Fields fields(cursor, {"scores", "diagnostics", "findings", "access"});
  test.scores.clear();
  test.expected_findings.clear();
  test.expected_access.clear();
  test.expects_findings.reset();
  test.expected_diagnostics.clear();
  test.expects_diagnostics = false;
  if (const auto scores = fields.get("scores")) {
    for (const Cursor& item : scores->items_of_some()) {
      if (auto score = read_score(item)) test.scores.push_back(std::move(*score));
    }
  }
  const bool says =
      fields.says("scores") || fields.says("diagnostics") || fields.says("findings") || fields.says("access");
  if (cursor.kind() == NodeKind::map && !says) cursor.error("missing-key/expect");
  if (const auto diagnostics = fields.get("diagnostics")) {
    test.expects_diagnostics = true;
    for (const Cursor& item : diagnostics->items()) {
      if (auto expected = read_diagnostic(item)) test.expected_diagnostics.push_back(std::move(*expected));
    }
  }
  if (const auto access = fields.get("access")) {
    for (const Cursor& item : access->items_of_some()) test.expected_access.push_back(read_access(item));
  }
  if (const auto findings = fields.get("findings")) {
    test.expects_findings = findings->place();
    for (const Cursor& item : findings->items()) test.expected_findings.push_back(read_finding(item));
  }
}

// What a test says, readable or not: of what it does not say nothing can be checked.
struct Said {
  bool definitions = false;
  bool expect = false;
  bool cycle = false;

  void add(const Fields& fields) {
    const auto use = fields.get("use");
    const bool uses_none = use && use->kind() == NodeKind::list && use->node().children.empty();
    definitions = definitions || fields.says("definitions") || (fields.says("use") && !uses_none);
    expect = expect || fields.says("expect");
    cycle = cycle || fields.says("cycle");
  }
};

void read_use(const Cursor& cursor, PolicyTest& test) {
  test.use.clear();
  for (const Cursor& item : cursor.items()) {
    if (auto path = item.word()) test.use.push_back({std::move(*path), item.span()});
  }
}

// What a test says itself goes before what stands above all cases of the file.
void read_test(const Fields& fields, const DefinitionFile& file, PolicyTest& test) {
  const auto name = fields.get("case");
  test.span = name ? name->place() : fields.map().span();
  if (name) set(test.name, name->word());
  if (const auto c = fields.get("definitions")) {
    if (c->kind() == NodeKind::map)
      test.definitions = {{file.path, text_of_node(c->tree().text, c->node())}};
    else
      c->error("bad-value/map", {c->path()});
  }
  if (const auto c = fields.get("use")) read_use(*c, test);
  if (const auto c = fields.get("tables")) {
    test.tables = read_table_texts(*c);
  }
  if (const auto c = fields.get("cycle")) {
    set(test.cycle, c->word());
    test.cycle_span = c->span();
  }
  if (const auto c = fields.get("closed_cycles")) {
    test.closed_cycles.clear();
    for (const Cursor& item : c->items()) {
      if (auto id = item.word()) test.closed_cycles.push_back({std::move(*id), item.span()});
    }
  }
  if (const auto c = fields.get("as_of")) {
    if (const auto day = c->date()) test.as_of = to_string(*day);
  }
  if (const auto c = fields.get("calibration")) test.calibration = read_moves(*c);
  if (const auto c = fields.get("expect")) read_expect(*c, test);
}

// A test that says nothing to check, or nothing to check it on, would pass whatever happens.
void check_test(const PolicyTest& test, const Said& said, Diagnostics& diagnostics) {
  const auto missing = [&](const char* message) { diagnostics.push_back(make_error(message, test.span)); };
  if (!said.definitions) missing("missing-key/definitions");
  if (!said.expect) missing("missing-key/expect");
  if (!test.scores.empty() && !said.cycle) missing("missing-key/cycle");
  if (!test.expected_access.empty() && !said.cycle && !test.as_of) missing("missing-key/access-day");
}

// Faults of inline definitions are found again, and judged, when the test loads them: a test may expect them.
void drop_faults_of_definitions(const Tree& tree, const std::vector<Node>& definitions, Diagnostics& diagnostics) {
  const auto inside = [&](const Diagnostic& d) {
    const uint32_t at = tree.lines[static_cast<size_t>(d.span.line) - 1] + static_cast<uint32_t>(d.span.col) - 1;
    return std::any_of(definitions.begin(), definitions.end(),
                       [&](const Node& n) { return n.begin <= at && at < n.end; });
  };
  std::erase_if(diagnostics, inside);
}

// The values of every `definitions` of a file: above the cases, or in them.
std::vector<Node> definition_nodes(const Fields& fields) {
  std::vector<Node> nodes;
  const auto take = [&](const Fields& test) {
    if (const auto c = test.get("definitions"); c && c->kind() == NodeKind::map) nodes.push_back(c->node());
  };
  take(fields);
  if (const auto cases = fields.get("cases"); cases && cases->kind() == NodeKind::list) {
    for (const Cursor& item : cases->items()) take(Fields(item));
  }
  return nodes;
}

}  // namespace

LoadedTests load_policy_tests(const DefinitionFile& file) {
  LoadedTests loaded;
  const Tree tree = read_yaml(file.path, file.text, loaded.diagnostics);
  if (!tree.readable) return loaded;
  if (tree.root == kNoNode || tree.nodes[tree.root].kind != NodeKind::map) {
    loaded.diagnostics.push_back(make_error("no-definitions/test", {file.path, 1, 1, 0}));
    return loaded;
  }
  const Fields fields(Cursor(tree, tree.root, loaded.diagnostics),
                      {"version", "case", "definitions", "use", "tables", "cycle", "closed_cycles", "as_of",
                       "calibration", "expect", "cases"});
  read_version(fields);
  drop_faults_of_definitions(tree, definition_nodes(fields), loaded.diagnostics);
  PolicyTest shared;
  Said said;
  read_test(fields, file, shared);
  said.add(fields);
  const auto take = [&](PolicyTest test, const Said& own) {
    check_test(test, own, loaded.diagnostics);
    if (test.name.empty()) test.name = file.path.substr(file.path.rfind('/') + 1);
    loaded.tests.push_back(std::move(test));
  };
  if (const auto cases = fields.get("cases")) {
    for (const Cursor& item : cases->items_of_some()) {
      const Fields own(
          item, {"case", "definitions", "use", "tables", "cycle", "closed_cycles", "as_of", "calibration", "expect"});
      PolicyTest test = shared;
      Said own_said = said;
      read_test(own, file, test);
      own_said.add(own);
      take(std::move(test), own_said);
    }
  } else {
    take(std::move(shared), said);
  }
  sort_by_place({file}, loaded.diagnostics);
  return loaded;
}

}  // namespace hr::defs
