// hrctl review retry [ITEM…]: rows that were set aside are imported again.
#include "command.h"
#include "engine/cycle/data.h"
#include "engine/review/retry.h"
#include "say_import.h"

namespace hr::cmd {

namespace {

int run_review_retry(const Session& session, const std::vector<std::string>& names) {
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const auto applied = engine::applied_definitions(*store, store::kNow);
  const engine::Retried retried = engine::retry(*store, applied ? applied->definitions.get() : nullptr, names,
                                                session.who_when(), session.progress());
  say_import(session, retried.import);
  for (const std::string& name : retried.broken) session.warn("review-broken", {name});
  const size_t tried = retried.taken.size() + retried.aside.size();
  if (tried == 0)
    session.note("review-retried/none");
  else
    session.note("review-retried",
                 {std::to_string(tried), std::to_string(retried.taken.size()), std::to_string(retried.aside.size())});
  return 0;
}

}  // namespace

void add_review_retry(CLI::App& parent, Session& session) {
  CLI::App* leaf = add_leaf(parent, "retry", session);
  const auto names = std::make_shared<std::vector<std::string>>();
  add_words(leaf, session, "ITEM", *names, false);
  set_action(leaf, session, Prints::nothing, [&session, names] { return run_review_retry(session, *names); });
}

}  // namespace hr::cmd
