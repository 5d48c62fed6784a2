#include "i18n/message.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <cstring>
#include <set>

#include "base/text.h"

using hr::i18n::Language;

// The numbers of a pattern's places {0} {1:…}; {{ and }} are braces. -1 stands for a place without a number, which
// cannot be reordered in the other language, and for a brace without its partner.
static std::set<int> places(std::string_view pattern) {
  std::set<int> found;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c != '{' && c != '}') continue;
    if (i + 1 < pattern.size() && pattern[i + 1] == c) {
      ++i;
      continue;
    }
    const size_t end = pattern.find('}', i);
    const bool named = end != std::string_view::npos && pattern.substr(i, end - i).find('/') != std::string_view::npos;
    const size_t digit = named ? end - 1 : i + 1;  // {type/1}, {1}
    if (c == '}' || end == std::string_view::npos || i + 1 == end || pattern[digit] < '0' || pattern[digit] > '9') {
      found.insert(-1);
      return found;
    }
    found.insert(pattern[digit] - '0');
    i = end;
  }
  return found;
}

TEST_CASE("the reader of places sees them") {
  CHECK(places("{1} of {0}") == std::set<int>{0, 1});
  CHECK(places("{{linear: ratio}}").empty());
  CHECK(places("{type/1} of {0}") == std::set<int>{0, 1});
  CHECK(places("{}") == std::set<int>{-1});
  CHECK(places("{linear}") == std::set<int>{-1});
  CHECK(places("a } b") == std::set<int>{-1});
}

TEST_CASE("every message stands in both languages with the same places") {
  REQUIRE_FALSE(hr::i18n::keys().empty());
  for (const std::string_view key : hr::i18n::keys()) {
    CAPTURE(std::string(key));
    const std::string_view en = hr::i18n::pattern(Language::en, key);
    const std::string_view zh = hr::i18n::pattern(Language::zh, key);
    CHECK_FALSE(en.empty());
    CHECK_FALSE(zh.empty());
    CHECK_FALSE(hr::invalid_utf8_at(en));
    CHECK_FALSE(hr::invalid_utf8_at(zh));
    CHECK(places(en) == places(zh));
    CHECK(places(en).count(-1) == 0);
    // Without gaps: {1} without {0} leaves out an argument that someone thought worth giving, or counts from 1.
    const std::set<int> used = places(en);
    if (!used.empty()) CHECK(*used.rbegin() < 10);
    // English holds no Chinese: a row with its columns swapped.
    CHECK(en.find("。") == std::string_view::npos);
  }
}

TEST_CASE("no key stands twice") {
  const std::vector<std::string_view> keys = hr::i18n::keys();
  for (size_t i = 1; i < keys.size(); ++i) {
    CAPTURE(std::string(keys[i]));
    CHECK(keys[i - 1] < keys[i]);
  }
}

TEST_CASE("a help message belongs to a message or to a code") {
  for (const std::string_view key : hr::i18n::keys()) {
    if (!key.ends_with("/help") || key == "diagnostic-help") continue;
    const std::string_view owner = key.substr(0, key.size() - 5);
    bool found = hr::i18n::has_message(owner);
    for (const std::string_view other : hr::i18n::keys()) found = found || other.starts_with(std::string(owner) + "/");
    CAPTURE(std::string(key));
    CHECK(found);
  }
}

TEST_CASE("places are filled in either language") {
  CHECK(hr::i18n::text(Language::en, "did-you-mean", {"weight"}) == "did you mean `weight`?");
  CHECK(hr::i18n::text(Language::zh, "did-you-mean", {"weight"}) == "是否想写 `weight`？");
  CHECK(hr::i18n::text(Language::en, "did-you-mean", {"{0} {}"}) == "did you mean `{0} {}`?");  // data is no pattern
}

TEST_CASE("a message that is not there or lacks arguments still says what it can") {
  CHECK(hr::i18n::text(Language::en, "no-such-key", {"a", "b"}) == "no-such-key a b");
  CHECK(hr::i18n::text(Language::zh, "did-you-mean") == "是否想写 `{0}`？");
  CHECK(hr::i18n::pattern(Language::en, "no-such-key").empty());
}

TEST_CASE("a reason of the system is told in the reader's language, one that is not in the table as it is") {
  CHECK(hr::i18n::text(Language::zh, "file-unwritable", {"a.csv", "No space left on device"}) ==
        "a.csv：无法写入：设备上没有空间");
  CHECK(hr::i18n::text(Language::en, "file-unwritable", {"a.csv", "No space left on device"}) ==
        "a.csv: cannot be written: No space left on device");
  CHECK(hr::i18n::text(Language::zh, "file-unwritable", {"a.csv", "{0} Not yet known"}) ==
        "a.csv：无法写入：{0} Not yet known");
  for (const int code : {EACCES, EBADF, EIO, EISDIR, EMFILE, ENOSPC, ENOTDIR, EPERM, EROFS})
    CHECK(hr::i18n::has_message(std::string("reason/") + std::strerror(code)));
}

TEST_CASE("help is the suggestion before all else") {
  hr::Diagnostic d = hr::make_error("no-such-code/variant", {});
  CHECK(hr::i18n::help(Language::en, d).empty());
  d.suggestion = "weight";
  CHECK(hr::i18n::help(Language::en, d) == "did you mean `weight`?");
}

TEST_CASE("an environment fault is told in words") {
  const hr::Error error(hr::ErrorKind::system, "digest-failed");
  CHECK(hr::i18n::text(Language::en, error) == "cannot compute SHA-256");
  CHECK(hr::i18n::text(Language::zh, error) == "无法计算 SHA-256");
}
