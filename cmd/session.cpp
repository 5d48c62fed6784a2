#include "session.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <tuple>

#include "base/error.h"
#include "base/listed.h"
#include "base/memory_size.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "engine/files.h"

namespace hr::cmd {

namespace fs = std::filesystem;

static std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

static std::optional<i18n::Language> language_of(std::string_view name) {
  if (name == "en") return i18n::Language::en;
  if (name == "zh") return i18n::Language::zh;
  return std::nullopt;
}

i18n::Language early_language(const std::vector<std::string>& args) {
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "--lang" && i + 1 < args.size()) return language_of(args[i + 1]).value_or(i18n::Language::en);
    if (args[i].starts_with("--lang=")) return language_of(args[i].substr(7)).value_or(i18n::Language::en);
  }
  if (const auto set = language_of(environment("HRCTL_LANG"))) return *set;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = environment(name);
    if (!value.empty()) return value.starts_with("zh") ? i18n::Language::zh : i18n::Language::en;
  }
  return i18n::Language::en;
}

int64_t parse_count(const std::string& text, const std::string& option, int64_t least, int64_t most) {
  int64_t value = 0;
  const bool plain = !text.empty() && text.size() <= 15 && text.find_first_not_of("0123456789") == std::string::npos &&
                     (text.size() == 1 || text[0] != '0');
  if (plain) value = std::stoll(text);
  if (!plain || value < least || value > most) {
    throw Error(ErrorKind::usage, "usage/number",
                {option, escape_controls(text), std::to_string(least), std::to_string(most)});
  }
  return value;
}

Date parse_day(const std::string& text, const std::string& option) {
  const auto day = parse_date(text);
  if (!day) throw Error(ErrorKind::usage, "usage/day", {option, escape_controls(text)});
  return *day;
}

store::Timestamp parse_known(const std::string& text) {
  if (text.empty()) return store::kNow;
  const auto time = parse_timestamp(text);
  if (!time) throw Error(ErrorKind::usage, "usage/time", {"--known", escape_controls(text)});
  return *time;
}

static std::string user_config_path() {
  const std::string xdg = environment("XDG_CONFIG_HOME");
  if (!xdg.empty()) return xdg + "/hrctl/config.yaml";
  const std::string home = environment("HOME");
  return home.empty() ? "" : home + "/.config/hrctl/config.yaml";
}

std::string Session::setting(const std::string& flag, const char* variable,
                             std::optional<std::string> defs::Settings::*member) const {
  if (!flag.empty()) return flag;
  std::string set = environment(variable);
  if (!set.empty()) return set;
  if (workspace_ && (workspace_->settings.*member)) return *(workspace_->settings.*member);
  if (user_ && (user_->settings.*member)) return *(user_->settings.*member);
  return {};
}

static bool wants_color(const std::string& setting, int fd) {
  if (setting == "always") return true;
  if (setting == "never" || !environment("NO_COLOR").empty() || environment("TERM") == "dumb") return false;
  return ::isatty(fd) == 1;
}

static void check_choice(const std::string& value, const std::string& option, const std::vector<std::string>& choices) {
  if (value.empty()) return;
  for (const std::string& c : choices) {
    if (c == value) return;
  }
  throw Error(ErrorKind::usage, "usage/choice", {option, escape_controls(value), listed(choices)});
}

// Names of formats that there are for what a command prints.
static std::vector<std::string> formats_of(Prints prints) {
  switch (prints) {
    case Prints::table:
      return {"table", "csv", "json", "jsonl", "md", "html", "xlsx"};
    case Prints::report:
      return {"table", "json", "md", "html", "xlsx"};
    case Prints::workbook:
      return {"xlsx"};
    case Prints::diagnostics:
      return {"table", "json", "sarif", "junit"};
    case Prints::nothing:
    case Prints::text:
      break;
  }
  return {};
}

