#include "defs/settings.h"

#include "base/memory_size.h"
#include "base/text.h"
#include "defs/cursor.h"
#include "defs/readers.h"
#include "defs/yaml_tree.h"

namespace hr::defs {

namespace {

void read_choice(std::optional<std::string>& setting, const std::optional<Cursor>& cursor,
                 std::initializer_list<std::string_view> words) {
  if (!cursor) return;
  if (const auto i = cursor->choice({words.begin(), words.size()})) setting = std::string(words.begin()[*i]);
}

void read_memory(Settings& settings, const Cursor& cursor) {
  const auto size = cursor.word();
  if (size && parse_memory_size(*size))
    settings.memory = *size;
  else if (size)
    cursor.error("bad-value/memory", {escape_controls(*size)});
}

}  // namespace

Settings load_settings(const DefinitionFile& file, Diagnostics& diagnostics) {
  Settings settings;
  const Tree tree = read_yaml(file.path, file.text, diagnostics);
  if (!tree.readable || tree.root == kNoNode || tree.nodes[tree.root].kind == NodeKind::null)
    return settings;  // an empty hrctl.yaml marks a workspace: all defaults
  if (tree.nodes[tree.root].kind == NodeKind::scalar || tree.nodes[tree.root].kind == NodeKind::list) {
    diagnostics.push_back(make_error("bad-value/map-settings", tree.span(tree.root)));
    return settings;
  }
  const Fields fields(Cursor(tree, tree.root, diagnostics), {"version", "store", "lang", "definitions", "encoding",
                                                             "threads", "memory", "color", "min_shown"});
  if (fields.has("version")) read_version(fields);
  if (const auto c = fields.get("store")) settings.store = c->word();
  read_choice(settings.lang, fields.get("lang"), {"en", "zh"});
  if (const auto c = fields.get("definitions")) {
    const bool one = c->kind() == NodeKind::scalar;
    for (const Cursor& item : one ? std::vector<Cursor>{*c} : c->items_of_some()) {
      if (auto glob = item.word()) settings.definitions.push_back(std::move(*glob));
    }
  }
  if (const auto c = fields.get("encoding")) settings.encoding = c->word();
  if (const auto c = fields.get("threads")) settings.threads = c->whole(1, 256);
  if (const auto c = fields.get("memory")) read_memory(settings, *c);
  read_choice(settings.color, fields.get("color"), {"auto", "always", "never"});
  if (const auto c = fields.get("min_shown")) settings.min_shown = c->whole(1, 1000);
  return settings;
}

}  // namespace hr::defs
