// hrctl review show ITEM: the row as it was read, why it waits, what the store has for the same record, what was
// decided.
#include "command.h"
#include "engine/cycle/data.h"
#include "review_table.h"

namespace hr::cmd {

void add_review_show(CLI::App& parent, Session& session) {
  CLI::App* leaf = add_leaf(parent, "show", session);
  const auto name = std::make_shared<std::string>();
  add_word(leaf, session, "ITEM", *name, true);
  set_action(leaf, session, Prints::table, [&session, name] {
    const std::unique_ptr<store::Store> store = session.open_store(false);
    const auto applied = engine::applied_definitions(*store, store::kNow);
    std::vector<engine::Item> items = engine::review_items(*store, applied ? applied->definitions.get() : nullptr);
    const engine::Item& item = engine::find_item(items, *name);
    session.print(review_item_table(item, engine::ImportedPlaces(*store), session.data_language()));
    return 0;
  });
}

}  // namespace hr::cmd
