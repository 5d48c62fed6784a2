// hrctl import TABLE FILE…: records into the store; rows that cannot be taken are set aside with a reason.
#include "engine/import/import.h"

#include "base/error.h"
#include "base/text.h"
#include "command.h"
#include "engine/cycle/data.h"
#include "engine/files.h"
#include "freed_memory.h"
#include "options.h"
#include "say_import.h"
#include "suggest_mapping.h"

namespace hr::cmd {

namespace {

struct ImportOptions {
  std::string table;
  std::vector<std::string> files;
  std::string mapping, max_quarantine, rejects, report, effective, replace, missing, encoding, delimiter, sheet,
      input_format, reason;
  bool dry_run = false, strict = false, wide = false, check = false, no_check = false;
  std::string id;  // of a suggested mapping
  bool suggest = false;
};

char delimiter_of(const std::string& text) {
  if (text.empty()) return 0;
  if (text == "tab" || text == "\\t") return '\t';
  if (text.size() != 1) throw Error(ErrorKind::usage, "usage/delimiter", {escape_controls(text)});
  return text[0];
}

std::optional<ingest::FileFormat> format_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (text == "csv") return ingest::FileFormat::csv;
  if (text == "tsv") return ingest::FileFormat::tsv;
  if (text == "json" || text == "jsonl") return ingest::FileFormat::json;
  if (text == "xlsx") return ingest::FileFormat::xlsx;
  throw Error(ErrorKind::usage, "usage/choice",
              {"--input-format", escape_controls(text), "csv, tsv, json, jsonl, xlsx"});
}

engine::ImportRequest request_of(const Session& session, const ImportOptions& options) {
  engine::ImportRequest request;
  request.table = table_named(options.table);
  request.mapping = options.mapping;
  request.format = format_of(options.input_format);
  request.delimiter = delimiter_of(options.delimiter);
  request.encoding = options.encoding;
  request.sheet = options.sheet;
  if (session.workspace()) request.default_encoding = session.workspace()->settings.encoding.value_or("");
  request.wide = options.wide;
  request.threads = session.threads();
  request.dry_run = options.dry_run;
  request.strict = options.strict;
  if (!options.max_quarantine.empty()) {
    request.max_quarantine =
        static_cast<uint64_t>(parse_count(options.max_quarantine, "--max-quarantine", 0, 1'000'000'000));
  }
  const auto only_for = [&](const std::string& value, const char* option, model::TableId table) {
    if (!value.empty() && request.table != table)
      throw Error(ErrorKind::usage, "usage/option-of-table", {option, std::string(model::imported_table(table).name)});
  };
  only_for(options.effective, "--effective", model::TableId::employees);
  only_for(options.missing, "--missing", model::TableId::employees);
  only_for(options.replace, "--replace", model::TableId::facts);
  request.reason = options.reason;
  if (!options.reason.empty() && request.table != model::TableId::targets &&
      request.table != model::TableId::objectives && request.table != model::TableId::key_results) {
    throw Error(ErrorKind::usage, "usage/option-of-table", {"--reason", "targets|objectives|key_results"});
  }
  if (options.wide && request.table != model::TableId::facts && request.table != model::TableId::feedback) {
    throw Error(ErrorKind::usage, "usage/option-of-table", {"--wide", "facts|feedback"});
  }
  if (!options.effective.empty()) request.effective = parse_day(options.effective, "--effective");
  if (!options.replace.empty()) {
    request.replace = parse_period(options.replace);
    if (!request.replace)
      throw Error(ErrorKind::usage, "usage/period", {"--replace", escape_controls(options.replace)});
  }
  if (!options.missing.empty() && options.missing != "list") {
    throw Error(ErrorKind::usage, "usage/choice", {"--missing", escape_controls(options.missing), "list"});
  }
  request.list_missing = options.missing == "list";
  if (options.check && options.no_check)
    throw Error(ErrorKind::usage, "usage/options-apart", {"--check", "--no-check"});
  only_for(options.check ? "1" : "", "--check", model::TableId::facts);
  only_for(options.no_check ? "1" : "", "--no-check", model::TableId::facts);
  request.check_facts = options.check      ? engine::CheckFacts::always
                        : options.no_check ? engine::CheckFacts::never
                                           : engine::CheckFacts::automatic;
  return request;
}

// The people that --missing list asks for.
table::Table missing_people(const engine::ImportOutcome& outcome) {
  table::Table t;
  t.schema = "hrctl.import-missing/v1";
  t.title = {"Not in the file", "文件中没有的人"};
  for (const auto& [key, en, zh] : {std::tuple{"file", "File", "文件"}, {"employee_id", "Employee", "工号"}}) {
    table::Column column;
    column.key = key;
    column.title = {en, zh};
    t.columns.push_back(column);
  }
  for (const engine::ImportedFile& file : outcome.files) {
    for (const std::string& id : file.missing) {
      t.columns[0].add(file.source.file);
      t.columns[1].add(id);
    }
  }
  return t;
}

void write_rejects(const Session& session, const std::string& path, const engine::ImportOutcome& outcome) {
  std::vector<ingest::RejectedFile> files;
  for (const engine::ImportedFile& file : outcome.files) {
    if (!file.rejected.empty()) files.push_back({&file.headings, &file.rejected});
  }
  if (files.empty()) return;
  engine::write_file(path,
                     ingest::rejects_csv(files, [&](const Diagnostic& d) { return i18n::text(session.language, d); }));
}

table::Table summary(const engine::ImportOutcome& outcome) {
  table::Table t;
  t.schema = "hrctl.import/v1";
  t.title = {"Import", "导入"};
  using table::Kind;
  for (const auto& [key, en, zh, kind] : {std::tuple{"file", "File", "文件", Kind::text},
                                          {"table", "Table", "表", Kind::text},
                                          {"rows", "Rows", "行数", Kind::number},
                                          {"added", "New", "新增", Kind::number},
                                          {"changed", "Changed", "更正", Kind::number},
                                          {"unchanged", "Unchanged", "未变", Kind::number},
                                          {"quarantined", "Set aside", "隔离", Kind::number},
                                          {"stored", "Stored", "已保存", Kind::boolean},
                                          {"dropped", "Dropped", "丢弃", Kind::number}}) {
    table::Column column;
    column.key = key;
    column.title = {en, zh};
    column.kind = kind;
    t.columns.push_back(column);
  }
  t.columns.back().show = table::Show::programs;  // people are told in a sentence
  for (const engine::ImportedFile& file : outcome.files) {
    const store::Source& s = file.source;
    t.columns[0].add(s.file);
    t.columns[1].add(std::string(model::imported_table(s.table).name));
    size_t at = 2;
    for (const uint64_t n :
         {s.rows_read, s.rows_new, s.rows_changed, s.rows_unchanged, static_cast<uint64_t>(file.rejected.size())}) {
      t.columns[at++].add(make_decimal(static_cast<int64_t>(n)));
    }
    t.columns[7].add_flag(outcome.stored);
    t.columns[8].add(make_decimal(static_cast<int64_t>(file.decided.dropped)));
  }
  return t;
}

// --suggest reads a file to write a mapping; nothing of it is imported.
int run_suggest(const Session& session, const ImportOptions& options) {
  for (const auto& [given, option] : {std::pair{!options.mapping.empty(), "--mapping"},
                                      {options.dry_run, "--dry-run"},
                                      {options.strict, "--strict"},
                                      {options.wide, "--wide"},
                                      {options.check, "--check"},
                                      {options.no_check, "--no-check"},
                                      {!options.max_quarantine.empty(), "--max-quarantine"},
                                      {!options.rejects.empty(), "--rejects"},
                                      {!options.report.empty(), "--report"},
                                      {!options.effective.empty(), "--effective"},
                                      {!options.missing.empty(), "--missing"},
                                      {!options.replace.empty(), "--replace"},
                                      {!options.reason.empty(), "--reason"}}) {
    if (given) throw Error(ErrorKind::usage, "usage/options-apart", {"--suggest", option});
  }
  if (options.files.size() > 1)
    throw Error(ErrorKind::usage, "usage/too-many-words", {escape_controls(options.files[1])});
  SuggestRequest request{options.files.front(), options.id, {}};
  request.options.table = table_named(options.table);
  request.options.format = format_of(options.input_format);
  request.options.delimiter = delimiter_of(options.delimiter);
  request.options.encoding = options.encoding;
  request.options.sheet = options.sheet;
  if (session.workspace()) request.options.default_encoding = session.workspace()->settings.encoding.value_or("");
  return suggest_mapping(session, request);
}

void write_report(const std::string& path, const engine::ImportOutcome& outcome) {
  std::vector<ingest::ChangedFile> files;
  for (const engine::ImportedFile& file : outcome.files)
    files.push_back({&file.source.file, &file.changes, &file.rejected});
  engine::write_file(path, ingest::changes_csv(files));
}

int run_import(const Session& session, const ImportOptions& options) {
  if (options.suggest) return run_suggest(session, options);
  if (!options.id.empty()) throw Error(ErrorKind::usage, "usage/option-needs", {"--id", "--suggest"});
  engine::ImportRequest request = request_of(session, options);
  request.keeps_changes = !options.report.empty();
  request.sums = !options.report.empty() || session.verbose();
  for (const std::string& path : {options.rejects, options.report}) {
    if (!path.empty()) session.check_output(path, options.files);
  }
  request.before_commit = [&](const engine::ImportOutcome& outcome) {
    if (!options.rejects.empty()) write_rejects(session, options.rejects, outcome);
    if (!options.report.empty()) write_report(options.report, outcome);
  };
  if (!session.shared.output.empty()) session.check_output(session.shared.output, options.files);
  std::vector<ingest::Input> inputs;
  for (const std::string& path : options.files) inputs.push_back(engine::open_file(path));
  if (request.table != model::TableId::facts) keep_freed_memory();  // of facts little is freed, by all threads at once
  const std::unique_ptr<store::Store> store = session.open_store_to_write(options.dry_run);
  session.begin("progress/definitions");
  const auto applied = engine::applied_definitions(*store, store::kNow, [&] {
    store->subjects().find({});  // so that they can be looked up
  });
  const engine::ImportOutcome outcome = engine::import_files(
      *store, inputs, request, applied ? applied->definitions.get() : nullptr, session.who_when(), session.progress());
  session.begin("timings/other");
  say_import(session, outcome);
  if (!outcome.refused.empty()) throw Error(ErrorKind::rejected, outcome.refused, outcome.refused_args);
  if (request.list_missing)
    session.print(missing_people(outcome));
  else if (session.wants_data())
    session.print(summary(outcome));
  const std::string rejected = std::to_string(outcome.rejected_rows());
  if (options.dry_run)
    session.note("import-done/dry", {rejected});
  else if (outcome.rejected_rows() > 0)
    session.note(options.rejects.empty() ? "import-done/rejects" : "import-done/rejects-file",
                 {rejected, options.rejects});
  else
    session.note("import-done");
  return 0;
}

}  // namespace

void add_import(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<ImportOptions>();
  CLI::App* leaf = add_leaf(parent, "import", session);
  add_word(leaf, session, "TABLE", options->table, true);
  add_words(leaf, session, "FILE", options->files, true);
  add_value(leaf, session, "--mapping ID", options->mapping);
  add_flag(leaf, session, "-n,--dry-run", options->dry_run);
  add_flag(leaf, session, "--strict", options->strict);
  add_value(leaf, session, "--max-quarantine N", options->max_quarantine);
  add_value(leaf, session, "--rejects FILE", options->rejects);
  add_value(leaf, session, "--report FILE", options->report);
  add_value(leaf, session, "--effective DAY", options->effective);
  add_value(leaf, session, "--missing list", options->missing);
  add_value(leaf, session, "--replace PERIOD", options->replace);
  add_value(leaf, session, "--reason TEXT", options->reason);
  add_flag(leaf, session, "--wide", options->wide);
  add_flag(leaf, session, "--check", options->check);
  add_flag(leaf, session, "--no-check", options->no_check);
  add_value(leaf, session, "--encoding NAME", options->encoding);
  add_value(leaf, session, "--delimiter CHAR", options->delimiter);
  add_value(leaf, session, "--sheet NAME|NUMBER", options->sheet);
  add_value(leaf, session, "--input-format FORMAT", options->input_format);
  add_flag(leaf, session, "--suggest", options->suggest);
  add_value(leaf, session, "--id ID", options->id);
  add_value(leaf, session, "--threads N", session.shared.threads);
  const auto prints = [options] { return options->suggest ? Prints::text : Prints::table; };
  set_action(leaf, session, prints, [&session, options] { return run_import(session, *options); });
}

}  // namespace hr::cmd
