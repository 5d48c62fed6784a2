// hrctl explain EMPLOYEE [NODE]: how a score came about, to the line of YAML and the row of the file.
#include "base/error.h"
#include "base/text.h"
#include "command.h"
#include "options.h"
#include "person_score.h"
#include "report/reports.h"

namespace hr::cmd {

namespace {

struct Options {
  std::string employee, node;
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

[[noreturn]] void refuse_node(const model::Derivation& tree, const Options& options) {
  std::vector<std::string> nodes;
  collect_nodes(tree, nodes);
  const std::string asked = escape_controls(options.node);
  const auto near = nearest(options.node, nodes);
  if (near) throw Error(ErrorKind::rejected, "node-missing/near", {asked, options.employee, *near});
  throw Error(ErrorKind::rejected, "node-missing", {asked, options.employee});
}

int run(const Session& session, const Options& options) {
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const PersonScore score = person_score(session, *store, find_run(*store, options.run), options.employee);
  const model::Derivation* tree = &score.tree;
  if (!options.node.empty()) {
    tree = find_node(score.tree, options.node);
    if (!tree) refuse_node(score.tree, options);
  }
  const auto source = [&](uint32_t id) { return engine::source_name(*store, id); };
  const model::Definitions& definitions = score.outcome.data->applied.definitions;
  session.print(report::explain(*tree, score.header, definitions, options.employee, source, session.data_language()));
  return 0;
}

}  // namespace

void add_explain(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<Options>();
  CLI::App* leaf = add_leaf(parent, "explain", session);
  add_word(leaf, session, "EMPLOYEE", options->employee, true);
  add_word(leaf, session, "NODE", options->node, false);
  add_run_options(leaf, session, options->run);
  set_action(leaf, session, Prints::table, [&session, options] { return run(session, *options); });
}

}  // namespace hr::cmd
