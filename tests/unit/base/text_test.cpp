#include "base/text.h"
#include "base/listed.h"
#include "base/utf8.h"

#include <doctest/doctest.h>

using hr::display_width;
using hr::escape_controls;
using hr::invalid_utf8_at;
using hr::truncate_to_width;

TEST_CASE("UTF-8 is checked to the byte") {
  CHECK_FALSE(invalid_utf8_at(""));
  CHECK_FALSE(invalid_utf8_at("abc 绩效 é 😀 \xF4\x8F\xBF\xBF"));  // up to U+10FFFF
  CHECK(invalid_utf8_at("ab\x80") == 2);                          // lone continuation
  CHECK(invalid_utf8_at("\xC0\xAF") == 0);                        // overlong '/'
  CHECK(invalid_utf8_at("a\xC1\xBF") == 1);                       // overlong DEL
  CHECK(invalid_utf8_at("\xE0\x80\xAF") == 0);                    // overlong in three
  CHECK(invalid_utf8_at("\xF0\x80\x80\xAF") == 0);                // overlong in four
  CHECK(invalid_utf8_at("绩\xED\xA0\x80") == 3);                  // surrogate D800
  CHECK(invalid_utf8_at("\xED\xBF\xBF") == 0);                    // surrogate DFFF
  CHECK(invalid_utf8_at("\xF4\x90\x80\x80") == 0);                // U+110000
  CHECK(invalid_utf8_at("\xF5\x80\x80\x80") == 0);
  CHECK(invalid_utf8_at("\xFF") == 0);
  CHECK(invalid_utf8_at("x绩效\xE7\xBB") == 7);  // cut inside a character
  CHECK(invalid_utf8_at("\xC3") == 0);
  CHECK(invalid_utf8_at("\xC3(") == 0);
  CHECK(invalid_utf8_at(std::string_view("a\0b\xFE", 4)) == 3);  // NUL does not end it
}

TEST_CASE("three bytes are text when utf8proc takes them for a code point, wherever they stand") {
  size_t wrong = 0;
  for (unsigned first = 0xE0; first <= 0xEF; ++first) {
    for (unsigned rest = 0; rest <= 0xFFFF; ++rest) {
      const std::string text{static_cast<char>(first), static_cast<char>(rest >> 8U), static_cast<char>(rest)};
      int32_t cp = 0;
      const bool sound = hr::decode_utf8(text, 0, cp) == 3;
      wrong += invalid_utf8_at(text).has_value() == sound ? 1U : 0U;
    }
  }
  CHECK(wrong == 0);
  for (size_t before = 0; before < 80; ++before) {  // whole blocks and rests of them
    for (size_t behind = 0; behind < 80; behind += 13) {
      const std::string ascii(before, 'a');
      const std::string rest(behind, 'b');
      CHECK_FALSE(invalid_utf8_at(ascii + "绩" + rest));
      CHECK(invalid_utf8_at(ascii + "\xE7\xBB" + rest) == before);
      CHECK(invalid_utf8_at(ascii + "é\x80" + rest) == before + 2);
    }
  }
}

