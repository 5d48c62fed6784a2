// Files packed by gzip, sound and not.
#include "ingest/gzip.h"

#include <doctest/doctest.h>

using namespace hr;
using namespace hr::ingest;

namespace {

// As gzip -9 writes them: "employee_id\nE1\n", and 64 KiB of the letter a (97 bytes).
const std::string kSmall(
    "\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03\x4B\xCD\x2D\xC8\xC9\xAF\x4C\x4D\x8D\xCF\x4C\xE1\x72\x35\xE4\x02\x00\xCA"
    "\xAB\xDE\xE4\x0F\x00\x00\x00",
    35);
const std::string kSmallText = "employee_id\nE1\n";

std::string letters(const std::string& comment) {
  const std::string head(
      comment.empty() ? "\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03" : "\x1F\x8B\x08\x10\x00\x00\x00\x00\x00\x03", 10);
  const std::string begin("\xED\xC1\x81\x00\x00\x00\x00\x80\x20\xD6\xFD\x25\x16\xA9\x0A", 15);
  const std::string end("\x6A\xFF\x91\x20\xC3\x00\x00\x01\x00", 9);
  const std::string between(97 - head.size() - begin.size() - end.size(), '\0');
  return head + (comment.empty() ? "" : comment + '\0') + begin + between + end;
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// Reads in blocks, as importing does; the fault, or how much came out.
std::string outcome(const std::string& packed) {
  const std::unique_ptr<ByteStream> stream = unpacked(input_of_text("x.gz", packed)).open();
  std::string block(size_t{1} << 20U, ' ');
  uint64_t all = 0;
  try {
    while (const size_t n = stream->read(block.data(), block.size())) all += n;
  } catch (const BrokenInput& broken) {
    CHECK(broken.fault.span.file == "x.gz");
    return broken.fault.message;
  }
  return std::to_string(all);
}

}  // namespace

TEST_CASE("what comes out, of one member and of several") {
  CHECK(read_all(unpacked(input_of_text("x", kSmall))) == kSmallText);
  CHECK(read_all(unpacked(input_of_text("x", kSmall + kSmall))) == kSmallText + kSmallText);
  CHECK(read_all(unpacked(input_of_text("x", letters("")))) == std::string(65536, 'a'));
  CHECK(read_all(unpacked(input_of_text("x", letters("a comment")))) == std::string(65536, 'a'));
  const std::unique_ptr<ByteStream> stream = unpacked(input_of_text("x", kSmall + kSmall)).open();
  std::string text;
  char c = 0;
  while (stream->read(&c, 1) > 0) text += c;
  CHECK(text == kSmallText + kSmallText);
}

TEST_CASE("a file that is cut is never taken for a shorter one") {
  for (size_t n = 2; n < kSmall.size(); ++n) {
    CHECK(outcome(kSmall.substr(0, n)) == "bad-gzip/cut");
    CHECK(outcome(kSmall + kSmall.substr(0, n)) == "bad-gzip/cut");
  }
}

TEST_CASE("damage") {
  std::string crc = kSmall;
  crc[27] = '\0';
  CHECK(outcome(crc) == "bad-gzip/checksum");
  std::string length = kSmall;
  length[31] = '\x10';
  CHECK(outcome(length) == "bad-gzip/checksum");
  std::string method = kSmall;
  method[2] = '\x07';
  CHECK(outcome(method) == "bad-gzip/damaged");
  std::string block = kSmall;
  block[10] = '\xFF';
  CHECK(outcome(block) == "bad-gzip/damaged");
  CHECK(outcome(kSmall + "more") == "bad-gzip/behind");
  CHECK(outcome(kSmall + "\x1F") == "bad-gzip/cut");
  CHECK(outcome(kSmall + "\x1Fmore") == "bad-gzip/behind");
}

TEST_CASE("zeros behind the last member are what tapes and backups fill a block with") {  // as `gzip -t` has it
  for (const size_t n : {size_t{1}, size_t{512}, (size_t{1} << 16U) - 35, size_t{1} << 17U}) {
    const std::string zeros(n, '\0');
    CHECK(outcome(kSmall + zeros) == "15");
    CHECK(outcome(kSmall + kSmall + zeros) == "30");
    CHECK(outcome(kSmall + zeros + "more") == "bad-gzip/behind");
    CHECK(outcome(kSmall + zeros + kSmall) == "bad-gzip/behind");
    CHECK(outcome(kSmall.substr(0, 30) + zeros) != "15");
  }
  CHECK(outcome(letters("").substr(0, 60) + std::string(512, '\0')).starts_with("bad-gzip/"));
}

TEST_CASE("a flipped bit anywhere is found, but in what gzip does not check") {
  size_t unnoticed = 0;
  for (size_t i = 0; i < kSmall.size() * 8; ++i) {
    std::string flipped = kSmall;
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
    const size_t byte = i / 8;
    if (byte < 2 || byte == 3 || (byte >= 4 && byte <= 9)) continue;  // the magic; flags; time, level and system
    if (outcome(flipped).starts_with("bad-gzip/")) continue;
    CHECK(read_all(unpacked(input_of_text("x", flipped))) == kSmallText);
    ++unnoticed;
  }
  CHECK(unnoticed < 8);  // those behind the last bit that says something
}

TEST_CASE("bombs") {
  CHECK(outcome(repeated(letters(""), 256)) == std::to_string(16 << 20));  // 16 MiB, at 1:675
  CHECK(outcome(repeated(letters(""), 257)) == "bad-gzip/ratio");
  const std::string slower = letters(std::string(300, 'x'));  // at 1:164
  CHECK(outcome(repeated(slower, 1000)) == std::to_string(1000 << 16));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)    // a gigabyte takes them minutes
  CHECK(outcome(repeated(slower, (1 << 14) + 1)) == "bad-gzip/size");  // a byte more than 1 GiB would do
#endif
}
