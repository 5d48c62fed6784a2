// hrctl template TABLE: a workbook to fill in, which import reads without a mapping.
#include <filesystem>

#include "base/error.h"
#include "command.h"
#include "engine/cycle/data.h"
#include "engine/template_values.h"
#include "options.h"
#include "template_book.h"

namespace hr::cmd {

namespace {

struct TemplateOptions {
  std::string table;
  bool force = false;
};

// Those applied to the store, where there is one.
std::optional<engine::AppliedDefinitions> definitions_here(const Session& session) {
  std::error_code ignored;
  const std::string path = session.store_path();
  if (path.empty() || !std::filesystem::exists(path, ignored)) return std::nullopt;
  return engine::applied_definitions(*session.open_store(false), store::kNow);
}

int run_template(const Session& session, const TemplateOptions& options) {
  const model::TableId table = table_named(options.table);
  const std::string& file = session.shared.output;
  std::error_code ignored;
  if (!options.force && !file.empty() && file != "-" && std::filesystem::exists(file, ignored))
    throw Error(ErrorKind::rejected, "file-exists", {file});  // somebody may have filled it in
  const auto applied = definitions_here(session);
  std::string bytes;
  write_template(table, applied ? applied->definitions.get() : nullptr, session.language,
                 [&](std::string_view more) { bytes += more; });
  session.print(bytes);
  if (!applied && engine::has_defined_values(table)) session.note("template-no-definitions");
  return 0;
}

}  // namespace

void add_template(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<TemplateOptions>();
  CLI::App* leaf = add_leaf(parent, "template", session);
  add_word(leaf, session, "TABLE", options->table, true);
  add_flag(leaf, session, "--force", options->force);
  set_action(leaf, session, Prints::workbook, [&session, options] { return run_template(session, *options); });
}

}  // namespace hr::cmd
