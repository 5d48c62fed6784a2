// Runs transcripts: shell sessions written down as text, each command followed by what it must print and its exit code.
// Reads *.test files and the ```console blocks of *.md pages. The form is described in tests/support/README.md.
//
//   transcript --hrctl PROGRAM --source REPOSITORY [--jobs N] FILE-OR-FOLDER...
//
// Ends in one line "N passed, N failed". HRCTL_ACCEPT=1 writes what came out in place of what was expected;
// HRCTL_KEEP=1 leaves the scratch folders.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace fs = std::filesystem;

namespace {

constexpr const char* kClock = "2026-07-15T08:00:00Z";  // the program's `now` in every transcript
constexpr const char* kTimeoutSeconds = "120";

struct Options {
  fs::path hrctl;
  fs::path source;
  unsigned jobs = 2;
  bool accept = false;
  bool keep = false;
  std::vector<fs::path> paths;
};

// What a command must do, or did. In a page standard error comes with standard output, as on a terminal.
struct Outcome {
  std::string out;
  std::string err;
  int exit = 0;
};

// A stretch of a transcript file. `text` is the source as written; what is not a command is written back as it is.
struct Piece {
  enum class Kind { text, file, run, env, example, fresh, command } kind = Kind::text;
  int line = 0;
  std::string text = {};
  std::string argument = {};  // command, file name, NAME=VALUE, example
  std::string content = {};   // of a file
  Outcome expected = {};
};

// The directives that test files and pages share; none for an unknown word.
std::optional<Piece::Kind> directive(std::string_view word) {
  if (word == "run") return Piece::Kind::run;
  if (word == "env") return Piece::Kind::env;
  if (word == "example") return Piece::Kind::example;
  if (word == "fresh") return Piece::Kind::fresh;
  return std::nullopt;
}

struct Script {
  fs::path path;
  bool page = false;
  std::vector<Piece> pieces;
};

struct Tally {
  std::atomic<int> passed{0};
  std::atomic<int> failed{0};
};

std::mutex g_print;  // one report at a time

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void write_file(const fs::path& path, std::string_view text) {
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

// Lines without their ends; a last line without one counts too.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// ---- expectations as written -------------------------------------------------------------------------------------

constexpr std::string_view kNoNewline = "\\c";
// Output as it stands in a .test file: lines that would read as something else begin with a backslash.
std::string escaped(const std::string& output) {
  std::vector<std::string> lines = lines_of(output);
  std::string text;
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool blank_tail = std::all_of(lines.begin() + static_cast<std::ptrdiff_t>(i), lines.end(),
                                        [](const std::string& l) { return l.empty(); });
    if (blank_tail || (!lines[i].empty() && std::string_view("#$>@\\").find(lines[i][0]) != std::string_view::npos)) {
      text += '\\';
    }
    text += lines[i] + '\n';
  }
  if (!output.empty() && output.back() != '\n') text += std::string(kNoNewline) + '\n';
  return text;
}

// The reverse of escaped(). Blank lines at the end only set the next command apart.
std::string unescaped(std::vector<std::string> lines) {
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  std::string output;
  for (const std::string& line : lines) {
    if (line == kNoNewline) {
      if (!output.empty()) output.pop_back();
    } else {
      output += (line.starts_with("\\") ? line.substr(1) : line) + '\n';
    }
  }
  return output;
}

// ---- reading .test files -----------------------------------------------------------------------------------------

class TestFileReader {
 public:
  explicit TestFileReader(const fs::path& path) : path_(path), lines_(lines_of(read_file(path))) {}

  std::vector<Piece> read() {
    while (at_ < lines_.size()) {
      const std::string& line = lines_[at_];
      if (line.starts_with("$ ")) {
        read_command();
      } else if (line.starts_with("@")) {
        read_directive();
      } else if (line.empty() || line[0] == '#') {
        pieces_.push_back({.kind = Piece::Kind::text, .line = line_number(), .text = line + '\n'});
        ++at_;
      } else {
        fail("a line that belongs to no command");
      }
    }
    return std::move(pieces_);
  }

