// Circles among definitions: one of each group, short, and printed short.
#include <doctest/doctest.h>

#include "defs/checks.h"

using namespace hr;
using namespace hr::defs;

using Edges = std::vector<std::vector<size_t>>;

TEST_CASE("a chain and a diamond have no circle") {
  CHECK(find_circles({{1}, {2}, {}}).empty());
  CHECK(find_circles({{1, 2}, {3}, {3}, {}}).empty());
  CHECK(find_circles({}).empty());
}

TEST_CASE("each group of nodes that reach each other gives one circle") {
  CHECK(find_circles({{0}}) == Edges{{0}});
  CHECK(find_circles({{1}, {2}, {0}}) == Edges{{0, 1, 2}});
  CHECK(find_circles({{1}, {0}, {3}, {2}, {0, 2}}) == Edges{{0, 1}, {2, 3}});
  CHECK(find_circles({{1}, {2}, {1}}) == Edges{{1, 2}});          // a tail that leads into it is no part
  CHECK(find_circles({{1, 3}, {2}, {3}, {0}}) == Edges{{0, 3}});  // the shortest through the first
  CHECK(find_circles({{1}, {2, 0}, {1}}) == Edges{{0, 1}});       // an eight: one group
}

TEST_CASE("of a dense group one circle is told") {
  Edges edges(300);
  for (size_t i = 0; i < edges.size(); ++i) {
    for (size_t j = 0; j < edges.size(); ++j) {
      if (i != j) edges[i].push_back(j);
    }
  }
  CHECK(find_circles(edges) == Edges{{0, 1}});
}

TEST_CASE("a long circle is told by its beginning and its end") {
  std::vector<Named> members;
  for (int i = 1; i <= 10; ++i) members.push_back({Kind::kpi, "k" + std::to_string(i), {"f", i, 1, 1}});
  const Diagnostic whole = circle_error("formula-cycle", "formula-cycle/long", members);
  CHECK(whole.message == "formula-cycle");
  CHECK(whole.args[0] == "k1 → k2 → k3 → k4 → k5 → k6 → k7 → k8 → k9 → k10 → k1");
  CHECK(whole.related.size() == 9);
  for (int i = 11; i <= 8000; ++i) members.push_back({Kind::kpi, "k" + std::to_string(i), {"f", i, 1, 1}});
  const Diagnostic cut = circle_error("formula-cycle", "formula-cycle/long", members);
  CHECK(cut.message == "formula-cycle/long");
  CHECK(cut.code == "formula-cycle");
  CHECK(cut.args == std::vector<std::string>{"k1 → k2 → k3 → k4 → k5 → k6 → k7 → k8 → … → k8000 → k1", "8000"});
  CHECK(cut.span.line == 1);
  REQUIRE(cut.related.size() == 8);
  CHECK(cut.related.back().line == 8000);
}
