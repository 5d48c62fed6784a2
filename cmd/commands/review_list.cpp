// hrctl review list: what waits for somebody to decide.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "command.h"
#include "engine/cycle/data.h"
#include "options.h"
#include "review_table.h"

namespace hr::cmd {

namespace {

struct ReviewListOptions {
  std::string table, code, source, state;
};

bool is_wanted(const engine::Item& item, const ReviewListOptions& options) {
  const bool row = item.kind == store::ItemKind::row;
  return (options.table.empty() || options.table == model::imported_table(item.table).name) &&
         (options.code.empty() || options.code == (row ? item.row.code : item.finding.rule)) &&
         (options.source.empty() || options.source == item.source.file) &&
         (options.state == "all" || options.state == engine::state_name(item.state()));
}

int run_review_list(const Session& session, ReviewListOptions options) {
  if (options.state.empty()) options.state = "open";
  const std::vector<std::string> states{"open", "decided", "settled", "all"};
  if (std::find(states.begin(), states.end(), options.state) == states.end()) {
    throw Error(ErrorKind::usage, "usage/choice",
                {"--state", escape_controls(options.state), "open, decided, settled, all"});
  }
  if (!options.table.empty()) table_named(options.table);
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const auto applied = engine::applied_definitions(*store, store::kNow);
  std::vector<engine::Item> items = engine::review_items(*store, applied ? applied->definitions.get() : nullptr);
  std::erase_if(items, [&](const engine::Item& item) { return !is_wanted(item, options); });
  session.print(review_table(items, session.data_language()));
  return 0;
}

}  // namespace

void add_review_list(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<ReviewListOptions>();
  CLI::App* leaf = add_leaf(parent, "list", session);
  add_value(leaf, session, "--table TABLE", options->table);
  add_value(leaf, session, "--code CODE", options->code);
  add_value(leaf, session, "--source FILE", options->source);
  add_value(leaf, session, "--state STATE", options->state);
  set_action(leaf, session, Prints::table, [&session, options] { return run_review_list(session, *options); });
}

}  // namespace hr::cmd
