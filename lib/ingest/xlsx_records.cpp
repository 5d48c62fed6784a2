#include "ingest/xlsx_records.h"

#include <algorithm>
#include <charconv>

#include "ingest/values.h"
#include "ingest/xml_part.h"

namespace hr::ingest {

namespace {

constexpr uint32_t kLastRow = 1'048'576;
constexpr uint32_t kLastColumn = 16'384;

uint32_t number_of(std::string_view digits) {  // 0: it is none
  uint32_t n = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return error == std::errc() && end == digits.data() + digits.size() ? n : 0;
}

struct CellReference {
  uint32_t row = 0;  // 0: it is none
  uint32_t column = 0;
};

CellReference parse_reference(std::string_view text) {
  CellReference cell;
  size_t i = 0;
  for (; i < text.size() && i < 3 && text[i] >= 'A' && text[i] <= 'Z'; ++i)
    cell.column = cell.column * 26 + static_cast<uint32_t>(text[i] - 'A' + 1);
  const uint32_t row = number_of(text.substr(i));
  if (cell.column > 0 && cell.column <= kLastColumn && row <= kLastRow && !text.substr(i).starts_with('0'))
    cell.row = row;
  return cell;
}

// What the type of a cell says of its value.
enum class CellType : uint8_t { number, shared, text, boolean, error, moment };

CellType type_of(std::string_view name) {
  if (name == "s") return CellType::shared;
  if (name == "str" || name == "inlineStr") return CellType::text;
  if (name == "b") return CellType::boolean;
  if (name == "e") return CellType::error;
  return name == "d" ? CellType::moment : CellType::number;
}

}  // namespace

// Makes rows of the elements of a sheet.
class XlsxRecords::Rows final : public XmlHandler {
 public:
  Rows(const Workbook& workbook, const std::string& part, RowOrder order)
      : workbook_(workbook), order_(order), part_(workbook.archive(), part, *this) {}

  // The next row that holds something.
  bool next() { return part_.read_on(); }
  void fill(Record& record);
  uint32_t row() const { return row_; }
  Diagnostics findings(const std::string& file, const std::string& sheet) const;

  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;

 private:
  struct Cell {
    uint32_t column = 0;
    size_t begin = 0;  // in row_text_
    size_t end = 0;
    std::string_view shared;  // instead of these
    std::string_view fault;
  };
  std::string_view text_of(const Cell& cell) const {
    return cell.begin == cell.end ? cell.shared : std::string_view(row_text_).substr(cell.begin, cell.end - cell.begin);
  }
  void start_row(const XmlAttributes& attributes);
  void start_cell(const XmlAttributes& attributes);
  void end_cell();
  void end_row();
  void add_value(Cell& cell);
  void add_number_of(const Cell& cell, std::string_view stored);
  // `row` 0: the sheet as a whole; `column` 0: the row.
  void stop(std::string message, std::vector<std::string> args, uint32_t row = 0, uint32_t column = 0);

  const Workbook& workbook_;
  const RowOrder order_;
  uint32_t row_ = 0;
  bool row_hidden_ = false;
  std::string row_text_;
  size_t width_ = 0;         // of the first row
  std::vector<Cell> cells_;  // of the row, that hold something

  uint32_t column_ = 0;
  CellType type_ = CellType::number;
  size_t style_ = 0;
  bool has_formula_ = false;
  bool has_inline_ = false;
  std::string value_;
  bool in_value_ = false;
  bool spoken_ = false;

