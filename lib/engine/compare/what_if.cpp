#include "engine/compare/what_if.h"

#include <algorithm>
#include <iterator>

#include "defs/what_if.h"
#include "engine/import/texts.h"

namespace hr::engine {

namespace {

void append(Diagnostics& to, const Diagnostics& from) {
  std::copy(from.begin(), from.end(), std::back_inserter(to));
}

// A row of a patch that cannot be taken would make it another patch than was asked about.
Diagnostics refused_rows(Diagnostics rejected) {
  for (Diagnostic& d : rejected) d.severity = Severity::error;
  return rejected;
}

// Warnings of what is applied have been read when it was applied.
Diagnostics of_patch(Diagnostics found, const std::string& path) {
  std::erase_if(found, [&](const Diagnostic& d) { return d.severity != Severity::error && d.span.file != path; });
  return found;
}

// The trial is scored as the run was, but by the definitions that the patch leaves. False when they have errors.
bool patch_definitions(const defs::WhatIf& patch, const WhatIfRequest& request, WhatIfOutcome& out) {
  out.after.scored = out.before.scored;
  out.after.scored.id = 0;
  out.after.scored.known = store::kNow;
  if (!request.plan.empty()) out.after.scored.plan = request.plan;
  out.after.applied = out.before.applied;
  out.after.applied.files.push_back(patch.definitions);
  defs::Loaded loaded = defs::load_definitions(out.before.applied.files, {patch.definitions});
  append(out.diagnostics, of_patch(loaded.diagnostics, request.patch.path));
  out.after.applied.definitions = std::make_shared<const model::Definitions>(std::move(loaded.definitions));
  return !has_errors(out.diagnostics);
}

bool patch_tables(store::Store& trial, const defs::WhatIf& patch, const WhatIfRequest& request, WhatIfOutcome& out) {
  const ImportedTexts imported =
      import_texts(trial, patch.tables, request.patch.path, *out.after.applied.definitions, request.who_when);
  append(out.diagnostics, imported.errors);
  append(out.diagnostics, refused_rows(imported.rejected));
  return !has_errors(out.diagnostics);
}

bool score_trial(store::Store& trial, const WhatIfRequest& request, WhatIfOutcome& out, const Progress& progress) {
  ScoreRequest wanted;
  wanted.cycle = out.after.scored.cycle;
  wanted.plan = out.after.scored.plan;
  wanted.as_of = out.after.scored.as_of;
  wanted.applied = &out.after.applied;
  wanted.threads = request.threads;
  wanted.dry_run = true;
  wanted.who_when = request.who_when;
  ScoreOutcome outcome = score(trial, wanted, progress);
  append(out.diagnostics, outcome.diagnostics);
  if (has_errors(out.diagnostics)) return false;
  out.after.scores = rows_of(outcome).all(request.threads);
  return true;
}

}  // namespace

WhatIfOutcome what_if(store::Store& store, const store::Run& run, const WhatIfRequest& request,
                      const Progress& progress) {
  WhatIfOutcome out;
  store::Run scored = run;
  while (scored.base_run != 0) scored = store.run(scored.base_run).value();
  out.before = compared_run(store, scored);
  const defs::WhatIf patch = defs::read_what_if(request.patch);
  out.sources = out.before.applied.files;
  out.sources.push_back(request.patch);
  for (const defs::TableText& text : patch.tables)
    out.sources.push_back({table_text_path(request.patch.path, text.table), text.csv});
  out.diagnostics = patch.diagnostics;
  if (has_errors(out.diagnostics) || !patch_definitions(patch, request, out)) return out;

  const std::unique_ptr<store::Store> trial = store.copy(scored.known);
  if (!patch_tables(*trial, patch, request, out) || !score_trial(*trial, request, out, progress)) return out;
  out.difference = compare_runs(*trial, out.before, out.after, request.threads, progress);
  return out;
}

}  // namespace hr::engine
