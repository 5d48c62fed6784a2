#include "ingest/json_records.h"

#include <optional>
#include <unordered_set>

#include "ingest/values.h"

namespace hr::ingest {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// One object, token by token. After a fault, `fault` says what and `at` where; nothing more is read.
struct ObjectParser {
  std::string_view text;
  Record& scratch;  // texts with escapes live there
  size_t at = 0;
  std::string_view fault = {};

  bool fail(std::string_view message) {
    if (fault.empty()) fault = message;
    return false;
  }
  bool more() const { return at < text.size(); }
  bool take(char c) {
    if (!more() || text[at] != c) return false;
    ++at;
    return true;
  }
  void blanks() {
    while (more() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) ++at;
  }

  std::optional<uint32_t> hex4() {
    if (at + 4 > text.size()) return std::nullopt;
    uint32_t value = 0;
    for (size_t i = 0; i < 4; ++i) {
      const char c = text[at + i];
      const char lower = static_cast<char>(c | 0x20);
      if (is_digit(c))
        value = value * 16 + static_cast<uint32_t>(c - '0');
      else if (lower >= 'a' && lower <= 'f')
        value = value * 16 + static_cast<uint32_t>(lower - 'a' + 10);
      else
        return std::nullopt;
    }
    at += 4;
    return value;
  }

  // After "\u": one code point, from one escape or a pair of surrogates. U+0000 is refused: no text may hold it.
  bool unicode_escape(std::string& out) {
    const auto first = hex4();
    if (!first) return fail("bad-json/escape");
    uint32_t cp = *first;
    if (cp >= 0xD800 && cp < 0xE000) {
      if (cp >= 0xDC00 || !take('\\') || !take('u')) return fail("bad-json/escape");
      const auto second = hex4();
      if (!second || *second < 0xDC00 || *second >= 0xE000) return fail("bad-json/escape");
      cp = 0x10000 + ((cp - 0xD800) << 10U) + (*second - 0xDC00);
    }
    if (cp == 0) return fail("bad-json/nul");
    append_utf8(out, cp);
    return true;
  }

  bool escape(std::string& out) {
    if (!more()) return fail("bad-json/open-string");
    const char c = text[at++];
    switch (c) {
      case '"':
      case '\\':
      case '/':
        out += c;
        return true;
      case 'b':
        out += '\b';
        return true;
      case 'f':
        out += '\f';
        return true;
      case 'n':
        out += '\n';
        return true;
      case 'r':
        out += '\r';
        return true;
      case 't':
        out += '\t';
        return true;
      case 'u':
        return unicode_escape(out);
      default:
        --at;
        return fail("bad-json/escape");
    }
  }

  // After the opening quote.
  bool string(std::string_view& out) {
    const size_t start = at;
    while (more() && text[at] != '"' && text[at] != '\\' && static_cast<unsigned char>(text[at]) >= 0x20) ++at;
    if (take('"')) {
      out = text.substr(start, at - 1 - start);
      return true;
    }
    std::string& plain = scratch.next_unescaped();
    plain = text.substr(start, at - start);
    while (more() && text[at] != '"') {
      if (static_cast<unsigned char>(text[at]) < 0x20) return fail("bad-json/control");
      if (take('\\')) {
        if (!escape(plain)) return false;
      } else {
        plain += text[at++];
      }
    }
    if (!take('"')) return fail("bad-json/open-string");
    out = plain;
    return true;
  }

  bool digits() {
    const size_t start = at;
    while (more() && is_digit(text[at])) ++at;
    return at > start;
  }

  bool number(std::string_view& out) {
    const size_t start = at;
    take('-');
    if (!take('0') && !digits()) return fail("bad-json/value");
    if (more() && is_digit(text[at])) return fail("bad-json/leading-zero");
    if (take('.') && !digits()) return fail("bad-json/value");
    if (more() && (text[at] == 'e' || text[at] == 'E')) {
      ++at;
      if (!take('+')) take('-');
      if (!digits()) return fail("bad-json/value");
    }
    out = text.substr(start, at - start);
    return true;
  }

  bool value(std::string_view& out) {
    if (!more()) return fail("bad-json/ends-early");
    if (take('"')) return string(out);
    if (text[at] == '{' || text[at] == '[') return fail("bad-json/nested");
    for (const std::string_view word : {"null", "true", "false"}) {
      if (text.substr(at, word.size()) != word) continue;
      at += word.size();
      out = word == "null" ? std::string_view{} : word;
      return true;
    }
    return number(out);
  }

