#include <algorithm>
#include <unordered_set>

#include "base/listed.h"
#include "defs/checks.h"

namespace hr::defs {

namespace {

// A help lists ids up to so many.
constexpr size_t kMostListed = 10;

using Names = std::unordered_map<std::string_view, const SourceSpan*>;

class NameChecker {
 public:
  NameChecker(const model::Definitions& definitions, const Found& found, Suggester& suggester, Diagnostics& diagnostics)
      : found_(found), suggester_(suggester), diagnostics_(diagnostics) {
    for (const Named& d : found.declarations) declare(d.kind, d.id, d.span);
    for (const model::Scale& scale : definitions.scales) {
      for (const model::Band& band : scale.bands) names(Kind::band).emplace(band.id, &band.span);
    }
  }

  void check_references() {
    for (const Named& r : found_.references) {
      if (is_known(r) || is_incomplete(r.kind)) continue;
      const std::vector<std::string>& known = candidates(r.kind);
      const bool none = known.empty() && std::string_view(r.message) == "unknown-reference";
      Diagnostic d =
          make_error(none ? "unknown-reference/none" : r.message, r.span, {r.id, name_of(r.kind), first_of(known)});
      d.suggestion = suggester_.near(r.id, known);
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

  const std::vector<std::string>& candidates(Kind kind) {
    std::vector<std::string>& known = candidates_[static_cast<size_t>(kind)];
    if (!known.empty()) return known;
    const auto add = [&](Kind k) {
      for (const auto& [id, span] : names(k)) known.emplace_back(id);
    };
    add(kind == Kind::goal ? Kind::objective : kind);
    if (kind == Kind::goal) add(Kind::key_result);
    std::sort(known.begin(), known.end());
    return known;
  }

  static std::string first_of(const std::vector<std::string>& known) {
    const size_t n = std::min(known.size(), kMostListed);
    const std::string list = known.empty() ? "–" : listed(std::span(known).first(n));
    return n < known.size() ? list + ", …" : list;
  }

  const Found& found_;
  Suggester& suggester_;
  Diagnostics& diagnostics_;
  std::array<Names, kKinds> names_;
  std::array<std::vector<std::string>, kKinds> candidates_;  // sorted, so that a tie goes to the same name every time
};

}  // namespace

void check_names(const model::Definitions& definitions, const Found& found, Suggester& suggester,
                 Diagnostics& diagnostics) {
  NameChecker(definitions, found, suggester, diagnostics).check_references();
}

}  // namespace hr::defs
