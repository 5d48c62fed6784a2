// What a command says and writes: results to files and standard output, all else to standard error.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "engine/files.h"
#include "render/diagnostics.h"
#include "session.h"

namespace hr::cmd {

namespace fs = std::filesystem;

// Columns of the terminal; 0 = as wide as the table needs, because what is piped is never cut.
static size_t terminal_width() {
  const char* set = std::getenv("COLUMNS");
  const std::string columns = set != nullptr ? set : "";
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

Session::Unseen Session::write_beside(const std::string& path, const std::function<void(const render::Sink&)>& write,
                                      const Ready& ready) const {
  const bool to_file = !path.empty() && path != "-";
  const bool replaces = to_file && !engine::is_written_in_place(path);
  if (ready && !replaces) ready();  // before a pipe is opened, too: that may have to wait for its reader
  if (to_file) {
    auto file = std::make_unique<engine::FileWriter>(path);
    write([&](std::string_view bytes) { file->write(bytes); });
    if (replaces) return file;
    file->commit();
    return nullptr;
  }
  write([](std::string_view bytes) {
    require_written(std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size());
  });
  require_written(std::fflush(stdout) == 0);
  return nullptr;
}

static void show(const Session::Unseen& file) {
  if (file) file->commit();
}

void Session::print(const std::string& bytes) const {
  show(write_beside(shared.output, [&](const render::Sink& sink) { sink(bytes); }, {}));
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

Session::Unseen Session::print_beside(const std::string& path, const table::Table& table, const Ready& ready) const {
  const render::RenderOptions options = render_options(path);
  return write_beside(
      path, [&](const render::Sink& sink) { render::render(table, options, sink); }, ready);
}

Session::Unseen Session::print_beside(const table::Table& table, const Ready& ready) const {
  return print_beside(shared.output, table, ready);
}

Session::Unseen Session::print_beside(const render::Parts& parts, const Ready& ready) const {
  const render::RenderOptions options = render_options(shared.output);
  return write_beside(
      shared.output, [&](const render::Sink& sink) { render::render(parts, options, sink); }, ready);
}

void Session::print(const table::Table& table) const {
  begin("progress/print");
  show(print_beside(table, {}));
  begin("timings/other");
}

void Session::print(const table::Report& report) const {
  const render::RenderOptions options = render_options(shared.output);
  begin("progress/print");
  show(write_beside(shared.output, [&](const render::Sink& sink) { render::render(report, options, sink); }, {}));
  begin("timings/other");
}

bool Session::prints_parts() const {
  return render::comes_in_parts(render_options(shared.output).format);
}

void Session::print(const render::Parts& parts) const {
  begin("progress/print");
  show(print_beside(parts, {}));
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