// The usual endings of files in these formats.
static std::vector<std::string> endings_of(const std::vector<std::string>& formats) {
  std::vector<std::string> endings;
  for (const std::string& name : formats)
    endings.push_back(name == "table" ? ".txt" : name == "junit" ? ".xml" : "." + name);
  return endings;
}

static bool is_file(const std::string& output) {
  return !output.empty() && output != "-";
}

// --format, against what the command prints.
static void check_format(const SharedOptions& shared, Prints prints) {
  if (prints == Prints::nothing && (is_file(shared.output) || !shared.format.empty())) {
    throw Error(ErrorKind::usage, "usage/prints-nothing", {shared.format.empty() ? "--output" : "--format"});
  }
  if (prints == Prints::text && !shared.format.empty()) throw Error(ErrorKind::usage, "usage/prints-text");
  check_choice(shared.format, "--format", formats_of(prints));
}

// The ending of --output, against the same.
static void check_ending(const SharedOptions& shared, Prints prints) {
  if (!is_file(shared.output) || !shared.format.empty() || prints == Prints::text) return;
  const std::vector<std::string> formats = formats_of(prints);
  const auto format = render::format_of_file(shared.output);
  const bool is_written = prints == Prints::diagnostics
                              ? render::diagnostic_format_of_file(shared.output).has_value()
                              : format && std::find(formats.begin(), formats.end(), name_of(*format)) != formats.end();
  if (!is_written) throw Error(ErrorKind::usage, "usage/output-ending", {shared.output, listed(endings_of(formats))});
}

// A workbook is nothing that a terminal can show.
static void check_terminal(const SharedOptions& shared, Prints prints) {
  const bool is_workbook = prints == Prints::workbook || shared.format == "xlsx";
  if (is_workbook && !is_file(shared.output) && ::isatty(STDOUT_FILENO) == 1)
    throw Error(ErrorKind::usage, "usage/workbook-to-terminal");
}

void Session::settle(Prints prints) {
  check_format(shared, prints);
  Diagnostics found;
  const fs::path start = shared.dir.empty() ? fs::current_path() : fs::path(shared.dir);
  std::error_code ignored;
  if (!shared.dir.empty() && !fs::is_directory(start, ignored))
    throw Error(ErrorKind::rejected, "folder-missing", {shared.dir});
  try {
    workspace_ = engine::find_workspace(start, found);
    if (const std::string path = user_config_path(); !path.empty() && fs::is_regular_file(path, ignored)) {
      user_ =
          engine::Workspace{fs::path(path).parent_path(), defs::load_settings({path, engine::read_file(path)}, found)};
    }
  } catch (const Error& e) {
    print_settings_faults(found);
    throw;
  }
  print_settings_faults(found);
  if (has_errors(found)) throw Error(ErrorKind::rejected, "settings-faulty", {user_config_path()});

  const std::string lang = setting(shared.lang, "HRCTL_LANG", &defs::Settings::lang);
  check_choice(lang, shared.lang.empty() ? "HRCTL_LANG" : "--lang", {"en", "zh"});
  if (const auto chosen = language_of(lang)) language = *chosen;
  language_is_chosen_ = !lang.empty();
  const std::string color = setting(shared.color, "HRCTL_COLOR", &defs::Settings::color);
  check_choice(color, shared.color.empty() ? "HRCTL_COLOR" : "--color", {"auto", "always", "never"});
  check_choice(shared.progress, "--progress", {"auto", "always", "never"});
  memory();  // what is no size is refused, whether the command goes by it or not
  color_out_ = shared.output.empty() && wants_color(color, STDOUT_FILENO);
  color_err_ = wants_color(color, STDERR_FILENO);
  if (!shared.output.empty() && shared.output != "-") check_output(shared.output, {});
  check_ending(shared, prints);
  check_terminal(shared, prints);
}

static bool are_one_file(const std::string& a, const std::string& b) {
  std::error_code ignored;
  const auto whole = [&](const std::string& path) {
    return fs::weakly_canonical(fs::absolute(path, ignored), ignored);
  };
  return a == b || fs::equivalent(a, b, ignored) || (!a.empty() && !b.empty() && whole(a) == whole(b));
}

