#include "command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iostream>

#include "arguments.h"
#include "base/error.h"
#include "command.h"
#include "options.h"
#include "version.h"

namespace hr::cmd {

namespace {

// What is said of an option of this command, else of every command that has it.
std::string option_text(const Session& session, const CLI::App& leaf, const std::string& name) {
  const std::string own = "option/" + leaf.get_name() + "/" + name;
  return i18n::text(session.language, i18n::has_message(own) ? own : "option/" + name);
}

// "-o,--output FILE" → names "-o,--output", value "FILE", text of "output"
struct OptionName {
  std::string names;
  std::string value;
  std::string text;

  explicit OptionName(const std::string& given) : names(given.substr(0, given.find(' '))) {
    if (names.size() < given.size()) value = given.substr(names.size() + 1);
    text = names.substr(names.rfind("--") + 2);
  }
};

// CLI11 speaks English; these are its words. Its other sentences never show, because check_arguments speaks first.
void set_labels(CLI::App& app, const Session& session) {
  auto formatter = std::make_shared<CLI::Formatter>();
  formatter->column_width(30);
  formatter->label("REQUIRED", "");  // the usage line says it
  if (session.language == i18n::Language::zh) {
    for (const auto& [key, label] : {std::pair{"Usage", "用法"},
                                     {"Options", "选项"},
                                     {"OPTIONS", "选项"},
                                     {"SUBCOMMAND", "命令"},
                                     {"SUBCOMMANDS", "命令"},
                                     {"Positionals", "参数"}}) {
      formatter->label(key, label);
    }
    app.option_defaults()->group("选项");
  }
  app.formatter(formatter);
}

}  // namespace

CLI::App* add_leaf(CLI::App& parent, const std::string& name, const Session& session) {
  std::string path = name;
  for (const CLI::App* app = &parent; app->get_parent(); app = app->get_parent()) path = app->get_name() + "-" + path;
  CLI::App* leaf = parent.add_subcommand(name, i18n::text(session.language, "command/" + path));
  leaf->fallthrough();
  const bool zh = session.language == i18n::Language::zh;
  leaf->group(zh ? "命令" : "Commands");
  leaf->get_help_ptr()->group(zh ? "选项" : "Options");
  leaf->footer(i18n::text(session.language, "help/shared-options"));
  return leaf;
}

CLI::App& add_noun(CLI::App& parent, const std::string& name, const Session& session) {
  CLI::App* noun = add_leaf(parent, name, session);
  noun->require_subcommand(0, 1);
  noun->callback([noun] {
    if (noun->get_subcommands().empty()) throw CLI::CallForHelp();
  });
  return *noun;
}

void add_hidden(CLI::App& parent, const std::string& name, std::function<void(const std::vector<std::string>&)> run) {
  CLI::App* leaf = parent.add_subcommand(name, "");
  leaf->group("");
  leaf->prefix_command();
  leaf->callback([leaf, run = std::move(run)] { run(leaf->remaining()); });
}

void set_action(CLI::App* leaf, Session& session, Prints prints, std::function<int()> run) {
  set_action(
      leaf, session, [prints] { return prints; }, std::move(run));
}

void set_action(CLI::App* leaf, Session& session, std::function<Prints()> prints, std::function<int()> run) {
  leaf->callback([&session, prints = std::move(prints), run = std::move(run)] {
    session.settle(prints());
    session.exit_code = run();
    session.end_progress();
  });
}

void set_action_anywhere(CLI::App* leaf, Session& session, std::function<int()> run) {
  leaf->callback([&session, run = std::move(run)] { session.exit_code = run(); });
}

void add_value(CLI::App* leaf, const Session& session, const std::string& names, std::string& value) {
  const OptionName name(names);
  leaf->add_option(name.names, value, option_text(session, *leaf, name.text))->type_name(name.value);
}

void add_values(CLI::App* leaf, const Session& session, const std::string& names, std::vector<std::string>& values) {
  const OptionName name(names);
  leaf->add_option(name.names, values, option_text(session, *leaf, name.text))
      ->type_name(name.value)
      ->allow_extra_args(false);
}

static std::string word_text(const Session& session, const CLI::App& leaf, std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return option_text(session, leaf, name);
}

void add_word(CLI::App* leaf, const Session& session, const std::string& name, std::string& value, bool needed) {
  leaf->add_option(name, value, word_text(session, *leaf, name))->type_name("")->required(needed);
}

void add_words(CLI::App* leaf, const Session& session, const std::string& name, std::vector<std::string>& values,
               bool needed) {
  leaf->add_option(name, values, word_text(session, *leaf, name))->type_name("")->required(needed);
}

void add_flag(CLI::App* leaf, const Session& session, const std::string& names, bool& value) {
  leaf->add_flag(names, value, option_text(session, *leaf, OptionName(names).text));
}

int run_command_line(Session& session, const std::vector<std::string>& args) {
  CLI::App app(i18n::text(session.language, "command/hrctl"), "hrctl");
  set_labels(app, session);
  app.set_help_flag("-h,--help", option_text(session, app, "help"));
  app.set_version_flag("--version", std::string("hrctl ") + kVersion, option_text(session, app, "version"));
  add_shared_options(app, session);
  app.require_subcommand(0, 1);
  app.callback([&app] {
    if (app.get_subcommands().empty()) throw CLI::CallForHelp();
  });
  add_commands(app, session);
  try {
    check_arguments(app, args);
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::Success& success) {  // --help, --version
    app.exit(success);
    std::cout.flush();
    if (!std::cout) throw Error(ErrorKind::system, "output-failed", {std::strerror(errno)});
  } catch (const CLI::ParseError& error) {
    throw Error(ErrorKind::usage, "usage/other", {error.what()});
  }
  return session.exit_code;
}

}  // namespace hr::cmd