 private:
  int line_number() const { return static_cast<int>(at_) + 1; }

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(path_.string() + ":" + std::to_string(line_number()) + ": " + what);
  }

  static bool ends_block(const std::string& line) {
    return line.starts_with("$ ") || line.starts_with("#") || line.starts_with("@") || line.starts_with(">");
  }

  std::vector<std::string> read_block() {
    std::vector<std::string> block;
    while (at_ < lines_.size() && !ends_block(lines_[at_])) block.push_back(lines_[at_++]);
    blank_after_ = 0;
    for (size_t i = block.size(); i > 0 && block[i - 1].empty(); --i) ++blank_after_;
    return block;
  }

  void read_command() {
    Piece piece{.kind = Piece::Kind::command, .line = line_number()};
    std::string head = lines_[at_].substr(2);
    piece.text = lines_[at_++] + '\n';
    while (!head.empty() && head.back() == '\\' && at_ < lines_.size()) {  // goes on in the next line
      head += '\n' + lines_[at_];
      piece.text += lines_[at_++] + '\n';
    }
    piece.argument = head;
    piece.expected.out = unescaped(read_block());
    while (at_ < lines_.size() && lines_[at_].starts_with(">")) {
      const std::string& line = lines_[at_];
      if (line == ">2") {
        ++at_;
        piece.expected.err = unescaped(read_block());
      } else if (line.starts_with(">= ")) {
        piece.expected.exit = std::stoi(line.substr(3));
        ++at_;
        if (read_block().size() != blank_after_) fail("output after the exit code");
      } else {
        fail("expected >2 or >= N");
      }
    }
    pieces_.push_back(piece);
    for (size_t i = 0; i < blank_after_; ++i) pieces_.push_back({.kind = Piece::Kind::text, .text = "\n"});
  }

  void read_directive() {
    Piece piece{.line = line_number(), .text = lines_[at_] + '\n'};
    const size_t blank = lines_[at_].find(' ');
    const std::string word = lines_[at_].substr(1, blank == std::string::npos ? blank : blank - 1);
    if (blank != std::string::npos) piece.argument = lines_[at_].substr(blank + 1);
    if (word == "file") {
      piece.kind = Piece::Kind::file;
      for (++at_; at_ < lines_.size() && lines_[at_] != "@end"; ++at_) piece.content += lines_[at_] + '\n';
      if (at_ == lines_.size()) fail("@file without @end");
      piece.text += piece.content + "@end\n";
    } else if (const auto kind = directive(word)) {
      piece.kind = *kind;
    } else {
      fail("unknown @" + word);
    }
    ++at_;
    pieces_.push_back(piece);
  }

  fs::path path_;
  std::vector<std::string> lines_;
  size_t at_ = 0;
  size_t blank_after_ = 0;
  std::vector<Piece> pieces_;
};

// ---- reading pages -----------------------------------------------------------------------------------------------

class PageReader {
 public:
  explicit PageReader(const fs::path& path) : path_(path), lines_(lines_of(read_file(path))) {}

  std::vector<Piece> read() {
    while (at_ < lines_.size()) {
      const std::string line = lines_[at_];
      if (line.starts_with("<!-- transcript: ")) {
        read_directive(line);
      } else if (line.starts_with("```")) {
        read_fence(line);
      } else {
        text(line);
      }
    }
    return std::move(pieces_);
  }

 private:
  void text(const std::string& line) {
    pieces_.push_back({.kind = Piece::Kind::text, .line = static_cast<int>(at_) + 1, .text = line + '\n'});
    ++at_;
  }

