#include "model/imported_table.h"

#include <array>

namespace hr::model {

using enum ColumnType;

static constexpr CanonicalColumn kEmployees[] = {{"employee_id", id, true, true},
                                                 {"name", text},
                                                 {"email", text},
                                                 {"org_unit", id},
                                                 {"manager_id", id},
                                                 {"job", text},
                                                 {"grade", text},
                                                 {"region", text},
                                                 {"legal_entity", text},
                                                 {"fte", decimal},
                                                 {"hire_date", date},
                                                 {"termination_date", date},
                                                 {"base_salary", money},
                                                 {"currency", text}};
static constexpr CanonicalColumn kAssignments[] = {{"employee_id", id, true, true},
                                                   {"from", date, true, true},
                                                   {"to", last_day},
                                                   {"org_unit", id},
                                                   {"manager_id", id},
                                                   {"job", text},
                                                   {"grade", text},
                                                   {"region", text},
                                                   {"fte", decimal},
                                                   {"base_salary", money},
                                                   {"currency", text}};
static constexpr CanonicalColumn kOrgUnits[] = {
    {"org_unit", id, true, true}, {"name", text},  {"parent", id}, {"head_id", id}, {"region", text},
    {"from", date, false, true},  {"to", last_day}};
static constexpr CanonicalColumn kFacts[] = {{"subject", subject, true, true},
                                             {"kpi", id, true, true},
                                             {"period", period, true, true},
                                             {"value", decimal, true}};
static constexpr CanonicalColumn kTargets[] = {{"subject", subject, true, true},
                                               {"kpi", id, true, true},
                                               {"from", date, false, true},
                                               {"to", last_day},
                                               {"weight", decimal},
                                               {"threshold", decimal},
                                               {"target", decimal},
                                               {"stretch", decimal}};
static constexpr CanonicalColumn kObjectives[] = {{"objective", id, true, true},
                                                  {"cycle", text, true},
                                                  {"owner", subject, true},
                                                  {"title", text},
                                                  {"supports", id},
                                                  {"weight", decimal}};
static constexpr CanonicalColumn kKeyResults[] = {
    {"key_result", id, true, true},
    {"objective", id, true},
    {"owner", subject},
    {"type", choice, false, false, "committed|aspirational|learning|guardrail"},
    {"title", text},
    {"weight", decimal},
    {"start", decimal},
    {"target", decimal},
    {"unit", text},
    {"kpi", id},
    {"current", decimal},
    {"current_date", date}};
static constexpr CanonicalColumn kCheckins[] = {{"key_result", id, true, true},
                                                {"date", date, true, true},
                                                {"value", decimal},
                                                {"confidence", decimal},
                                                {"note", text},
                                                {"author", text}};
static constexpr CanonicalColumn kFeedback[] = {{"employee_id", id, true, true},
                                                {"rater_id", id, true, true},
                                                {"relation", choice, true, true, "manager|peer|report|self|other"},
                                                {"competency", text, false, true},
                                                {"rating", decimal},
                                                {"comment", text},
                                                {"date", date, false, true}};
static constexpr CanonicalColumn kLeaves[] = {
    {"employee_id", id, true, true}, {"from", date, true, true}, {"to", last_day}, {"kind", text, true, true}};
static constexpr CanonicalColumn kRecognitions[] = {
    {"employee_id", id, true, true}, {"date", date, true, true}, {"kind", text, true, true}, {"note", text}};

static constexpr std::array<ImportedTable, kTables> kAll{{
    {TableId::employees, "employees", kEmployees, true},
    {TableId::assignments, "assignments", kAssignments, true},
    {TableId::org_units, "org_units", kOrgUnits, true},
    {TableId::facts, "facts", kFacts, false},
    {TableId::targets, "targets", kTargets, false},
    {TableId::objectives, "objectives", kObjectives, false},
    {TableId::key_results, "key_results", kKeyResults, false},
    {TableId::checkins, "checkins", kCheckins, false},
    {TableId::feedback, "feedback", kFeedback, false},
    {TableId::leaves, "leaves", kLeaves, false},
    {TableId::recognitions, "recognitions", kRecognitions, false},
}};

const ImportedTable& imported_table(TableId id) {
  return kAll[static_cast<size_t>(id)];
}

std::span<const ImportedTable> imported_tables() {
  return kAll;
}

bool is_organisation(TableId id) {
  return id == TableId::employees || id == TableId::assignments || id == TableId::org_units;
}

std::optional<TableId> find_imported_table(std::string_view name) {
  for (const ImportedTable& table : kAll) {
    if (table.name == name) return table.id;
  }
  return std::nullopt;
}

}  // namespace hr::model
