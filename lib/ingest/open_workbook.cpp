#include "ingest/open_workbook.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "ingest/column_plan.h"
#include "ingest/rows_in_order.h"
#include "ingest/xlsx_records.h"
#include "model/imported_table.h"

namespace hr::ingest {

namespace {

using namespace std::string_view_literals;

// Old and encrypted workbooks are in a container of another kind, which names its parts in UTF-16.
std::optional<WorkbookFault> container_fault(std::string_view bytes) {
  if (bytes.size() > kMaxPacked) return WorkbookFault{"bad-workbook/packed", {std::to_string(kMaxPacked >> 20U)}};
  if (!bytes.starts_with("\xD0\xCF\x11\xE0")) return std::nullopt;
  constexpr std::string_view kEncrypted = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
  if (bytes.find(kEncrypted) != std::string_view::npos) return WorkbookFault{"bad-workbook/encrypted", {}};
  return WorkbookFault{"not-text", {"Excel 97 (.xls)"}};
}

bool explains(const Sheet& sheet) {
  return std::find(std::begin(model::kExplanationSheets), std::end(model::kExplanationSheets), sheet.name) !=
         std::end(model::kExplanationSheets);
}

class Chooser {
 public:
  Chooser(std::shared_ptr<const Workbook> workbook, const std::string& file, OpenedSheet& opened)
      : workbook_(std::move(workbook)), sheets_(workbook_->sheets()), file_(file), opened_(opened) {}

  const Sheet* by_name(const std::string& wanted);
  const Sheet* first_that_shows();

 private:
  const Sheet* fail(std::string message, std::vector<std::string> args, std::string suggestion = {});
  bool has_something(const Sheet& sheet) const;
  std::vector<std::string> names() const;

  std::shared_ptr<const Workbook> workbook_;
  const std::vector<Sheet>& sheets_;
  const std::string& file_;
  OpenedSheet& opened_;
};

const Sheet* Chooser::fail(std::string message, std::vector<std::string> args, std::string suggestion) {
  opened_.diagnostics.push_back(make_error(std::move(message), {file_, 0, 0, 0}, std::move(args)));
  opened_.diagnostics.back().suggestion = std::move(suggestion);
  return nullptr;
}

// A damaged sheet has something: that it is damaged.
bool Chooser::has_something(const Sheet& sheet) const {
  if (sheet.part.empty()) return false;
  XlsxRecords records(workbook_, sheet, file_);
  Record record;
  return records.next(record) || has_errors(records.findings());
}

std::vector<std::string> Chooser::names() const {
  std::vector<std::string> names;
  for (const Sheet& sheet : sheets_) names.push_back(sheet.name);
  return names;
}

const Sheet* Chooser::by_name(const std::string& wanted) {
  auto found = std::find_if(sheets_.begin(), sheets_.end(), [&](const Sheet& s) { return s.name == wanted; });
  if (found == sheets_.end()) {
    size_t number = 0;
    const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
    if (error == std::errc() && end == wanted.data() + wanted.size() && number >= 1 && number <= sheets_.size())
      found = sheets_.begin() + static_cast<std::ptrdiff_t>(number - 1);
  }
  if (found == sheets_.end())
    return fail("sheet-missing", {wanted, listed(names())}, nearest(wanted, names()).value_or(std::string()));
  if (found->part.empty()) return fail("sheet-missing/chart", {found->name});
  if (!has_something(*found)) return fail("sheet-empty", {found->name});
  return &*found;
}

const Sheet* Chooser::first_that_shows() {
  const Sheet* first = nullptr;
  const Sheet* explanation = nullptr;
  std::vector<std::string> others;
  for (const Sheet& sheet : sheets_) {
    if (!has_something(sheet)) continue;
    if (explains(sheet))
      explanation = sheet.hidden ? explanation : &sheet;
    else if (first == nullptr && !sheet.hidden)
      first = &sheet;
    else
      others.push_back(sheet.name);
  }
  if (first == nullptr && explanation != nullptr) return fail("sheet-missing/explanation", {explanation->name});
  if (first == nullptr)
    return others.empty() ? fail("sheet-empty/all", {}) : fail("sheet-missing/hidden", {listed(others)});
  if (!others.empty()) {
    opened_.diagnostics.push_back(make_warning("sheet-taken", {file_, 0, 0, 0}, {first->name, listed(others)}));
    opened_.diagnostics.back().severity = Severity::note;
  }
  return first;
}

// Looking at the order of rows takes half as long as reading them: done where it is short, and where programs that
// write them as they like mostly are.
constexpr uint64_t kMostToOrder = uint64_t{4} << 20U;  // bytes of XML

std::unique_ptr<RecordSource> open_sheet(const std::shared_ptr<const Workbook>& workbook, const Sheet& sheet,
                                         const std::string& file) {
  const auto as_they_stand = [&] { return std::make_unique<XlsxRecords>(workbook, sheet, file, RowOrder::any); };
  if (workbook->archive().size(sheet.part) <= kMostToOrder && !rows_ascend(*as_they_stand()))
    return std::make_unique<RowsInOrder>(as_they_stand(), SourceSpan{file, 0, 0, 0, sheet.name});
  return std::make_unique<XlsxRecords>(workbook, sheet, file);
}

}  // namespace

OpenedSheet open_workbook(std::string_view bytes, const std::string& file, const std::string& wanted) {
  OpenedSheet opened;
  WorkbookFault fault;
  std::shared_ptr<const Workbook> workbook;
  if (const auto of_container = container_fault(bytes))
    fault = *of_container;
  else
    workbook = Workbook::open(bytes, fault);
  if (!workbook) {
    opened.diagnostics.push_back(make_error(fault.message, {file, 0, 0, 0}, fault.args));
    return opened;
  }
  Chooser chooser(workbook, file, opened);
  const Sheet* sheet = wanted.empty() ? chooser.first_that_shows() : chooser.by_name(wanted);
  if (sheet == nullptr) return opened;
  opened.name = sheet->name;
  opened.records = open_sheet(workbook, *sheet, file);
  return opened;
}

}  // namespace hr::ingest
