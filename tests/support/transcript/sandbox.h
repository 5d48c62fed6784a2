// Where the commands of a transcript run: the same surroundings every time (tests/support/README.md).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "script.h"

namespace transcript {

struct Surroundings {
  fs::path hrctl;   // the program
  fs::path source;  // the repository
  bool keep = false;
};

// A scratch folder with a home of its own, gone afterwards, unless it is to be kept.
class Sandbox {
 public:
  explicit Sandbox(const Surroundings& surroundings);
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;
  ~Sandbox();

  fs::path folder() const { return folder_; }
  void set_env(const std::string& assignment) { extra_.push_back(assignment); }
  const std::vector<std::string>& extra_env() const { return extra_; }
  void take_example(const std::string& name);
  // With `merge` standard error comes with standard output.
  Outcome run(const std::string& command, bool merge) const;

 private:
  std::vector<std::string> environment() const;

  const Surroundings& surroundings_;
  fs::path root_;
  fs::path folder_;
  std::vector<std::string> extra_;
};

}  // namespace transcript
