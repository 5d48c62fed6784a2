// Progress of key results side by side, beside that of each.
#include "scoring/plain_progress.h"

#include <doctest/doctest.h>

#include "unit/scoring/okr_world.h"

using namespace world;

TEST_CASE("progress where start and target are nearly alike, one by one and side by side") {
  struct Row {
    const char *start, *target, *current;
    int64_t nano;
  };
  // Differences are rounded to the 15th digit of the larger number, half away from zero: 2.5 is 3, 0.1 and −0.1 are 0,
  // and a way of 0 is gone as soon as anything was done in the direction of larger numbers.
  const std::vector<Row> rows{{"100000000000000", "100000000000002.5", "100000000000001", 333'333'333},
                              {"123456789012345.6", "123456789012345.5", "0", 0},
                              {"123456789012345.5", "123456789012345.6", "0", 0},
                              {"0.1234567890123457", "0.1234567890123456", "5", 1'000'000'000},
                              {"0.1234567890123456", "0.1234567890123457", "5", 1'000'000'000}};
  OkrWorld w;
  std::string table = "key_result,objective,owner,start,target\n";
  for (size_t k = 0; k < rows.size(); ++k) {
    const std::string id = "kr" + std::to_string(k);
    table += id + ",o,E1," + rows[k].start + "," + rows[k].target + "\n";
    w.checkin(id, rows[k].current);
  }
  w.table(model::TableId::key_results, table);
  const Scored s = w.go();
  const std::vector<scoring::ObjectiveProgress> each = s.scorer->okr_progress();
  REQUIRE(each.size() == 1);
  REQUIRE(each[0].key_results.size() == rows.size());
  std::vector<uint32_t> progress(rows.size());
  scoring::plain_progress(s.dataset->okrs, s.dataset->as_of, 0, rows.size(), progress.data());
  for (size_t k = 0; k < rows.size(); ++k) {
    CAPTURE(k);
    CHECK(progress[k] == rows[k].nano);
    CHECK(each[0].key_results[k].progress == Figure{rows[k].nano});
  }
}

TEST_CASE("progress of many key results side by side is that of each") {
  // Whole and not, of 15 digits and more, tiny, on both sides of zero, alike but for noise.
  const std::vector<std::string> numbers{"0",
                                         "1",
                                         "-1",
                                         "3",
                                         "100",
                                         "99.5",
                                         "0.1",
                                         "0.3",
                                         "-0.7",
                                         "12.55",
                                         "339",
                                         "272.84",
                                         "1000000.1",
                                         "100000000.1",
                                         "100000000",
                                         "0.000000001",
                                         "0.000000004",
                                         "123456789.123456789",
                                         "999999999999999",
                                         "1000000000000000",
                                         "1000000000000001",
                                         "1000000000000000.5",
                                         "2147483647",
                                         "-2147483648",
                                         "2147483648",
                                         "33.333333333",
                                         "66.666666667",
                                         "0.000000000000001"};
  OkrWorld w;
  std::string rows = "key_result,objective,owner,start,target\n";
  uint32_t next = 1;
  const std::vector<std::string> near{"100000000", "100000000.1", "100000000.3", "100000000.7"};
  const auto any = [&](bool alike = false) -> const std::string& {
    const std::vector<std::string>& of = alike ? near : numbers;
    next = next * 1664525U + 1013904223U;
    return of[(next >> 8U) % of.size()];
  };
  constexpr size_t kKeyResults = 3'001;  // more than one piece, and no whole step
  for (size_t k = 0; k < kKeyResults; ++k) {
    const std::string id = "kr" + std::to_string(10'000 + k);
    const bool alike = k % 4 == 0;
    rows += id + ",o,E1," + (k % 30 == 29 ? "" : any(alike)) + "," + (k % 50 == 49 ? "" : any(alike)) + "\n";
    if (k % 20 != 19) w.checkin(id, any(alike));
  }
  w.table(model::TableId::key_results, rows);
  const Scored s = w.go();
  const facts::Okrs& okrs = s.dataset->okrs;
  const std::vector<scoring::ObjectiveProgress> each = s.scorer->okr_progress();
  REQUIRE(each.size() == 1);
  REQUIRE(each[0].key_results.size() == kKeyResults);
  size_t missing = 0;
  size_t between = 0;
  for (const size_t part : {kKeyResults, size_t{1'025}, size_t{7}}) {
    std::vector<uint32_t> progress(kKeyResults);
    for (size_t begin = 0; begin < kKeyResults; begin += part)
      scoring::plain_progress(okrs, s.dataset->as_of, begin, std::min(kKeyResults, begin + part), progress.data());
    for (size_t k = 0; k < kKeyResults; ++k) {
      CAPTURE(k);
      const std::optional<Figure> wanted = each[0].key_results[k].progress;
      CHECK((progress[k] == scoring::kNoProgress ? std::nullopt : std::optional(Figure{progress[k]})) == wanted);
      missing += !wanted;
      between += wanted && wanted->nano > 0 && wanted->nano < 1'000'000'000;
    }
  }
  CHECK(missing > 300);
  CHECK(between > 500);
}
