#include "sandbox.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <stdexcept>

namespace transcript {

namespace {

constexpr const char* kClock = "2026-07-15T08:00:00Z";  // the program's `now` in every transcript
constexpr const char* kTimeoutSeconds = "120";

}  // namespace

Sandbox::Sandbox(const Surroundings& surroundings) : surroundings_(surroundings) {
  std::string name = (fs::temp_directory_path() / "hrctl-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder in " + name);
  root_ = name;
  fs::create_directories(root_ / "home");
  fs::create_directories(root_ / "work");
  folder_ = root_ / "work";
}

Sandbox::~Sandbox() {
  std::error_code ignored;
  if (!surroundings_.keep) fs::remove_all(root_, ignored);
}

void Sandbox::take_example(const std::string& name) {
  folder_ = root_ / "work" / name;
  fs::copy(surroundings_.source / "examples" / name, folder_, fs::copy_options::recursive);
}

Outcome Sandbox::run(const std::string& command, bool merge) const {
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

std::vector<std::string> Sandbox::environment() const {
  std::vector<std::string> env = {
      "PATH=" + surroundings_.hrctl.parent_path().string() + ":/usr/local/bin:/usr/bin:/bin",
      "HOME=" + (root_ / "home").string(),
      "TMPDIR=" + root_.string(),
      "SRC=" + surroundings_.source.string(),
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

}  // namespace transcript
