#include "options.h"

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "base/text.h"
#include "command.h"
#include "version.h"

namespace hr::cmd {

static std::string option_text(const Session& session, const std::string& name) {
  return i18n::text(session.language, "option/" + name);
}

// "-o,--output" → "output"; "employee" → "employee"
static std::string text_name(const std::string& names) {
  const size_t dashes = names.rfind("--");
  return dashes == std::string::npos ? names : names.substr(dashes + 2);
}

void add_value(CLI::App* leaf, const Session& session, const std::string& names, std::string& value) {
  leaf->add_option(names, value, option_text(session, text_name(names)))->type_name("");
}

void add_values(CLI::App* leaf, const Session& session, const std::string& names, std::vector<std::string>& values) {
  leaf->add_option(names, values, option_text(session, text_name(names)))->type_name("");
}

void add_flag(CLI::App* leaf, const Session& session, const std::string& names, bool& value) {
  leaf->add_flag(names, value, option_text(session, text_name(names)));
}

void add_shared_options(CLI::App& app, Session& session) {
  SharedOptions& shared = session.shared;
  if (session.language == i18n::Language::zh) {
    auto formatter = std::make_shared<CLI::Formatter>();
    for (const auto& [key, label] : {std::pair{"Usage", "用法"},
                                     {"Options", "选项"},
                                     {"OPTIONS", "选项"},
                                     {"Subcommands", "命令"},
                                     {"SUBCOMMAND", "命令"},
                                     {"SUBCOMMANDS", "命令"},
                                     {"Positionals", "参数"}}) {
      formatter->label(key, label);
    }
    app.formatter(formatter);
  }
  if (session.language == i18n::Language::zh) app.option_defaults()->group("选项");
  app.set_help_flag("-h,--help", option_text(session, "help"));
  app.set_version_flag("--version", std::string("hrctl ") + kVersion, option_text(session, "version"));
  add_value(&app, session, "-C,--dir", shared.dir);
  add_value(&app, session, "--store", shared.store);
  add_value(&app, session, "--format", shared.format);
  add_value(&app, session, "-o,--output", shared.output);
  add_flag(&app, session, "--bom", shared.bom);
  add_value(&app, session, "--lang", shared.lang);
  add_value(&app, session, "--color", shared.color);
  add_value(&app, session, "--progress", shared.progress);
  add_flag(&app, session, "-q,--quiet", shared.quiet);
  add_flag(&app, session, "-v,--verbose", shared.verbose);
  app.require_subcommand(0, 1);
}

void add_run_options(CLI::App* leaf, const Session& session, RunOptions& options) {
  add_value(leaf, session, "--run", options.run);
  add_value(leaf, session, "--cycle", options.cycle);
  add_value(leaf, session, "--as-of", options.as_of);
  add_value(leaf, session, "--known", options.known);
}

store::Run find_run(store::Store& store, const RunOptions& options) {
  if (!options.run.empty()) {
    const auto run = store.run(parse_count(options.run, "--run", 1, 1'000'000'000));
    if (!run) throw Error(ErrorKind::rejected, "run-missing", {options.run});
    return *run;
  }
  const std::vector<store::Run> runs = store.runs();
  for (auto it = runs.rbegin(); it != runs.rend(); ++it) {
    if (options.cycle.empty() || it->cycle == options.cycle) return *it;
  }
  if (options.cycle.empty()) throw Error(ErrorKind::rejected, "no-run");
  throw Error(ErrorKind::rejected, "no-run/cycle", {escape_controls(options.cycle)});
}

}  // namespace hr::cmd
