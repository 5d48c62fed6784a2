// What number formats make of numbers. Days: Excel's own serials (43831 is 2020-01-01, a Wednesday); times: arithmetic.
#include "ingest/number_format.h"

#include <doctest/doctest.h>

using namespace hr::ingest;

static std::string text_of(const std::string& stored, const NumberFormat& format, bool from_1904 = false) {
  std::string out;
  add_number(out, stored, format, from_1904);
  return out;
}
static std::string text_of(const std::string& stored, const std::string& code) {
  return text_of(stored, parse_number_format(code));
}
static std::string plain(const std::string& stored) {
  return text_of(stored, NumberFormat());
}
static bool loses(const std::string& stored) {
  std::string out;
  return add_number(out, stored, NumberFormat(), false);
}

TEST_CASE("a number is the shortest decimal of its 15 digits") {
  CHECK(plain("123") == "123");
  CHECK(plain("123.0") == "123");
  CHECK(plain("-0.0") == "0");
  CHECK(plain("007.50") == "7.5");
  CHECK(plain("0.30000000000000004") == "0.3");
  CHECK(plain("21253.070000000003") == "21253.07");
  CHECK(plain("-1.1000000000000001") == "-1.1");
  CHECK(plain("1E-3") == "0.001");
  CHECK(plain("1.5e2") == "150");
  CHECK(plain("-2.5E-7") == "-0.00000025");
  CHECK(plain("999999999999999") == "999999999999999");
  CHECK(plain("0.00000000000000012345") == "0.00000000000000012345");
  CHECK(plain("NaN") == "NaN");
  CHECK(plain("1e999") == "1e999");
  CHECK(plain("abc") == "abc");
}

TEST_CASE("numbers with more digits than Excel keeps are told") {
  CHECK(plain("4.1010519900307E+17") == "410105199003070000");
  CHECK(plain("4.1010519900307002E+17") == "410105199003070000");
  CHECK(loses("4.1010519900307E+17"));
  CHECK(plain("410105199003071234") == "410105199003071234");  // a program wrote every digit
  CHECK(loses("410105199003071234"));                          // but others will not keep them
  CHECK(plain("1234567890123456") == "1234567890123456");
  CHECK_FALSE(loses("1234567890123456"));  // below 2^53, and a last digit that Excel would have made 0
  CHECK(loses("6222021234567890"));
  CHECK_FALSE(loses("123456789012345"));
  CHECK_FALSE(loses("0.30000000000000004"));
}

TEST_CASE("the stored value counts, not its look") {
  CHECK(text_of("0.15", "0%") == "0.15");
  CHECK(text_of("1234.5", "#,##0") == "1234.5");
  CHECK(text_of("1234.5", "\"￥\"#,##0.00;[Red]\\-\"￥\"#,##0.00") == "1234.5");
  CHECK(text_of("12000", "0!.0,\"万\"") == "12000");
  CHECK(text_of("0.5", "0.00E+00") == "0.5");
  CHECK(text_of("5", "[Red]General") == "5");
  CHECK(text_of("5", "G/通用格式") == "5");
  CHECK(text_of("5", "@") == "5");
  CHECK(text_of("5", "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ") == "5");
  CHECK(text_of("5", "0\"d\"") == "5");
  CHECK(text_of("5", "0\\h") == "5");
  CHECK(text_of("5", "[$¥-804]#,##0.00") == "5");
  CHECK(text_of("5", "[DBNum1]General") == "5");
}

TEST_CASE("codes keep the zeros that people see") {
  CHECK(text_of("123", "000000") == "000123");
  CHECK(text_of("1234567", "000000") == "1234567");
  CHECK(text_of("7", "\"E\"0000") == "E0007");
  CHECK(text_of("7", "\\E0000") == "E0007");
  CHECK(text_of("7", "0") == "7");
  CHECK(text_of("7", "00.00") == "7");
  CHECK(text_of("7", "\"￥\"00") == "7");
  CHECK(text_of("7.5", "0000") == "7.5");
}

