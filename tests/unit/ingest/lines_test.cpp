// Some lines of a file, whatever ends them and wherever blocks end.
#include "ingest/lines.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

using namespace hr::ingest;
using Lines = std::map<int, std::string>;

namespace {

Lines lines(const std::string& bytes, const std::set<int>& numbers) {
  return lines_of(input_of_text("x.csv", bytes), numbers);
}

}  // namespace

TEST_CASE("lines end with LF, CR LF or CR") {
  CHECK(lines("a\nb\r\nc\rd", {1, 2, 3, 4, 5}) == Lines{{1, "a"}, {2, "b"}, {3, "c"}, {4, "d"}});
  CHECK(lines("a\r\r\n\nb\n", {2, 4, 5, 6}) == Lines{{2, ""}, {4, "b"}, {5, ""}});
  CHECK(lines("\xEF\xBB\xBF"
              "a\n",
              {1}) == Lines{{1, "a"}});
  CHECK(lines("", {1, 2}) == Lines{{1, ""}});
  CHECK(lines("a\nb\n", {}).empty());
}

TEST_CASE("lines over the border of a block") {
  const std::string block(size_t{1} << 20U, 'x');
  const std::string almost = block.substr(1);
  CHECK(lines(almost + "\r\nb\n", {2}) == Lines{{2, "b"}});
  CHECK(lines(almost + "\rb\n", {2}) == Lines{{2, "b"}});
  CHECK(lines(almost.substr(3) + "\nabcd\ne", {2, 3}) == Lines{{2, "abcd"}, {3, "e"}});
  CHECK(lines(block + "yz\nb", {1, 2}) == Lines{{1, block}, {2, "b"}});
  CHECK(lines(block + "\nb", {1, 2}) == Lines{{1, block}, {2, "b"}});  // no LF of a CR LF
  CHECK(lines("a\r" + block.substr(2) + "\nb", {3}) == Lines{{3, "b"}});
  CHECK(lines(almost + "\r" + block + "\nb", {3}) == Lines{{3, "b"}});
  CHECK(lines(almost + "\n\xEF\xBB\xBF", {2}) ==
        Lines{{2, "\xEF\xBB\xBF"}});  // a byte-order mark at the beginning only
}

TEST_CASE("nothing is read behind the last line that is wanted") {
  struct Endless : ByteStream {
    explicit Endless(int& reads) : reads_(reads) {}
    size_t read(char* to, size_t most) override {
      std::fill_n(to, most, '\n');
      return ++reads_ < 3 ? most : 0;
    }
    int& reads_;
  };
  int reads = 0;
  const Input input{"-", [&] { return std::make_unique<Endless>(reads); }};
  CHECK(lines_of(input, {2, 5}) == Lines{{2, ""}, {5, ""}});
  CHECK(reads == 1);
}
