// hrctl review resolve ITEM… accept|correct COLUMN=VALUE…|drop --reason TEXT: somebody decides, on record.
#include "base/error.h"
#include "base/text.h"
#include "command.h"
#include "engine/cycle/data.h"
#include "engine/review/decide.h"
#include "ingest/row_text.h"
#include "say_import.h"

namespace hr::cmd {

namespace {

using store::Verdict;

struct ReviewResolveOptions {
  std::vector<std::string> words;
  std::string reason, by;
};

std::optional<Verdict> verdict_of(const std::string& word) {
  for (const Verdict verdict : {Verdict::accept, Verdict::correct, Verdict::drop}) {
    if (word == engine::verdict_name(verdict)) return verdict;
  }
  return std::nullopt;
}

std::pair<std::string, std::string> change_of(const std::string& word) {
  const size_t at = word.find('=');
  if (at == std::string::npos || at == 0) throw Error(ErrorKind::usage, "usage/review-change", {escape_controls(word)});
  return {word.substr(0, at), word.substr(at + 1)};
}

// ITEM… VERDICT [COLUMN=VALUE…]
engine::DecisionRequest request_of(const std::vector<std::string>& words) {
  engine::DecisionRequest request;
  size_t at = 0;
  while (at < words.size() && !verdict_of(words[at])) request.items.push_back(words[at++]);
  if (at == words.size() || request.items.empty()) throw Error(ErrorKind::usage, "usage/review-verdict");
  request.verdict = *verdict_of(words[at++]);
  for (; at < words.size(); ++at) request.changes.push_back(change_of(words[at]));
  const bool corrects = request.verdict == Verdict::correct;
  if (corrects == request.changes.empty())
    throw Error(ErrorKind::usage, corrects ? "usage/review-changes" : "usage/review-no-changes");
  return request;
}

const char* done(const engine::Item& item, Verdict verdict) {
  static constexpr const char* kOfRow[] = {"review-done/accept", "review-done/correct", "review-done/drop"};
  static constexpr const char* kOfFinding[] = {"review-done/finding-accept", "review-done/finding-correct",
                                               "review-done/finding-drop"};
  const bool is_row = item.kind == store::ItemKind::row;
  if (is_row && verdict == Verdict::drop && ingest::read_row_text(item.row.fields).fields.empty())
    return "review-done/drop-line";
  return (is_row ? kOfRow : kOfFinding)[static_cast<size_t>(verdict)];
}

int run_review_resolve(const Session& session, const ReviewResolveOptions& options) {
  engine::DecisionRequest request = request_of(options.words);
  if (trim(options.reason).empty()) throw Error(ErrorKind::usage, "usage/review-reason");
  request.reason = options.reason;
  request.who_when = session.who_when();
  if (!options.by.empty()) request.who_when.who = options.by;
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const auto applied = engine::applied_definitions(*store, store::kNow);
  const engine::Decisions decisions = engine::decide(*store, applied ? applied->definitions.get() : nullptr, request);
  if (decisions.import.rejected_rows() > 0) {
    say_import(session, decisions.import);
    throw Error(ErrorKind::rejected, "review-refused");
  }
  for (const engine::ImportedFile& file : decisions.import.files) session.print_findings(file.diagnostics);
  for (const auto& [item, is_news] : decisions.items) {
    session.note(is_news ? done(item, request.verdict) : "review-done/before", {item.name()});
    if (is_news && item.taken && item.kind == store::ItemKind::row) session.warn("review-taken", {item.name()});
  }
  return 0;
}

}  // namespace

void add_review_resolve(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<ReviewResolveOptions>();
  CLI::App* leaf = add_leaf(parent, "resolve", session);
  add_words(leaf, session, "ITEM", options->words, true);
  add_value(leaf, session, "--reason TEXT", options->reason);
  add_value(leaf, session, "--by NAME", options->by);
  set_action(leaf, session, Prints::nothing, [&session, options] { return run_review_resolve(session, *options); });
}

}  // namespace hr::cmd