  void read_directive(const std::string& line) {
    const size_t end = line.rfind(" -->");
    if (end == std::string::npos) throw std::runtime_error(path_.string() + ": directive without -->");
    const std::string body = line.substr(17, end - 17);
    const size_t blank = body.find(' ');
    const std::string word = body.substr(0, blank);
    Piece piece{.line = static_cast<int>(at_) + 1, .text = line + '\n'};
    if (blank != std::string::npos) piece.argument = body.substr(blank + 1);
    if (const auto kind = directive(word))
      piece.kind = *kind;
    else if (word == "file")
      next_file_ = piece.argument;
    else if (word == "exit")
      next_exit_ = std::stoi(piece.argument);
    else if (word == "skip" && !piece.argument.empty())
      skip_ = true;
    else
      throw std::runtime_error(path_.string() + ": unknown directive, or skip without a reason: " + line);
    pieces_.push_back(piece);
    ++at_;
  }

  void read_fence(const std::string& opening) {
    const bool console = opening == "```console" && !skip_;
    const int first = static_cast<int>(at_) + 1;
    text(opening);
    std::vector<std::string> body;
    const std::string closing = opening.substr(0, opening.find_first_not_of('`'));
    while (at_ < lines_.size() && lines_[at_] != closing) body.push_back(lines_[at_++]);
    if (!next_file_.empty()) {
      Piece piece{.kind = Piece::Kind::file, .line = first, .argument = next_file_};
      for (const std::string& line : body) piece.content += line + '\n';
      piece.text = piece.content;
      pieces_.push_back(piece);
      next_file_.clear();
    } else if (console) {
      read_session(body, first + 1);
    } else {
      for (const std::string& line : body) pieces_.push_back({.kind = Piece::Kind::text, .text = line + '\n'});
    }
    skip_ = false;
    if (at_ < lines_.size()) text(lines_[at_]);
  }

  void read_session(const std::vector<std::string>& body, int first) {
    Piece* last = nullptr;
    bool in_command = false;
    for (size_t i = 0; i < body.size(); ++i) {
      if (body[i].starts_with("$ ")) {
        pieces_.push_back({.kind = Piece::Kind::command,
                           .line = first + static_cast<int>(i),
                           .text = body[i] + '\n',
                           .argument = body[i].substr(2)});
        last = &pieces_.back();
      } else if (in_command) {
        last->argument += '\n' + body[i];
        last->text += body[i] + '\n';
      } else if (last != nullptr) {
        last->expected.out += body[i] + '\n';
      } else {
        throw std::runtime_error(path_.string() + ":" + std::to_string(first) + ": a console block begins with '$ '");
      }
      in_command = last->expected.out.empty() && !last->argument.empty() && last->argument.back() == '\\';
    }
    if (last != nullptr) last->expected.exit = std::exchange(next_exit_, 0);
  }

  fs::path path_;
  std::vector<std::string> lines_;
  size_t at_ = 0;
  std::string next_file_;
  int next_exit_ = 0;
  bool skip_ = false;
  std::vector<Piece> pieces_;
};

// ---- running -----------------------------------------------------------------------------------------------------

// A scratch folder with a home of its own, gone afterwards.
class Sandbox {
 public:
  explicit Sandbox(const Options& options) : options_(options) {
    std::string name = (fs::temp_directory_path() / "hrctl-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder in " + name);
    root_ = name;
    fs::create_directories(root_ / "home");
    fs::create_directories(root_ / "work");
    folder_ = root_ / "work";
  }
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;
  ~Sandbox() {
    std::error_code ignored;
    if (!options_.keep) fs::remove_all(root_, ignored);
  }

  fs::path folder() const { return folder_; }
  void set_env(const std::string& assignment) { extra_.push_back(assignment); }
  const std::vector<std::string>& extra_env() const { return extra_; }

  void take_example(const std::string& name) {
    folder_ = root_ / "work" / name;
    fs::copy(options_.source / "examples" / name, folder_, fs::copy_options::recursive);
  }

