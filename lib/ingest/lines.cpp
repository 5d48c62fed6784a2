#include "ingest/lines.h"

#include <string_view>

#include "ingest/records.h"
#include "ingest/sniff.h"

namespace hr::ingest {

namespace {

// Goes over a file block by block.
class LineFinder {
 public:
  explicit LineFinder(const std::set<int>& numbers) : next_(numbers.begin()), end_(numbers.end()) {}

  bool done() const { return next_ == end_; }
  void look_at(std::string_view block) {
    if (after_return_ && block.starts_with('\n')) block.remove_prefix(1);
    after_return_ = false;
    const bool returns = block.find('\r') != std::string_view::npos;
    while (!block.empty() && !done()) {
      const size_t end = returns ? block.find_first_of("\r\n") : block.find('\n');
      keep(block.substr(0, end));
      if (end == std::string_view::npos) return;
      const bool is_return = block[end] == '\r';
      block.remove_prefix(end + 1);
      if (is_return && block.starts_with('\n'))
        block.remove_prefix(1);
      else
        after_return_ = is_return && block.empty();
      end_line();
    }
  }
  std::map<int, std::string> take() {
    keep({});  // what stands behind the last end of line is a line too
    return std::move(lines_);
  }

 private:
  void keep(std::string_view text) {
    if (done() || *next_ != line_) return;
    std::string& line = lines_[line_];
    line += text.substr(0, kMaxRecord - line.size());
  }
  void end_line() {
    if (*next_ == line_) ++next_;
    ++line_;
  }

  std::set<int>::const_iterator next_, end_;
  int line_ = 1;
  bool after_return_ = false;  // the last byte was a CR
  std::map<int, std::string> lines_;
};

}  // namespace

std::map<int, std::string> lines_of(const Input& input, const std::set<int>& numbers) {
  std::string block(size_t{1} << 20U, ' ');
  const std::unique_ptr<ByteStream> stream = input.open();
  LineFinder finder(numbers);
  for (bool first = true, ended = false; !finder.done() && !ended; first = false) {
    size_t have = 0;
    while (have < block.size() && !ended) {
      const size_t n = stream->read(block.data() + have, block.size() - have);
      have += n;
      ended = n == 0;
    }
    const std::string_view bytes = std::string_view(block).substr(0, have);
    finder.look_at(first ? without_bom(bytes) : bytes);
  }
  return finder.take();
}

}  // namespace hr::ingest
