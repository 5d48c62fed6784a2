// Band, rank and place: steps 8 and 9 of section 10 of docs/spec/scoring.md, and ranks.
#include <algorithm>
#include <map>
#include <set>

#include "base/listed.h"
#include "recheck/step.h"

namespace hr::recheck {

namespace {

struct Named {
  std::string id;
  Exact number;
};

// "S 110, A 90": the number is the last word, an id may have blanks.
std::vector<Named> parse_list(std::string_view text) {
  std::vector<Named> out;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(", "));
    text.remove_prefix(std::min(text.size(), one.size() + 2));
    const size_t blank = one.rfind(' ');
    const auto number = blank == std::string_view::npos ? std::nullopt : Exact::parse(one.substr(blank + 1));
    if (!number) return {};
    out.push_back({std::string(one.substr(0, blank)), *number});
  }
  return out;
}

size_t place_of(const std::vector<Named>& bands, const std::string& id) {
  size_t i = 0;
  while (i < bands.size() && bands[i].id != id) ++i;
  return i;
}

// The worst band of the vetoes that fired and name one of the scale; "" = none does.
std::string vetoed_band(const Derivation& root, const std::vector<Named>& bands) {
  const Derivation* vetoes = find_child(root, "vetoes");
  std::string worst;
  for (const Derivation& veto : vetoes == nullptr ? std::vector<Derivation>{} : vetoes->parts) {
    const std::string band = starts_with(veto.rule, "veto-fired") && veto.args.size() > 2 ? veto.args[2] : "";
    if (band.empty() || place_of(bands, band) == bands.size()) continue;
    if (worst.empty() || place_of(bands, band) > place_of(bands, worst)) worst = band;
  }
  return worst;
}

std::string worse(const std::vector<Named>& bands, const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return "";
  return place_of(bands, a) > place_of(bands, b) ? a : b;
}

// n × quota / Σ quotas by largest remainder, of equal ones the better band first.
std::vector<int64_t> share_out(int64_t n, const std::vector<Named>& quotas) {
  Exact total;
  for (const Named& q : quotas) total += q.number;
  std::vector<int64_t> places(quotas.size());
  if (total.is_zero()) return places;
  std::vector<std::pair<Exact, size_t>> remainders;
  int64_t left = n;
  for (size_t i = 0; i < quotas.size(); ++i) {
    const Exact exact_places = Exact(n) * quotas[i].number / total;
    while (Exact(places[i] + 1) <= exact_places) ++places[i];
    left -= places[i];
    remainders.emplace_back(exact_places - Exact(places[i]), i);
  }
  std::stable_sort(remainders.begin(), remainders.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (size_t i = 0; i < remainders.size() && left > 0; ++i, --left) ++places[remainders[i].second];
  return places;
}

std::string band_at(const std::vector<Named>& places, const Exact& place) {
  Exact end;
  for (const Named& band : places) {
    end += band.number;
    if (place <= end) return band.id;
  }
  return places.empty() ? "" : places.back().id;
}

const std::string& arg_of(const Derivation& d, size_t i) {
  static const std::string kNone;
  return i < d.args.size() ? d.args[i] : kNone;
}

}  // namespace

void check_band(Step& s) {
  const Derivation* rounding = find_child(s.root, "rounding");
  const bool of_exact = ends_with(s.d.rule, "-exact");
  if (rounding == nullptr) return s.fault(Part::parts, "", "rounding");
  s.arg_is(0, of_exact ? arg_of(*rounding, 0) : rounding->value);
  const auto figure = s.number(s.arg(0));
  const std::vector<Named> bands = parse_list(s.arg(4));
  if (!figure || bands.empty()) return s.fault(Part::step, s.arg(4), "");
  std::string absolute;
  std::string from;
  for (const Named& band : bands) {  // the best first
    if (!absolute.empty() || band.number.rounded(9) > *figure) continue;
    absolute = band.id;
    from = band.number.text(18);
  }
  s.arg_is(2, from);
  s.arg_is(3, absolute);
  const std::string veto = vetoed_band(s.root, bands);
  const std::string band = veto.empty() ? absolute : worse(bands, absolute, veto);
  s.value_is(band);
  const std::string rule = band.empty() ? "band-none" : band != absolute ? "band-vetoed" : "band";
  s.same(Part::step, s.d.rule, rule + (of_exact ? "-exact" : ""));
  if (rule == "band-vetoed") s.arg_is(6, veto);
}

void check_distribution(Step& s) {
  const Derivation* band = find_child(s.root, "band");
  if (s.d.rule == "distribution-small") {
    const auto n = s.whole(s.arg(2));
    const auto least = s.whole(s.arg(3));
    if (n && least && *n >= *least) s.fault(Part::step, s.arg(2), s.arg(3));
    return s.value_is(band == nullptr ? "" : band->value);
  }
  const auto first = s.whole(s.arg(0));
  const auto last = s.whole(s.arg(1));
  const auto n = s.whole(s.arg(2));
  const std::vector<Named> places = parse_list(s.arg(3));
  if (!first || !last || !n || places.empty()) return s.fault(Part::step, s.arg(3), "");
  if (*first < Exact(1) || *last < *first || *last > *n)
    return s.fault(Part::step, s.arg(0) + ", " + s.arg(1), s.arg(2));
  const std::vector<Named> declared = parse_list(s.arg(4));
  std::vector<Named> quotas;  // of every band, those without a quota 0
  for (const Named& p : places) {
    const size_t at = place_of(declared, p.id);
    quotas.push_back({p.id, at < declared.size() ? declared[at].number : Exact(0)});
  }
  const std::vector<int64_t> shared = share_out(static_cast<int64_t>(n->to_double()), quotas);
  std::vector<std::string> follows;
  for (size_t i = 0; i < places.size(); ++i) follows.push_back(places[i].id + " " + std::to_string(shared[i]));
  s.arg_is(3, listed(follows));
  const std::string upper = band_at(places, *first);
  const std::string lower = band_at(places, *last);
  const bool up = s.d.rule == "distribution-tied-up";
  const bool tied = up || s.d.rule == "distribution-tied";
  if (tied != (upper != lower)) s.fault(Part::step, upper, lower);
  const std::string by_place = up ? upper : lower;
  const std::string veto = vetoed_band(s.root, places);
  const std::string out = veto.empty() ? by_place : worse(places, by_place, veto);
  s.value_is(out);
  s.status_is(out == by_place ? "" : "vetoed");
}

