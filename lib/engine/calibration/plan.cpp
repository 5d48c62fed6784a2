#include "engine/calibration/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "engine/calibration/advice.h"
#include "engine/yaml_words.h"
#include "facts/grouping.h"
#include "model/result.h"

namespace hr::engine {

namespace {

using scoring::BandGroup;

// Lines of one file, each key with its value behind it; what is missing leaves its key out.
class Writer {
 public:
  explicit Writer(int indent) : indent_(static_cast<size_t>(indent), ' ') {}

  void raw(const std::string& line) { text += line + "\n"; }
  void comment(const std::string& sentence) {
    for (const std::string& line : wrap_to_width(sentence, 110)) text += indent_ + "# " + line + "\n";
  }
  void key(const char* name, const std::string& value) {
    text += indent_ + name + ":" + (value.empty() ? "" : " ") + value + "\n";
  }
  void optional(const char* name, const std::string& value) {
    if (!value.empty()) key(name, value);
  }

  std::string text;

 private:
  std::string indent_;
};

class FileText {
 public:
  FileText(const ScoreOutcome& scored, const CalibrationPlanRequest& request, const BandGroup& group,
           const LeniencyOf& leniency)
      : scored_(scored),
        request_(request),
        group_(group),
        leniency_(leniency),
        plan_(scored.data->applied.definitions->plans[group.plan]),
        scale_(*scored.data->applied.definitions->find_scale(plan_.scale)) {}

  std::string make() {
    Writer head(0);
    if (!request_.schema.empty()) head.raw("# yaml-language-server: $schema=" + request_.schema);
    head.comment(say("calibration-file/title", {group_.name.empty() ? scored_.run.cycle : escape_controls(group_.name),
                                                std::to_string(scored_.run.id), scored_.run.cycle, plan_.id}));
    head.comment(say("calibration-file/how"));
    head.comment(say("calibration-file/columns"));
    head.comment(say(leniency_.of_scores ? "calibration-file/leniency-scores" : "calibration-file/leniency",
                     {std::to_string(request_.shrinkage)}));
    head.raw("version: 1");
    return head.text + header() + "people:\n" + people();
  }

 private:
  std::string say(const std::string& key, const std::vector<std::string>& args = {}) const {
    return i18n::text(request_.language, key, args);
  }

  const model::Band* band_of(uint32_t person) const {
    const uint32_t band = scored_.results[person].band;
    return band < scale_.bands.size() ? &scale_.bands[band] : nullptr;
  }

  std::string header() const {
    Writer out(2);
    out.raw("calibration:");
    out.key("run", std::to_string(scored_.run.id));
    out.key("cycle", yaml_word(scored_.run.cycle));
    out.key("plan", yaml_word(plan_.id));
    if (!group_.group_by.empty()) {
      out.key("group_by", yaml_word(group_.group_by));
      out.key("group", yaml_word(group_.name));
    }
    out.key("made_by", yaml_word(request_.who_when.who));
    out.key("made_at", yaml_word(to_iso_timestamp(request_.who_when.now)));
    out.key("rests_on", yaml_word(scored_.run.result_hash));
    out.optional("coefficient_sum", coefficient_sum());
    out.raw("  quotas:");
    for (size_t i = 0; i < group_.bands.size(); ++i) {
      const uint32_t band = group_.bands[i];
      const auto now = std::count_if(group_.people.begin(), group_.people.end(),
                                     [&](uint32_t p) { return scored_.results[p].band == band; });
      const std::string places = group_.places.empty() ? "" : fmt::format(", places: {}", group_.places[i]);
      out.raw(fmt::format("    - {{band: {}{}, now: {}}}", yaml_word(scale_.bands[band].id), places, now));
    }
    return out.text;
  }

  std::string coefficient_sum() const {
    std::vector<Decimal> coefficients;
    for (const uint32_t p : group_.people) {
      const model::Band* band = band_of(p);
      if (band == nullptr || !band->coefficient) return {};
      coefficients.push_back(*band->coefficient);
    }
    const auto total = sum(coefficients);
    return total ? to_string(*total) : std::string();
  }

  std::string people() const {
    std::string text;
    for (size_t i = 0; i < group_.people.size(); ++i) text += person(i);
    return text;
  }

