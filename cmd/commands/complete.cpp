// hrctl __complete WORD… (hidden): what may stand in place of the last word, a line each. The store is only read;
// whatever goes wrong, nothing is offered.
#include <algorithm>

#include "arguments.h"
#include "base/error.h"
#include "command.h"
#include "engine/cycle_data.h"

namespace hr::cmd {

namespace {

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
  const WordUnderWay word = word_under_way(root, words);
  std::vector<std::string> found = word.names;
  if (found.empty()) found = live_values(session, word.option, word.command);
  std::sort(found.begin(), found.end());
  std::string lines;
  for (const std::string& f : found) {
    if (f.starts_with(last)) lines += f + "\n";
  }
  session.print(lines);
}

}  // namespace

void add_complete(CLI::App& parent, Session& session) {
  add_hidden(parent, "__complete", [&session, &parent](const std::vector<std::string>& words) {
    try {
      session.settle();
      complete(session, parent, words);
    } catch (const Error&) {
      session.exit_code = 0;  // completion never speaks of errors
    }
  });
}

}  // namespace hr::cmd
