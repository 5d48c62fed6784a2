// A store outlives the death of the program that writes it: killed at any moment, out of disk space at any write, it
// has exactly the imports whose commit was reported, and perhaps the one that was under way.
#include "support/crash_test.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <random>

#include "store_fixture.h"

namespace hr::store {

namespace {

// Starts the program, kills it after `microseconds`; the last number it printed, or 0.
uint32_t run_and_kill(const std::string& path, useconds_t microseconds) {
  int pipe_ends[2];
  REQUIRE(pipe(pipe_ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(pipe_ends[1], STDOUT_FILENO);
    close(pipe_ends[0]);
    execl(HRCTL_CRASH_TEST, HRCTL_CRASH_TEST, path.c_str(), nullptr);
    _exit(127);
  }
  close(pipe_ends[1]);
  usleep(microseconds);
  kill(child, SIGKILL);
  std::string printed;
  char bytes[4096];
  for (ssize_t n = 0; (n = read(pipe_ends[0], bytes, sizeof bytes)) > 0;) printed.append(bytes, static_cast<size_t>(n));
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));  // it was alive until killed
  if (printed.empty()) return 0;
  printed.resize(printed.rfind('\n'));  // a line is written in one call
  const size_t line = printed.rfind('\n');
  return static_cast<uint32_t>(std::stoul(printed.substr(line == std::string::npos ? 0 : line + 1)));
}

int exit_code(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

}  // namespace

TEST_CASE("a program killed at random moments leaves every reported import whole and nothing between") {
  const TemporaryFolder folder;
  const std::string path = folder / "h r.db";
  std::mt19937 random(20'260'715);
  uint32_t reported = 0;
  uint32_t in_flight = 0;
  useconds_t longest = 60'000;  // that it lives; more where it has not come to report anything yet
  const char* rounds = std::getenv("HRCTL_CRASH_ROUNDS");
  for (int round = 0; round < (rounds ? std::atoi(rounds) : 25); ++round) {
    reported = std::max(reported, run_and_kill(path, static_cast<useconds_t>(random() % longest)));
    const auto store = open_store(path);
    const Store::Health health = store->health();
    CHECK_MESSAGE(health.integrity_ok, health.detail);
    const auto there = static_cast<uint32_t>(store->sources(kNow).size());
    CHECK(there >= reported);
    CHECK(there <= reported + 1);
    CHECK(crash::fault(*store, there) == "");
    in_flight += there > reported;
    reported = there;
    if (reported == 0) longest += 60'000;
  }
  MESSAGE(reported << " imports, " << in_flight << " committed but not reported");
  CHECK(reported > 0);
}

TEST_CASE("a disk that is full at any write gives an error and the store as before") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  { crash::import(*open_store(path), 1); }
  uint32_t there = 1;
  int full = 0;
  for (rlim_t limit = 16'384; limit <= 400'000; limit += 9'000) {
    const pid_t child = fork();
    if (child == 0) {
      std::signal(SIGXFSZ, SIG_IGN);  // as the program does
      const rlimit sizes{limit, limit};
      setrlimit(RLIMIT_FSIZE, &sizes);
      const std::string error = error_of([&] {
        const auto store = open_store(path);
        crash::import(*store, there + 1);
      });
      _exit(error.empty() ? 0 : error == "store-full" ? 4 : 1);
    }
    const int code = exit_code(child);
    CHECK((code == 0 || code == 4));
    there += code == 0;
    full += code == 4;
    const auto store = open_store(path);
    CHECK(crash::fault(*store, there) == "");
    CHECK(store->health().integrity_ok);
  }
  CHECK(full > 0);
  CHECK(there > 1);  // large enough limits let it through
}

TEST_CASE("a store goes on after a disk that was full in the middle of a transaction") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const auto store = open_store(path);
    crash::import(*store, 1);
    rlimit sizes{};
    getrlimit(RLIMIT_FSIZE, &sizes);
    const rlim_t before = sizes.rlim_cur;
    sizes.rlim_cur = 400'000;
    setrlimit(RLIMIT_FSIZE, &sizes);
    int failed = 0;
    for (int i = 0; i < 5; ++i) failed += error_of([&] { crash::import(*store, 2); }) == "store-full";
    const bool same = crash::fault(*store, 1).empty() || failed == 0;
    sizes.rlim_cur = before;
    setrlimit(RLIMIT_FSIZE, &sizes);
    const auto n = static_cast<uint32_t>(store->sources(kNow).size());
    crash::import(*store, n + 1);
    _exit(failed > 0 && same && crash::fault(*store, n + 1).empty() ? 0 : 1);
  }
  CHECK(exit_code(child) == 0);
}

TEST_CASE("a second writer waits and then says that the store is busy") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  { crash::import(*open_store(path), 1); }
  int ready[2];
  int go[2];
  REQUIRE(pipe(ready) == 0);
  REQUIRE(pipe(go) == 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto store = open_store(path);
    const auto transaction = store->begin();
    char byte = 'r';
    const bool told = write(ready[1], &byte, 1) == 1 && read(go[0], &byte, 1) == 1;
    usleep(150'000);
    transaction->commit();
    _exit(told ? 0 : 1);
  }
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  OpenOptions impatient;
  impatient.wait_seconds = 0.1;
  const auto store = open_store(path, impatient);
  CHECK(error_of([&] { store->begin(); }) == "store-busy");
  CHECK(crash::fault(*store, 1) == "");  // readers are not held up
  REQUIRE(write(go[1], &byte, 1) == 1);
  const auto patient = open_store(path);
  crash::import(*patient, 2);
  CHECK(crash::fault(*patient, 2) == "");
  CHECK(exit_code(child) == 0);
}

TEST_CASE("many processes that make one store at the same time all get it") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  std::vector<pid_t> children;
  for (int i = 0; i < 6; ++i) {
    children.push_back(fork());
    if (children.back() == 0) {
      const std::string error = error_of([&] {
        const auto store = open_store(path);
        const auto transaction = store->begin();
        store->append_source(source_of(model::TableId::employees, store->next_timestamp(5)));
        transaction->commit();
      });
      _exit(error.empty() ? 0 : 1);
    }
  }
  for (const pid_t child : children) CHECK(exit_code(child) == 0);
  const auto sources = open_store(path)->sources(kNow);
  REQUIRE(sources.size() == 6);
  for (size_t i = 1; i < 6; ++i) CHECK(sources[i].imported_at > sources[i - 1].imported_at);
}

}  // namespace hr::store
