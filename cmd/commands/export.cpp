// hrctl export TABLE: what the store holds, with the headings that import reads.
#include "engine/export.h"
#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "command.h"

namespace hr::cmd {

namespace {

table::Table export_named(const Session& session, store::Store& store, const std::string& name,
                          store::Timestamp known) {
  if (name == "quarantine") return engine::export_quarantine(store, known, session.data_language());
  if (name == "restatements") return engine::export_restatements(store, known);
  if (name == "spells") return engine::export_spells(store, known);
  if (const auto id = model::find_imported_table(name)) return engine::export_table(store, *id, known);
  std::vector<std::string> names{"spells", "quarantine", "restatements"};
  for (const model::ImportedTable& t : model::imported_tables()) names.emplace_back(t.name);
  if (const auto near = nearest(name, names))
    throw Error(ErrorKind::usage, "usage/unknown-table/near", {escape_controls(name), *near});
  throw Error(ErrorKind::usage, "usage/unknown-table", {escape_controls(name), listed(names)});
}

// Whether the file's ending says a format; CSV is what an export is without one.
bool says_format(const std::string& file) {
  return render::format_of_file(file) != render::Format::table || file.ends_with(".txt");
}

}  // namespace

void add_export(CLI::App& parent, Session& session) {
  struct Options {
    std::string table, known;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* leaf = add_leaf(parent, "export", session);
  add_word(leaf, session, "TABLE", options->table, true);
  add_value(leaf, session, "--known TIME", options->known);
  set_action(leaf, session, Prints::table, [&session, options] {
    const std::unique_ptr<store::Store> store = session.open_store(false);
    if (session.shared.format.empty() && !says_format(session.shared.output)) session.shared.format = "csv";
    session.print(export_named(session, *store, options->table, parse_known(options->known)));
    return 0;
  });
}

}  // namespace hr::cmd
