#include "base/parallel.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace hr {

TEST_CASE("for_pieces: each piece once, whatever the number of threads") {
  for (const int threads : {1, 2, 7}) {
    for (const size_t pieces : {size_t{0}, size_t{1}, size_t{5}, size_t{1000}}) {
      std::vector<int> times(pieces);
      std::vector<std::atomic<int>> busy(static_cast<size_t>(threads));
      for_pieces(pieces, threads, [&](size_t piece, size_t worker) {
        CHECK(worker < busy.size());
        CHECK(++busy[worker] == 1);
        ++times[piece];
        --busy[worker];
      });
      CHECK(times == std::vector<int>(pieces, 1));
    }
  }
}

TEST_CASE("for_ranges: every number once, in ranges of the size asked for and one of what is left") {
  for (const int threads : {1, 3}) {
    for (const size_t n : {size_t{0}, size_t{1}, size_t{99}, size_t{100}, size_t{101}, size_t{1'000}}) {
      std::vector<int> times(n);
      std::atomic<size_t> ranges = 0;
      for_ranges(n, 100, threads, [&](size_t begin, size_t end, size_t worker) {
        CHECK(worker < static_cast<size_t>(threads));
        CHECK(begin % 100 == 0);
        CHECK((end - begin == 100 || end == n));
        for (size_t i = begin; i < end; ++i) ++times[i];
        ++ranges;
      });
      CHECK(times == std::vector<int>(n, 1));
      CHECK(ranges == (n + 99) / 100);
    }
  }
}

TEST_CASE("for_pieces: pieces are taken in ascending order, so that one may wait for one before it") {
  std::vector<size_t> taken;
  for_pieces(5, 1, [&](size_t piece, size_t) { taken.push_back(piece); });
  REQUIRE(taken == std::vector<size_t>{0, 1, 2, 3, 4});
  for (const int threads : {1, 2, 7}) {
    std::vector<std::promise<void>> done(50);
    for_pieces(done.size(), threads, [&](size_t piece, size_t) {
      if (piece > 0) done[piece - 1].get_future().wait();
      done[piece].set_value();
    });
    CHECK_NOTHROW(done.back().get_future().get());
    std::packaged_task<void()> fails([] { throw std::runtime_error("first"); });
    const std::shared_future<void> failed = fails.get_future().share();
    CHECK_THROWS_WITH(for_pieces(2, threads,
                                 [&](size_t piece, size_t) {
                                   if (piece == 0) fails();
                                   failed.get();
                                 }),
                      "first");
  }
}

TEST_CASE("for_pieces: pieces that are spread over threads themselves, and wait for some before them") {
  constexpr size_t kPieces = 40;
  for (const int threads : {1, 2, 3, 7}) {
    CAPTURE(threads);
    std::vector<std::atomic<int>> times(kPieces * kPieces * 3);
    std::vector<std::promise<void>> ended(kPieces);
    std::vector<size_t> order;
    for_pieces_in_order(
        kPieces, threads,
        [&](size_t outer, size_t) {
          if (outer > 0) ended[outer - 1].get_future().wait();
          for_pieces(kPieces, threads, [&](size_t middle, size_t) {
            if (middle % 8 == 7) std::this_thread::sleep_for(std::chrono::microseconds(50));
            for_pieces(3, threads + 1, [&](size_t inner, size_t) { ++times[(outer * kPieces + middle) * 3 + inner]; });
          });
          ended[outer].set_value();
        },
        [&](size_t outer, size_t) { order.push_back(outer); });
    CHECK(std::all_of(times.begin(), times.end(), [](const auto& n) { return n == 1; }));
    REQUIRE(order.size() == kPieces);
    CHECK(std::is_sorted(order.begin(), order.end()));
  }
}

TEST_CASE("for_pieces: workers that are at it together have numbers of their own") {
  std::atomic<int> there{0};
  std::array<std::atomic<int>, 4> pieces_of{};
  for_pieces(4, 4, [&](size_t, size_t worker) {
    ++pieces_of.at(worker);
    ++there;
    for (int i = 0; i < 2'000 && there < 4; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  });
  for (const auto& n : pieces_of) CHECK(n == 1);
}

TEST_CASE("for_pieces: who waits for a piece leaves its place to others") {
  // Both pieces of the first are taken; the second one waits for it, while it calls for two at once.
  std::atomic<int> there{0};
  std::promise<void> done;
  for_pieces(2, 2, [&](size_t piece, size_t) {
    if (piece == 1) return wait_beside([&] { done.get_future().wait(); });
    for_pieces(2, 2, [&](size_t, size_t) {
      ++there;
      for (int i = 0; i < 2'000 && there < 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      CHECK(there == 2);
    });
    done.set_value();
  });
}

TEST_CASE("for_pieces: called by several threads at once, each has its own pieces done") {
  std::vector<std::atomic<int>> times(4'000);
  {
    std::vector<std::jthread> callers;
    for (size_t caller = 0; caller < 4; ++caller)
      callers.emplace_back([&times, caller] {
        for (size_t some = 0; some < 100; ++some)
          for_pieces(10, 3, [&](size_t piece, size_t) { ++times[caller * 1'000 + some * 10 + piece]; });
      });
  }
  CHECK(std::all_of(times.begin(), times.end(), [](const auto& n) { return n == 1; }));
}

TEST_CASE("for_pieces: an exception stops the rest and reaches the caller") {
  std::atomic<int> done{0};
  CHECK_THROWS_WITH_AS(for_pieces(100'000, 2,
                                  [&](size_t piece, size_t) {
                                    if (piece == 3) throw std::runtime_error("piece 3");
                                    // All of them take seconds: time enough for a thread that waits for a processor.
                                    std::this_thread::sleep_for(std::chrono::microseconds(100));
                                    ++done;
                                  }),
                       "piece 3", std::runtime_error);
  CHECK(done < 100'000 - 1);
}

}  // namespace hr
