// Texts that are made when one is asked for.
#include "facts/shared_dictionary.h"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace hr::facts;

TEST_CASE("texts that are made later are made once, by whoever asks first, and not for a few") {
  const std::vector<std::string> texts{"a", "b", "c", "d"};
  std::atomic<int> made = 0;
  int looked = 0;
  const SharedDictionary later(LaterTexts{texts.size(),
                                          [&] {
                                            ++made;
                                            Dictionary all;
                                            for (const std::string& text : texts) all.add(text);
                                            return all;
                                          },
                                          [&](std::span<const uint32_t> codes) {
                                            ++looked;
                                            std::vector<std::string> some;
                                            for (const uint32_t code : codes) some.push_back(texts[code]);
                                            return some;
                                          }});
  const SharedDictionary copy = later;
  const std::vector<uint32_t> codes{2, 0, 2};
  CHECK(later.size() == 4);
  CHECK(later.some(codes) == std::vector<std::string>{"c", "a", "c"});
  CHECK((later.same_as(copy) && later.begins_with(copy) == 4 && copy.begins_with(SharedDictionary()) == 0));
  CHECK((made == 0 && looked == 1));
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] { right += copy.size() == 4 && copy[3] == "d" && copy.find("b") == 1U; });
  for (std::thread& thread : threads) thread.join();
  CHECK((right == 4 && made == 1));
  CHECK(later.some(codes) == std::vector<std::string>{"c", "a", "c"});
  CHECK((later.size() == 4 && looked == 1));
  CHECK(later.on_top().begins_with(copy) == 4);
}

TEST_CASE("what making texts later throws, asking throws, and others may be added before they are made") {
  int asked = 0;
  const SharedDictionary broken(LaterTexts{1,
                                           [&]() -> Dictionary {
                                             ++asked;
                                             throw std::runtime_error("damaged");
                                           },
                                           {}});
  CHECK_THROWS_WITH((void)broken[0], "damaged");
  CHECK_THROWS_WITH((void)broken.find("a"), "damaged");
  CHECK((asked == 2 && broken.size() == 1));
  SharedDictionary more(LaterTexts{1,
                                   [] {
                                     Dictionary all;
                                     all.add("a");
                                     return all;
                                   },
                                   {}});
  CHECK(more.add("b") == 1);
  CHECK((more.size() == 2 && more[0] == "a"));
}
