// hrctl explain EMPLOYEE [NODE]: how a score came about, to the line of YAML and the row of the file; with --check it
// is computed again from its leaves, for everybody where no employee is named.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "command.h"
#include "engine/run/recheck.h"
#include "options.h"
#include "person_score.h"
#include "report/reports.h"
#include "run_header.h"
#include "viewing.h"

namespace hr::cmd {

namespace {

struct ExplainOptions {
  std::string employee, node, as;
  bool check = false;
  RunOptions run;
};

// The part of the tree whose node is `path`, or nullptr.
const model::Derivation* find_node(const model::Derivation& tree, const std::string& path) {
  if (tree.node == path) return &tree;
  for (const model::Derivation& part : tree.parts) {
    if (const model::Derivation* found = find_node(part, path)) return found;
  }
  return nullptr;
}

void collect_nodes(const model::Derivation& tree, std::vector<std::string>& nodes) {
  nodes.push_back(tree.node);
  for (const model::Derivation& part : tree.parts) collect_nodes(part, nodes);
}

[[noreturn]] void refuse_node(const model::Derivation& tree, const ExplainOptions& options) {
  std::vector<std::string> nodes;
  collect_nodes(tree, nodes);
  const std::string asked = escape_controls(options.node);
  const auto near = nearest(options.node, nodes);
  if (near) throw Error(ErrorKind::rejected, "node-missing/near", {asked, options.employee, *near});
  throw Error(ErrorKind::rejected, "node-missing", {asked, options.employee});
}

// The part that is asked for; all where none is.
const model::Derivation& asked_part(const model::Derivation& tree, const ExplainOptions& options) {
  if (options.node.empty()) return tree;
  const model::Derivation* part = find_node(tree, options.node);
  if (part == nullptr) refuse_node(tree, options);
  return *part;
}

// Whether every step follows from what it is made of; what does not is printed.
int tell(const Session& session, const engine::RecheckOutcome& found, const report::RunHeader& header) {
  if (!found.faults.empty() || session.wants_data())
    session.print(report::explain_check(found.faults, found.people, found.nodes, header));
  const std::vector<std::string> counts{std::to_string(found.people), std::to_string(found.nodes),
                                        std::to_string(found.faults.size())};
  if (found.faults.empty())
    session.note("explain-checked", counts);
  else
    session.tell("explain-checked/faults", counts);
  return found.faults.empty() ? 0 : 1;
}

int check_everybody(const Session& session, const ExplainOptions& options) {
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const store::Run meant = find_run(*store, options.run);
  const engine::ScoreOutcome outcome = engine::rescore(*store, meant, session.threads(), session.progress());
  const engine::RecheckOutcome found = engine::recheck_run(outcome, session.threads(), session.progress());
  session.end_progress();
  return tell(session, found, run_header(meant, *outcome.data->cycle));
}

int check_one(const Session& session, const ExplainOptions& options) {
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const PersonScore score = person_score(session, *store, find_run(*store, options.run), options.employee);
  const uint32_t person = *score.outcome.data->dataset.people.find(options.employee);
  engine::RecheckOutcome found = engine::recheck_person(score.outcome, person);
  std::vector<std::string> nodes;
  collect_nodes(asked_part(score.tree, options), nodes);
  std::erase_if(found.faults,
                [&](const recheck::Fault& f) { return std::find(nodes.begin(), nodes.end(), f.node) == nodes.end(); });
  if (!options.node.empty()) found.nodes = nodes.size();
  return tell(session, found, score.header);
}

int run_explain(const Session& session, const ExplainOptions& options) {
  if (options.check && !options.as.empty()) throw Error(ErrorKind::usage, "usage/options-apart", {"--as", "--check"});
  if (options.check) return options.employee.empty() ? check_everybody(session, options) : check_one(session, options);
  if (options.employee.empty()) throw Error(ErrorKind::usage, "usage/needs-employee");
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const std::optional<access::Sight> sight = sight_as(session, *store, options.as, options.run);
  const SightOrNone seen = sight ? &*sight : nullptr;
  require_seen(seen, options.employee);
  PersonScore score = person_score(session, *store, find_run(*store, options.run), options.employee);
  cut_person(seen, options.employee, score);
  table::Table table = explanation_of(session, *store, score, asked_part(score.tree, options), options.employee);
  say_cut(seen, options.employee, table);
  say_viewer(seen, table);
  session.print(table);
  return 0;
}

}  // namespace

void add_explain(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<ExplainOptions>();
  CLI::App* leaf = add_leaf(parent, "explain", session);
  add_word(leaf, session, "EMPLOYEE", options->employee, false);
  add_word(leaf, session, "NODE", options->node, false);
  add_flag(leaf, session, "--check", options->check);
  add_value(leaf, session, "--as EMPLOYEE", options->as);
  add_run_options(leaf, session, options->run);
  add_value(leaf, session, "--threads N", session.shared.threads);
  set_action(leaf, session, Prints::table, [&session, options] { return run_explain(session, *options); });
}

}  // namespace hr::cmd
