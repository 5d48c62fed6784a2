#include "sheets/workbook.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "sheets/cell_text.h"
#include "sheets/chart_writer.h"
#include "sheets/workbook_file.h"

namespace hr::sheets {

namespace {

constexpr time_t kCreated = 315'532'800;    // 1980-01-01, as of the parts of the archive: the same bytes every time
constexpr size_t kMostCharacters = 32'767;  // of a cell
constexpr size_t kMostNoteTitle = 32;
constexpr size_t kMostNote = 255;
constexpr int64_t kMostNumber = 999'999'999'999'999;
constexpr lxw_row_t kLastRow = LXW_ROW_MAX - 1;
constexpr size_t kLeastWidth = 8;
constexpr size_t kMostWidth = 60;

// The number that spreadsheets count a day by; none where they have no such day, or not all the same.
std::optional<int> serial_of(Date day) {
  static const Date kZero = *parse_date("1899-12-30");
  static const Date kFirst = *parse_date("1900-03-01");
  static const Date kLast = *parse_date("9999-12-31");
  return day < kFirst || day > kLast ? std::nullopt : std::optional(day - kZero);
}

bool fits_cell(Decimal number) {
  return number.unscaled >= -kMostNumber && number.unscaled <= kMostNumber;
}

size_t widest_line(std::string_view text) {
  size_t width = 0;
  for (const std::string_view line : split(text, '\n')) width = std::max(width, display_width(line));
  return width;
}

// What the library fails at it returns, and prints in English besides: nobody hears that while this lives. The GNU C
// library lets stderr be set like any variable; no other thread writes to it meanwhile, for one writes a workbook.
class Silence {
 public:
  Silence() {
    if (nowhere_ != nullptr) stderr = nowhere_;
  }
  ~Silence() {
    stderr = heard_;
    if (nowhere_ != nullptr) std::fclose(nowhere_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  std::FILE* heard_ = stderr;
  std::FILE* nowhere_ = std::fopen("/dev/null", "w");
};

lxw_worksheet* add_worksheet(lxw_workbook* workbook, const std::string& name) {
  const Silence silence;
  return workbook_add_worksheet(workbook, name.c_str());
}

lxw_error close(lxw_workbook* workbook) {  // frees it, whatever comes
  const Silence silence;
  return workbook_close(workbook);
}

}  // namespace

struct WorkbookWriter::Book {
  WorkbookFile file;
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* sheet = nullptr;
  Sheet spec;
  lxw_row_t row = 0;
  std::vector<size_t> widths;
  uint64_t cells = 0;
  ChartCells charted;

  struct Formats {
    lxw_format* heading = nullptr;
    lxw_format* marked = nullptr;
    lxw_format* text = nullptr;
    lxw_format* money = nullptr;
    lxw_format* day = nullptr;
    lxw_format* prose = nullptr;
  } formats;
  std::map<std::string, lxw_format*> numbers;  // by what they look like