TEST_CASE("days and times") {
  for (const char* code : {"yyyy-mm-dd", "m/d/yy", "yyyy\"年\"m\"月\"d\"日\";@", "[$-804]yyyy年m月d日",
                           "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "mmm-yy", "aaaa", "[$-411]ge.m.d", "[Blue]d-mmm",
                           "m\"月\"", "yyyy/m/d\\ h:mm AM/PM"}) {
    CAPTURE(code);
    CHECK(text_of("43831", code) == "2020-01-01");
  }
  CHECK(text_of("43831.5", "yyyy-mm-dd") == "2020-01-01 12:00");
  CHECK(text_of("43831.354166666664", "yyyy/m/d h:mm") == "2020-01-01 08:30");
  CHECK(text_of("43831.354340277778", "h:mm:ss") == "2020-01-01 08:30:15");
  CHECK(text_of("0.35416666666666669", "h:mm;@") == "08:30");
  CHECK(text_of("0.99999999999", "h:mm") == "1900-01-01");  // rounds to a whole day
  CHECK(text_of("0.35434317129629629", "mm:ss.0") == "08:30:15.250");
  CHECK(text_of("0", "h:mm") == "00:00");
  CHECK(text_of("0", "yyyy-mm-dd") == "1900-01-00");
  CHECK(text_of("-5", "yyyy-mm-dd") == "-5");
  CHECK(text_of("2958465", "yyyy-mm-dd") == "9999-12-31");
  CHECK(text_of("2958466", "yyyy-mm-dd") == "2958466");
  CHECK(text_of("x", "yyyy-mm-dd") == "x");
}

TEST_CASE("1900 has its 29th of February, 1904 its own count") {
  CHECK(text_of("1", "yyyy-mm-dd") == "1900-01-01");
  CHECK(text_of("59", "yyyy-mm-dd") == "1900-02-28");
  CHECK(text_of("60", "yyyy-mm-dd") == "1900-02-29");
  CHECK(text_of("61", "yyyy-mm-dd") == "1900-03-01");
  const NumberFormat day = parse_number_format("yyyy-mm-dd");
  CHECK(text_of("0", day, true) == "1904-01-01");
  CHECK(text_of("42369", day, true) == "2020-01-01");
  CHECK(text_of("2957003", day, true) == "9999-12-31");
  CHECK(text_of("2957004", day, true) == "2957004");
  CHECK(text_of("0.5", parse_number_format("h:mm"), true) == "12:00");
}

TEST_CASE("durations go on behind a day") {
  CHECK(text_of("10.632060185185185", "[h]:mm:ss") == "255:10:10");
  CHECK(text_of("1.5", "[hh]:mm") == "36:00");
  CHECK(text_of("0.0625", "[m]") == "01:30");
  CHECK(text_of("-0.0625", "[h]:mm") == "-01:30");
  CHECK(text_of("1e300", "[h]:mm").size() == 301);
}

TEST_CASE("sections are chosen by the value or by their conditions") {
  CHECK(text_of("43831", "yyyy-mm-dd;0;0") == "2020-01-01");
  CHECK(text_of("-43831", "yyyy-mm-dd;0;0") == "-43831");
  CHECK(text_of("0", "yyyy-mm-dd;0;\"-\"") == "0");
  CHECK(text_of("0.5", "[<1]h:mm;yyyy-mm-dd") == "12:00");
  CHECK(text_of("43831", "[<1]h:mm;yyyy-mm-dd") == "2020-01-01");
  CHECK(text_of("12", "[>=100]yyyy-mm-dd;[<=10]h:mm;0") == "12");
  CHECK(text_of("7", "[=7]000;0") == "007");
  CHECK(text_of("7", "[<>7]000;0") == "7");
  CHECK(text_of("43831", "\"a;b\"yyyy") == "2020-01-01");
}

TEST_CASE("formats that are known by number") {
  for (const int id : {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58, 34, 35, 55, 56}) {
    CAPTURE(id);
    CHECK(text_of("43831", built_in_number_format(id)) == "2020-01-01");
  }
  for (const int id : {18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56})
    CHECK(text_of("0.5", built_in_number_format(id)) == "12:00");
  CHECK(text_of("1.5", built_in_number_format(46)) == "36:00");
  for (const int id : {0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 37, 38, 39, 40, 41, 44, 48, 49, 59, 81, 163})
    CHECK(text_of("43831", built_in_number_format(id)) == "43831");
}

static std::string iso(const std::string& stored) {
  std::string out;
  add_iso_moment(out, stored);
  return out;
}

TEST_CASE("cells that hold an ISO date") {
  CHECK(iso("2021-01-01") == "2021-01-01");
  CHECK(iso("2021-01-01T00:00:00") == "2021-01-01");
  CHECK(iso("2021-01-01T08:30:00.000Z") == "2021-01-01 08:30");
  CHECK(iso("2021-01-01T08:30:15.25") == "2021-01-01 08:30:15.25");
  CHECK(iso("T08:30:15") == "08:30:15");
}

TEST_CASE("broken format codes say something and read on") {
  for (const char* code : {"", ";", ";;;;", "\"", "[", "[<", "[<]", "\\", "_", "*", "[h", "yyyy\"", "\xE5"}) {
    CAPTURE(code);
    CHECK_FALSE(text_of("1.5", code).empty());
  }
}
