#include "arguments.h"

#include <CLI/CLI.hpp>
#include <set>

#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"

namespace hr::cmd {

namespace {

// The subcommands that stand below `app`, hidden ones apart.
std::vector<std::string> subcommand_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App* a) { return !a->get_group().empty(); }))
    names.push_back(sub->get_name());
  return names;
}

const CLI::App* find_subcommand(const CLI::App& app, const std::string& name) {
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (sub->get_name() == name) return sub;
  }
  return nullptr;
}

// Options usable at `app`: its own and, because they fall through, those above it.
const CLI::Option* find_option(const CLI::App* app, const std::string& name) {
  for (; app; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options()) {
      if (!option->get_positional() && option->check_name(name)) return option;
    }
  }
  return nullptr;
}

std::vector<std::string> option_names(const CLI::App* app) {
  std::vector<std::string> names;
  for (; app; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

// "hrctl run show"
std::string path_of(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : path_of(*app.get_parent()) + " " + app.get_name();
}

size_t most_positionals(const CLI::App& app) {
  size_t most = 0;
  for (const CLI::Option* option : app.get_options([](const CLI::Option* o) { return o->get_positional(); })) {
    const int n = option->get_items_expected_max();
    if (n >= CLI::detail::expected_max_vector_size) return SIZE_MAX;
    most += static_cast<size_t>(n);
  }
  return most;
}

// Walks the words of one command line.
class Walk {
 public:
  Walk(const CLI::App& app, const std::vector<std::string>& args) : app_(&app), args_(args) {}

  void run() {
    bool only_words = false;
    if (!args_.empty() && args_[0] == "__complete") return;  // its words are a command line under way
    for (; at_ < args_.size(); ++at_) {
      const std::string& arg = args_[at_];
      if (!only_words && arg == "--")
        only_words = true;
      else if (!only_words && arg.size() > 1 && arg[0] == '-')
        option(arg);
      else
        word(arg);
    }
    check_needed();
  }

 private:
  // Words that the command cannot do without; `--help` can.
  void check_needed() const {
    if (given_.count(app_->get_help_ptr()) > 0) return;
    size_t place = 0;
    for (const CLI::Option* option : app_->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
      if (option->get_required() && words_ <= place) {
        throw Error(ErrorKind::usage, "usage/needs-word",
                    {option->get_name(true), option->get_description(), path_of(*app_)});
      }
      ++place;
    }
  }

  void word(const std::string& text) {
    if (text.empty()) throw Error(ErrorKind::usage, "usage/empty-word");
    if (const CLI::App* sub = words_ == 0 ? find_subcommand(*app_, text) : nullptr) {
      app_ = sub;
      return;
    }
    const std::vector<std::string> names = subcommand_names(*app_);
    if (!names.empty()) {
      const auto near = nearest(text, names);
      if (near) throw Error(ErrorKind::usage, "usage/unknown-command/near", {escape_controls(text), *near});
      throw Error(ErrorKind::usage, "usage/unknown-command", {escape_controls(text), listed(names)});
    }
    if (++words_ > most_positionals(*app_))
      throw Error(ErrorKind::usage, "usage/too-many-words", {escape_controls(text)});
  }

  void option(const std::string& arg) {
    const bool is_long = arg[1] == '-';
    const std::string name = is_long ? arg.substr(0, arg.find('=')) : arg.substr(0, 2);
    const CLI::Option* option = find_option(app_, name);
    if (!option) {
      const auto near = nearest(name, option_names(app_));
      if (near) throw Error(ErrorKind::usage, "usage/unknown-option/near", {escape_controls(arg), *near});
      throw Error(ErrorKind::usage, "usage/unknown-option", {escape_controls(arg)});
    }
    const bool takes_value = option->get_items_expected_max() > 0;
    const bool joined = is_long ? arg.find('=') != std::string::npos : arg.size() > 2;
    if (!takes_value && joined) throw Error(ErrorKind::usage, "usage/no-value", {name});
    if (takes_value && !joined && ++at_ >= args_.size()) throw Error(ErrorKind::usage, "usage/needs-value", {name});
    if (takes_value && joined && is_long && arg.back() == '=')
      throw Error(ErrorKind::usage, "usage/needs-value", {name});
    const std::string& value = takes_value && !joined ? args_[at_] : arg;
    const bool is_option = !joined && value.size() > 2 && value.starts_with("--");
    if (takes_value && (value.empty() || is_option)) throw Error(ErrorKind::usage, "usage/needs-value", {name});
    const bool may_stand_again = option->get_items_expected_max() > 1;
    if (!given_.insert(option).second && !may_stand_again) throw Error(ErrorKind::usage, "usage/given-twice", {name});
  }

  const CLI::App* app_;
  const std::vector<std::string>& args_;
  size_t at_ = 0;
  size_t words_ = 0;
  std::set<const CLI::Option*> given_;
};

}  // namespace

void check_arguments(const CLI::App& app, const std::vector<std::string>& args) {
  for (const std::string& arg : args) {
    if (invalid_utf8_at(arg)) throw Error(ErrorKind::usage, "usage/not-utf8", {escape_controls(arg)});
  }
  Walk(app, args).run();
}

WordUnderWay word_under_way(const CLI::App& app, const std::vector<std::string>& words) {
  WordUnderWay out;
  const CLI::App* at = &app;
  const CLI::Option* waiting = nullptr;  // an option whose value comes next
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string& word = words[i];
    const CLI::App* sub = waiting == nullptr && out.place == 0 ? find_subcommand(*at, word) : nullptr;
    const CLI::Option* option = word.starts_with("-") ? find_option(at, word) : nullptr;
    if (sub != nullptr) {
      at = sub;
    } else if (waiting == nullptr && !word.starts_with("-") && ++out.place == 1 && at->get_name() == "report") {
      out.command = word;
    }
    waiting = waiting == nullptr && option != nullptr && option->get_items_expected_max() > 0 ? option : nullptr;
  }
  if (out.command.empty()) out.command = at->get_name();
  if (at->get_parent() != nullptr) out.noun = at->get_parent()->get_name();
  if (waiting != nullptr) {
    out.option = "--" + waiting->get_lnames().front();
  } else if (!words.empty() && words.back().starts_with("-")) {
    out.names = option_names(at);
  } else if (out.place == 0) {
    out.names = subcommand_names(*at);
  }
  return out;
}

}  // namespace hr::cmd
