// hrctl test [FILE…]: policy tests, expected beside actual.
#include "base/error.h"
#include "command.h"
#include "engine/files.h"
#include "engine/policy_tests.h"

namespace hr::cmd {

namespace {

std::string shown(const Session& session, const std::string& value) {
  return value.empty() ? i18n::text(session.language, "test-empty") : value;
}

void say_mismatch(const Session& session, const engine::Mismatch& m) {
  const std::string place = m.span.file + ":" + std::to_string(m.span.line);
  if (m.employee.empty())
    session.tell(m.column == "finding" ? "test-mismatch/finding" : "test-mismatch/diagnostic",
                 {place, shown(session, m.expected), shown(session, m.actual)});
  else if (m.column == "employee")
    session.tell("test-mismatch/employee", {place, m.employee});
  else
    session.tell("test-mismatch", {place, m.employee, m.column, shown(session, m.expected), shown(session, m.actual)});
}

int run_test(const Session& session, std::vector<std::string> files) {
  if (files.empty()) files = engine::policy_test_files(session.require_workspace());
  if (files.empty()) throw Error(ErrorKind::rejected, "no-policy-tests");
  uint64_t passed = 0;
  uint64_t failed = 0;
  for (const std::string& file : files) {
    for (const engine::PolicyTestResult& result : engine::run_policy_tests(file)) {
      (result.passed ? passed : failed) += 1;
      if (result.passed && !session.verbose()) continue;
      if (result.passed)
        session.note("test-passed", {result.file, result.name});
      else
        session.tell("test-failed", {result.file, result.name});
      if (!result.diagnostics.empty()) session.print_diagnostics(result.diagnostics, result.sources);
      for (const engine::Mismatch& m : result.mismatches) say_mismatch(session, m);
      for (const recheck::Fault& f : result.faults)
        session.tell("test-fault", {result.file, f.employee, f.node, recheck::name_of(f.part), shown(session, f.says),
                                    shown(session, f.follows)});
    }
  }
  session.print(i18n::text(session.language, "test-done", {std::to_string(passed), std::to_string(failed)}) + "\n");
  return failed > 0 ? 1 : 0;
}

}  // namespace

void add_test(CLI::App& parent, Session& session) {
  const auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* leaf = add_leaf(parent, "test", session);
  add_words(leaf, session, "FILE", *files, false);
  set_action(leaf, session, Prints::text, [&session, files] { return run_test(session, *files); });
}

}  // namespace hr::cmd