  Outcome run(const std::string& command, bool merge) const {
    const std::vector<std::string> env = environment();
    std::vector<char*> envp;
    for (const std::string& e : env) envp.push_back(const_cast<char*>(e.c_str()));
    envp.push_back(nullptr);
    const char* argv[] = {"timeout", kTimeoutSeconds, "/bin/sh", "-c", command.c_str(), nullptr};
    const std::string out = (root_ / "out").string();
    const std::string err = (root_ / "err").string();
    const std::string folder = folder_.string();
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("fork failed");
    if (child == 0) {  // only calls that are safe after fork in a program with threads
      const int in_fd = open("/dev/null", O_RDONLY);
      const int out_fd = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
      const int err_fd = open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
      if (chdir(folder.c_str()) != 0 || in_fd < 0 || out_fd < 0 || err_fd < 0) _exit(127);
      dup2(in_fd, 0);
      dup2(out_fd, 1);
      dup2(merge ? out_fd : err_fd, 2);
      for (int fd = 3; fd < 64; ++fd) close(fd);
      execve("/usr/bin/timeout", const_cast<char* const*>(argv), envp.data());
      _exit(127);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
      if (errno != EINTR) throw std::runtime_error("waitpid failed");
    }
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {read_file(out), read_file(err), code};
  }

 private:
  std::vector<std::string> environment() const {
    std::vector<std::string> env = {
        "PATH=" + options_.hrctl.parent_path().string() + ":/usr/local/bin:/usr/bin:/bin",
        "HOME=" + (root_ / "home").string(),
        "TMPDIR=" + root_.string(),
        "SRC=" + options_.source.string(),
        "LC_ALL=C.UTF-8",
        "TZ=UTC",
        "COLUMNS=80",
        "USER=tester",
        "LOGNAME=tester",
        std::string("HRCTL_TEST_CLOCK=") + kClock,
    };
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
      if (const char* value = std::getenv(name)) env.push_back(std::string(name) + "=" + value);
    }
    env.insert(env.end(), extra_.begin(), extra_.end());
    return env;
  }

  const Options& options_;
  fs::path root_;
  fs::path folder_;
  std::vector<std::string> extra_;
};

// In a page a line of three dots stands for any number of lines.
bool matches(const std::vector<std::string>& expected, size_t e, const std::vector<std::string>& actual, size_t a) {
  for (; e < expected.size(); ++e, ++a) {
    if (expected[e] == "..." || expected[e] == "…") {
      for (size_t skip = a; skip <= actual.size(); ++skip) {
        if (matches(expected, e + 1, actual, skip)) return true;
      }
      return false;
    }
    if (a >= actual.size() || expected[e] != actual[a]) return false;
  }
  return a == actual.size();
}

bool agree(const Outcome& expected, const Outcome& actual, bool page) {
  if (expected.exit != actual.exit || expected.err != actual.err) return false;
  return page ? matches(lines_of(expected.out), 0, lines_of(actual.out), 0) : expected.out == actual.out;
}

void print_difference(const char* what, const std::string& expected, const std::string& actual) {
  if (expected == actual) return;
  std::vector<std::string> want = lines_of(expected);
  std::vector<std::string> got = lines_of(actual);
  const size_t shorter = std::min(want.size(), got.size());
  size_t head = 0;
  while (head < shorter && want[head] == got[head]) ++head;
  size_t tail = 0;
  while (tail < shorter - head && want[want.size() - 1 - tail] == got[got.size() - 1 - tail]) ++tail;
  std::printf("  %s, from its line %zu:\n", what, head + 1);
  for (size_t i = head; i < want.size() - tail; ++i) std::printf("    - %s\n", want[i].c_str());
  for (size_t i = head; i < got.size() - tail; ++i) std::printf("    + %s\n", got[i].c_str());
  if (head == want.size() && head == got.size()) std::printf("    (they differ in the last line end)\n");
}

void report(const Script& script, const Piece& piece, const Outcome& actual) {
  const std::lock_guard lock(g_print);
  std::printf("FAILED %s:%d: $ %s\n", script.path.string().c_str(), piece.line, piece.argument.c_str());
  print_difference("output", piece.expected.out, actual.out);
  print_difference("standard error", piece.expected.err, actual.err);
  if (piece.expected.exit != actual.exit) {
    std::printf("  exit code: expected %d, got %d%s\n", piece.expected.exit, actual.exit,
                actual.exit == 124 ? " (timed out)" : "");
  }
  std::fflush(stdout);
}

