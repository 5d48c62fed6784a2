#include "engine/organisation_doubts.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/cycle_data.h"

namespace hr::engine {

Doubts doubts_about(store::Store& store, const std::vector<store::Source>& files, Date today) {
  std::map<std::string, const store::Source*> sources;  // by the name that findings give them
  const std::vector<store::Source> all = store.sources(store::kNow);
  for (const store::Source& s : all) sources["source:" + std::to_string(s.id)] = &s;
  // The file of this import that a place lies in, by its name.
  const auto file_of = [&](const SourceSpan& span) -> const store::Source* {
    const auto source = sources.find(span.file);
    if (source == sources.end()) return nullptr;
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const store::Source& s) { return s.file == source->second->file; });
    return file == files.end() ? nullptr : &*file;
  };
  Doubts doubts;
  for (Diagnostic& d : organisation_findings(store, today)) {
    for (size_t i = 0; i < d.related.size() && !file_of(d.span); ++i) {  // what is new is the row that was imported now
      if (file_of(d.related[i])) std::swap(d.span, d.related[i]);
    }
    const store::Source* file = file_of(d.span);
    if (!file) continue;
    const bool here = file->sha256 == sources[d.span.file]->sha256;
    const auto name = [&](SourceSpan& span) {
      const auto source = sources.find(span.file);
      if (source != sources.end()) span.file = source->second->file;
    };
    name(d.span);
    for (SourceSpan& span : d.related) name(span);
    if (!here) d.span.line = 0;  // the line is that of the file as it was
    (here ? doubts.here : doubts.earlier).push_back(std::move(d));
  }
  for (Diagnostics* part : {&doubts.here, &doubts.earlier}) {
    std::stable_sort(part->begin(), part->end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.span.file, a.span.line) < std::tie(b.span.file, b.span.line);
    });
  }
  return doubts;
}

}  // namespace hr::engine
