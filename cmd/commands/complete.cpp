// hrctl __complete WORD… (hidden): what may stand in place of the last word, a line each. The store is only read;
// whatever goes wrong, nothing is offered.
#include <algorithm>

#include "arguments.h"
#include "base/error.h"
#include "command.h"
#include "engine/cycle/data.h"
#include "engine/review/items.h"

namespace hr::cmd {

namespace {

std::vector<std::string> table_names(std::vector<std::string> more) {
  for (const model::ImportedTable& t : model::imported_tables()) more.emplace_back(t.name);
  return more;
}

// Words that are the same in every workspace.
std::vector<std::string> fixed_values(const WordUnderWay& word) {
  if (word.option == "--lang") return {"en", "zh"};
  if (word.option == "--format") return {"table", "csv", "json", "jsonl", "md", "html", "xlsx"};
  if (word.option == "--color" || word.option == "--progress") return {"auto", "always", "never"};
  if (word.option == "--example") return example_names();
  if (word.option == "--state") return {"open", "decided", "settled", "all"};
  if (word.option == "--table") return table_names({});
  if (word.command == "resolve" && word.option.empty() && word.place > 0) return {"accept", "correct", "drop"};
  if (!word.option.empty() || word.place > 0) return {};
  if (word.command == "report")
    return {"scores",  "ranking",     "scorecard", "advice",      "dossier",      "dashboard", "okr",       "units",
            "changes", "calibration", "compare",   "correlation", "distribution", "trend",     "stability", "custom"};
  if (word.command == "completion") return {"bash", "zsh", "fish"};
  if (word.command == "schema") return schema_names();
  if (word.command == "import" || word.command == "template") return table_names({});
  if (word.command == "export") return table_names({"quarantine", "restatements", "spells"});
  return {};
}

std::vector<std::string> defined_ids(store::Store& store, const std::string& option) {
  std::vector<std::string> ids;
  const auto applied = engine::applied_definitions(store, store::kNow);
  if (!applied) return ids;
  const auto take = [&](const auto& items) {
    for (const auto& item : items) ids.push_back(item.id);
  };
  if (option == "--cycle") take(applied->definitions->cycles);
  if (option == "--plan") take(applied->definitions->plans);
  if (option == "--mapping") take(applied->definitions->mappings);
  return ids;
}

bool report_of_one(const std::string& report) {
  return report == "scorecard" || report == "advice" || report == "dossier" || report == "trend" ||
         report == "stability";
}

// Items of the review queue that wait for somebody.
std::vector<std::string> waiting_items(const Session& session) {
  const std::unique_ptr<store::Store> store = session.open_store(false);
  std::vector<std::string> names;
  for (const engine::Item& item : engine::review_items(*store, nullptr)) {
    if (item.state() == engine::ItemState::open) names.push_back(item.name());
  }
  return names;
}

// Ids from the store.
std::vector<std::string> stored_ids(const Session& session, const WordUnderWay& word) {
  if (word.noun == "review" && word.option.empty()) return waiting_items(session);
  const bool a_run = word.option == "--run" || word.option == "--base" ||
                     (word.command == "show" && word.option.empty() && word.place == 0);
  const bool a_person = word.option.empty() && ((word.command == "explain" && word.place == 0) ||
                                                (report_of_one(word.command) && word.place == 1));
  std::vector<std::string> ids;
  const bool a_cycle =
      word.option.empty() && word.place == 0 &&
      (word.command == "open" || word.command == "freeze" || word.command == "close" || word.command == "reopen");
  if (!a_run && !a_person && !a_cycle && word.option.empty()) return ids;
  const std::unique_ptr<store::Store> store = session.open_store(false);
  if (!a_run && !a_person) return defined_ids(*store, a_cycle ? "--cycle" : word.option);
  if (a_run) {
    for (const store::Run& run : store->runs()) ids.push_back(std::to_string(run.id));
    return ids;
  }
  for (const facts::Frame& frame : store->records(model::TableId::employees, store::kNow)) {
    const facts::Column& id = *frame.find("employee_id");
    for (size_t row = 0; row < frame.size(); ++row) ids.emplace_back(id.text(row));
  }
  return ids;
}

void complete(Session& session, const CLI::App& root, const std::vector<std::string>& words) {
  const std::string last = words.empty() ? "" : words.back();
  const WordUnderWay word = word_under_way(root, words);
  std::vector<std::string> found = word.names;
  if (found.empty()) found = fixed_values(word);
  if (found.empty()) found = stored_ids(session, word);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
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
