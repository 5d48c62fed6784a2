// What every command works with: who runs it, where, in which language, and how it may speak. Made once, in main.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "engine/progress.h"
#include "engine/who_when.h"
#include "engine/workspace.h"
#include "i18n/message.h"
#include "render/diagnostics.h"
#include "render/render.h"
#include "store/store.h"
#include "table/table.h"
#include "timings.h"

namespace hr::engine {
class FileWriter;
}

namespace hr::cmd {

// Options that every command takes, as written; empty = not given. Settings go: flag, environment (HRCTL_…), hrctl.yaml
// of the workspace, the user's config.yaml, built-in.
struct SharedOptions {
  std::string dir;
  std::string store;
  std::string format;
  std::string output;
  std::string lang;
  std::string color;
  std::string progress;
  std::string threads;
  std::string memory;
  bool bom = false;
  bool quiet = false;
  bool verbose = false;
  bool timings = false;
};

// What a command puts on standard output: which --format and endings of --output there are for it. report: several
// tables; workbook: nothing else.
enum class Prints : uint8_t { nothing, text, table, report, workbook, diagnostics };

class Session {
 public:
  SharedOptions shared;
  i18n::Language language = i18n::Language::en;
  int exit_code = 0;

  // After the command line is read: finds the workspace, settles store, language, colour and what is written in which
  // format and where, before any work is done. Throws Error(usage), Error(rejected).
  void settle(Prints prints = Prints::text);

  const std::optional<engine::Workspace>& workspace() const { return workspace_; }
  const engine::Workspace& require_workspace() const;  // throws Error(rejected)
  std::unique_ptr<store::Store> open_store(bool create) const;
  // Made when it is not there; in a dry run an empty one that is gone with the object stands in for a missing file.
  std::unique_ptr<store::Store> open_store_to_write(bool dry_run) const;
  std::string store_path() const;
  engine::WhoWhen who_when() const;
  int threads() const;
  uint64_t memory() const;  // bytes to use for facts while scoring; no result depends on it

  // Of texts inside data: `language`, but English in files and formats for programs unless somebody chose one.
  i18n::Language data_language() const { return data_language(shared.output); }
  // Data, to standard output or --output, in the format asked for.
  void print(const table::Table& table) const;
  void print(const table::Report& report) const;
  // The same in parts, where prints_parts(): the format allows it.
  void print(const render::Parts& parts) const;
  bool prints_parts() const;
  // The same, but nothing is seen yet: a file stands beside its name, which it takes with commit(). What no file
  // replaces, such as standard output or a pipe, is written at once, and none is returned; after ready(), which may
  // wait for something, and throws where nothing is to be seen.
  using Ready = std::function<void()>;
  using Unseen = std::unique_ptr<engine::FileWriter>;
  Unseen print_beside(const table::Table& table, const Ready& ready) const;
  Unseen print_beside(const render::Parts& parts, const Ready& ready) const;
  // Another table than the one that the command prints, in another thread if need be: the file's ending is its format
  // unless --format says one.
  Unseen print_beside(const std::string& path, const table::Table& table, const Ready& ready) const;
  bool wants_data() const { return !shared.format.empty() || !shared.output.empty(); }
  void print(const std::string& bytes) const;
  // Before any work: `path` may be written without loss: its folder is there, and it is not the store, the settings or
  // one of the files that are `read`. Throws Error(rejected). The first is for another table than the command's, and
  // throws Error(usage) too.
  void check_table_file(const std::string& path, const std::string& option) const;
  void check_output(const std::string& path, const std::vector<std::string>& read) const;
  // A sentence to standard error; `note` is silent with --quiet.
  void note(const std::string& message_key, const std::vector<std::string>& args = {}) const;
  void tell(const std::string& message_key, const std::vector<std::string>& args = {}) const;  // also with --quiet
  void warn(const std::string& message_key, const std::vector<std::string>& args = {}) const;
  void say_error(const std::string& message_key, const std::vector<std::string>& args = {}) const;
  // Findings beside work that goes on: no notes with --quiet, and of each code only the first few.
  void print_findings(const Diagnostics& diagnostics, const render::FileText& file_text = {}) const;
  void print_findings(const Diagnostics& diagnostics, const std::vector<defs::DefinitionFile>& files) const;
  // To standard error, with excerpts of the given files.
  void print_diagnostics(const Diagnostics& diagnostics, const render::FileText& file_text) const;
  void print_diagnostics(const Diagnostics& diagnostics, const std::vector<defs::DefinitionFile>& files) const;
  // What the engine reports to: draws on a terminal, times with --timings, else empty.
  engine::Progress progress() const;
  // The command itself begins a stage (a message key) of what --timings shows.
  void begin(std::string_view stage) const { timings_.tell(stage, 0, 0); }
  void end_progress() const { say(""); }
  // To standard error with --timings: where the time went until now.
  void print_timings();
  bool verbose() const { return shared.verbose; }
  bool stdout_color() const { return color_out_; }
  bool stderr_color() const { return color_err_; }

 private:
  std::optional<engine::Workspace> workspace_;
  std::optional<engine::Workspace> user_;  // the user's own config
  mutable Timings timings_;
  mutable bool progress_drawn_ = false;  // a line of progress stands on the terminal, to be wiped before the next
  bool language_is_chosen_ = false;      // by option, environment or settings, not by the locale
  bool color_out_ = false;
  bool color_err_ = false;

  void say(const std::string& text) const;
  i18n::Language data_language(const std::string& path) const;
  render::RenderOptions render_options(const std::string& path) const;
  Unseen write_beside(const std::string& path, const std::function<void(const render::Sink&)>& write,
                      const Ready& ready) const;
  void print_settings_faults(Diagnostics found) const;
  std::string setting(const std::string& flag, const char* environment,
                      std::optional<std::string> defs::Settings::*member) const;
};

// The language before the command line is read, for --help: --lang anywhere, HRCTL_LANG, then LC_ALL, LC_MESSAGES,
// LANG.
i18n::Language early_language(const std::vector<std::string>& args);

// Numbers of options: whole, no sign, no leading zero, within bounds. Throws Error(usage) naming the option.
int64_t parse_count(const std::string& text, const std::string& option, int64_t least, int64_t most);
Date parse_day(const std::string& text, const std::string& option);
store::Timestamp parse_known(const std::string& text);  // empty = everything

}  // namespace hr::cmd
