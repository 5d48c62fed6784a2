// What values look like.
#include "ingest/column_profile.h"

#include <doctest/doctest.h>

#include "ingest/suggest_values.h"

using namespace hr::ingest;

static ValueLook look(const char* value) {
  ColumnProfile profile;
  profile.add(value);
  for (size_t i = 0; i < kValueLooks; ++i) {
    if (profile.looks[i] > 0) return static_cast<ValueLook>(i);
  }
  return ValueLook::text;
}

TEST_CASE("the look of a value") {
  CHECK(look("12.5") == ValueLook::number);
  CHECK(look("1,234.50") == ValueLook::grouped);
  CHECK(look("$107790.00") == ValueLook::currency);
  CHECK(look("￥1,200") == ValueLook::currency);
  CHECK(look("15%") == ValueLook::percent);
  CHECK(look("09:30") == ValueLook::clock);
  CHECK(look("13812345678") == ValueLook::phone);
  CHECK(look("12812345678") == ValueLook::number);
  CHECK(look("a.b@example.com") == ValueLook::email);
  CHECK(look("11010519491231002X") == ValueLook::id_card);  // the example of GB 11643-1999
  CHECK(look("110105194912310021") == ValueLook::number);   // its check digit is wrong
  CHECK(look("是") == ValueLook::yes_no);
  CHECK(look("女") == ValueLook::sex);
  CHECK(look("离职") == ValueLook::job_status);
  CHECK(look("—") == ValueLook::missing_word);
  CHECK(look("N/A") == ValueLook::missing_word);
  CHECK(look("&&&&") == ValueLook::missing_word);
  CHECK(look("销售部") == ValueLook::text);
}

static FormatChoice formats(std::initializer_list<const char*> values) {
  ColumnProfile profile;
  for (const char* value : values) profile.add(value);
  return choose_formats(profile.dates, date_formats());
}

TEST_CASE("formats of days") {
  CHECK(formats({"2020-01-05", "2021-02-01"}).formats == std::vector<std::string>{"%Y-%m-%d"});
  CHECK(formats({"2020/1/5", "2021/12/31"}).formats == std::vector<std::string>{"%Y/%m/%d"});
  CHECK(formats({"2020年1月5日"}).formats == std::vector<std::string>{"%Y年%m月%d日"});
  CHECK(formats({"2020.1.5", "20200105", "2020.1.6"}).formats == std::vector<std::string>{"%Y.%m.%d", "%Y%m%d"});
  SUBCASE("a day above twelve tells months from days") {
    const FormatChoice choice = formats({"07/05/2011", "3/30/2015", "9/19/2016"});
    CHECK(choice.formats == std::vector<std::string>{"%m/%d/%Y"});
    CHECK(choice.also.empty());
  }
  SUBCASE("nothing does") {
    const FormatChoice choice = formats({"07/05/2011", "3/4/2015"});
    CHECK(choice.formats == std::vector<std::string>{"%m/%d/%Y"});
    CHECK(choice.also == std::vector<std::string>{"%d/%m/%Y"});
  }
  SUBCASE("both orders in one column: never both formats") {
    CHECK(formats({"13/05/2011", "5/14/2015", "5/15/2015"}).formats == std::vector<std::string>{"%m/%d/%Y"});
  }
}

TEST_CASE("samples of personal data are cut down") {
  ColumnProfile phones, words;
  phones.add("13812345678");
  words.add("销售部");
  CHECK(samples_of(phones, false) == "1**");
  CHECK(samples_of(words, false) == "销售部");
  CHECK(samples_of(words, true) == "销**");
}
