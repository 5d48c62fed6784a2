#include "facts/okr_checkins.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>

#include "facts/cells.h"

namespace hr::facts {

namespace {

class CheckIns {
 public:
  CheckIns(std::span<const Frame> frames, std::span<const Known> known, Date as_of, Okrs& okrs)
      : frames_(frames), known_(known), as_of_(as_of), okrs_(okrs) {}

  void run(Diagnostics& diagnostics) {
    okrs_.checkins.assign(okrs_.key_result_names.size() + 2, 0);
    for (uint32_t f = 0; f < frames_.size(); ++f) count(f, diagnostics);
    for (size_t n = 2; n < okrs_.checkins.size(); ++n) okrs_.checkins[n] += okrs_.checkins[n - 1];
    rows_.resize(okrs_.checkins.back());
    for (const Frame& frame : frames_) dates_.push_back(frame.find("date"));
    for (uint32_t f = 0; f < frames_.size(); ++f) place(f);
    okrs_.checkins.pop_back();
    for (size_t n = 0; n + 1 < okrs_.checkins.size(); ++n) order(okrs_.checkins[n], okrs_.checkins[n + 1]);
    fill();
  }

 private:
  struct Columns {
    const Column *id, *date;
    Names::Numbers names;
  };
  std::optional<Columns> columns_of(uint32_t f) const {
    const Columns c{frames_[f].find("key_result"), frames_[f].find("date"), {}};
    if (c.id == nullptr || c.date == nullptr) return std::nullopt;
    return Columns{c.id, c.date, okrs_.key_result_names.numbers_of(*c.id)};
  }
  bool is_here(uint32_t name) const { return name != kUnnamed && known_[name] == Known::here; }

  // How many each name has, as checkins[name + 2].
  void count(uint32_t f, Diagnostics& diagnostics) {
    const auto c = columns_of(f);
    if (!c) return;
    std::vector<bool> reported(c->id->dictionary.size());
    for (size_t row = 0; row < frames_[f].size(); ++row) {
      if (c->id->missing(row) || c->date->missing(row)) continue;
      const uint32_t code = c->id->codes[row];
      const uint32_t name = c->names[code];
      if (is_here(name)) {
        if (Date{c->date->days[row]} <= as_of_) ++okrs_.checkins[name + 2];
      } else if (!reported[code] && !is_elsewhere(name, c->id->text(row))) {
        reported[code] = true;
        diagnostics.push_back(
            make_warning("unknown-key-result", span_of(origin_of(frames_[f], row)), {std::string(c->id->text(row))}));
      }
    }
  }

  // A key result of another cycle, or a milestone of one.
  bool is_elsewhere(uint32_t name, std::string_view text) const {
    if (name != kUnnamed && known_[name] != Known::nowhere) return true;
    const size_t slash = text.rfind('/');
    if (slash == std::string_view::npos) return false;
    const auto key_result = okrs_.key_result_names.find(text.substr(0, slash));
    return key_result && known_[*key_result] == Known::elsewhere;
  }

  // Afterwards checkins[n] is where those of n begin.
  void place(uint32_t f) {
    const auto c = columns_of(f);
    if (!c) return;
    for (uint32_t row = 0; row < frames_[f].size(); ++row) {
      if (c->id->missing(row) || c->date->missing(row) || Date{c->date->days[row]} > as_of_) continue;
      const uint32_t name = c->names[c->id->codes[row]];
      if (is_here(name)) rows_[okrs_.checkins[name + 1]++] = {f, row};
    }
  }

  // Files go by day as a rule.
  void order(uint32_t begin, uint32_t end) {
    if (end - begin < 2) return;
    const auto key = [&](const RowRef& at) {
      const Origin origin = origin_of(frames_[at.frame], at.row);
      return std::tuple(dates_[at.frame]->days[at.row], origin.source, origin.row);
    };
    const auto is_before = [&](const RowRef& a, const RowRef& b) { return key(a) < key(b); };
    const auto first = rows_.begin() + begin;
    const auto last = rows_.begin() + end;
    if (!std::is_sorted(first, last, is_before)) std::stable_sort(first, last, is_before);
  }

  void fill() {
    struct Cells {
      const Column *date, *value, *confidence;
    };
    std::vector<Cells> cells;
    bool any_confidence = false;
    for (const Frame& f : frames_) {
      cells.push_back({f.find("date"), f.find("value"), f.find("confidence")});
      any_confidence |= cells.back().confidence != nullptr && cells.back().confidence->carried;
    }
    okrs_.date.reserve(rows_.size());
    okrs_.checkin_origin.reserve(rows_.size());
    okrs_.value.resize(rows_.size());
    if (any_confidence) okrs_.confidence.resize(rows_.size());
    for (size_t i = 0; i < rows_.size(); ++i) {
      const RowRef at = rows_[i];
      const Cells& c = cells[at.frame];
      okrs_.date.push_back(Date{c.date->days[at.row]});
      okrs_.value.set(i, decimal_of(c.value, at.row));
      if (any_confidence) okrs_.confidence.set(i, decimal_of(c.confidence, at.row));
      okrs_.checkin_origin.push_back(origin_of(frames_[at.frame], at.row));
    }
  }

  std::span<const Frame> frames_;
  std::span<const Known> known_;
  Date as_of_;
  Okrs& okrs_;
  std::vector<const Column*> dates_;  // by frame
  std::vector<RowRef> rows_;          // by name, then day
};

}  // namespace

void add_checkins(std::span<const Frame> frames, std::span<const Known> known, Date as_of, Okrs& okrs,
                  Diagnostics& diagnostics) {
  CheckIns(frames, known, as_of, okrs).run(diagnostics);
}

}  // namespace hr::facts
