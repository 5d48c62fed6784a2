// hrctl check [PATH…]: every problem of the definitions and custom reports at once.
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "command.h"
#include "definitions_input.h"
#include "defs/custom_report.h"
#include "render/diagnostics.h"

namespace hr::cmd {

namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  bool strict = false;
};

void print_found(const Session& session, const Diagnostics& found, const std::vector<defs::DefinitionFile>& files) {
  const auto format = session.shared.format.empty() ? render::diagnostic_format_of_file(session.shared.output)
                                                    : render::diagnostic_format_of_name(session.shared.format);
  const auto text_of = [&](const std::string& path) -> std::optional<std::string_view> {
    const auto file = std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.path == path; });
    return file == files.end() ? std::nullopt : std::optional<std::string_view>(file->text);
  };
  if (format == render::DiagnosticFormat::text && session.shared.output.empty())
    session.print_diagnostics(found, files);
  else
    session.print(render::render_diagnostics(found, *format, session.data_language(), text_of, false));
}

int run_check(const Session& session, const CheckOptions& options) {
  const engine::WorkspaceFiles given = files_input(session, options.paths);
  std::vector<defs::DefinitionFile> files = given.definitions;
  Diagnostics found;
  if (!files.empty()) found = defs::load_definitions(files).diagnostics;
  for (const defs::DefinitionFile& report : given.reports) {
    const Diagnostics faults = defs::load_custom_report(report).diagnostics;
    found.insert(found.end(), faults.begin(), faults.end());
    files.push_back(report);
  }
  print_found(session, found, files);
  const size_t errors = count(found, Severity::error);
  const size_t warnings = count(found, Severity::warning);
  if (errors + warnings == 0)
    session.note("check-done/clean", {std::to_string(files.size())});
  else
    session.note("check-done", {std::to_string(files.size()), std::to_string(errors), std::to_string(warnings)});
  return errors > 0 || (options.strict && warnings > 0) ? 1 : 0;
}

}  // namespace

void add_check(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<CheckOptions>();
  CLI::App* leaf = add_leaf(parent, "check", session);
  add_words(leaf, session, "PATH", options->paths, false);
  add_flag(leaf, session, "--strict", options->strict);
  set_action(leaf, session, Prints::diagnostics, [&session, options] { return run_check(session, *options); });
}

}  // namespace hr::cmd
