// hrctl doctor: is everything in order here? Each line ok, warn or fail, and what to do.
#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "command.h"
#include "defs/load.h"
#include "engine/cycle/data.h"
#include "version.h"

namespace hr::cmd {

namespace {

namespace fs = std::filesystem;

// Collects the findings as a table.
class Findings {
 public:
  Findings() {
    table_.schema = "hrctl.doctor/v1";
    table_.title = {"Doctor", "体检"};
    for (const auto& [key, en, zh] :
         {std::tuple{"state", "State", "状态"}, {"what", "What", "项目"}, {"detail", "Detail", "说明"}}) {
      table::Column column;
      column.key = key;
      column.title = {en, zh};
      column.kind = std::string_view(key) == "detail" ? table::Kind::text : table::Kind::choice;
      table_.columns.push_back(column);
    }
    table_.columns[0].labels = {{"ok", {"ok", "正常"}}, {"warn", {"warn", "注意"}}, {"fail", {"FAIL", "失败"}}};
    table_.columns[1].labels = {
        {"program", {"program", "程序"}},         {"workspace", {"workspace", "工作区"}},
        {"definitions", {"definitions", "定义"}}, {"store", {"store", "存储"}},
        {"integrity", {"integrity", "完整性"}},   {"applied", {"applied definitions", "已应用的定义"}},
        {"mode", {"file mode", "文件权限"}}};
  }

  void add(const char* state, const char* what, std::string detail) {
    table_.columns[0].add(std::string(state));
    table_.columns[1].add(std::string(what));
    table_.columns[2].add(std::move(detail));
    failed_ = failed_ || std::string_view(state) == "fail";
  }
  const table::Table& table() const { return table_; }
  bool failed() const { return failed_; }

 private:
  table::Table table_;
  bool failed_ = false;
};

std::string say(const Session& session, const std::string& key, const std::vector<std::string>& args = {}) {
  return i18n::text(session.data_language(), key, args);
}

// Findings of the store, one a line, each once and side by side.
std::string one_line(const std::string& lines) {
  std::vector<std::string_view> told;
  for (const std::string_view line : split(lines, '\n')) {
    if (!line.empty() && std::find(told.begin(), told.end(), line) == told.end()) told.push_back(line);
  }
  return listed(told, {}, "; ");
}

// The workspace's definitions; their hash when they are sound.
std::string look_at_definitions(const Session& session, Findings& findings) {
  const std::vector<defs::DefinitionFile> files = engine::definition_files(*session.workspace());
  if (files.empty()) {
    findings.add("warn", "definitions", say(session, "no-definition-files", {session.workspace()->root.string()}));
    return {};
  }
  const size_t errors = count(defs::load_definitions(files).diagnostics, Severity::error);
  findings.add(errors ? "fail" : "ok", "definitions",
               say(session, errors ? "doctor/definitions-faulty" : "doctor/definitions",
                   {std::to_string(files.size()), std::to_string(errors)}));
  return errors ? std::string() : defs::content_hash(files);
}

void look_at_store(const Session& session, const std::string& workspace_hash, Findings& findings) {
  const std::string path = session.store_path();
  std::error_code error;
  if (path.empty()) return;  // no workspace, which is said already
  if (!fs::exists(path, error)) {
    findings.add("warn", "store", say(session, "doctor/no-store", {path}));
    return;
  }
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const store::Store::Health health = store->health();
  findings.add(
      "ok", "store",
      say(session, "doctor/store", {path, std::to_string(health.schema_version), std::to_string(health.bytes / 1024)}));
  findings.add(health.integrity_ok ? "ok" : "fail", "integrity", one_line(health.detail));
  const bool open_to_others =
      (fs::status(path, error).permissions() & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none;
  if (open_to_others) findings.add("warn", "mode", say(session, "doctor/mode", {path}));
  const auto version = store->latest_definitions(store::kNow);
  if (!version)
    findings.add("warn", "applied", say(session, "nothing-applied"));
  else if (!workspace_hash.empty() && version->hash != workspace_hash)
    findings.add("warn", "applied", say(session, "doctor/not-applied", {std::to_string(version->id)}));
  else
    findings.add("ok", "applied",
                 say(session, "doctor/applied", {std::to_string(version->id), version->hash.substr(0, 12)}));
}

int run_doctor(const Session& session) {
  Findings findings;
  findings.add("ok", "program", std::string("hrctl ") + kVersion);
  std::string hash;
  if (session.workspace()) {
    findings.add("ok", "workspace", session.workspace()->root.string());
    hash = look_at_definitions(session, findings);
  } else {
    findings.add("warn", "workspace", say(session, "no-workspace"));
  }
  try {
    look_at_store(session, hash, findings);
  } catch (const Error& e) {
    findings.add("fail", "store", i18n::text(session.language, e));
  }
  session.print(findings.table());
  return findings.failed() ? 1 : 0;
}

}  // namespace

void add_doctor(CLI::App& parent, Session& session) {
  CLI::App* leaf = add_leaf(parent, "doctor", session);
  set_action(leaf, session, Prints::table, [&session] { return run_doctor(session); });
}

}  // namespace hr::cmd