  // Calls member(key, value, offset of the value) for each member, which says whether to go on.
  template <class Member>
  bool object(Member member) {
    blanks();
    if (!take('{')) return fail("bad-json/not-an-object");
    blanks();
    if (!take('}')) {
      for (;;) {
        blanks();
        std::string_view key;
        std::string_view field;
        if (!take('"')) return fail(more() ? "bad-json/key" : "bad-json/ends-early");
        if (!string(key)) return false;
        blanks();
        if (!take(':')) return fail(more() ? "bad-json/colon" : "bad-json/ends-early");
        blanks();
        const size_t start = at;
        if (!value(field) || !member(key, field, start)) return false;
        blanks();
        if (take('}')) break;
        if (!take(',')) return fail(more() ? "bad-json/comma" : "bad-json/ends-early");
      }
    }
    blanks();
    return !more() || fail("bad-json/after");
  }
};

}  // namespace

std::vector<std::string> json_keys(std::string_view bytes) {
  std::vector<std::string> keys;
  std::unordered_set<std::string> seen;
  Record scratch;
  JsonObjects objects(bytes);
  std::string_view text;
  uint32_t begins = 0;
  while (objects.next(text, begins)) {
    if (text.size() > kMaxRecord) continue;
    scratch.reset(begins, 0);
    std::vector<std::string> found;
    size_t position = 0;  // objects mostly repeat the keys in one order: compare before looking up
    ObjectParser parser{text, scratch};
    const bool ok = parser.object([&](std::string_view key, std::string_view, size_t) {
      if (position < keys.size() && keys[position] == key)
        ++position;
      else if (seen.count(std::string(key)) == 0)
        found.emplace_back(key);
      return true;
    });
    if (!ok) continue;
    for (std::string& key : found) {
      if (seen.insert(key).second) keys.push_back(std::move(key));
    }
    if (keys.size() > kMaxColumns) break;
  }
  return keys;
}

JsonRecords::JsonRecords(std::string_view bytes, const std::vector<std::string>& keys)
    : bytes_(bytes), objects_(bytes), keys_(keys) {
  for (size_t i = 0; i < keys.size(); ++i) index_.emplace(keys[i], i);
}

uint32_t JsonRecords::line_of(const Record& record, size_t at) const {
  return place_of(bytes_, record.begin, record.line, record.begin + at).line;
}

size_t JsonRecords::index_of(std::string_view key, size_t expected) const {
  if (expected < keys_.size() && keys_[expected] == key) return expected;
  const auto it = index_.find(key);
  return it == index_.end() ? keys_.size() : it->second;
}

bool JsonRecords::next(Record& record) {
  std::string_view text;
  uint32_t begins = 0;
  if (!objects_.next(text, begins)) return false;
  record.reset(begins, static_cast<size_t>(text.data() - bytes_.data()));
  record.end = record.begin + text.size();
  if (!objects_.fault().empty() || text.size() > kMaxRecord) {
    record.set_fault(objects_.fault().empty() ? "too-long/line" : objects_.fault(), begins, record.begin);
    return true;
  }
  record.fields.resize(keys_.size());
  record.starts.assign(keys_.size(), 0);
  size_t expected = 0;
  ObjectParser parser{text, record};
  const bool ok = parser.object([&](std::string_view key, std::string_view field, size_t start) {
    const size_t i = index_of(key, expected);
    expected = i + 1;
    if (i == keys_.size()) return true;
    if (record.starts[i] != 0) {
      record.set_fault("bad-json/key-twice", line_of(record, start), record.begin + start);
      record.fault_args = {std::string(key)};
      return false;
    }
    record.fields[i] = field;
    record.starts[i] = record.begin + start;  // never 0: the object opens before it
    return true;
  });
  if (!ok) record.set_fault(parser.fault, line_of(record, parser.at), record.begin + parser.at);
  if (!record.fault.empty()) record.fields.clear();
  return true;
}

Place JsonRecords::place(const Record& record, size_t field) const {
  if (field >= record.starts.size() || record.starts[field] == 0)  // not there: the object as a whole
    return {record.line, 1, static_cast<uint32_t>(record.end - record.begin)};
  const size_t start = record.starts[field] - record.begin;
  Record scratch;
  std::string_view value;
  ObjectParser parser{bytes_.substr(record.begin, record.end - record.begin), scratch, start};
  parser.value(value);
  Place place = place_of(bytes_, record.begin, record.line, record.starts[field]);
  place.len = static_cast<uint32_t>(parser.at - start);
  return place;
}

}  // namespace hr::ingest
