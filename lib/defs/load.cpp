#include "defs/load.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/digest.h"
#include "defs/checks.h"
#include "defs/cursor.h"
#include "defs/found.h"
#include "defs/outline.h"
#include "defs/readers.h"
#include "defs/source_text.h"

namespace hr::defs {

namespace {

using Items = std::set<std::pair<std::string, std::string>>;  // list, id

bool is_replaced(const Cursor& item, const std::string& list, const Items& replaced) {
  if (replaced.empty() || item.kind() != NodeKind::map) return false;
  const auto id = Fields(item).get("id");
  return id && replaced.count({list, id->node().text}) > 0;
}

// Reads every item of one top-level list.
template <class T>
void read_all(const Fields& fields, const char* name, const Items& replaced, std::vector<T>& out, Found& found,
              T (*read)(const Cursor&, Found&)) {
  const std::optional<Cursor> list = fields.get(name);
  if (!list) return;
  for (const Cursor& item : list->items()) {
    if (is_replaced(item, name, replaced)) continue;
    if (item.kind() == NodeKind::map)
      out.push_back(read(item, found));
    else if (item.kind() != NodeKind::broken)
      item.error("bad-value/map", {item.path()});
  }
}

void read_lists(const Fields& fields, const Items& replaced, model::Definitions& out, Found& found) {
  read_all(fields, "kpis", replaced, out.kpis, found, read_kpi);
  read_all(fields, "curves", replaced, out.curves, found, read_curve);
  read_all(fields, "scorecards", replaced, out.scorecards, found, read_scorecard);
  read_all(fields, "objectives", replaced, out.objectives, found, read_objective);
  read_all(fields, "cycles", replaced, out.cycles, found, read_cycle);
  read_all(fields, "plans", replaced, out.plans, found, read_plan);
  read_all(fields, "scales", replaced, out.scales, found, read_scale);
  read_all(fields, "mappings", replaced, out.mappings, found, read_mapping);
  read_all(fields, "checks", replaced, out.checks, found, read_check);
  read_all(fields, "access", replaced, out.access, found, read_access_rule);
}

void read_file(const DefinitionFile& file, const Items& replaced, Loaded& loaded, Found& found) {
  const Tree tree = read_yaml(file.path, file.text, loaded.diagnostics);
  if (!tree.readable) {
    found.incomplete.fill(true);
    return;
  }
  const NodeKind kind = tree.root == kNoNode ? NodeKind::null : tree.nodes[tree.root].kind;
  if (kind == NodeKind::null) {
    loaded.diagnostics.push_back(make_error("no-definitions", {file.path, 1, 1, 0}));
  } else if (kind == NodeKind::map) {
    const Fields fields(Cursor(tree, tree.root, loaded.diagnostics),
                        {"version", "kpis", "curves", "scorecards", "objectives", "cycles", "plans", "scales",
                         "mappings", "checks", "access"});
    read_version(fields);
    read_lists(fields, replaced, loaded.definitions, found);
  } else if (kind != NodeKind::broken) {
    loaded.diagnostics.push_back(make_error("bad-value/map-top", tree.span(tree.root)));
  }
}

void check(const std::vector<DefinitionFile>& files, const Found& found, Loaded& loaded) {
  const Index index(loaded.definitions);
  Suggester suggester;
  check_names(loaded.definitions, found, suggester, loaded.diagnostics);
  check_curves(loaded.definitions, index, found, loaded.diagnostics);
  check_plans(loaded.definitions, index, loaded.diagnostics);
  check_objectives(loaded.definitions, found, loaded.diagnostics);
  check_checks(loaded.definitions, loaded.diagnostics);
  const bool kpis_complete = !found.incomplete[static_cast<size_t>(Kind::kpi)];
  check_expressions(loaded.definitions, files, kpis_complete, suggester, loaded.diagnostics);
}

}  // namespace

void sort_by_place(const std::vector<DefinitionFile>& files, Diagnostics& diagnostics) {
  std::unordered_map<std::string_view, size_t> order;
  for (size_t i = 0; i < files.size(); ++i) order.emplace(files[i].path, i);
  const auto key = [&](const Diagnostic& d) {
    const auto at = order.find(d.span.file);
    return std::tuple(at == order.end() ? files.size() : at->second, d.span.line, d.span.col);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

void read_version(const Fields& fields) {
  const auto version = fields.require("version");
  if (!version || version->kind() == NodeKind::broken) return;
  if (version->node().quoted) {
    version->error("bad-value/quoted-number", {version->node().text});
  } else if (version->kind() != NodeKind::scalar || version->node().text != "1") {
    version->error("bad-value/version", {version->node().text});
  }
}

Loaded load_definitions(const std::vector<DefinitionFile>& files, const std::vector<DefinitionFile>& replacing) {
  Loaded loaded;
  Found found;
  Items replaced;
  for (const OutlineEntry& entry : outline(replacing)) replaced.emplace(entry.kind, entry.id);
  for (const DefinitionFile& file : files) read_file(file, replaced, loaded, found);
  for (const DefinitionFile& file : replacing) read_file(file, {}, loaded, found);
  std::vector<DefinitionFile> all = files;
  all.insert(all.end(), replacing.begin(), replacing.end());
  check(all, found, loaded);
  sort_by_place(all, loaded.diagnostics);
  return loaded;
}

static bool begins_with_key(std::string_view line, std::string_view key) {
  if (line.substr(0, key.size()) != key) return false;
  line.remove_prefix(key.size());
  return line.empty() || line[0] == ' ' || line[0] == '\r';
}

bool has_top_key(std::string_view text, std::string_view key) {
  text.remove_prefix(mark_size(text));
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (begins_with_key(line, key)) return true;
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return false;
}

bool holds_definitions(std::string_view text) {
  return !has_top_key(text, "calibration:") && !has_top_key(text, "what_if:") && !has_top_key(text, "report:");
}

std::string content_hash(std::vector<DefinitionFile> files) {
  std::sort(files.begin(), files.end(), [](const DefinitionFile& a, const DefinitionFile& b) {
    return std::tie(a.path, a.text) < std::tie(b.path, b.text);
  });
  Sha256 hash;
  for (const DefinitionFile& file : files) {  // with lengths, so that no other cut of the same bytes has the same hash
    hash.update(std::to_string(file.text.size()) + ":");
    hash.update(file.text);
  }
  return hash.hex();
}

}  // namespace hr::defs
