#include "timings.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <tuple>

namespace hr::cmd {

constexpr int64_t kSecond = 1'000'000;  // microseconds

constexpr const char* kOther = "timings/other";

Timings::Timings() : since_(now()) {
  stage("timings/start");
}

Timings::Moment Timings::now() {
  const auto wall = std::chrono::steady_clock::now().time_since_epoch();
  timespec cpu{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return {std::chrono::duration_cast<std::chrono::microseconds>(wall).count(),
          cpu.tv_sec * kSecond + cpu.tv_nsec / 1000};
}

Timings::Stage& Timings::stage(std::string_view key) {
  const auto known = std::find_if(stages_.begin(), stages_.end(), [&](const Stage& s) { return s.key == key; });
  return known != stages_.end() ? *known : stages_.emplace_back(Stage{std::string(key), {}, 0});
}

void Timings::enter(std::string_view key) {
  const Moment time = now();
  stages_[current_].spent.wall += time.wall - since_.wall;
  stages_[current_].spent.cpu += time.cpu - since_.cpu;
  since_ = time;
  current_ = static_cast<size_t>(&stage(key) - stages_.data());
}

void Timings::tell(std::string_view key, uint64_t done, uint64_t total) {
  const bool through = total > 0 && done >= total;
  if (!through) {
    enter(key);
    return;
  }
  if (stages_[current_].key == key) stages_[current_].rows += total;  // told twice, it counts once
  enter(kOther);
}

static Decimal seconds(int64_t microseconds) {
  return round_half_away(make_decimal(microseconds, 6), 3);
}

// As the kernel knows it, whatever the command did.
static int64_t peak_mebibytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

static table::Table empty_table() {
  using table::Kind;
  table::Table t;
  t.title = {"Where the time went", "时间去向"};
  for (const auto& [key, en, zh, kind, decimals] : {std::tuple{"stage", "Stage", "阶段", Kind::text, -1},
                                                    {"wall", "Seconds", "秒", Kind::number, 3},
                                                    {"cpu", "CPU seconds", "CPU 秒", Kind::number, 3},
                                                    {"share", "Share", "占比", Kind::percent, 0},
                                                    {"rows", "Rows", "行数", Kind::number, 0},
                                                    {"rate", "Rows a second", "每秒行数", Kind::number, 0}}) {
    table::Column column;
    column.key = key;
    column.title = {en, zh};
    column.kind = kind;
    column.decimals = decimals;
    column.remark = true;
    t.columns.push_back(column);
  }
  return t;
}

table::Table Timings::table(i18n::Language language) {
  enter(kOther);
  Stage all{"timings/all", {}, 0};
  for (const Stage& s : stages_) {
    all.spent.wall += s.spent.wall;
    all.spent.cpu += s.spent.cpu;
  }
  const int64_t whole = std::max<int64_t>(1, all.spent.wall);
  table::Table t = empty_table();
  std::vector<Stage> shown = stages_;
  std::stable_partition(shown.begin(), shown.end(), [](const Stage& s) { return s.key != kOther; });
  shown.push_back(all);
  for (const Stage& s : shown) {
    const auto rows = static_cast<int64_t>(s.rows);
    const auto per_second = static_cast<int64_t>(static_cast<double>(rows) * kSecond /
                                                 static_cast<double>(std::max<int64_t>(1, s.spent.wall)));
    t.columns[0].add(i18n::text(language, s.key));
    t.columns[1].add(seconds(s.spent.wall));
    t.columns[2].add(seconds(s.spent.cpu));
    t.columns[3].add(make_decimal((100 * s.spent.wall + whole / 2) / whole));
    t.columns[4].add_optional(rows > 0 ? std::optional(make_decimal(rows)) : std::nullopt);
    t.columns[5].add_optional(rows > 0 ? std::optional(make_decimal(per_second)) : std::nullopt);
  }
  const std::string peak = std::to_string(peak_mebibytes());
  t.notes.push_back({"Peak memory: " + peak + " MiB", "内存峰值：" + peak + " MiB"});
  return t;
}

}  // namespace hr::cmd