  Book();
  ~Book() {
    if (workbook != nullptr) lxw_workbook_free(workbook);
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  void require(lxw_error error) const {
    if (error != LXW_NO_ERROR) throw Error(ErrorKind::system, "workbook-failed", {file.folder(), lxw_strerror(error)});
  }
  lxw_format* add_format(const char* number_format);
  lxw_format* format_of(const SheetColumn& column);
  void write_headings();
  void add_note(const SheetColumn& column, lxw_col_t at);
  void add_drop_down(const DropDown& values, lxw_col_t at);
  void end_sheet();
  void write_text(lxw_col_t at, std::string_view text, lxw_format* format);
  void write_cell(lxw_col_t at, const Cell& cell);
  void keep_for_charts(std::span<const Cell> row_cells);
};

WorkbookWriter::Book::Book() {
  std::string folder = file.folder();
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = folder.data();
  options.use_zip64 = LXW_FALSE;
  workbook = workbook_new_opt(file.path().c_str(), &options);
  if (workbook == nullptr) require(LXW_ERROR_MEMORY_MALLOC_FAILED);
  lxw_doc_properties properties{};
  properties.created = kCreated;
  require(workbook_set_properties(workbook, &properties));
  formats = {add_format(nullptr),    add_format(nullptr),      add_format("@"),
             add_format("#,##0.00"), add_format("yyyy-mm-dd"), add_format(nullptr)};
  format_set_text_wrap(formats.prose);
  format_set_align(formats.prose, LXW_ALIGN_VERTICAL_TOP);
  for (lxw_format* heading : {formats.heading, formats.marked}) {
    format_set_bold(heading);
    format_set_bottom(heading, LXW_BORDER_THIN);
  }
  format_set_bg_color(formats.heading, 0xE7E6E6);
  format_set_bg_color(formats.marked, 0xDDEBF7);
}

lxw_format* WorkbookWriter::Book::add_format(const char* number_format) {
  lxw_format* format = workbook_add_format(workbook);
  if (format == nullptr) require(LXW_ERROR_MEMORY_MALLOC_FAILED);
  if (number_format != nullptr) format_set_num_format(format, number_format);
  return format;
}

lxw_format* WorkbookWriter::Book::format_of(const SheetColumn& column) {
  switch (column.format) {
    case CellFormat::number:
    case CellFormat::percent: {
      std::string look = column.decimals > 0 ? "0." + std::string(static_cast<size_t>(column.decimals), '0') : "0";
      if (column.format == CellFormat::percent) look += " %";
      lxw_format*& format = numbers[look];
      if (format == nullptr) format = add_format(look.c_str());
      return format;
    }
    case CellFormat::text:
      return formats.text;
    case CellFormat::money:
      return formats.money;
    case CellFormat::day:
      return formats.day;
    case CellFormat::prose:
      return formats.prose;
    case CellFormat::plain:
      break;
  }
  return nullptr;
}

void WorkbookWriter::Book::write_text(lxw_col_t at, std::string_view text, lxw_format* format) {
  if (text.empty()) return;
  const std::string whole = cell_text(text);
  if (const size_t n = characters_of(whole); n > kMostCharacters) {
    throw Error(
        ErrorKind::rejected, "workbook-text-too-long",
        {spec.columns[at].heading, std::to_string(row + 1), std::to_string(n), std::to_string(kMostCharacters)});
  }
  require(worksheet_write_string(sheet, row, at, whole.c_str(), format));
  ++cells;
  widths[at] = std::max(widths[at], widest_line(text));
}

void WorkbookWriter::Book::write_cell(lxw_col_t at, const Cell& cell) {
  lxw_format* const format = format_of(spec.columns[at]);
  if (const auto* text = std::get_if<std::string_view>(&cell)) return write_text(at, *text, format);
  if (const auto* flag = std::get_if<bool>(&cell)) {
    require(worksheet_write_boolean(sheet, row, at, *flag ? 1 : 0, format));
    ++cells;
    return;
  }
  const auto* number = std::get_if<Decimal>(&cell);
  const auto* day = std::get_if<Date>(&cell);
  if (number == nullptr && day == nullptr) return;
  const std::string shown = number != nullptr ? to_string(*number) : to_string(*day);
  const auto serial = day != nullptr ? serial_of(*day) : std::nullopt;
  const bool fits = number != nullptr ? fits_cell(*number) : !!serial;
  if (!fits) return write_text(at, shown, formats.text);
  require(worksheet_write_number(sheet, row, at, serial ? *serial : number->to_double(), format));
  ++cells;
  widths[at] = std::max(widths[at], shown.size());
}

// As write_cell() writes them: a number that no cell can hold is none for a chart.
void WorkbookWriter::Book::keep_for_charts(std::span<const Cell> row_cells) {
  for (auto& [column, kept] : charted) {
    const Cell& cell = row_cells[column];
    ChartCell& to = kept.emplace_back();
    if (const auto* text = std::get_if<std::string_view>(&cell)) to.text = *text;
    if (const auto* day = std::get_if<Date>(&cell)) to.text = to_string(*day);
    const auto* number = std::get_if<Decimal>(&cell);
    if (number == nullptr) continue;
    to.text = to_string(*number);
    if (fits_cell(*number)) to.number = number->to_double();
  }
}

void WorkbookWriter::Book::add_note(const SheetColumn& column, lxw_col_t at) {
  if (column.note.empty()) return;
  std::string title = cut(column.note_title, kMostNoteTitle);
  std::string note = cut(column.note, kMostNote);
  lxw_data_validation beside{};
  beside.validate = LXW_VALIDATION_TYPE_ANY;
  beside.input_title = title.data();
  beside.input_message = note.data();
  require(worksheet_data_validation_cell(sheet, 0, at, &beside));
}

void WorkbookWriter::Book::add_drop_down(const DropDown& values, lxw_col_t at) {
  if (values.rows == 0) return;
  char range[LXW_MAX_CELL_RANGE_LENGTH];
  const auto column = static_cast<lxw_col_t>(values.column);
  lxw_rowcol_to_range_abs(range, 1, column, static_cast<lxw_row_t>(values.rows), column);
  std::string formula = fmt::format("='{}'!{}", values.sheet, range);
  lxw_data_validation list{};
  list.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
  list.value_formula = formula.data();
  if (!values.only) list.show_error = LXW_VALIDATION_OFF;
  require(worksheet_data_validation_range(sheet, 1, at, kLastRow, at, &list));
}

void WorkbookWriter::Book::write_headings() {
  for (size_t i = 0; i < spec.columns.size(); ++i) {
    const SheetColumn& column = spec.columns[i];
    const auto at = static_cast<lxw_col_t>(i);
    write_text(at, column.heading, column.marked ? formats.marked : formats.heading);
    add_note(column, at);
    add_drop_down(column.values, at);
  }
}

void WorkbookWriter::Book::end_sheet() {
  if (sheet == nullptr) return;
  for (size_t i = 0; i < spec.columns.size(); ++i) {
    constexpr size_t kArrow = 3;  // and a little air
    const size_t needed = std::clamp(widths[i] + kArrow, kLeastWidth, kMostWidth);
    const size_t width = spec.columns[i].width > 0 ? static_cast<size_t>(spec.columns[i].width) : needed;
    const auto at = static_cast<lxw_col_t>(i);
    require(worksheet_set_column(sheet, at, at, static_cast<double>(width), format_of(spec.columns[i])));
  }
  if (spec.filter && !spec.columns.empty())
    require(worksheet_autofilter(sheet, 0, 0, row, static_cast<lxw_col_t>(spec.columns.size() - 1)));
  if (!add_charts(workbook, sheet, spec, charted)) require(LXW_ERROR_MEMORY_MALLOC_FAILED);
}

WorkbookWriter::WorkbookWriter() : book_(std::make_unique<Book>()) {}

WorkbookWriter::~WorkbookWriter() = default;

void WorkbookWriter::begin_sheet(Sheet sheet) {
  Book& book = *book_;
  book.end_sheet();
  book.spec = std::move(sheet);
  book.sheet = add_worksheet(book.workbook, book.spec.name);
  if (book.sheet == nullptr) book.require(LXW_ERROR_SHEETNAME_ALREADY_USED);
  book.row = 0;
  book.charted = cells_for_charts(book.spec);
  book.widths.assign(book.spec.columns.size(), 0);
  book.write_headings();
  worksheet_freeze_panes(book.sheet, 1, 0);
}

void WorkbookWriter::add_row(std::span<const Cell> cells) {
  Book& book = *book_;
  if (book.row == kLastRow) throw Error(ErrorKind::rejected, "workbook-too-many-rows", {std::to_string(kLastRow)});
  ++book.row;
  for (size_t i = 0; i < cells.size(); ++i) book.write_cell(static_cast<lxw_col_t>(i), cells[i]);
  book.keep_for_charts(cells);
}

void WorkbookWriter::write_to(const Sink& sink) {
  Book& book = *book_;
  book.end_sheet();
  lxw_workbook* const workbook = std::exchange(book.workbook, nullptr);
  book.require(close(workbook));
  book.file.require_whole(book.cells);
  book.file.copy_to(sink);
}

}  // namespace hr::sheets
