#include "ingest/heading_parts.h"

#include "base/text.h"
#include "ingest/simplified.h"
#include "model/mapping.h"

namespace hr::ingest {

namespace {

// Blanks between Chinese characters only spread them: "部  门".
std::string without_spread(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool blank = text[i] == ' ' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t';
    const bool after_wide = !out.empty() && static_cast<unsigned char>(out.back()) >= 0x80;
    size_t next = i;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\n' || text[next] == '\r' || text[next] == '\t'))
      ++next;
    const bool before_wide = next < text.size() && static_cast<unsigned char>(text[next]) >= 0x80;
    if (blank && after_wide && before_wide) continue;
    out += blank ? ' ' : text[i];
  }
  return out;
}

constexpr std::pair<std::string_view, std::string_view> kBrackets[] = {{"（", "）"}, {"(", ")"},   {"【", "】"},
                                                                       {"[", "]"},   {"〔", "〕"}, {"{", "}"}};

// Cuts the first bracket out of `text`; false: there is none. One that never closes goes to the end.
bool cut_bracket(std::string& text, std::string& content) {
  size_t first = std::string::npos;
  std::string_view open, close;
  for (const auto& [o, c] : kBrackets) {
    const size_t at = text.find(o);
    if (at < first) {
      first = at;
      open = o;
      close = c;
    }
  }
  if (first == std::string::npos) return false;
  size_t end = text.find(close, first + open.size());
  for (const auto& [o, c] : kBrackets) {  // （ … )
    if (end == std::string::npos) {
      end = text.find(c, first + open.size());
      close = c;
    }
  }
  const size_t inner = first + open.size();
  content = text.substr(inner, end == std::string::npos ? std::string::npos : end - inner);
  text.erase(first, end == std::string::npos ? std::string::npos : end + close.size() - first);
  return true;
}

std::string unit_in(std::string_view content) {
  for (const std::string_view before : {"单位：", "单位:", "单位"}) {
    if (content.starts_with(before)) content.remove_prefix(before.size());
  }
  for (const std::string_view mark : {"；", "，", ";", ",", "/"}) {
    for (size_t at = content.find(mark); at != std::string_view::npos; at = content.find(mark)) {
      if (const std::string unit = unit_in(content.substr(0, at)); !unit.empty()) return unit;
      content.remove_prefix(at + mark.size());
    }
  }
  const std::string unit(trim(content));
  return unit.size() > 1 || unit == "%" ? (model::unit_factor(unit) ? unit : std::string()) : std::string();
}

// Instructions how to fill in a column say nothing about what it is.
bool is_instruction(std::string_view content) {
  for (const std::string_view word :
       {"必填", "选填", "可选", "格式", "请",       "例",       "如",  "填",   "须",   "需", "不",  "位", "输入",
        "选择", "默认", "数字", "满分", "required", "optional", "e.g", "YYYY", "yyyy", "MM", "mm/", "dd/"}) {
    if (content.find(word) != std::string_view::npos) return true;
  }
  const bool says_nothing = content.find_first_not_of("0123456789-~/., ") == std::string_view::npos;  // (1-5)
  return says_nothing || content.size() > 36;
}

void strip_marks(std::string& core) {
  for (bool again = true; again;) {
    again = false;
    const std::string before = core;
    core = trim(core);
    for (const std::string_view mark : {"*", "＊", "★", "必填", "选填", "：", ":"}) {
      if (core.size() > mark.size() && core.starts_with(mark)) core.erase(0, mark.size());
      if (core.size() > mark.size() && core.ends_with(mark)) core.resize(core.size() - mark.size());
    }
    again = core != before;
  }
}

// "权重%", "年薪/万元", "年薪万元": a unit at the end, when something stands before it.
void take_unit_at_end(HeadingParts& parts) {
  for (const std::string_view unit : {"%", "％", "万元", "千元", "百万元", "亿元"}) {
    if (!parts.unit.empty() || parts.core.size() <= unit.size() || !parts.core.ends_with(unit)) continue;
    parts.core.resize(parts.core.size() - unit.size());
    while (parts.core.ends_with('/') || parts.core.ends_with(' ')) parts.core.pop_back();
    parts.unit = unit == "％" ? "%" : std::string(unit);
  }
}

}  // namespace

HeadingParts parts_of_heading(std::string_view heading) {
  HeadingParts parts;
  std::string text = without_spread(simplified(heading));
  std::string content;
  while (cut_bracket(text, content)) {
    const std::string unit = unit_in(content);
    if (!unit.empty())
      parts.unit = unit;
    else if (!is_instruction(content))
      parts.extra += (parts.extra.empty() ? "" : " ") + std::string(trim(content));
  }
  parts.core = text;
  strip_marks(parts.core);
  take_unit_at_end(parts);
  if (parts.core.empty()) std::swap(parts.core, parts.extra);
  return parts;
}

}  // namespace hr::ingest
