// Feedback: raters, groups, suppression, trimming. Cases E54 and E55 of docs/spec/scoring.md.
#include <doctest/doctest.h>

#include "scoring/feedback_component.h"
#include "unit/scoring/world.h"

using namespace world;

namespace {

struct FeedbackWorld : World {
  std::string rows = "employee_id,rater_id,relation,competency,rating\n";
  int next = 0;

  using Groups = std::vector<std::pair<std::string, std::string>>;
  explicit FeedbackWorld(const Groups& groups) {
    people("employee_id\nE1\nE2\n");
    plan().weights[0].reset();
    plan().weights[2] = dec("100");
    plan().feedback.scale_low = dec("0");
    plan().feedback.scale_high = dec("100");  // keeps the figures as they are rated
    for (const auto& [name, weight] : groups) plan().feedback.groups.push_back({name, dec(weight), {}});
  }
  FeedbackWorld& rated(const std::string& relation, const std::vector<const char*>& ratings) {
    for (const char* r : ratings) rows += "E1,R" + std::to_string(++next) + "," + relation + ",c," + r + "\n";
    return *this;
  }
  Scored go() const {
    World copy = *this;
    copy.table(model::TableId::feedback, rows);
    return copy.run();
  }
  std::string score() const { return at(go().of("E1").component[2]); }
};

}  // namespace

TEST_CASE("E54: small groups are left out or folded into the peers") {
  FeedbackWorld w(FeedbackWorld::Groups{{"manager", "50"}, {"peer", "35"}, {"report", "15"}});
  w.rated("manager", {"4"}).rated("peer", {"5", "5", "4"}).rated("report", {"2", "4"}).rated("self", {"5"});
  CHECK(w.score() == "4.27");  // (50 × 4 + 35 × 4.666…)/85
  const Scored s = w.go();
  CHECK(at(s.of("E1").component_coverage[2]) == "85.00");
  CHECK(s.of("E1").has(model::Flag::feedback_suppressed));
  const model::Derivation tree = s.explain("E1");
  CHECK(find(tree, "feedback/report")->status == "suppressed");
  CHECK(find(tree, "feedback/report")->value.empty());
  CHECK(find(tree, "feedback/self")->value == "5");
  w.plan().feedback.small_groups = model::SmallGroups::fold;
  CHECK(w.score() == "4.00");  // peers and reports together: 20/5
  CHECK(at(w.go().of("E1").component_coverage[2]) == "100.00");
  CHECK(find(w.go().explain("E1"), "feedback/report")->value.empty());
}

TEST_CASE("E55: plain and trimmed means") {
  FeedbackWorld w(FeedbackWorld::Groups{{"peer", "100"}});
  w.rated("peer", {"1", "4", "4", "5", "5"});
  CHECK(w.score() == "3.80");
  w.plan().feedback.trim_percent = 20;
  CHECK(w.score() == "4.33");  // 4, 4, 5
  w.plan().feedback.trim_percent = 19;
  CHECK(w.score() == "3.80");  // 0.95 raters, rounded down
  w.plan().feedback.trim_percent = 50;
  CHECK(w.score() == "4.00");  // the middle one stays
}

TEST_CASE("each rater counts once, however many responses") {
  FeedbackWorld w(FeedbackWorld::Groups{{"peer", "100"}});
  w.plan().feedback.min_raters = 2;
  w.rows += "E1,A,peer,c1,10\nE1,A,peer,c2,20\nE1,A,peer,c3,60\nE1,B,peer,c1,80\nE1,B,peer,c2,100\n";
  CHECK(w.score() == "60.00");  // (30 + 90)/2
  w.plan().feedback.min_raters = 3;
  CHECK(w.score() == "-");
  CHECK(model::reason_names(w.go().of("E1").reasons) == std::vector<std::string>{"no_data"});
}

TEST_CASE("all is one group of every response, self included, on the declared scale") {
  FeedbackWorld w(FeedbackWorld::Groups{{"all", "100"}});
  w.plan().feedback.scale_high = dec("5");
  w.rated("manager", {"4"}).rated("peer", {"5"}).rated("self", {"3"});
  CHECK(w.score() == "80.00");  // 100 × 4/5
  FeedbackWorld few(FeedbackWorld::Groups{{"all", "100"}});
  few.rated("manager", {"4"}).rated("self", {"3"});
  CHECK(few.score() == "-");
}

TEST_CASE("a scale from 1 to 5, and ratings that lie outside it") {
  FeedbackWorld w(FeedbackWorld::Groups{{"manager", "100"}});
  w.plan().feedback.scale_low = dec("1");
  w.plan().feedback.scale_high = dec("5");
  w.rated("manager", {"4"});
  CHECK(w.score() == "75.00");
  CHECK_FALSE(w.go().said("rating-outside-scale"));
  w.rated("manager", {"6"});
  CHECK(w.score() == "75.00");
  CHECK(w.go().said("rating-outside-scale"));
}

