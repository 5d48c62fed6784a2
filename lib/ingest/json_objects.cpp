#include "ingest/json_objects.h"

#include <algorithm>

namespace hr::ingest {

namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr std::string_view kBlanks = " \t\r\n";

// Behind the quote that closes the string that opens at `at`.
size_t end_of_string(std::string_view text, size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at + 1;
  }
  return kNone;
}

// Behind the bracket that closes the one at `at`; behind a value that is none.
size_t end_of_value(std::string_view text, size_t at) {
  size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (depth == 0 && (c == ',' || c == '}' || c == ']')) return at;
    if (c == '"') {
      at = end_of_string(text, at);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    ++at;
    if ((c == '}' || c == ']') && --depth == 0) return at;
  }
  return kNone;
}

// A list of objects, or an empty one, opens at `at`.
bool opens_list(std::string_view text, size_t at) {
  if (at >= text.size() || text[at] != '[') return false;
  const size_t next = text.find_first_not_of(kBlanks, at + 1);
  return next != kNone && (text[next] == '{' || text[next] == ']');
}

// What stands in an object from the members at `at` on: where its list of rows opens, if there is one, else what is
// behind the object. Both kNone: it is none.
struct Members {
  size_t rows = kNone;
  size_t behind = kNone;
};
Members look_for_rows(std::string_view text, size_t at) {
  const auto next = [&](size_t from) { return std::min(text.find_first_not_of(kBlanks, from), text.size()); };
  for (at = next(at); at < text.size() && text[at] == '"'; at = next(at + 1)) {
    const size_t end = end_of_string(text, at);
    const size_t colon = end == kNone ? text.size() : next(end);
    if (colon == text.size() || text[colon] != ':') return {};
    const size_t value = next(colon + 1);
    if (text.substr(at, end - at) == "\"rows\"" && opens_list(text, value)) return {value, kNone};
    const size_t behind = end_of_value(text, value);
    at = behind == kNone ? text.size() : next(behind);
    if (at == text.size() || text[at] != ',') break;
  }
  return at < text.size() && text[at] == '}' ? Members{kNone, at + 1} : Members{};
}

}  // namespace

JsonObjects::JsonObjects(std::string_view bytes) : bytes_(bytes) {
  const size_t first = bytes.find_first_not_of(kBlanks);
  if (first == kNone) return;
  is_in_object_ = bytes[first] == '{';
  const size_t list = opens_list(bytes, first) ? first : is_in_object_ ? look_for_rows(bytes, first + 1).rows : kNone;
  if (list == kNone) return;
  is_list_ = true;
  pass(list + 1);
}

void JsonObjects::pass(size_t end) {
  for (; at_ < end; ++at_) {
    const bool crlf = bytes_.substr(at_, 2) == "\r\n";
    if (bytes_[at_] == '\n' || (bytes_[at_] == '\r' && !crlf)) ++line_;
  }
}

void JsonObjects::pass_blanks() {
  pass(std::min(bytes_.find_first_not_of(kBlanks, at_), bytes_.size()));
}

bool JsonObjects::next(std::string_view& text, uint32_t& begins) {
  return is_list_ ? next_member(text, begins) : next_line(text, begins);
}

bool JsonObjects::next_line(std::string_view& text, uint32_t& begins) {
  while (at_ < bytes_.size()) {
    const size_t end = std::min(bytes_.find_first_of("\n\r", at_), bytes_.size());
    text = bytes_.substr(at_, end - at_);
    begins = line_;
    at_ = end;
    if (at_ < bytes_.size()) {
      at_ += bytes_.substr(at_, 2) == "\r\n" ? size_t{2} : size_t{1};
      ++line_;
    }
    if (text.find_first_not_of(" \t") != kNone) return true;
  }
  return false;
}

// The list ends here. Whether all that it stands in does, so that no row is lost behind it.
bool JsonObjects::is_end() const {
  size_t behind = at_ + 1;
  if (is_in_object_) {
    const size_t more = bytes_.find_first_not_of(kBlanks, behind);
    if (more == kNone || (bytes_[more] != ',' && bytes_[more] != '}')) return false;
    behind = bytes_[more] == '}' ? more + 1 : look_for_rows(bytes_, more + 1).behind;
  }
  return behind != kNone && bytes_.find_first_not_of(kBlanks, behind) == kNone;
}

bool JsonObjects::next_member(std::string_view& text, uint32_t& begins) {
  pass_blanks();
  const char c = at_ < bytes_.size() ? bytes_[at_] : '\0';
  if (!fault_.empty() || (c == ']' && is_end())) return false;
  if (!is_first_ && c == ',') {
    ++at_;
    pass_blanks();
  }
  const bool may_follow = c != ']' && (is_first_ || c == ',');
  const size_t end = may_follow ? end_of_value(bytes_, at_) : kNone;
  is_first_ = false;
  if (end == kNone) fault_ = c == ']' ? "bad-json/behind" : "bad-json/cut";
  if (c == ']') pass(at_ + 1);
  begins = line_;
  text = bytes_.substr(at_, end == kNone ? 0 : end - at_);
  pass(at_ + text.size());
  return true;
}

// share(object, line) for each object of the list that begins on the line of the one before; until that is true.
template <class Share>
static void for_objects_that_share(std::string_view bytes, const Share& share) {
  JsonObjects objects(bytes);
  std::string_view object;
  uint32_t begins = 0;
  for (uint32_t last = 0; objects.next(object, begins) && objects.fault().empty(); last = begins) {
    if (begins == last && share(object, begins)) return;
  }
}

uint32_t first_shared_line(std::string_view bytes) {
  uint32_t first = 0;
  for_objects_that_share(bytes, [&](std::string_view, uint32_t line) {
    first = line;
    return true;
  });
  return first;
}

std::string objects_apart(std::string_view bytes) {
  std::string apart;
  size_t taken = 0;  // bytes that are in it
  for_objects_that_share(bytes, [&](std::string_view object, uint32_t) {
    const auto at = static_cast<size_t>(object.data() - bytes.data());
    apart.append(bytes, taken, at - taken).append(1, '\n');
    taken = at;
    return false;
  });
  return apart.append(bytes, taken);
}

}  // namespace hr::ingest