  std::string person(size_t place) const {
    const uint32_t p = group_.people[place];
    const model::PersonResult& result = scored_.results[p];
    const facts::People& people = scored_.data->dataset.people;
    const model::Band* band = band_of(p);
    Writer out(4);
    out.raw("");
    out.raw("  - employee: " + yaml_word(std::string(people.id[p])));
    out.optional("name", people.name[p].empty() ? "" : yaml_word(std::string(people.name[p])));
    out.key("score", to_fixed(result.score->decimal(), plan_.decimals));
    out.key("band", band == nullptr ? "null" : yaml_word(band->id));
    if (band != nullptr && band->coefficient) out.key("coefficient", to_string(*band->coefficient));
    out.key("rank", std::to_string(result.rank));
    if (result.flags != 0) out.key("flags", flags(result));
    const std::string manager = manager_of(p);
    out.optional("manager", manager.empty() ? "" : yaml_word(manager));
    add_leniency(manager, out);
    out.optional("up", cost(p, -1));
    out.optional("down", cost(p, +1));
    const std::string advice = calibration_advice(scored_, group_, place, request_.language);
    out.optional("suggestion", advice.empty() ? "" : yaml_text(advice));
    for (const char* name : {"move", "why", "who"}) out.key(name, "");
    return out.text;
  }

  static std::string flags(const model::PersonResult& result) {
    return "[" + listed(model::flag_names(result.flags)) + "]";
  }

  std::string manager_of(uint32_t person) const {
    const facts::Dataset& dataset = scored_.data->dataset;
    return facts::group_label(dataset, facts::last_spell(dataset, person), "manager_id");
  }

  void add_leniency(const std::string& manager, Writer& out) const {
    const auto it = leniency_.by_rater.find(manager);
    if (manager.empty() || it == leniency_.by_rater.end()) return;
    if (it->second.value) out.key("leniency", to_fixed(it->second.value->decimal(), 2));
    out.key("leniency_n", std::to_string(it->second.n));
  }

  // What the coefficients of the group add up to more when this person moves `step` bands down (-1: one up).
  std::string cost(uint32_t person, int step) const {
    const auto at = std::find(group_.bands.begin(), group_.bands.end(), scored_.results[person].band);
    if (at == group_.bands.end()) return {};
    const auto to = (at - group_.bands.begin()) + step;
    if (to < 0 || to >= static_cast<std::ptrdiff_t>(group_.bands.size())) return {};
    const auto& from_coefficient = scale_.bands[*at].coefficient;
    const auto& to_coefficient = scale_.bands[group_.bands[static_cast<size_t>(to)]].coefficient;
    if (!from_coefficient || !to_coefficient) return {};
    const auto difference = add(*to_coefficient, {-from_coefficient->unscaled, from_coefficient->scale});
    return difference ? to_string(*difference) : std::string();
  }

  const ScoreOutcome& scored_;
  const CalibrationPlanRequest& request_;
  const BandGroup& group_;
  const LeniencyOf& leniency_;
  const model::Plan& plan_;
  const model::Scale& scale_;
};

// A group's name as part of a file's: what folders and shells could stumble over becomes '_'.
std::string file_name(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const bool plain = static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                       c == '-' || c == '_' || c == '.';
    out += plain ? c : '_';
  }
  return out.starts_with('.') ? "_" + out : out;
}

class FileNames {
 public:
  explicit FileNames(bool with_plan) : with_plan_(with_plan) {}

  std::string next(const std::string& plan, const BandGroup& group) {
    std::string base = group.group_by.empty() ? "all" : group.name.empty() ? "no-group" : file_name(group.name);
    if (with_plan_) base = file_name(plan) + "-" + base;
    std::string name = base;
    for (int i = 2; !taken_.insert(name).second; ++i) name = base + "-" + std::to_string(i);
    return name + ".yaml";
  }

 private:
  bool with_plan_;
  std::set<std::string> taken_;
};

}  // namespace

std::vector<PlannedFile> plan_calibration(const ScoreOutcome& scored, const CalibrationPlanRequest& request) {
  const std::vector<BandGroup> groups = scored.scorer->band_groups(scored.results, request.group_by);
  if (groups.empty()) throw Error(ErrorKind::rejected, "calibration-no-bands", {std::to_string(scored.run.id)});
  std::map<uint32_t, LeniencyOf> leniency;  // by plan
  for (const BandGroup& group : groups) {
    if (leniency.count(group.plan) == 0) leniency[group.plan] = leniency_in(scored, group.plan, request.shrinkage);
  }
  FileNames names(leniency.size() > 1);
  std::vector<PlannedFile> files;
  for (const BandGroup& group : groups) {
    const std::string name = names.next(scored.data->applied.definitions->plans[group.plan].id, group);
    files.push_back({name, FileText(scored, request, group, leniency[group.plan]).make(), group.people.size()});
  }
  return files;
}

}  // namespace hr::engine
