#include "say_import.h"

#include <map>
#include <set>

#include "base/listed.h"
#include "base/text.h"
#include "ingest/lines.h"

namespace hr::cmd {

namespace {

// The lines of the input files that findings stand on, for excerpts.
class InputText {
 public:
  explicit InputText(const std::vector<engine::ImportedFile>& files) : files_(files) {}

  void want(const Diagnostic& diagnostic) {
    want(diagnostic.span);
    for (const SourceSpan& related : diagnostic.related) want(related);
  }
  // The files are read here, as far as needed.
  void read() {
    for (const engine::ImportedFile& file : files_) {
      const auto wanted = wanted_.find(file.text.name);
      if (file.text.open && wanted != wanted_.end() && lines_.count(file.text.name) == 0)
        lines_[file.text.name] = ingest::lines_of(file.text, wanted->second);
    }
  }
  render::FileText lines() const {
    return [this](const std::string& name) -> std::optional<render::FileLines> {
      const auto found = lines_.find(name);
      return found == lines_.end() ? std::nullopt : std::optional<render::FileLines>(found->second);
    };
  }

 private:
  void want(const SourceSpan& span) {
    if (span.line > 0 && span.sheet.empty()) wanted_[span.file].insert(span.line);
  }

  const std::vector<engine::ImportedFile>& files_;
  std::map<std::string, std::set<int>> wanted_;              // by file
  std::map<std::string, std::map<int, std::string>> lines_;  // by file
};

// The lines of all that will be said.
InputText text_of(const engine::ImportOutcome& outcome) {
  InputText text(outcome.files);
  size_t shown = 0;
  for (const engine::ImportedFile& file : outcome.files) {
    for (const Diagnostic& d : file.diagnostics) text.want(d);
    for (size_t i = 0; i < file.rejected.size() && shown < kMostTold; ++i, ++shown) text.want(file.rejected[i].reason);
  }
  for (const Diagnostic& d : outcome.doubts) text.want(d);
  text.read();
  return text;
}

// Rows that somebody decided about earlier are never silent.
void say_decided(const Session& session, const engine::ImportedFile& file) {
  const engine::DecidedCounts& d = file.decided;
  std::vector<std::string> list;
  for (const auto& [key, n] : {std::pair{"import-decided/corrected", d.corrected},
                               {"import-decided/dropped", d.dropped},
                               {"import-decided/accepted", d.accepted}}) {
    if (n > 0) list.push_back(i18n::text(session.language, key, {std::to_string(n)}));
  }
  if (!list.empty())
    session.note("import-decided", {file.source.file, std::to_string(d.corrected + d.dropped + d.accepted),
                                    listed(list, {}, session.language == i18n::Language::zh ? "，" : ", ")});
}

// How many cells each rule has changed: "blanks 3, width 1".
std::string changed_by_rule(const engine::ImportedFile& file) {
  std::vector<std::string> counts;
  for (size_t i = 0; file.changes_fields && i < ingest::kRules; ++i) {
    if (file.changed[i] > 0)
      counts.push_back(std::string(ingest::rule_id(static_cast<ingest::Rule>(i))) + " " +
                       std::to_string(file.changed[i]));
  }
  return listed(counts);
}

void say_left_out(const Session& session, const engine::ImportedFile& file) {
  const ingest::LeftOut& out = file.left_out;
  if (out.footers > 0)
    session.note("import-left-out", {file.source.file, std::to_string(out.footers), std::to_string(out.first_footer),
                                     escape_controls(out.first_text)});
  if (out.empty > 0) session.note("import-left-out/empty", {file.source.file, std::to_string(out.empty)});
}

void say_file(const Session& session, const engine::ImportedFile& file, const render::FileText& text, size_t& shown) {
  session.print_findings(file.diagnostics, text);
  Diagnostics reasons;
  for (const ingest::RejectedRow& row : file.rejected) {
    if (shown++ < kMostTold) reasons.push_back(row.reason);
  }
  session.print_diagnostics(reasons, text);
  const store::Source& s = file.source;
  if (has_errors(file.diagnostics)) return;
  session.note(file.wide ? "import-file/wide" : "import-file",
               {s.file, std::to_string(s.rows_read), std::to_string(s.rows_new), std::to_string(s.rows_changed),
                std::to_string(s.rows_unchanged), std::to_string(file.rejected.size())});
  say_decided(session, file);
  say_left_out(session, file);
  if (const std::string changed = changed_by_rule(file); !changed.empty())
    session.note("import-cleaned", {s.file, changed});
  for (const engine::ColumnSums& sums : file.sums) {
    const auto total = [](const std::optional<Decimal>& sum) { return sum ? to_string(*sum) : std::string("…"); };
    session.note(sums.agree() ? "import-sum" : "import-sum/differs",
                 {s.file, sums.column, total(sums.read), total(sums.stored), total(sums.aside)});
  }
  if (file.withdrawn > 0) session.note("import-withdrawn", {s.file, std::to_string(file.withdrawn)});
  if (!file.moved.empty()) session.note("import-moved", {s.file, std::to_string(file.moved.size())});
  if (file.corrected > 0) session.note("import-corrected", {s.file, std::to_string(file.corrected)});
}

// How many of each rule, and where to look: in the review queue, or anew where nothing was stored.
void say_suspicious(const Session& session, const engine::ImportOutcome& outcome) {
  DateRange days{kFarFuture, kFarPast};
  uint64_t facts = 0;
  for (const engine::ImportedFile& file : outcome.files) {
    facts += file.source.rows_new + file.source.rows_changed;
    if (!file.days) continue;
    days = {std::min(days.from, file.days->from), std::max(days.to, file.days->to)};
  }
  if (outcome.not_checked) session.note("import-not-checked", {std::to_string(facts)});
  if (outcome.suspicious.empty()) return;
  std::map<model::CheckRule, size_t> counts;
  for (const analytics::NamedFinding& f : outcome.suspicious) ++counts[f.finding.rule];
  const std::string rules = listed(counts, [](const auto& of_rule) {
    return std::to_string(of_rule.second) + " " +
           std::string(model::kCheckRuleNames[static_cast<size_t>(of_rule.first)]);
  });
  session.note(outcome.stored ? "import-suspicious/queued" : "import-suspicious",
               {std::to_string(outcome.suspicious.size()), rules, to_string(days.from), to_string(days.last())});
}

}  // namespace

void say_import(const Session& session, const engine::ImportOutcome& outcome) {
  size_t shown = 0;
  const InputText text = text_of(outcome);
  for (const engine::ImportedFile& file : outcome.files) say_file(session, file, text.lines(), shown);
  session.print_findings(outcome.doubts, text.lines());
  say_suspicious(session, outcome);
  session.print_findings(outcome.earlier_doubts);
  if (shown > kMostTold) session.note("import-more-rejects", {std::to_string(shown - kMostTold)});
}

}  // namespace hr::cmd
