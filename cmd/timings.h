// Where the time of a command goes, for --timings. Stages are told one after the other as engine::Progress tells them;
// what passes until the next one is told belongs to the one before.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/message.h"
#include "table/table.h"

namespace hr::cmd {

class Timings {
 public:
  Timings();  // the clock starts: in the stage timings/start

  // `stage` (a message key) is under way; with done = total > 0 it is through, and `total` counts as its rows.
  void tell(std::string_view stage, uint64_t done, uint64_t total);
  // Until now: a row a stage, in the order in which they began, and one for all together.
  table::Table table(i18n::Language language);

 private:
  struct Moment {
    int64_t wall = 0;  // microseconds since some moment
    int64_t cpu = 0;   // microseconds of all threads of this process
  };
  struct Stage {
    std::string key;
    Moment spent;
    uint64_t rows = 0;
  };

  static Moment now();
  Stage& stage(std::string_view key);
  void enter(std::string_view key);  // the time since the last call goes to the stage before

  std::vector<Stage> stages_;
  size_t current_ = 0;
  Moment since_;
};

}  // namespace hr::cmd
