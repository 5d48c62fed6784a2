#include "defs/cursor.h"

#include <algorithm>
#include <charconv>

#include "base/listed.h"
#include "base/text.h"
#include "defs/scalar_source.h"
#include "defs/scalars.h"

namespace hr::defs {

void Cursor::error(std::string message, std::vector<std::string> args, std::string suggestion) const {
  Diagnostic d = make_error(std::move(message), span(), std::move(args));
  d.suggestion = std::move(suggestion);
  diagnostics_->push_back(std::move(d));
}

void Cursor::warning(std::string message, std::vector<std::string> args) const {
  diagnostics_->push_back(make_warning(std::move(message), span(), std::move(args)));
}

std::vector<Cursor> Cursor::items() const {
  std::vector<Cursor> out;
  if (kind() == NodeKind::list) {
    for (const uint32_t child : node().children) out.emplace_back(*tree_, child, *diagnostics_);
  } else {
    refuse_kind("bad-value/list");
  }
  return out;
}

std::vector<Cursor> Cursor::items_of_some() const {
  if (kind() == NodeKind::list && node().children.empty()) error("bad-value/empty-list", {path()});
  return items();
}

std::vector<std::pair<Cursor, Cursor>> Cursor::entries() const {
  std::vector<std::pair<Cursor, Cursor>> out;
  if (kind() != NodeKind::map) {
    refuse_kind("bad-value/map");
    return out;
  }
  const std::vector<uint32_t>& children = node().children;
  for (size_t i = 0; i + 1 < children.size(); i += 2) {
    if (tree_->nodes[children[i]].kind == NodeKind::broken) continue;
    out.emplace_back(Cursor(*tree_, children[i], *diagnostics_), Cursor(*tree_, children[i + 1], *diagnostics_));
  }
  return out;
}

const std::string* Cursor::scalar(const char* message) const {
  if (kind() == NodeKind::scalar) return &node().text;
  refuse_kind(message);
  return nullptr;
}

void Cursor::refuse_kind(const char* message) const {
  if (kind() == NodeKind::null)
    error("bad-value/null", {path()});
  else if (kind() != NodeKind::broken)
    error(message, {path()});
}

std::optional<std::string> Cursor::word() const {
  const std::string* value = scalar("bad-value/text");
  if (!value) return std::nullopt;
  if (trim(*value).empty()) {
    error("bad-value/empty", {path()});
    return std::nullopt;
  }
  if (!node().quoted && is_boolean_word(*value)) {
    error("bad-value/bare-boolean", {*value});
    return std::nullopt;
  }
  return *value;
}

std::optional<std::string> Cursor::id() const {
  auto value = word();
  if (!value) return std::nullopt;
  if (std::string fault = id_fault(*value); !fault.empty()) {
    error(std::move(fault), {shown(*value)});
    return std::nullopt;
  }
  return value;
}

std::optional<std::string> Cursor::identifier() const {
  auto value = id();
  if (!value || is_ascii_identifier(*value)) return value;
  std::string better = *value;
  std::replace_if(
      better.begin(), better.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  error("bad-value/kpi-id", {*value}, is_ascii_identifier(better) ? better : std::string());
  return std::nullopt;
}

std::optional<std::string> Cursor::imported_id() const {
  auto value = word();
  if (!value) return std::nullopt;
  if (std::string fault = imported_id_fault(*value); !fault.empty()) {
    error(std::move(fault), {shown(*value)});
    return std::nullopt;
  }
  return value;
}

std::optional<model::Text> Cursor::text() const {
  if (kind() != NodeKind::map) {
    auto value = word();
    if (!value) return std::nullopt;
    return model::Text{*value, *value};
  }
  const Fields fields(*this, {"en", "zh"});
  model::Text text;
  if (const auto en = fields.get("en")) set(text.en, en->word());
  if (const auto zh = fields.get("zh")) set(text.zh, zh->word());
  if (!fields.has("en") && !fields.has("zh")) {
    error("bad-value/text-languages", {path()});
    return std::nullopt;
  }
  if (text.en.empty()) text.en = text.zh;
  if (text.zh.empty()) text.zh = text.en;
  return text;
}

model::Expression Cursor::expression() const {
  const auto value = word();
  if (!value) return {};
  const size_t first = value->find_first_not_of(" \t\r\n");
  const size_t last = value->find_last_not_of(" \t\r\n");
  const std::vector<Stretch> places = value_places(tree_->text, node().begin, *value);
  const SourceSpan place = tree_->span(places[first].begin, places[last].end);
  return {value->substr(first, last - first + 1), place, node().begin};
}

std::optional<Decimal> Cursor::decimal() const {
  const std::string* value = scalar("bad-value/number-wanted");
  if (!value) return std::nullopt;
  std::string fault = decimal_fault(*value);
  if (fault.empty() && node().quoted) fault = "bad-value/quoted-number";
  if (fault.empty()) return parse_decimal(*value);
  error(std::move(fault), {shown(*value)});
  return std::nullopt;
}

std::optional<Decimal> Cursor::decimal_from(Decimal least) const {
  const auto value = decimal();
  if (!value || *value >= least) return value;
  error("bad-value/too-small", {node().text, to_string(least)});
  return std::nullopt;
}

std::optional<Decimal> Cursor::positive() const {
  const auto value = decimal();
  if (!value || value->unscaled > 0) return value;
  error("bad-value/not-positive", {node().text});
  return std::nullopt;
}

std::optional<Decimal> Cursor::weight() const {
  const auto value = decimal();
  if (!value || value->unscaled >= 0) return value;
  error("bad-value/negative-weight", {node().text});
  return std::nullopt;
}

std::optional<int> Cursor::whole(int least, int most) const {
  const auto value = decimal();
  if (!value) return std::nullopt;
  if (value->scale > 0) {
    error("bad-value/not-whole", {node().text});
    return std::nullopt;
  }
  if (value->unscaled < least || value->unscaled > most) {
    error("bad-value/out-of-range", {shown(node().text), std::to_string(least), std::to_string(most)});
    return std::nullopt;
  }
  return static_cast<int>(value->unscaled);
}

std::optional<bool> Cursor::boolean() const {
  const std::string* value = scalar("bad-value/boolean-wanted");
  if (!value) return std::nullopt;
  if (!node().quoted && (*value == "true" || *value == "false")) return *value == "true";
  error("bad-value/boolean", {shown(*value)});
  return std::nullopt;
}

std::optional<Date> Cursor::date() const {
  const std::string* value = scalar("bad-value/date-wanted");
  if (!value) return std::nullopt;
  const auto day = parse_date(*value);
  if (!day) error("bad-value/date", {shown(*value)});
  return day;
}

std::optional<size_t> Cursor::choice(std::span<const std::string_view> words) const {
  const std::string* value = scalar("bad-value/text");
  if (!value) return std::nullopt;
  const auto at = std::find(words.begin(), words.end(), *value);
  if (at != words.end()) return static_cast<size_t>(at - words.begin());
  const std::vector<std::string> candidates(words.begin(), words.end());
  error("bad-value/choice", {shown(*value), listed(words)}, nearest(*value, candidates).value_or(""));
  return std::nullopt;
}

Fields::Fields(const Cursor& map, std::initializer_list<std::string_view> keys) : map_(map) {
  if (map.kind() != NodeKind::map) map.refuse_kind("bad-value/map");
  if (map.kind() != NodeKind::map) return;
  const std::vector<uint32_t>& children = map.node().children;
  for (size_t i = 0; i + 1 < children.size(); i += 2) {
    const Cursor key(map.tree(), children[i], map.diagnostics());
    const std::string& name = key.node().text;
    if (key.kind() == NodeKind::broken || std::find(keys.begin(), keys.end(), name) != keys.end()) continue;
    const std::vector<std::string> known(keys.begin(), keys.end());
    const std::vector<std::string_view> views(keys.begin(), keys.end());
    misspelt_.push_back(nearest(name, known).value_or(""));
    key.error("unknown-key", {shown(name), listed(views)}, misspelt_.back());
  }
}

std::optional<Cursor> Fields::get(std::string_view key) const {
  if (map_.kind() != NodeKind::map) return std::nullopt;
  const std::vector<uint32_t>& children = map_.node().children;
  for (size_t i = 0; i + 1 < children.size(); i += 2) {
    const Node& name = map_.tree().nodes[children[i]];
    if (name.kind == NodeKind::scalar && name.text == key)
      return Cursor(map_.tree(), children[i + 1], map_.diagnostics());
  }
  return std::nullopt;
}

bool Fields::is_misspelt(std::string_view key) const {
  return std::find(misspelt_.begin(), misspelt_.end(), key) != misspelt_.end();
}

std::optional<Cursor> Fields::require(std::string_view key) const {
  auto value = get(key);
  if (value || map_.kind() != NodeKind::map || is_misspelt(key)) return value;
  const std::vector<uint32_t>& children = map_.node().children;
  for (size_t i = 0; i < children.size(); i += 2) {  // a key that could not be read may be this one
    if (map_.tree().nodes[children[i]].kind == NodeKind::broken) return value;
  }
  const std::string path = map_.path();
  map_.error(path.empty() ? "missing-key/top" : "missing-key", {std::string(key), path});
  return value;
}

}  // namespace hr::defs
