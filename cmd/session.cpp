#include "session.h"

#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <tuple>

#include "base/error.h"
#include "base/memory_size.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "engine/files.h"
#include "render/diagnostics.h"

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
  const std::string set = environment(variable);
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
  std::string list;
  for (const std::string& c : choices) list += (list.empty() ? "" : ", ") + c;
  throw Error(ErrorKind::usage, "usage/choice", {option, escape_controls(value), list});
}

// --format and the ending of --output, against what the command prints.
static void check_format(const SharedOptions& shared, Prints prints) {
  const bool is_file = !shared.output.empty() && shared.output != "-";
  if (prints == Prints::nothing && (is_file || !shared.format.empty())) {
    throw Error(ErrorKind::usage, "usage/prints-nothing", {shared.format.empty() ? "--output" : "--format"});
  }
  if (prints == Prints::text && !shared.format.empty()) throw Error(ErrorKind::usage, "usage/prints-text");
  if (prints == Prints::text || prints == Prints::nothing) return;
  const bool is_table = prints == Prints::table;
  const auto known = [&](const char* tables, const char* findings) { return is_table ? tables : findings; };
  const std::string format = shared.format.empty() ? "table" : shared.format;
  const bool named = is_table ? render::format_of_name(format).has_value()
                              : format == "table" || render::diagnostic_format_of_name(format).has_value();
  if (!named) {
    throw Error(
        ErrorKind::usage, "usage/choice",
        {"--format", escape_controls(format), known("table, csv, json, jsonl, md", "table, json, sarif, junit")});
  }
}

static void check_ending(const SharedOptions& shared, Prints prints) {
  const bool is_file = !shared.output.empty() && shared.output != "-";
  if (!is_file || !shared.format.empty() || prints == Prints::text) return;
  const bool is_table = prints == Prints::table;
  const bool ending = is_table ? render::format_of_file(shared.output).has_value()
                               : render::diagnostic_format_of_file(shared.output).has_value();
  if (!ending) {
    throw Error(ErrorKind::usage, "usage/output-ending",
                {shared.output, is_table ? ".txt, .csv, .json, .jsonl, .md" : ".txt, .json, .sarif, .xml"});
  }
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
}

void Session::check_table_file(const std::string& path, const std::string& option) const {
  if (path == shared.output) throw Error(ErrorKind::usage, "usage/same-file", {option, "--output"});
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
  if (const std::string set = environment("HRCTL_STORE"); !set.empty()) return set;
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
    if (const std::string value = environment(name); !value.empty()) return value;
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

// Columns of the terminal; 0 = as wide as the table needs, because what is piped is never cut.
static size_t terminal_width() {
  const std::string columns = environment("COLUMNS");
  if (!columns.empty() && columns.size() <= 4 && columns.find_first_not_of("0123456789") == std::string::npos) {
    const size_t width = std::stoul(columns);
    if (width >= 20) return width;
  }
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 1) {
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20 ? size.ws_col : 80;
  }
  return 0;
}

static void require_written(bool good) {
  if (!good) throw Error(ErrorKind::system, errno == EPIPE ? "output-closed" : "output-failed", {std::strerror(errno)});
}

void Session::write_to(const std::string& path, const std::function<void(const render::Sink&)>& write) const {
  if (!path.empty() && path != "-") {
    engine::FileWriter file(path);
    write([&](std::string_view bytes) { file.write(bytes); });
    return file.commit();
  }
  write([](std::string_view bytes) {
    require_written(std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size());
  });
  require_written(std::fflush(stdout) == 0);
}

void Session::print(const std::string& bytes) const {
  write_to(shared.output, [&](const render::Sink& sink) { sink(bytes); });
}

void Session::check_output(const std::string& path, const std::vector<std::string>& read) const {
  std::error_code ignored;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty() && !fs::is_directory(folder, ignored)) {
    throw Error(ErrorKind::rejected, "folder-missing", {escape_controls(folder.string())});
  }
  if (fs::is_directory(path, ignored)) throw Error(ErrorKind::rejected, "file-is-folder", {escape_controls(path)});
  std::vector<std::string> kept = read;
  if (const std::string store = store_path(); !store.empty()) {
    for (const char* suffix : {"", "-wal", "-shm"}) kept.push_back(store + suffix);
  }
  if (workspace_) kept.push_back((workspace_->root / "hrctl.yaml").string());
  for (const std::string& file : kept) {
    if (fs::equivalent(path, file, ignored)) {
      throw Error(ErrorKind::rejected, "output-overwrites", {path});
    }
  }
}

// What is for programs or for keeping must not change with the locale of a machine, only with what somebody chose.
i18n::Language Session::data_language(const std::string& path) const {
  const bool for_a_reader = path.empty() && (shared.format.empty() || shared.format == "table");
  return for_a_reader || language_is_chosen_ ? language : i18n::Language::en;
}