  uint32_t hidden_rows_ = 0;
  uint32_t first_hidden_ = 0;
  uint64_t lost_ = 0;  // numbers with more digits than are kept
  std::string first_lost_;
  uint32_t lost_row_ = 0, lost_column_ = 0;
  XmlPart part_;  // last: it is given the handler
};

void XlsxRecords::Rows::stop(std::string message, std::vector<std::string> args, uint32_t row, uint32_t column) {
  part_.stop({std::move(message), std::move(args), static_cast<int>(row), static_cast<int>(column)});
}

void XlsxRecords::Rows::start(std::string_view name, const XmlAttributes& attributes) {
  in_value_ = false;
  if (name == "c") return start_cell(attributes);
  if (name == "v") {
    in_value_ = !has_inline_;
  } else if (name == "t") {
    in_value_ = has_inline_ && !spoken_;
  } else if (name == "f") {
    has_formula_ = true;
  } else if (name == "is") {
    has_inline_ = true;
    value_.clear();
  } else if (name == "rPh") {
    spoken_ = true;
  } else if (name == "row") {
    start_row(attributes);
  }
}

void XlsxRecords::Rows::end(std::string_view name) {
  in_value_ = false;
  if (name == "c") return end_cell();
  if (name == "row") return end_row();
  if (name == "rPh") spoken_ = false;
}

void XlsxRecords::Rows::text(std::string_view text) {
  if (!in_value_) return;
  if (row_text_.size() + value_.size() + text.size() > kMaxRecord)
    return stop("bad-workbook/long-row", {std::to_string(kMaxRecord >> 20U)}, row_, column_);
  value_ += text;
}

void XlsxRecords::Rows::start_row(const XmlAttributes& attributes) {
  const auto number = attributes.find("r");
  const uint32_t row = number ? number_of(*number) : row_ + 1;
  if (row == 0 || row > kLastRow) return stop("bad-workbook/row", {std::string(number.value_or("")).substr(0, 40)});
  if (row <= row_ && order_ == RowOrder::ascending) return stop("bad-workbook/row-order", {std::to_string(row)});
  row_ = row;
  row_hidden_ = attributes.is_true("hidden");
  row_text_.clear();
  cells_.clear();
  column_ = 0;
}

void XlsxRecords::Rows::start_cell(const XmlAttributes& attributes) {
  if (const auto reference = attributes.find("r")) {
    const CellReference cell = parse_reference(*reference);
    if (cell.row != row_) return stop("bad-workbook/cell", {std::string(reference->substr(0, 40))}, row_);
    column_ = cell.column;
  } else if (++column_ > kLastColumn) {
    return stop("bad-workbook/columns", {std::to_string(kLastColumn)}, row_);
  }
  type_ = type_of(attributes.get("t"));
  style_ = number_of(attributes.get("s"));
  has_formula_ = false;
  has_inline_ = false;
  value_.clear();
}

void XlsxRecords::Rows::add_number_of(const Cell& cell, std::string_view stored) {
  if (!add_number(row_text_, stored, workbook_.format_of_style(style_), workbook_.from_1904())) return;
  if (lost_++ > 0) return;
  first_lost_ = row_text_.substr(cell.begin);
  lost_row_ = row_;
  lost_column_ = column_;
}

void XlsxRecords::Rows::add_value(Cell& cell) {
  const std::string_view bare = without_blanks(value_);
  switch (type_) {
    case CellType::number:
      if (!bare.empty()) add_number_of(cell, bare);
      break;
    case CellType::shared: {
      const uint32_t index = number_of(bare);
      const auto shared = index > 0 || bare == "0" ? workbook_.shared_string(index) : std::nullopt;
      if (!shared && !bare.empty())
        return stop("bad-workbook/shared-string", {std::string(bare.substr(0, 40))}, row_, column_);
      cell.shared = shared.value_or(std::string_view());
      break;
    }
    case CellType::text:
      unescape(value_);
      row_text_ += value_;
      break;
    case CellType::boolean:
      row_text_ += bare == "1" || bare == "true" ? "TRUE" : bare == "0" || bare == "false" ? "FALSE" : bare;
      break;
    case CellType::error:
      row_text_ += bare;
      cell.fault = "excel-error";
      break;
    case CellType::moment:
      add_iso_moment(row_text_, bare);
      break;
  }
}

void XlsxRecords::Rows::end_cell() {
  Cell cell;
  cell.column = column_;
  cell.begin = row_text_.size();
  if (has_formula_ && value_.empty() && type_ != CellType::text)
    cell.fault = "formula-without-value";
  else
    add_value(cell);
  cell.end = row_text_.size();
  if (!cell.fault.empty() || !text_of(cell).empty()) cells_.push_back(cell);
}

void XlsxRecords::Rows::end_row() {
  const auto by_column = [](const Cell& a, const Cell& b) { return a.column < b.column; };
  if (!std::is_sorted(cells_.begin(), cells_.end(), by_column)) std::sort(cells_.begin(), cells_.end(), by_column);
  const auto twice = std::adjacent_find(cells_.begin(), cells_.end(),
                                        [](const Cell& a, const Cell& b) { return a.column == b.column; });
  if (twice != cells_.end()) return stop("bad-workbook/cell-twice", {}, row_, twice->column);
  const bool holds = std::any_of(cells_.begin(), cells_.end(), [&](const Cell& cell) {
    return !cell.fault.empty() || !without_blanks(text_of(cell)).empty();
  });
  if (!holds) return;
  if (row_hidden_ && hidden_rows_++ == 0) first_hidden_ = row_;
  part_.pause();
}

void XlsxRecords::Rows::fill(Record& record) {
  const size_t own = cells_.back().column;
  if (width_ == 0 && order_ == RowOrder::ascending) width_ = own;
  const size_t most = std::max(width_, kMaxColumns);
  record.reset(row_, 0);
  record.fields.resize(std::min(std::max(width_, own), most));
  if (own > most) {
    record.set_fault("too-many-columns/row", row_, 0);
    record.fault_args = {std::to_string(own), std::to_string(kMaxColumns)};
  }
  for (const Cell& cell : cells_) {
    if (cell.column > most) break;
    record.fields[cell.column - 1] = text_of(cell);
    if (!cell.fault.empty()) record.cell_faults.push_back({cell.column - 1, cell.fault});
  }
}

Diagnostics XlsxRecords::Rows::findings(const std::string& file, const std::string& sheet) const {
  const auto span = [&](uint32_t row, uint32_t column) {
    return SourceSpan{file, static_cast<int>(row), static_cast<int>(column), 0, sheet};
  };
  Diagnostics found;
  if (const auto& fault = part_.fault())
    found.push_back(make_error(fault->message, {file, fault->row, fault->column, 0, sheet}, fault->args));
  if (lost_ > 0)
    found.push_back(make_warning("digits-lost", span(lost_row_, lost_column_), {std::to_string(lost_), first_lost_}));
  if (hidden_rows_ > 0) {
    found.push_back(make_warning("hidden-rows", span(first_hidden_, 0), {std::to_string(hidden_rows_)}));
    found.back().severity = Severity::note;
  }
  return found;
}

XlsxRecords::XlsxRecords(std::shared_ptr<const Workbook> workbook, const Sheet& sheet, std::string file, RowOrder order)
    : workbook_(std::move(workbook)),
      sheet_(sheet.name),
      file_(std::move(file)),
      rows_(std::make_unique<Rows>(*workbook_, sheet.part, order)) {}

XlsxRecords::~XlsxRecords() = default;

bool XlsxRecords::next(Record& record) {
  if (!rows_->next()) return false;
  rows_->fill(record);
  return true;
}

Place XlsxRecords::place(const Record& record, size_t field) const {
  return {record.line, static_cast<uint32_t>(field + 1), 0};
}

uint32_t XlsxRecords::line() const {
  return rows_->row() + 1;
}

Diagnostics XlsxRecords::findings() const {
  return rows_->findings(file_, sheet_);
}

}  // namespace hr::ingest
