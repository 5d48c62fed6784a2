#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "defs/checks.h"

namespace hr::defs {

namespace {

// Suggestions cost time that grows with the number of ids: enough is enough.
constexpr size_t kMostSuggestions = 200;

using Names = std::unordered_map<std::string_view, const SourceSpan*>;

class NameChecker {
 public:
  NameChecker(const model::Definitions& definitions, const Found& found, Diagnostics& diagnostics)
      : found_(found), diagnostics_(diagnostics) {
    for (const Named& d : found.declarations) declare(d.kind, d.id, d.span);
    for (const model::Scale& scale : definitions.scales) {
      for (const model::Band& band : scale.bands) names(Kind::band).emplace(band.id, &band.span);
    }
  }

  void check_references() {
    for (const Named& r : found_.references) {
      if (is_known(r) || is_incomplete(r.kind)) continue;
      Diagnostic d = make_error("unknown-reference", r.span, {r.id, name_of(r.kind)});
      d.suggestion = suggestion(r);
      diagnostics_.push_back(std::move(d));
    }
  }

 private:
  Names& names(Kind kind) { return names_[static_cast<size_t>(kind)]; }

  // Key results may stand under several objectives: objective checks look at those.
  void declare(Kind kind, std::string_view id, const SourceSpan& span) {
    const auto [at, fresh] = names(kind).emplace(id, &span);
    if (fresh || kind == Kind::key_result) return;
    const SourceSpan& first = *at->second;
    Diagnostic d =
        make_error("duplicate-id", span, {std::string(id), name_of(kind), first.file, std::to_string(first.line)});
    d.related.push_back(first);
    diagnostics_.push_back(std::move(d));
  }

  bool is_known(const Named& r) {
    if (r.kind == Kind::goal) return names(Kind::objective).contains(r.id) || names(Kind::key_result).contains(r.id);
    return names(r.kind).contains(r.id);
  }

  bool is_incomplete(Kind kind) const {
    const auto incomplete = [&](Kind k) { return found_.incomplete[static_cast<size_t>(k)]; };
    return kind == Kind::goal ? incomplete(Kind::objective) || incomplete(Kind::key_result) : incomplete(kind);
  }

  std::string suggestion(const Named& r) {
    if (++suggested_ > kMostSuggestions) return {};
    std::vector<std::string>& known = candidates_[static_cast<size_t>(r.kind)];
    if (known.empty()) {
      const auto add = [&](Kind kind) {
        for (const auto& [id, span] : names(kind)) known.emplace_back(id);
      };
      if (r.kind == Kind::goal) {
        add(Kind::objective);
        add(Kind::key_result);
      } else {
        add(r.kind);
      }
      std::sort(known.begin(), known.end());
    }
    return nearest(r.id, known).value_or("");
  }

  const Found& found_;
  Diagnostics& diagnostics_;
  std::array<Names, kKinds> names_;
  std::array<std::vector<std::string>, kKinds> candidates_;  // sorted, so that a tie goes to the same name every time
  size_t suggested_ = 0;
};

}  // namespace

void check_names(const model::Definitions& definitions, const Found& found, Diagnostics& diagnostics) {
  NameChecker(definitions, found, diagnostics).check_references();
}

}  // namespace hr::defs