// The command's text with what really came out, for HRCTL_ACCEPT.
std::string rewritten(const Piece& piece, const Outcome& actual, bool page) {
  std::string text = "$ " + piece.argument + '\n';
  if (page) return text + actual.out;
  text += escaped(actual.out);
  if (!actual.err.empty()) text += ">2\n" + escaped(actual.err);
  if (actual.exit != 0) text += ">= " + std::to_string(actual.exit) + '\n';
  return text;
}

void run_script(Script& script, const Options& options, Tally& tally) {
  auto sandbox = std::make_unique<Sandbox>(options);
  std::string text;
  bool changed = false;
  for (const Piece& piece : script.pieces) {
    switch (piece.kind) {
      case Piece::Kind::text:
        break;
      case Piece::Kind::file:
        write_file(sandbox->folder() / piece.argument, piece.content);
        break;
      case Piece::Kind::env:
        sandbox->set_env(piece.argument);
        break;
      case Piece::Kind::example:
        sandbox->take_example(piece.argument);
        break;
      case Piece::Kind::fresh: {
        auto next = std::make_unique<Sandbox>(options);
        for (const std::string& assignment : sandbox->extra_env()) next->set_env(assignment);
        sandbox = std::move(next);
        break;
      }
      case Piece::Kind::run: {
        const Outcome actual = sandbox->run(piece.argument, true);
        if (actual.exit != 0) {
          report(script, piece, actual);
          ++tally.failed;
        }
        break;
      }
      case Piece::Kind::command: {
        const Outcome actual = sandbox->run(piece.argument, script.page);
        const bool ok = agree(piece.expected, actual, script.page);
        if (!ok) report(script, piece, actual);
        ++(ok ? tally.passed : tally.failed);
        changed = changed || !ok;
        text += rewritten(piece, ok ? piece.expected : actual, script.page);
        continue;
      }
    }
    text += piece.text;
  }
  if (options.accept && changed) write_file(script.path, text);
}

std::vector<fs::path> files_of(const Options& options) {
  std::vector<fs::path> files;
  for (const fs::path& path : options.paths) {
    if (!fs::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      const fs::path ending = entry.path().extension();
      if (entry.is_regular_file() && (ending == ".test" || ending == ".md")) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

void run_file(const fs::path& path, const Options& options, Tally& tally) {
  try {
    Script script{.path = path, .page = path.extension() == ".md", .pieces = {}};
    script.pieces = script.page ? PageReader(path).read() : TestFileReader(path).read();
    run_script(script, options, tally);
  } catch (const std::exception& problem) {
    const std::lock_guard lock(g_print);
    std::printf("FAILED %s: %s\n", path.string().c_str(), problem.what());
    ++tally.failed;
  }
}

std::optional<Options> parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (!word.starts_with("--")) {
      options.paths.emplace_back(word);
      continue;
    }
    if (++i == argc) return std::nullopt;
    if (word == "--hrctl") options.hrctl = fs::absolute(argv[i]);
    if (word == "--source") options.source = fs::absolute(argv[i]);
    if (word == "--jobs") options.jobs = static_cast<unsigned>(std::max(1, std::atoi(argv[i])));
  }
  const auto on = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && std::string_view(value) == "1";
  };
  options.accept = on("HRCTL_ACCEPT");
  options.keep = on("HRCTL_KEEP");
  if (options.hrctl.empty() || options.source.empty() || options.paths.empty()) return std::nullopt;
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Options> options = parse(argc, argv);
  if (!options) {
    std::fprintf(stderr, "usage: transcript --hrctl PROGRAM --source REPOSITORY [--jobs N] FILE-OR-FOLDER...\n");
    return 2;
  }
  const std::vector<fs::path> files = files_of(*options);
  Tally tally;
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next++; i < files.size(); i = next++) run_file(files[i], *options, tally);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < options->jobs; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  std::printf("%d passed, %d failed\n", tally.passed.load(), tally.failed.load());
  return tally.failed == 0 && tally.passed > 0 ? 0 : 1;
}
