// Runs transcripts: shell sessions written down as text, each command followed by what it must print and its exit code.
// Reads *.test files and the ```console blocks of *.md pages. The form is described in tests/support/README.md.
//
//   transcript --hrctl PROGRAM --source REPOSITORY [--jobs N] FILE-OR-FOLDER...
//
// Ends in one line "N passed, N failed". HRCTL_ACCEPT=1 writes what came out in place of what was expected;
// HRCTL_KEEP=1 leaves the scratch folders.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include "sandbox.h"
#include "script.h"

namespace transcript {

namespace {

struct Options {
  Surroundings surroundings;
  unsigned jobs = 2;
  bool accept = false;
  std::vector<fs::path> paths;
};

struct Tally {
  std::atomic<int> passed{0};
  std::atomic<int> failed{0};
};

std::mutex g_print;  // one report at a time

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

void run_script(const Script& script, const Options& options, Tally& tally) {
  auto sandbox = std::make_unique<Sandbox>(options.surroundings);
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
        auto next = std::make_unique<Sandbox>(options.surroundings);
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
    run_script(read_script(path), options, tally);
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
    if (word == "--hrctl") options.surroundings.hrctl = fs::absolute(argv[i]);
    if (word == "--source") options.surroundings.source = fs::absolute(argv[i]);
    if (word == "--jobs") options.jobs = static_cast<unsigned>(std::max(1, std::atoi(argv[i])));
  }
  const auto on = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && std::string_view(value) == "1";
  };
  options.accept = on("HRCTL_ACCEPT");
  options.surroundings.keep = on("HRCTL_KEEP");
  if (options.surroundings.hrctl.empty() || options.surroundings.source.empty() || options.paths.empty())
    return std::nullopt;
  return options;
}

}  // namespace

}  // namespace transcript

int main(int argc, char** argv) {
  using namespace transcript;
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