void check_rank(Step& s) {
  s.value_is(s.arg(0));
  const auto rank = s.whole(s.arg(0));
  const auto n = s.whole(s.arg(1));
  if (!rank || !n) return;
  if (*rank < Exact(1) || *rank > *n) return s.fault(Part::step, s.arg(0), s.arg(1));
  const bool alone = *n == Exact(1);
  if (alone != ends_with(s.d.rule, "alone")) s.fault(Part::step, s.arg(1), alone ? "1" : "");
  const Exact percentile = alone ? Exact(100) : Exact(100) * (*n - *rank) / (*n - Exact(1));
  s.figure_is(percentile, Part::step, s.arg(2));
  const Derivation* rounding = find_child(s.root, "rounding");
  if (rounding == nullptr) return s.fault(Part::parts, "", "rounding");
  if (s.arg(4) != rounding->value && s.arg(4) != arg_of(*rounding, 0)) s.fault(Part::step, s.arg(4), rounding->value);
}

// The first move begins at the band that the score had, each other where the one before it ended.
void check_move(Step& s) {
  const Derivation* place = find_child(s.root, "distribution");
  if (place == nullptr) place = find_child(s.root, "band");
  std::string before = place == nullptr ? "" : place->value;
  if (s.parent != nullptr && s.parent != &s.root) {
    for (const Derivation& other : s.parent->parts) {
      if (&other == &s.d) break;
      before = other.value;
    }
  }
  s.arg_is(0, before.empty() ? "-" : before);
  s.value_is(s.arg(1));
}

void check_moves(Step& s) {
  s.arg_is(0, std::to_string(s.d.parts.size()));
  s.value_is(s.d.parts.empty() ? "" : s.d.parts.back().value);
  s.arg_is(1, s.d.value);
}

void Standings::add(const std::string& employee, const model::Derivation& tree) {
  const Derivation* rank = find_child(tree, "rank");
  if (rank == nullptr) return;
  const std::string& figure = arg_of(*rank, 4);
  entries_.push_back({employee, "rank\n" + arg_of(*rank, 3) + "\n" + arg_of(*rank, 5), figure, rank->node,
                      arg_of(*rank, 0), "", arg_of(*rank, 1)});
  const Derivation* place = find_child(tree, "distribution");
  if (place == nullptr) return;
  const std::string group = "distribution\n" + arg_of(tree, 0) + "\n" + arg_of(*place, 5);
  entries_.push_back({employee, group, figure, place->node, arg_of(*place, 0), arg_of(*place, 1), arg_of(*place, 2)});
}

void Standings::add(Standings&& other) {
  std::move(other.entries_.begin(), other.entries_.end(), std::back_inserter(entries_));
}

std::vector<Fault> Standings::check() const {
  struct Member {
    Exact figure;
    const Entry* entry;
  };
  std::map<std::string, std::vector<Member>> groups;
  std::set<std::string_view> ranked_by;
  for (const Entry& e : entries_) {
    const std::string_view group = e.group;
    if (e.last.empty()) ranked_by.insert(group.substr(0, group.rfind('\n')));
  }
  for (const Entry& e : entries_) groups[e.group].push_back({exact(e.figure).value_or(Exact(0)), &e});
  std::vector<Fault> faults;
  const auto expect = [&](const Entry& e, const std::string& says, size_t follows) {
    if (says != std::to_string(follows))
      faults.push_back({e.employee, e.node, Part::step, says, std::to_string(follows)});
  };
  const auto at_least = [&](const Entry& e, const std::string& says, size_t least) {
    const auto number = exact(says);
    if (!number || *number < Exact(static_cast<int64_t>(least))) expect(e, says, least);
  };
  for (auto& [name, members] : groups) {
    // Where plans rank by different attributes, people of other plans take places here that no tree of theirs tells of.
    const bool others = ranked_by.size() > 1 && members[0].entry->last.empty();
    std::stable_sort(members.begin(), members.end(),
                     [](const Member& a, const Member& b) { return a.figure > b.figure; });
    for (size_t begin = 0; begin < members.size();) {
      size_t end = begin + 1;
      while (end < members.size() && members[end].figure == members[begin].figure) ++end;
      for (size_t i = begin; i < end; ++i) {
        const Entry& e = *members[i].entry;
        if (others) {
          at_least(e, e.first, begin + 1);
          at_least(e, e.size, members.size());
          continue;
        }
        expect(e, e.first, begin + 1);
        if (!e.last.empty()) expect(e, e.last, end);
        expect(e, e.size, members.size());
      }
      begin = end;
    }
  }
  return faults;
}

}  // namespace hr::recheck