TEST_CASE("what is not UTF-8 is found again and again without going over all of the rest") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "\xBC\xA8 -";  // as GBK has it: two faults in each
  size_t faults = 0;
  std::string_view rest = text;
  for (auto at = invalid_utf8_at(rest); at; at = invalid_utf8_at(rest)) {
    rest.remove_prefix(*at + 1);
    ++faults;
  }
  CHECK(faults == 400'000);  // takes minutes where each goes over the rest
  const std::string sound(100'000, 'a');
  for (const size_t before : {size_t{60}, size_t{63}, size_t{64}, size_t{190}, size_t{191}, size_t{99'999}}) {
    const std::string ascii = sound.substr(0, before);
    CHECK_FALSE(invalid_utf8_at(ascii + "😀" + sound));  // lies across the end of some bytes looked at together
    CHECK(invalid_utf8_at(ascii + "\xF0\x9F\x98" + sound) == before);
    CHECK(invalid_utf8_at(ascii + "😀\x80" + sound) == before + 4);
  }
}

TEST_CASE("width counts terminal columns") {
  CHECK(display_width("") == 0);
  CHECK(display_width("score") == 5);
  CHECK(display_width("绩效") == 4);
  CHECK(display_width("ＫＰＩ") == 6);              // full width
  CHECK(display_width("e\xCC\x81t\xC3\xA9") == 3);  // e + combining acute, t, é
  CHECK(display_width("👨‍👩‍👧") == 2);  // three emoji joined by ZWJ
  CHECK(display_width("👍🏽") == 2);            // with a skin tone
  CHECK(display_width("🇨🇳") == 2);                  // two regional indicators: a flag
  CHECK(display_width("🇨🇳🇸🇬") == 4);
  CHECK(display_width("한글") == 4);
  CHECK(display_width("a\xE2\x80\x8B"
                      "b") == 2);  // zero-width space
}

TEST_CASE("truncation keeps whole characters and shows that it cut") {
  CHECK(truncate_to_width("score", 5) == "score");
  CHECK(truncate_to_width("score", 4) == "sco…");
  CHECK(truncate_to_width("绩效考核", 8) == "绩效考核");
  CHECK(truncate_to_width("绩效考核", 7) == "绩效考…");
  CHECK(truncate_to_width("绩效考核", 6) == "绩效…");  // 考 would need two columns
  CHECK(truncate_to_width("绩效", 1) == "…");
  CHECK(truncate_to_width("绩效", 0).empty());
  CHECK(truncate_to_width("e\xCC\x81te", 2) == "e\xCC\x81…");
  CHECK(truncate_to_width("👨‍👩‍👧👨‍👩‍👧", 3) == "👨‍👩‍👧…");
  CHECK(hr::truncate_left_to_width("kpis/sales.yaml", 11) == "…sales.yaml");
  CHECK(hr::truncate_left_to_width("绩效考核", 6) == "…考核");
  CHECK(hr::truncate_left_to_width("绩效", 4) == "绩效");
}

TEST_CASE("padding counts columns") {
  CHECK(hr::pad_right("绩效", 6) == "绩效  ");
  CHECK(hr::pad_left("绩效", 6) == "  绩效");
  CHECK(hr::pad_right("score", 3) == "score");
  CHECK(hr::pad_left("", 2) == "  ");
}

TEST_CASE("wrapping breaks at blanks and between wide characters") {
  using Lines = std::vector<std::string>;
  CHECK(hr::wrap_to_width("one two three", 7) == Lines{"one two", "three"});
  CHECK(hr::wrap_to_width("one two three", 0) == Lines{"one two three"});
  CHECK(hr::wrap_to_width("one two three", 13) == Lines{"one two three"});
  CHECK(hr::wrap_to_width("绩效考核结果", 8) == Lines{"绩效考核", "结果"});
  CHECK(hr::wrap_to_width("绩效考核，结果", 8) == Lines{"绩效考", "核，结果"});  // no comma at the start
  CHECK(hr::wrap_to_width("abcdefghij", 4) == Lines{"abcd", "efgh", "ij"});
  CHECK(hr::wrap_to_width("a  b", 2) == Lines{"a", "b"});
  CHECK(hr::wrap_to_width("", 10) == Lines{""});
}

TEST_CASE("nothing that moves a cursor gets through") {
  CHECK(escape_controls("plain 绩效 😀") == "plain 绩效 😀");
  CHECK(escape_controls("a\nb\tc\rd") == "a\\nb\\tc\\rd");
  CHECK(escape_controls("\x1b[31mred") == "\\x1b[31mred");
  CHECK(escape_controls(std::string_view("\0\x7f", 2)) == "\\x00\\x7f");
  CHECK(escape_controls("\xC2\x9B"
                        "31m") == "\\x9b31m");  // C1 CSI
  CHECK(escape_controls("\xE2\x80\xAE"
                        "abc") == "\\u202eabc");  // right-to-left override
  CHECK(escape_controls("\xE2\x81\xA6x\xE2\x81\xA9") == "\\u2066x\\u2069");
  CHECK(escape_controls("\xE2\x80\xA8") == "\\u2028");            // line separator
  CHECK(escape_controls("a\xFF\xC0\xAF") == "a\\xff\\xc0\\xaf");  // not UTF-8
}

TEST_CASE("headings match whatever their width or case or blanks") {
  CHECK(hr::fold_for_match("ＫＰＩ　１２") == hr::fold_for_match("kpi 12"));
  CHECK(hr::fold_for_match("Emp No") == hr::fold_for_match("EMPNO"));
  CHECK(hr::fold_for_match("工号\n") == "工号");
  CHECK(hr::fold_for_match("caf\xC3\x89") == hr::fold_for_match("cafe\xCC\x81"));
  CHECK(hr::fold_for_match("Stra\xC3\x9F"
                           "e") == "strasse");
  CHECK(hr::fold_for_match("工号") != hr::fold_for_match("姓名"));
  CHECK(hr::fold_for_match("\xFF") == "\xFF");
  CHECK(hr::fold_for_match("").empty());
}

TEST_CASE("ASCII is folded without Unicode's tables as with them") {
  for (char a = 1; a < 0x7F; ++a) {
    for (char b = 1; b < 0x7F; ++b) {
      const std::string text{a, b};
      CHECK(hr::fold_for_match(text) + "\xC3\xA9" == hr::fold_for_match(text + "\xC3\xA9"));
    }
  }
}

TEST_CASE("trim takes blanks of every kind from both ends only") {
  CHECK(hr::trim(" \t\r\n a b \xC2\xA0\xE3\x80\x80") == "a b");
  CHECK(hr::trim("\xEF\xBB\xBF\xE2\x80\x8Bx\xE2\x81\xA0") == "x");
  CHECK(hr::trim(" \t ").empty());
  CHECK(hr::trim("").empty());
}

TEST_CASE("identifiers are ASCII letters and digits and underscores") {
  CHECK(hr::is_ascii_identifier("won_deals2"));
  CHECK(hr::is_ascii_identifier("_"));
  CHECK_FALSE(hr::is_ascii_identifier("2won"));
  CHECK_FALSE(hr::is_ascii_identifier("won-deals"));
  CHECK_FALSE(hr::is_ascii_identifier("绩效"));
  CHECK_FALSE(hr::is_ascii_identifier(""));
}

TEST_CASE("the nearest name is suggested and no far one") {
  const std::vector<std::string> keys{"weight", "target", "threshold", "kpi", "销售额", "转化率"};
  CHECK(hr::nearest("wieght", keys) == "weight");  // a swap counts one
  CHECK(hr::nearest("weigth", keys) == "weight");
  CHECK(hr::nearest("targets", keys) == "target");
  CHECK(hr::nearest("KPI", keys) == "kpi");  // case alone
  CHECK(hr::nearest("销售量", keys) == "销售额");
  CHECK_FALSE(hr::nearest("revenue", keys));
  CHECK_FALSE(hr::nearest("客户数", keys));
  CHECK_FALSE(hr::nearest("x", std::vector<std::string>{"y"}));
  CHECK_FALSE(hr::nearest("", keys));
  CHECK_FALSE(hr::nearest("weight", std::vector<std::string>{}));
  CHECK(hr::nearest("ab", std::vector<std::string>{"ac", "ab1"}) == "ac");  // the first of equals
}

TEST_CASE("listed puts separators between, also of empty texts") {
  CHECK(hr::listed(std::vector<std::string>{}).empty());
  CHECK(hr::listed(std::vector<std::string>{"a"}) == "a");
  CHECK(hr::listed(std::vector<std::string_view>{"", "b", ""}) == ", b, ");
  CHECK(hr::listed(
            std::vector<int>{1, 20}, [](int n) { return std::to_string(n); }, "; ") == "1; 20");
}

TEST_CASE("split keeps empty parts") {
  using Parts = std::vector<std::string_view>;
  CHECK(hr::split("a,,b,", ',') == Parts{"a", "", "b", ""});
  CHECK(hr::split("", ',') == Parts{""});
  CHECK(hr::split("abc", ',') == Parts{"abc"});
}
