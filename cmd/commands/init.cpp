// hrctl init [DIR] [--example NAME]: a workspace that works at once.
#include <filesystem>
#include <map>

#include "base/embedded.h"
#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "command.h"
#include "engine/files.h"

namespace hr::embedded {
extern const std::span<const EmbeddedFile> examples;  // examples/, by cmake/embed.cmake
extern const std::span<const EmbeddedFile> schemas;
}  // namespace hr::embedded

namespace hr::cmd {

// The folders of examples/ that hold an hrctl.yaml.
std::vector<std::string> example_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded::examples) {
    const size_t slash = file.path.find('/');
    if (slash != std::string_view::npos && file.path.substr(slash) == "/hrctl.yaml")
      names.emplace_back(file.path.substr(0, slash));
  }
  return names;
}

namespace {

namespace fs = std::filesystem;

constexpr const char* kDefaultExample = "quickstart";

constexpr std::string_view kDefinitionSchemas = "definitions/";
constexpr std::string_view kModeline = "# yaml-language-server: $schema=";

// The first line of a YAML file tells editors its schema, by a path: in this repository one that leads to schemas/, in
// a workspace one to its own copy.
std::string with_own_schemas(const std::string& path, std::string_view text) {
  const size_t name = text.find(kDefinitionSchemas);
  if (!text.starts_with(kModeline) || name == std::string_view::npos || name > text.find('\n'))
    return std::string(text);
  std::string up;
  for (const char c : path) up += c == '/' ? "../" : "";
  return std::string(kModeline) + up + ".schemas/" + std::string(text.substr(name + kDefinitionSchemas.size()));
}

// The example's files by their path inside the workspace, and the schemas of what is written there.
std::map<std::string, std::string> workspace_files(const std::string& name) {
  std::map<std::string, std::string> files;
  for (const EmbeddedFile& file : embedded::examples) {
    if (!file.path.starts_with(name + "/")) continue;
    const std::string path(file.path.substr(name.size() + 1));
    files[path] = with_own_schemas(path, file.text);
  }
  for (const EmbeddedFile& file : embedded::schemas) {
    if (file.path.starts_with(kDefinitionSchemas)) {
      files[".schemas/" + std::string(file.path.substr(kDefinitionSchemas.size()))] = file.text;
    }
  }
  return files;
}

void check_example(const std::string& name) {
  const std::vector<std::string> names = example_names();
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  if (const auto near = nearest(name, names))
    throw Error(ErrorKind::usage, "usage/unknown-example/near", {escape_controls(name), *near});
  throw Error(ErrorKind::usage, "usage/unknown-example", {escape_controls(name), listed(names)});
}

int run_init(const Session& session, const std::string& dir, const std::string& example) {
  check_example(example);
  const fs::path root = dir.empty() ? fs::path(session.shared.dir.empty() ? "." : session.shared.dir) : fs::path(dir);
  std::error_code error;
  const std::map<std::string, std::string> files = workspace_files(example);
  for (const auto& [path, text] : files) {  // nothing is written before it is sure that nothing is overwritten
    if (fs::exists(root / path, error))
      throw Error(ErrorKind::rejected, "init-exists", {(root / path).lexically_normal().string()});
  }
  for (const auto& [path, text] : files) {
    const fs::path target = root / path;
    fs::create_directories(target.parent_path(), error);
    if (error) throw Error(ErrorKind::system, "folder-unwritable", {target.parent_path().string(), error.message()});
    engine::write_file(target, text);
    if (path.ends_with(".sh")) fs::permissions(target, fs::perms::owner_exec, fs::perm_options::add, error);
  }
  session.note("init-done", {std::to_string(files.size()), root.lexically_normal().string(), example});
  return 0;
}

}  // namespace

void add_init(CLI::App& parent, Session& session) {
  struct InitOptions {
    std::string dir, example = kDefaultExample;
  };
  const auto options = std::make_shared<InitOptions>();
  CLI::App* leaf = add_leaf(parent, "init", session);
  add_word(leaf, session, "FOLDER", options->dir, false);
  add_value(leaf, session, "--example NAME", options->example);
  // Anywhere: there is no workspace yet, and a faulty one above does not matter.
  set_action_anywhere(leaf, session, [&session, options] { return run_init(session, options->dir, options->example); });
}

}  // namespace hr::cmd
