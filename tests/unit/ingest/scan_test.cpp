// Marks of CSV, found and listed in every way that this processor has, beside plain loops.
#include "ingest/scan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "ingest/mark_places.h"

using namespace hr::ingest;

TEST_CASE("masks of all machines are those of the plain loop") {
  std::mt19937 random(3);
  const std::string few = ",\"\n\r;\tab\x80\xFF" + std::string(1, '\0');
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(64 * (1 + random() % 5), ' ');
    for (char& c : bytes) c = random() % 2 == 0 ? few[random() % few.size()] : static_cast<char>(random() & 0xFFU);
    const size_t n = bytes.size() / kMaskBytes;
    std::vector<Masks> plain(n);
    const char delimiter = round % 2 == 0 ? ',' : '\t';
    find_masks_plain(bytes.data(), n, delimiter, plain.data());
    for (const FindMasks find_masks : mask_finders()) {
      std::vector<Masks> fast(n);
      find_masks(bytes.data(), n, delimiter, fast.data());
      REQUIRE(plain == fast);
    }
  }
}

TEST_CASE("marks of bytes are those that a plain loop finds") {
  std::mt19937 random(19);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 300, 'x');
    for (size_t i = random() % 4; i > 0 && !bytes.empty(); --i)
      bytes[random() % bytes.size()] = "\"\r\n\0\xC3"[random() % 5];
    for (char& c : bytes) c = random() % 20 == 0 ? '\n' : c;
    const auto has = [&](char c) { return bytes.find(c) != std::string::npos; };
    const std::string padded =
        bytes + "\"\r\n\xC3" + std::string(kMaskBytes, '\0');  // what stands behind does not count
    const Marks found = marks_of(padded.data(), bytes.size());
    REQUIRE(found.quotes == has('"'));
    REQUIRE(found.returns == has('\r'));
    REQUIRE(found.nuls == has('\0'));
    REQUIRE(found.high == has('\xC3'));
    REQUIRE(found.line_feeds == std::count(bytes.begin(), bytes.end(), '\n'));
  }
}

TEST_CASE("line feeds are counted however many there are") {
  for (const size_t n : {127 * kMaskBytes, 128 * kMaskBytes + 3, 500 * kMaskBytes + 63}) {
    const std::string bytes(n + kMaskBytes, '\n');
    CHECK(marks_of(bytes.data(), n).line_feeds == n);
  }
}

TEST_CASE("places of marks are those that a loop over the bits finds") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::vector<Masks> masks(1 + random() % 32);
    std::vector<uint32_t> delimiters, line_feeds;
    const auto first = static_cast<uint32_t>(random() % 1'000'000);
    for (size_t block = 0; block < masks.size(); ++block) {
      const uint64_t few = random() & random() & random();
      masks[block].delimiters = round % 3 == 0 ? random() : round % 50 == 1 ? ~uint64_t{0} : few;
      masks[block].line_feeds = random() % 4 == 0 ? 0 : random() & random() & random() & random();
      for (uint32_t bit = 0; bit < kMaskBytes; ++bit) {
        const uint32_t behind = first + static_cast<uint32_t>(block * kMaskBytes) + bit + 1;
        if ((masks[block].delimiters >> bit & 1U) != 0) delimiters.push_back(behind);
        if ((masks[block].line_feeds >> bit & 1U) != 0) line_feeds.push_back(behind);
      }
    }
    for (const ListPlaces list_places : place_listers()) {
      std::vector<uint32_t> to_delimiters(masks.size() * kMaskBytes + kWrittenBehind);
      std::vector<uint32_t> to_line_feeds(to_delimiters.size());
      MarkPlaces places{to_delimiters.data(), to_line_feeds.data()};
      list_places(masks.data(), masks.size(), first, places);
      to_delimiters.resize(static_cast<size_t>(places.delimiters - to_delimiters.data()));
      to_line_feeds.resize(static_cast<size_t>(places.line_feeds - to_line_feeds.data()));
      REQUIRE(to_delimiters == delimiters);
      REQUIRE(to_line_feeds == line_feeds);
    }
  }
}

TEST_CASE("prefix_xor") {
  CHECK(prefix_xor(0) == 0);
  CHECK(prefix_xor(0b100100) == 0b011100);
  CHECK(prefix_xor(uint64_t{1} << 63U) == uint64_t{1} << 63U);
  CHECK(prefix_xor(1) == ~uint64_t{0});
}
