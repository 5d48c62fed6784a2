// hrctl: read the command line, run one command, turn what went wrong into an exit code.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>

#include "base/error.h"
#include "command_line.h"

namespace {

constexpr int kUsage = 2;
constexpr int kRejected = 3;
constexpr int kSystem = 4;
constexpr int kBug = 70;

int exit_code_of(hr::ErrorKind kind) {
  switch (kind) {
    case hr::ErrorKind::usage:
      return kUsage;
    case hr::ErrorKind::rejected:
      return kRejected;
    case hr::ErrorKind::system:
      break;
  }
  return kSystem;
}

// Faults arrive as return codes, not as signals; new files are the owner's only; a store is never opened as handle
// 0..2.
void prepare_process() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  ::umask(077);
  constexpr int kInstead[] = {O_RDONLY, O_RDONLY, O_WRONLY};  // a closed standard output must fail, not swallow
  for (int fd = 0; fd <= 2; ++fd) {
    if (::fcntl(fd, F_GETFD) == -1) (void)::open("/dev/null", kInstead[fd]);
  }
}

// Runs the one command; what goes wrong is said.
int run(hr::cmd::Session& session, const std::vector<std::string>& args) {
  try {
    return hr::cmd::run_command_line(session, args);
  } catch (const hr::Error& error) {
    if (error.message() != "output-closed") session.say_error(error.message(), error.args());
    return exit_code_of(error.kind());
  } catch (const std::bad_alloc&) {
    session.say_error("out-of-memory");
    return kSystem;
  } catch (const std::exception& bug) {
    session.say_error("bug", {bug.what()});
    return kBug;
  }
}

}  // namespace

int main(int argc, char** argv) {
  prepare_process();
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  hr::cmd::Session session;
  session.language = hr::cmd::early_language(args);
  const int code = run(session, args);
  session.print_timings();
  return code;
}
