#include "render/layout.h"

#include <algorithm>

namespace hr::render {

namespace {

using table::Show;
using Place = ColumnExtent::Place;

constexpr size_t kComfortable = 16;  // a text is not squeezed below this to keep a column of less importance

bool is_key(const ColumnExtent& c) {
  return c.show == Show::key;
}

// How narrow texts may become at each step.
enum class Squeeze { third, half, word, narrowest };

class Fitting {
 public:
  Fitting(std::vector<ColumnExtent>& columns, size_t available) : columns_(columns), available_(available) {}

  void fit() {
    for (ColumnExtent& c : columns_) c.width = std::max(c.cells, c.heading);
    if (available_ == 0 || total_width(columns_) <= available_) return;
    if (fit_side_by_side()) return;
    const bool any_below = std::any_of(columns_.begin(), columns_.end(), [](const auto& c) { return c.below; });
    if (any_below) {
      for (ColumnExtent& c : columns_) c.place = c.below ? Place::below : Place::column;
      if (fit_side_by_side()) return;
    }
    leave(Show::main, Squeeze::word, true);
    if (settle(Squeeze::word) || settle(Squeeze::narrowest)) return;
    narrow_keys();
  }

 private:
  // Without squeezing any text to less than half of what it wants.
  bool fit_side_by_side() {
    leave(Show::wide, Squeeze::third, false);
    if (total_width(columns_) > available_) {
      for (ColumnExtent& c : columns_) c.place = c.below && c.sparse ? Place::below : c.place;
    }
    leave(Show::more, Squeeze::third, true);
    return settle(Squeeze::third) || settle(Squeeze::half);
  }

  size_t least(const ColumnExtent& c, Squeeze squeeze, bool broken_headings) const {
    size_t cells = c.cells;
    if (c.text && !is_key(c)) {
      size_t bound = kNarrowest;
      if (squeeze == Squeeze::third) bound = std::max(kComfortable, available_ / 3);
      if (squeeze == Squeeze::half) bound = std::max(kComfortable, (c.cells + 1) / 2);
      if (squeeze == Squeeze::third && c.below) bound = std::max(bound, (c.cells + 1) / 2);
      if (squeeze == Squeeze::word) bound = kComfortable;
      cells = std::min(cells, bound);
    }
    return std::max(cells, broken_headings ? c.word : c.heading);
  }

  void squeeze_all(Squeeze squeeze, bool broken_headings) {
    for (ColumnExtent& c : columns_) c.width = least(c, squeeze, broken_headings);
  }

  // Leaves out columns of one importance, from the right, until the others fit.
  void leave(Show show, Squeeze squeeze, bool broken_headings) {
    squeeze_all(squeeze, broken_headings);
    for (size_t i = columns_.size(); i-- > 0 && total_width(columns_) > available_;) {
      if (columns_[i].show == show && columns_[i].place == Place::column && !columns_[i].below)
        columns_[i].place = Place::left_out;
    }
  }

  // Takes these widths where they fit, and gives what is left over to texts, then to headings.
  bool settle(Squeeze squeeze) {
    squeeze_all(squeeze, true);
    if (total_width(columns_) > available_) return false;
    size_t rest = available_ - total_width(columns_);
    for (ColumnExtent& c : columns_) grow(c, c.cells, rest);
    for (ColumnExtent& c : columns_) grow(c, c.heading, rest);
    return true;
  }

  static void grow(ColumnExtent& c, size_t wanted, size_t& rest) {
    if (c.place != Place::column || c.width >= wanted) return;
    const size_t more = std::min(wanted - c.width, rest);
    c.width += more;
    rest -= more;
  }

  // Ids are never cut: a key that is too long for its column takes a line of its own.
  void narrow_keys() {
    for (ColumnExtent& c : columns_) {
      const size_t total = total_width(columns_);
      if (total <= available_) return;
      if (c.place != Place::column || !c.text || !is_key(c)) continue;
      const size_t least = std::max(kNarrowest, c.word);
      c.width -= std::min(total - available_, c.width - std::min(c.width, least));
    }
  }

  std::vector<ColumnExtent>& columns_;
  size_t available_;
};

}  // namespace

size_t total_width(const std::vector<ColumnExtent>& columns) {
  size_t total = 0;
  size_t shown = 0;
  for (const ColumnExtent& c : columns) {
    if (c.place != Place::column) continue;
    total += c.width;
    ++shown;
  }
  return total + (shown > 1 ? (shown - 1) * kGutter : 0);
}

void fit_columns(std::vector<ColumnExtent>& columns, size_t available) {
  Fitting(columns, available).fit();
}

}  // namespace hr::render