render::RenderOptions Session::render_options(const std::string& path) const {
  render::RenderOptions options;
  options.language = data_language(path);
  options.color = color_out_ && path.empty();
  options.bom = shared.bom;
  options.width = path.empty() ? terminal_width() : 0;
  if (!shared.format.empty()) {
    options.format = *render::format_of_name(shared.format);
  } else if (!path.empty()) {
    options.format = *render::format_of_file(path);
  }
  options.threads = threads();
  return options;
}

void Session::print_to(const std::string& path, const table::Table& table) const {
  const render::RenderOptions options = render_options(path);
  begin("progress/print");
  write_to(path, [&](const render::Sink& sink) { render::render(table, options, sink); });
  begin("timings/other");
}

bool Session::prints_parts() const {
  return render::comes_in_parts(render_options(shared.output).format);
}

void Session::print(const render::Parts& parts) const {
  const render::RenderOptions options = render_options(shared.output);
  begin("progress/print");
  write_to(shared.output, [&](const render::Sink& sink) { render::render(parts, options, sink); });
  begin("timings/other");
}

void Session::say(const std::string& text) const {
  std::fflush(stdout);
  if (progress_drawn_) std::fputs("\r\x1b[K", stderr);
  progress_drawn_ = false;
  std::fwrite(text.data(), 1, text.size(), stderr);
}

// Names of files and values come as they are: a terminal must not obey them.
static std::string sentence(i18n::Language language, const std::string& key, std::vector<std::string> args) {
  for (std::string& arg : args) arg = escape_controls(arg);
  return i18n::text(language, key, args) + "\n";
}

void Session::note(const std::string& key, const std::vector<std::string>& args) const {
  if (!shared.quiet) say(sentence(language, key, args));
}

void Session::tell(const std::string& key, const std::vector<std::string>& args) const {
  say(sentence(language, key, args));
}

void Session::warn(const std::string& key, const std::vector<std::string>& args) const {
  say(i18n::text(language, "severity/warning") + ": " + sentence(language, key, args));
}

void Session::say_error(const std::string& key, const std::vector<std::string>& args) const {
  say("hrctl: " + i18n::text(language, "severity/error") + ": " + sentence(language, key, args));
}

static render::FileText text_of(const std::vector<defs::DefinitionFile>& files) {
  return [&files](const std::string& path) -> std::optional<std::string_view> {
    for (const defs::DefinitionFile& file : files) {
      if (file.path == path) return file.text;
    }
    return std::nullopt;
  };
}

void Session::print_diagnostics(const Diagnostics& diagnostics, const std::vector<defs::DefinitionFile>& files) const {
  print_diagnostics(diagnostics, text_of(files));
}

void Session::print_findings(const Diagnostics& diagnostics, const std::vector<defs::DefinitionFile>& files) const {
  print_findings(diagnostics, text_of(files));
}

void Session::print_diagnostics(const Diagnostics& diagnostics, const render::FileText& file_text) const {
  if (diagnostics.empty()) return;
  say(render::render_diagnostics(diagnostics, render::DiagnosticFormat::text, language, file_text, color_err_));
}

constexpr size_t kMostOfACode = 20;

void Session::print_findings(const Diagnostics& diagnostics, const render::FileText& file_text) const {
  std::map<std::string, size_t> told;
  Diagnostics shown;
  for (const Diagnostic& d : diagnostics) {
    if (shared.quiet && d.severity == Severity::note) continue;
    if (++told[d.code] <= kMostOfACode || d.severity == Severity::error) shown.push_back(d);
  }
  print_diagnostics(shown, file_text);
  for (const auto& [code, n] : told) {
    if (n > kMostOfACode) note("more-findings", {std::to_string(n - kMostOfACode), code});
  }
}

engine::Progress Session::progress() const {
  const bool drawn =
      shared.progress == "always" || (shared.progress != "never" && !shared.quiet && ::isatty(STDERR_FILENO) == 1);
  if (!drawn && !shared.timings) return {};
  return [this, drawn](std::string_view stage, uint64_t done, uint64_t total) {
    timings_.tell(stage, done, total);
    if (!drawn) return;
    const bool finished = total > 0 && done >= total;
    const std::string percent = total > 0 ? " " + std::to_string(100 * done / total) + " %" : "";
    say(finished ? "" : i18n::text(language, stage) + percent);
    progress_drawn_ = !finished;
  };
}

void Session::print_timings() {
  if (!shared.timings) return;
  render::RenderOptions options;
  options.language = language;
  options.width = 0;
  options.color = color_err_;
  render::render(timings_.table(language), options, [&](std::string_view bytes) { say(std::string(bytes)); });
}

}  // namespace hr::cmd
