#include "template_book.h"

#include <algorithm>

#include "engine/template_values.h"
#include "sheets/workbook.h"

namespace hr::cmd {

using i18n::Language;
using model::ColumnType;

namespace {

// Columns of the sheet that explains; the lists of values stand behind the blank one.
struct Explained {
  const char* heading;  // key of the message
  sheets::CellFormat format;
  int width;
};
constexpr Explained kExplained[] = {
    {"template-column", sheets::CellFormat::text, 24},   {"template-other", sheets::CellFormat::text, 24},
    {"template-key", sheets::CellFormat::text, 20},      {"template-means", sheets::CellFormat::prose, 60},
    {"template-required", sheets::CellFormat::text, 10}, {"template-format", sheets::CellFormat::prose, 44},
    {"template-example", sheets::CellFormat::text, 20},  {"", sheets::CellFormat::plain, 4}};

const char* format_key(ColumnType type) {
  switch (type) {
    case ColumnType::id:
    case ColumnType::subject:
      return "column-format/id";
    case ColumnType::text:
      return "column-format/text";
    case ColumnType::date:
    case ColumnType::last_day:
      return "column-format/day";
    case ColumnType::period:
      return "column-format/period";
    case ColumnType::decimal:
    case ColumnType::count:
      return "column-format/number";
    case ColumnType::money:
      return "column-format/money";
    case ColumnType::choice:
      break;
  }
  return "column-format/choice";
}

sheets::CellFormat cell_format(ColumnType type) {
  switch (type) {
    case ColumnType::date:
    case ColumnType::last_day:
      return sheets::CellFormat::day;
    case ColumnType::decimal:
    case ColumnType::count:
      return sheets::CellFormat::plain;
    case ColumnType::money:
      return sheets::CellFormat::money;
    case ColumnType::id:
    case ColumnType::subject:
    case ColumnType::text:
    case ColumnType::period:
    case ColumnType::choice:
      break;
  }
  return sheets::CellFormat::text;
}

class TemplateBook {
 public:
  TemplateBook(model::TableId table, const model::Definitions* definitions, Language language)
      : table_(model::imported_table(table)), language_(language) {
    for (size_t i = 0; i < table_.columns.size(); ++i) {
      values_.push_back(engine::column_values(table, i, definitions));
      if (table_.columns[i].type != ColumnType::choice) continue;
      for (std::string& value : values_.back().values) value = say("choice/" + value);
    }
  }

  void write(const sheets::Sink& sink) const {
    sheets::WorkbookWriter book;
    book.begin_sheet(sheet_to_fill_in());
    book.begin_sheet(explanation());
    for (size_t row = 0; row < rows(); ++row) add_row(book, row);
    book.write_to(sink);
  }

 private:
  std::string say(const std::string& key, const std::vector<std::string>& args = {}) const {
    return i18n::text(language_, key, args);
  }
  Language other() const { return language_ == Language::en ? Language::zh : Language::en; }
  std::string name() const { return say("sheet/" + std::string(table_.name)); }
  std::string explanation_name() const {
    return std::string(model::kExplanationSheets[language_ == Language::en ? 0 : 1]);
  }

  // "column/NAME", or the table's own, with what comes behind.
  std::string of_column(const model::CanonicalColumn& column, const std::string& part, Language language) const {
    const std::string own = "column/" + std::string(table_.name) + "." + std::string(column.name) + part;
    return i18n::text(language, i18n::has_message(own) ? own : "column/" + std::string(column.name) + part);
  }
  std::string format_of(size_t at) const {
    const ColumnType type = table_.columns[at].type;
    const bool chosen = !values_[at].values.empty() && values_[at].only;
    return say(format_key(chosen ? ColumnType::choice : type));
  }

  sheets::Sheet sheet_to_fill_in() const {
    sheets::Sheet sheet;
    sheet.name = name();
    size_t list = std::size(kExplained);
    for (size_t i = 0; i < table_.columns.size(); ++i) {
      const model::CanonicalColumn& column = table_.columns[i];
      sheets::SheetColumn& to = sheet.columns.emplace_back();
      to.heading = of_column(column, "", language_) + (column.required ? "*" : "");
      to.format = cell_format(column.type);
      to.marked = column.required;
      to.note_title = of_column(column, "", other());
      to.note = of_column(column, "/means", language_) + "\n" + of_column(column, "/means", other()) + "\n" +
                format_of(i) + "\n" + of_column(column, "/example", language_);
      if (values_[i].values.empty()) continue;
      to.values = {explanation_name(), list++, values_[i].values.size(), values_[i].only};
    }
    return sheet;
  }

  sheets::Sheet explanation() const {
    sheets::Sheet sheet;
    sheet.name = explanation_name();
    const auto add = [&](const std::string& heading, sheets::CellFormat format, int width) {
      sheets::SheetColumn& column = sheet.columns.emplace_back();
      column.heading = heading;
      column.format = format;
      column.width = width;
    };
    for (const Explained& column : kExplained) add(say(column.heading), column.format, column.width);
    for (size_t i = 0; i < table_.columns.size(); ++i) {
      if (values_[i].values.empty()) continue;
      add(say("template-list", {of_column(table_.columns[i], "", language_)}), sheets::CellFormat::text, 0);
    }
    return sheet;
  }

  size_t rows() const {
    size_t rows = table_.columns.size() + 2;  // a blank one, and how to fill it in
    for (const engine::ColumnValues& values : values_) rows = std::max(rows, values.values.size());
    return rows;
  }

  std::vector<std::string> explained(size_t row) const {
    const size_t n = table_.columns.size();
    if (row > n + 1 || row == n) return {};
    if (row == n + 1) return {"", "", "", say("template-how", {name(), std::string(table_.name)})};
    const model::CanonicalColumn& column = table_.columns[row];
    return {of_column(column, "", language_),
            of_column(column, "", other()),
            std::string(column.name),
            of_column(column, "/means", language_),
            say(column.required ? "table-yes" : "table-no"),
            format_of(row),
            of_column(column, "/example", language_)};
  }

  void add_row(sheets::WorkbookWriter& book, size_t row) const {
    std::vector<std::string> texts = explained(row);
    texts.resize(std::size(kExplained));
    for (const engine::ColumnValues& values : values_) {
      if (!values.values.empty()) texts.push_back(row < values.values.size() ? values.values[row] : std::string());
    }
    const std::vector<sheets::Cell> cells(texts.begin(), texts.end());
    book.add_row(cells);
  }

  const model::ImportedTable& table_;
  Language language_;
  std::vector<engine::ColumnValues> values_;  // by column; choices in the language
};

}  // namespace

void write_template(model::TableId table, const model::Definitions* definitions, Language language,
                    const sheets::Sink& sink) {
  TemplateBook(table, definitions, language).write(sink);
}

}  // namespace hr::cmd
