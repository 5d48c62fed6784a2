// Thrown when the environment is wrong (file, lock, disk, permission, wrong usage) and the command cannot go on.
// Caught in main only, which maps the kind to an exit code. Wrong user data is a Diagnostic instead.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace hr {

enum class ErrorKind {
  usage,     // exit 2: wrong command line
  rejected,  // exit 3: the input was rejected, nothing was changed
  system,    // exit 4: the store or the system failed, nothing was changed
};

class Error : public std::runtime_error {
 public:
  // `message` is a key of the message table (lib/i18n/messages), `args` fill its {0} {1} ….
  Error(ErrorKind kind, std::string message, std::vector<std::string> args = {})
      : std::runtime_error(message), kind_(kind), message_(std::move(message)), args_(std::move(args)) {}

  ErrorKind kind() const { return kind_; }
  const std::string& message() const { return message_; }
  const std::vector<std::string>& args() const { return args_; }

 private:
  ErrorKind kind_;
  std::string message_;
  std::vector<std::string> args_;
};

}  // namespace hr
