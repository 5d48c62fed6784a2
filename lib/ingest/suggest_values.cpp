#include "ingest/suggest_values.h"

#include <algorithm>

#include "base/date.h"
#include "base/text.h"
#include "ingest/simplified.h"
#include "ingest/values.h"

namespace hr::ingest {

using model::ColumnType;

namespace {

constexpr size_t kMostValues = 60;  // in a map of values

bool is_day(ColumnType type) {
  return type == ColumnType::date || type == ColumnType::last_day;
}
bool is_number(ColumnType type) {
  return type == ColumnType::decimal || type == ColumnType::money || type == ColumnType::count;
}
bool is_id(ColumnType type) {
  return type == ColumnType::id || type == ColumnType::subject;
}

// Values that are no period as they stand, and the period that each most likely means. False: some mean none.
bool map_periods(const ColumnProfile& profile, std::map<std::string, std::string>& values) {
  if (profile.many || profile.values.size() > kMostValues) return false;
  for (const auto& [value, count] : profile.values) {
    ValueFault fault;
    if (read_period(value, {}, fault)) continue;
    if (fault.suggestion.empty()) return false;
    values[value] = fault.suggestion;
  }
  return true;
}

// Days that are the first of a month each, as a sheet has months: 2026-03-01, shown as 2026年3月.
bool are_first_days(const ColumnProfile& profile) {
  return !profile.values.empty() && std::all_of(profile.values.begin(), profile.values.end(), [](const auto& value) {
    const auto day = parse_date(value.first);
    return day && civil(*day).day == 1;
  });
}

size_t values_that_are(std::string_view choices, const ColumnProfile& profile) {
  size_t known = 0;
  ValueFault fault;
  for (const auto& [value, count] : profile.values) known += read_choice(value, choices, fault) ? size_t{1} : size_t{0};
  return known;
}

Remark with_samples(const char* message, const ColumnProfile& profile) {
  return {message, {samples_of(profile, false)}};
}

}  // namespace

// The month and the day the other way round.
static std::string swapped(std::string_view format) {
  std::string other(format);
  for (char& c : other) c = c == 'm' ? 'd' : c == 'd' ? 'm' : c;
  return other;
}

FormatChoice choose_formats(const std::map<uint64_t, uint64_t>& sets, const std::vector<std::string_view>& formats) {
  FormatChoice choice;
  std::map<uint64_t, uint64_t> left = sets;
  const auto contradicts = [&](std::string_view format) {  // 03/04: one column cannot mean both
    return std::find(choice.formats.begin(), choice.formats.end(), swapped(format)) != choice.formats.end();
  };
  while (!left.empty()) {
    size_t best = 0;
    uint64_t most = 0;
    for (size_t i = 0; i < formats.size(); ++i) {
      uint64_t fits = 0;
      if (contradicts(formats[i])) continue;
      for (const auto& [bits, count] : left) fits += (bits >> i & 1U) != 0 ? count : 0;
      if (fits > most) {
        most = fits;
        best = i;
      }
    }
    if (most == 0) break;
    for (size_t i = 0; i < formats.size(); ++i) {  // another that reads exactly these
      const bool same = std::all_of(left.begin(), left.end(), [&](const auto& set) {
        return (set.first >> best & 1U) == 0 || (set.first >> i & 1U) != 0;
      });
      if (i != best && same && formats[i] == swapped(formats[best])) choice.also.emplace_back(formats[i]);
    }
    choice.formats.emplace_back(formats[best]);
    std::erase_if(left, [&](const auto& set) { return (set.first >> best & 1U) != 0; });
  }
  return choice;
}

std::optional<Remark> misfit(const model::CanonicalColumn& column, const ColumnProfile& profile) {
  const uint64_t said = profile.said();
  if (said == 0) return std::nullopt;
  if (is_day(column.type))
    return is_most(profile.days(), said) ? std::nullopt : std::optional(with_samples("suggest/not-days", profile));
  if (is_number(column.type)) {
    const uint64_t numbers = profile.numbers() + profile.count(ValueLook::yes_no) + profile.count(ValueLook::clock);
    return is_most(numbers, said) ? std::nullopt : std::optional(with_samples("suggest/not-numbers", profile));
  }
  if (column.type == ColumnType::period) {
    std::map<std::string, std::string> values;
    const bool sound = is_most(profile.periods, said) || is_most(profile.month_values(), said) ||
                       is_most(profile.days(), said) || map_periods(profile, values);
    return sound ? std::nullopt : std::optional(with_samples("suggest/not-periods", profile));
  }
  if (column.type == ColumnType::choice)
    return values_that_are(column.choices, profile) > 0 ? std::nullopt
                                                        : std::optional(with_samples("suggest/not-choices", profile));
  if (column.name == "email")
    return is_most(profile.count(ValueLook::email), said) ? std::nullopt
                                                          : std::optional(with_samples("suggest/not-emails", profile));
  if (is_id(column.type))
    return profile.long_texts * 2 > said ? std::optional(with_samples("suggest/not-ids", profile)) : std::nullopt;
  const bool a_name = column.name == "name" && is_most(profile.numbers() + profile.days(), said);
  return a_name ? std::optional(with_samples("suggest/not-names", profile)) : std::nullopt;
}

namespace {

void describe_days(SuggestedColumn& column, const ColumnProfile& profile) {
  const FormatChoice choice = choose_formats(profile.dates, date_formats());
  const bool iso = choice.formats.size() == 1 && choice.formats[0] == "%Y-%m-%d";
  if (!iso) column.mapping.dates.formats = choice.formats;
  const auto two_digits = [](const std::string& format) { return format.find("%y") != std::string::npos; };
  if (std::any_of(choice.formats.begin(), choice.formats.end(), two_digits)) {
    column.mapping.dates.defaults.century = 1950;
    column.remarks.push_back({"suggest/century", {}});
  }
  if (!iso && !choice.also.empty())
    column.remarks.push_back(
        {"suggest/ambiguous-days", {choice.formats.front(), choice.also.front(), samples_of(profile, false)}});
  const uint64_t other = profile.said() - profile.days();
  if (other > 0) column.remarks.push_back({"suggest/some-not-days", {std::to_string(other)}});
}

void describe_periods(SuggestedColumn& column, const ColumnProfile& profile) {
  const uint64_t said = profile.said();
  if (are_first_days(profile)) {
    column.mapping.dates.formats = {"%Y-%m-01"};
    column.remarks.push_back({"suggest/first-days", {samples_of(profile, false)}});
    return;
  }
  if (is_most(profile.periods, said)) return;
  if (is_most(profile.days(), said)) return describe_days(column, profile);
  if (is_most(profile.month_values(), said)) {
    column.mapping.dates.formats = choose_formats(profile.months, month_formats()).formats;
    return;
  }
  map_periods(profile, column.mapping.values);
}

void describe_numbers(SuggestedColumn& column, const model::CanonicalColumn& spec, const ColumnProfile& profile,
                      const std::string& unit) {
  model::Cleaning clean;
  clean.currency = profile.count(ValueLook::currency) > 0;
  clean.thousands = profile.count(ValueLook::grouped) > 0 || clean.currency;
  clean.width = profile.wide_characters > 0;
  if (clean.any()) column.mapping.clean = clean;
  if (is_most(profile.count(ValueLook::clock), profile.said())) column.mapping.unit = "clock";
  if (profile.count(ValueLook::percent) > 0) {
    column.mapping.unit = "percent";
    if (!is_most(profile.count(ValueLook::percent), profile.said()))
      column.remarks.push_back({"suggest/mixed-percent", {samples_of(profile, false)}});
  } else if (!unit.empty() && column.mapping.unit.empty()) {
    const bool of_weight = unit == "%" && spec.name == "weight";  // weights only compare with each other
    if (!of_weight) column.mapping.unit = unit == "%" ? "percent" : unit;
  }
  if (profile.count(ValueLook::yes_no) > 0) {
    for (const auto& [value, count] : profile.values) {
      const std::string folded = fold_word(value);
      const bool yes = folded == "是" || folded == "yes" || folded == "y" || folded == "true" || folded == "有";
      const bool no = folded == "否" || folded == "no" || folded == "n" || folded == "false";
      if (yes || no) column.mapping.values[value] = yes ? "1" : "0";
    }
  }
  const uint64_t other =
      profile.said() - profile.numbers() - profile.count(ValueLook::yes_no) - profile.count(ValueLook::clock);
  if (other > 0) column.remarks.push_back({"suggest/some-not-numbers", {std::to_string(other)}});
}

// Whether part `part` between `by` is an id in every value that is known.
bool parts_are_ids(const ColumnProfile& profile, std::string_view by, int part) {
  ValueFault fault;
  for (const auto& [value, count] : profile.values) {
    std::vector<std::string> parts;
    for (const std::string_view one : split(value, by[0])) parts.emplace_back(trim(one));
    const std::string& wanted = part > 0 ? parts.front() : parts.back();
    if (!check_id(wanted, fault)) return false;
  }
  return true;
}

void describe_ids(SuggestedColumn& column, const ColumnProfile& profile) {
  model::Cleaning clean;
  clean.blanks = profile.blanks > 0;
  clean.width = profile.wide_characters > 0;
  if (clean.any()) column.mapping.clean = clean;
  if (profile.not_ids == 0) return;
  for (const std::string_view by : {"|", "/", ">", "\\", ";", ","}) {
    const auto has = [&](const auto& value) { return value.first.find(by) != std::string::npos; };
    if (std::none_of(profile.values.begin(), profile.values.end(), has)) continue;
    for (const int part : {-1, 1}) {
      if (!parts_are_ids(profile, by, part)) continue;
      column.mapping.split = model::Split{std::string(by), part};
      column.remarks.push_back({"suggest/split", {std::string(by), samples_of(profile, false)}});
      return;
    }
  }
  column.remarks.push_back({"suggest/some-not-ids", {std::to_string(profile.not_ids)}});
}

void describe_choices(SuggestedColumn& column, const model::CanonicalColumn& spec, const ColumnProfile& profile) {
  ValueFault fault;
  std::string unknown;
  for (const auto& [value, count] : profile.values) {
    if (!read_choice(value, spec.choices, fault)) unknown += (unknown.empty() ? "" : ", ") + value;
  }
  if (!unknown.empty())
    column.remarks.push_back({"suggest/unknown-choices", {truncate_to_width(unknown, 60), std::string(spec.choices)}});
}

}  // namespace

void describe_values(SuggestedColumn& column, const model::CanonicalColumn& spec, const ColumnProfile& profile,
                     const std::string& unit) {
  if (is_number(spec.type)) return describe_numbers(column, spec, profile, unit);
  if (profile.said() == 0) return;
  if (is_day(spec.type)) return describe_days(column, profile);
  if (spec.type == ColumnType::period) return describe_periods(column, profile);
  if (is_id(spec.type)) return describe_ids(column, profile);
  if (spec.type == ColumnType::choice) return describe_choices(column, spec, profile);
}

std::string samples_of(const ColumnProfile& profile, bool personal) {
  const std::string shape = profile.main_shape();
  const bool secret =
      personal ||
      profile.count(ValueLook::email) + profile.count(ValueLook::phone) + profile.count(ValueLook::id_card) > 0;
  std::string text;
  size_t shown = 0;
  for (const auto& [value, count] : profile.values) {
    if (shown++ == 3) break;
    size_t first = 1;
    while (first < value.size() && (static_cast<unsigned char>(value[first]) & 0xC0U) == 0x80U) ++first;
    text += (text.empty() ? "" : ", ") +
            escape_controls(secret ? value.substr(0, first) + "**" : truncate_to_width(value, 20));
  }
  return text;
}

}  // namespace hr::ingest
