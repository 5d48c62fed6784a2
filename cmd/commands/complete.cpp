// hrctl __complete WORD… (hidden): what may stand in place of the last word, a line each. The store is only read;
// whatever goes wrong, nothing is offered.
#include <CLI/CLI.hpp>

#include <algorithm>

#include "base/error.h"
#include "command.h"
#include "engine/cycle_data.h"

namespace hr::cmd {

namespace {

const CLI::App* subcommand(const CLI::App& app, const std::string& name) {
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App* a) { return !a->get_group().empty(); })) {
    if (sub->get_name() == name) return sub;
  }
  return nullptr;
}

void add_options(const CLI::App* app, std::vector<std::string>& out) {
  for (; app; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options()) {
      for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
    }
  }
}

// Ids from the store for an option's value or a command's word.
std::vector<std::string> live_values(const Session& session, const std::string& option, const std::string& command) {
  std::vector<std::string> out;
  if (option == "--lang") return {"en", "zh"};
  if (option == "--format") return {"table", "csv", "json", "jsonl", "md"};
  if (option == "--color" || option == "--progress") return {"auto", "always", "never"};
  if (option.empty() && command == "report") return {"scores", "ranking", "scorecard", "okr", "units"};
  if (option.empty() && command == "completion") return {"bash", "zsh", "fish"};
  if (option.empty() && (command == "import" || command == "export")) {
    for (const model::ImportedTable& t : model::imported_tables()) out.emplace_back(t.name);
    return out;
  }
  const std::unique_ptr<store::Store> store = session.open_store(false);
  if (option == "--run" || command == "show") {
    for (const store::Run& run : store->runs()) out.push_back(std::to_string(run.id));
  } else if (option == "--cycle" || option == "--plan" || option == "--mapping") {
    if (const auto applied = engine::applied_definitions(*store, store::kNow)) {
      if (option == "--cycle")
        for (const auto& c : applied->definitions.cycles) out.push_back(c.id);
      if (option == "--plan")
        for (const auto& p : applied->definitions.plans) out.push_back(p.id);
      if (option == "--mapping")
        for (const auto& m : applied->definitions.mappings) out.push_back(m.id);
    }
  } else if (option.empty() && (command == "explain" || command == "scorecard")) {
    for (const facts::Frame& frame : store->records(model::TableId::employees, store::kNow)) {
      const facts::Column& id = *frame.find("employee_id");
      for (size_t row = 0; row < frame.size(); ++row) out.emplace_back(id.text(row));
    }
  }
  return out;
}

void complete(Session& session, const CLI::App& root, const std::vector<std::string>& words) {
  const std::string last = words.empty() ? "" : words.back();
  const CLI::App* app = &root;
  std::string previous;
  std::string command;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    if (const CLI::App* sub = subcommand(*app, words[i]))
      app = sub;
    else if (!words[i].starts_with("-") && !previous.starts_with("-") && app->get_name() == "report")
      command = words[i];
    previous = words[i];
  }
  if (command.empty()) command = app->get_name();
  std::vector<std::string> found;
  if (previous.starts_with("--"))
    found = live_values(session, previous, command);
  else if (last.starts_with("-"))
    add_options(app, found);
  else if (!app->get_subcommands([](const CLI::App*) { return true; }).empty()) {
    for (const CLI::App* sub : app->get_subcommands([](const CLI::App* a) { return !a->get_group().empty(); }))
      found.push_back(sub->get_name());
  } else {
    found = live_values(session, "", command);
  }
  std::sort(found.begin(), found.end());
  std::string lines;
  for (const std::string& f : found) {
    if (f.starts_with(last)) lines += f + "\n";
  }
  session.print(lines);
}

}  // namespace

void add_complete(CLI::App& parent, Session& session) {
  CLI::App* leaf = parent.add_subcommand("__complete", "");
  leaf->group("");         // hidden
  leaf->prefix_command();  // every word after it is data, options too
  leaf->callback([&session, &parent, leaf] {
    try {
      session.settle();
      complete(session, parent, leaf->remaining());
    } catch (const Error&) {
      session.exit_code = 0;  // completion never speaks of errors
    }
  });
}

}  // namespace hr::cmd
