// Rows of totals against the rows that they are of. Sums are done by hand.
#include "ingest/totals.h"

#include <doctest/doctest.h>

#include "ingest/layout.h"

using namespace hr;
using namespace hr::ingest;

namespace {

// "LINE:FIELD said, sum of ROWS" of what is wrong; columns id, v, w.
std::string wrong_of(const std::string& rows, std::vector<std::string> missing = {}) {
  model::Mapping mapping;
  mapping.footers = {"小计", "合计", "总计", "平均", "Total"};
  mapping.missing = std::move(missing);
  const std::string text = "id,v,w\n" + rows;
  Layout layout(std::make_unique<CsvRecords>(text, ','), mapping);
  Record record;
  while (layout.next(record)) {
  }
  std::string out;
  for (const WrongTotal& wrong : layout.wrong_totals())
    out += std::to_string(wrong.place.line) + ':' + std::to_string(wrong.field) + ' ' + to_string(wrong.said) + ", " +
           to_string(wrong.sum) + " of " + std::to_string(wrong.rows) + '\n';
  return out;
}

}  // namespace

TEST_CASE("a total is the sum or the mean of the rows above, in each column for itself") {
  CHECK(wrong_of("a,1,3\nb,2,5\n合计,3,4\n") == "");
  CHECK(wrong_of("a,1,3\nb,2,5\n合计,4,9\n") == "4:1 4, 3 of 2\n4:2 9, 8 of 2\n");
  CHECK(wrong_of("a,1,x\nb,2,5\n合计,4,9\n") == "4:1 4, 3 of 2\n");  // a text: no total is expected
  CHECK(wrong_of("a,1,-\nb,2,5\n合计,3,6\n", {"-"}) == "4:2 6, 5 of 1\n");
  CHECK(wrong_of("a,1,\nb,2,\n合计,3,6\n") == "");    // a column that only has a total
  CHECK(wrong_of("a,1,3\nb,2,5\n平均,9,9\n") == "");  // no total by its name
  CHECK(wrong_of("合计,3,8\na,1,3\nb,2,5\n") == "");  // above the rows
}

TEST_CASE("a total counts as far as it is written out") {
  CHECK(wrong_of("a,1.2,1.2\nb,1.26,1.25\n合计,2.5,2.45\n") == "");
  CHECK(wrong_of("a,8.25,1\nb,8.24,1\n合计,16.50,2.0\n") == "4:1 16.5, 16.49 of 2\n");  // 16.5 would do
}

TEST_CASE("numbers count however they are written") {
  CHECK(wrong_of("a,\"1,000\",￥2\nb,２,$1\n合计,\"1,002\",3元\n") == "");
  CHECK(wrong_of("a,\"1,000\",￥2\nb,２,$1\n合计,\"1,003\",4元\n") == "4:1 1003, 1002 of 2\n4:2 4, 3 of 2\n");
}

TEST_CASE("totals of groups, and of groups of groups") {
  const std::string east = "a,1,\nb,2,\n小计,3,\nc,4,\n小计,4,\n合计,7,\n";
  const std::string south = "d,8,\ne,16,\n小计,24,\nf,32,\ng,64,\n小计,96,\n";
  CHECK(wrong_of(east) == "");
  CHECK(wrong_of(east + south + "合计,120,\n总计,127,\n") == "");
  CHECK(wrong_of(east + south + "合计,119,\n总计,127,\n") == "14:1 119, 120 of 4\n");
  // neither without the first region, nor one region for both
  CHECK(wrong_of(east + south + "合计,120,\n总计,120,\n") == "15:1 120, 127 of 7\n");
  CHECK(wrong_of(east + "d,8,\n小计,9,\n合计,8,\n总计,15,\n") == "9:1 9, 8 of 1\n");
  // four levels, all called the same
  CHECK(wrong_of("a,1,\nTotal,1,\nb,2,\nTotal,2,\nTotal,3,\nc,4,\nTotal,4,\nTotal,4,\nTotal,7,\nd,8,\nTotal,8,\n"
                 "Total,8,\nTotal,8,\nTotal,15,\n") == "");
}

TEST_CASE("a total that is of groups closes them") {
  CHECK(wrong_of("a,1,\nb,2,\n小计,3,\nc,4,\n合计,7,\nd,8,\n小计,8,\ne,16,\n小计,16,\n合计,24,\n总计,31,\n") == "");
}

TEST_CASE("behind a row that cannot be read no total is compared") {
  CHECK(wrong_of("a,1,3\nb,\"2\"x,5\n合计,9,9\n") == "");
}

TEST_CASE("a total of a group without numbers") {
  CHECK(wrong_of("a,1,5\n小计,1,5\nb,2,\n小计,2,0\n合计,3,5\n") == "");
  CHECK(wrong_of("a,1,5\n小计,1,5\nb,2,\n小计,2,7\n合计,3,5\n") == "5:2 7, 0 of 0\n");
}
