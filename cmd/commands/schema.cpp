// hrctl schema [NAME]: the JSON Schemas of definition files and of JSON output.
#include "base/embedded.h"
#include "base/error.h"
#include "base/text.h"
#include "command.h"

namespace hr::embedded {
extern const std::span<const EmbeddedFile> schemas;  // schemas/, by cmake/embed.cmake
}

namespace hr::cmd {

namespace {

// "definitions/policy-test.schema.json" → "policy-test"
std::string short_name(std::string_view path) {
  const std::string_view file = path.substr(path.rfind('/') + 1);
  return std::string(file.substr(0, file.find(".schema.json")));
}

int run_schema(const Session& session, const std::string& name) {
  std::vector<std::string> names;
  std::string list;
  for (const EmbeddedFile& file : embedded::schemas) {
    names.push_back(short_name(file.path));
    if (name == names.back()) {
      session.print(std::string(file.text));
      return 0;
    }
    list += names.back() + "\n";
  }
  if (name.empty()) {
    session.print(list);
    return 0;
  }
  const auto near = nearest(name, names);
  throw Error(ErrorKind::rejected, near ? "schema-missing/near" : "schema-missing",
              {escape_controls(name), near.value_or("")});
}

}  // namespace

std::vector<std::string> schema_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded::schemas) names.push_back(short_name(file.path));
  return names;
}

void add_schema(CLI::App& parent, Session& session) {
  const auto name = std::make_shared<std::string>();
  CLI::App* leaf = add_leaf(parent, "schema", session);
  add_word(leaf, session, "NAME", *name, false);
  set_action(leaf, session, Prints::text, [&session, name] { return run_schema(session, *name); });
}

}  // namespace hr::cmd