TEST_CASE("of many people all are counted of whom a rating lies outside the scale, and the first is named") {
  const auto id = [](int i) { return "E" + std::to_string(100'000 + i); };
  constexpr int kPeople = 70'000;  // more than one part, each of which a thread may look at
  std::string all = "employee_id\n";
  for (int i = 0; i < kPeople; ++i) all += id(i) + "\n";
  for (const auto& outside : {std::vector<int>{7, 66'000, kPeople - 1}, std::vector<int>{65'536, 65'537}}) {
    FeedbackWorld w(FeedbackWorld::Groups{{"manager", "100"}});
    w.plan().feedback.scale_low = dec("1");
    w.plan().feedback.scale_high = dec("5");
    w.input.employees.clear();
    w.people(all);
    w.rows += id(9) + ",R,manager,c,5\n" + id(10) + ",R,manager,c,1\n";
    for (const int i : outside) w.rows += id(i) + ",R,manager,c,3\n" + id(i) + ",Q,manager,c,5.01\n";
    const Scored s = w.go();
    std::vector<std::vector<std::string>> said;
    for (const Diagnostic& d : s.diagnostics) {
      if (d.code == "rating-outside-scale") said.push_back(d.args);
    }
    REQUIRE(said.size() == 1);
    CHECK(said[0] == std::vector<std::string>{std::to_string(outside.size()), "1", "5", id(outside[0])});
  }
}

TEST_CASE("a group that could be had by subtraction is hidden, and still counts") {
  FeedbackWorld w(FeedbackWorld::Groups{{"all", "50"}, {"peer", "50"}});
  w.rated("peer", {"60", "60", "60"}).rated("report", {"10", "20"});  // all − peers = two reports
  const Scored s = w.go();
  CHECK(at(s.of("E1").component[2]) == "51.00");  // (42 + 60)/2
  const model::Derivation tree = s.explain("E1");
  CHECK(find(tree, "feedback/all")->value == "42");
  CHECK(find(tree, "feedback/peer")->status == "hidden");
  CHECK(find(tree, "feedback/peer")->value.empty());
  CHECK(find(tree, "feedback/peer")->effective_weight == "50");
  w.rated("report", {"30"});
  CHECK(find(w.go().explain("E1"), "feedback/peer")->value == "60");
}

TEST_CASE("what is hidden: the smallest group first, and none where nothing is left to subtract") {
  FeedbackWorld all_shown(FeedbackWorld::Groups{{"all", "50"}, {"peer", "50"}});
  all_shown.rated("peer", {"60", "60", "60"});  // all − peers = nobody
  CHECK(find(all_shown.go().explain("E1"), "feedback/peer")->value == "60");
  all_shown.rated("self", {"20"});  // all − peers = oneself, who knows that rating anyway
  CHECK(find(all_shown.go().explain("E1"), "feedback/peer")->value == "60");
  // all − peers − reports = one rater: hiding the three reports leaves four behind the difference, and four peers shown
  FeedbackWorld two(FeedbackWorld::Groups{{"all", "20"}, {"peer", "40"}, {"report", "40"}});
  two.rated("peer", {"60", "60", "60", "60"}).rated("report", {"10", "20", "30"}).rated("other", {"5"});
  const model::Derivation tree = two.go().explain("E1");
  CHECK(find(tree, "feedback/peer")->value == "60");
  CHECK(find(tree, "feedback/report")->status == "hidden");
  // the other way round, so that it is the size that decides and not the order
  FeedbackWorld swapped(FeedbackWorld::Groups{{"all", "20"}, {"report", "40"}, {"peer", "40"}});
  swapped.rated("peer", {"10", "20", "30"}).rated("report", {"60", "60", "60", "60"}).rated("other", {"5"});
  CHECK(find(swapped.go().explain("E1"), "feedback/report")->value == "60");
  CHECK(find(swapped.go().explain("E1"), "feedback/peer")->status == "hidden");
}

TEST_CASE("ratings are added up in their order, few or many, whatever order they come in") {
  const std::vector<double> ratings{3.7, 0.1, 4.9, 3.7, 2.3, 1.1, 4.9, 0.7, 3.7, 5, 0.3, 2.9};
  for (size_t n = 1; n <= ratings.size(); ++n) {
    for (size_t first = 0; first < ratings.size(); ++first) {
      std::vector<double> some;
      for (size_t i = 0; i < n; ++i) some.push_back(ratings[(first + i * 5) % ratings.size()]);
      std::vector<double> sorted = some;
      std::sort(sorted.begin(), sorted.end());
      double sum = 0;
      for (const double rating : sorted) sum += rating;
      CHECK(scoring::trimmed_mean(some, 0) == sum / static_cast<double>(n));
      CHECK(some == sorted);
    }
  }
}