void Session::check_table_file(const std::string& path, const std::string& option) const {
  if (are_one_file(path, shared.output)) throw Error(ErrorKind::usage, "usage/same-file", {option, "--output"});
  SharedOptions other = shared;
  other.output = path;
  check_ending(other, Prints::table);
  check_output(path, {});
}

const engine::Workspace& Session::require_workspace() const {
  if (!workspace_) throw Error(ErrorKind::rejected, "no-workspace");
  return *workspace_;
}

std::string Session::store_path() const {
  if (!shared.store.empty()) return shared.store;
  if (std::string set = environment("HRCTL_STORE"); !set.empty()) return set;
  if (workspace_) {
    return engine::path_from_here(workspace_->root / workspace_->settings.store.value_or("hrctl.db"));
  }
  if (user_ && user_->settings.store) return *user_->settings.store;
  return {};
}

// With the lines that they are about, top down.
void Session::print_settings_faults(Diagnostics found) const {
  std::stable_sort(found.begin(), found.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span.file, a.span.line, a.span.col) < std::tie(b.span.file, b.span.line, b.span.col);
  });
  std::vector<defs::DefinitionFile> files;
  for (const Diagnostic& d : found) {
    if (files.empty() || files.back().path != d.span.file)
      files.push_back({d.span.file, engine::read_file(d.span.file)});
  }
  print_diagnostics(found, files);
}

std::unique_ptr<store::Store> Session::open_store(bool create) const {
  const std::string path = store_path();
  if (path.empty()) throw Error(ErrorKind::rejected, "no-workspace");
  return store::open_store(path, {create, 10});
}

std::unique_ptr<store::Store> Session::open_store_to_write(bool dry_run) const {
  std::error_code ignored;
  const std::string path = store_path();
  if (dry_run && !path.empty() && !fs::exists(path, ignored)) return store::open_store(":memory:");
  return open_store(true);
}

// The one clock of the program. HRCTL_TEST_CLOCK stands in for it, so that transcripts hold no time of day.
static int64_t now_microseconds() {
  if (const std::string fixed = environment("HRCTL_TEST_CLOCK"); !fixed.empty()) {
    const auto time = parse_timestamp(fixed);
    if (!time) throw Error(ErrorKind::usage, "usage/time", {"HRCTL_TEST_CLOCK", escape_controls(fixed)});
    return *time;
  }
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

static std::string user_name() {
  for (const char* name : {"HRCTL_USER", "LOGNAME", "USER"}) {
    if (std::string value = environment(name); !value.empty()) return value;
  }
  const passwd* entry = ::getpwuid(::geteuid());
  return entry ? entry->pw_name : std::to_string(::geteuid());
}

engine::WhoWhen Session::who_when() const {
  return {user_name(), now_microseconds()};
}

int Session::threads() const {
  std::string text = shared.threads;
  std::string origin = "--threads";
  if (text.empty()) {
    text = environment("HRCTL_THREADS");
    origin = "HRCTL_THREADS";
  }
  if (!text.empty()) return static_cast<int>(parse_count(text, origin, 1, 256));
  if (workspace_ && workspace_->settings.threads) return *workspace_->settings.threads;
  if (user_ && user_->settings.threads) return *user_->settings.threads;
  return hardware_threads();
}

uint64_t Session::memory() const {
  const std::string text = setting(shared.memory, "HRCTL_MEMORY", &defs::Settings::memory);
  if (text.empty()) {
    const auto pages = static_cast<uint64_t>(std::max(0L, ::sysconf(_SC_PHYS_PAGES)));
    return default_memory_budget(pages * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE)));
  }
  const auto size = parse_memory_size(text);
  if (!size)
    throw Error(ErrorKind::usage, "usage/memory",
                {shared.memory.empty() ? "HRCTL_MEMORY" : "--memory", escape_controls(text)});
  return *size;
}

}  // namespace hr::cmd
