#include "ingest/sheet_survey.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/simplified.h"

namespace hr::ingest {

namespace {

constexpr size_t kHead = 60;             // rows among which the headings are looked for
constexpr size_t kTail = 30;             // rows that may stand below the data
constexpr uint64_t kMostRows = 200'000;  // whose values are looked at
constexpr size_t kMostFooters = 8;

SheetRow row_of(const Record& record) {
  SheetRow row{record.line, {}, {}};
  for (const std::string_view field : record.fields) {
    row.fields.emplace_back(trim(field));
    row.raw.emplace_back(field);
  }
  return row;
}

std::string_view first_text(const SheetRow& row) {
  for (const std::string& field : row.fields) {
    if (!field.empty()) return field;
  }
  return {};
}

// 合计, 小计:, Total — or empty.
std::string total_word(std::string_view text) {
  if (display_width(text) > 24) return {};
  const std::string plain = fold_for_match(text);
  const std::string folded = simplified(plain);  // as long as it: one character for one
  for (const std::string_view word : {"合计", "总计", "小计", "累计", "共计", "平均", "总和"}) {
    if (folded.starts_with(word)) return plain.substr(0, word.size());
    if (folded.ends_with(word)) return std::string(text);
  }
  for (const std::string_view word : {"Total", "Grand Total", "Subtotal", "Sub-total", "Sum", "Average", "Totals"}) {
    const std::string total = fold_for_match(word);
    if (folded == total || folded == total + ":") return std::string(word);
  }
  return {};
}

// How a remark below a table begins, short enough to stand in a mapping: 备注, 制表人.
std::string beginning_of(std::string_view text) {
  size_t end = std::string_view::npos;
  for (const std::string_view mark : {"：", ":", "、", "，", ",", " ", "\n", "（", "("})
    end = std::min(end, text.find(mark));
  constexpr size_t kFewestBytes = 4;  // 一、 would be how people and places begin, too
  const std::string_view begin = text.substr(0, end < kFewestBytes ? std::string_view::npos : end);
  constexpr size_t kMostCharacters = 8;
  size_t characters = 0;
  for (size_t at = 0; at < begin.size(); ++at) {
    const bool lead = (static_cast<unsigned char>(begin[at]) & 0xC0U) != 0x80U;
    if (lead && characters++ == kMostCharacters) return std::string(begin.substr(0, at));
  }
  return std::string(begin);
}

class Surveyor {
 public:
  void add(const Record& record) {
    SheetRow row = row_of(record);
    if (row.filled() == 0) return;
    if (begun_) return flow(std::move(row));
    head_.push_back(std::move(row));
    if (head_.size() == kHead) begin();
  }

  // There is nothing but data, under these.
  void begin_below(const std::vector<std::string>& headings) {
    begun_ = true;
    found_.header.rows = {{0, headings, headings}};
    found_.header.headings = headings;
    found_.header.first_data = 1;
    found_.columns.resize(headings.size());
  }

  SheetSurvey finish() {
    if (!begun_) begin();
    take_tail();
    return std::move(found_);
  }

 private:
  void begin() {
    begun_ = true;
    found_.header = guess_header(head_);
    found_.columns.resize(found_.header.headings.size());
    for (size_t i = found_.header.first_data; i < head_.size(); ++i) flow(std::move(head_[i]));
    head_.clear();
  }

  void flow(SheetRow row) {
    tail_.push_back(std::move(row));
    if (tail_.size() <= kTail) return;
    look_at(tail_.front());
    tail_.pop_front();
  }

  void look_at(const SheetRow& row) {
    const std::string word = total_word(first_text(row));
    if (!word.empty()) return leave_out(row, word);
    ++found_.rows;
    filled_ += row.filled();
    if (found_.rows > kMostRows) return;
    for (size_t i = 0; i < found_.columns.size(); ++i)
      found_.columns[i].add(i < row.raw.size() ? std::string_view(row.raw[i]) : std::string_view());
  }

  void leave_out(const SheetRow& row, const std::string& word) {
    if (found_.left_out.size() < kMostFooters) found_.left_out.emplace_back(truncate_to_width(first_text(row), 40));
    const auto known = std::find(found_.footers.begin(), found_.footers.end(), word);
    if (known == found_.footers.end() && found_.footers.size() < kMostFooters) found_.footers.push_back(word);
  }

  // A row with little in it, at the very end of the file: remarks, signatures.
  bool is_remark(const SheetRow& row, size_t usual) const {
    const std::string text = simplified(first_text(row));
    for (const std::string_view word :
         {"备注", "说明", "注：", "注:", "制表", "审核", "审批", "填表", "签字", "Note", "Prepared", "Approved"}) {
      if (text.starts_with(word)) return true;
    }
    return usual >= 3 && row.filled() <= 2 && row.filled() * 3 <= usual && display_width(text) > 12;
  }

  size_t usual_fill() {
    std::vector<size_t> fills;
    for (const SheetRow& row : tail_) fills.push_back(row.filled());
    std::sort(fills.begin(), fills.end());
    return found_.rows > kTail ? filled_ / found_.rows : fills.empty() ? 0 : fills[fills.size() / 2];
  }

  void take_tail() {
    const size_t usual = usual_fill();
    size_t end = tail_.size();
    while (end > 1 && (is_remark(tail_[end - 1], usual) || !total_word(first_text(tail_[end - 1])).empty())) --end;
    for (size_t i = 0; i < end; ++i) look_at(tail_[i]);
    for (size_t i = end; i < tail_.size(); ++i) {
      const std::string word = total_word(first_text(tail_[i]));
      leave_out(tail_[i], word.empty() ? beginning_of(first_text(tail_[i])) : word);
    }
  }

  SheetSurvey found_;
  std::vector<SheetRow> head_;
  std::deque<SheetRow> tail_;
  bool begun_ = false;
  uint64_t filled_ = 0;
};

}  // namespace

SheetSurvey survey(RecordSource& records, const std::vector<std::string>* headings) {
  Surveyor surveyor;
  if (headings) surveyor.begin_below(*headings);
  Record record;
  while (records.next(record)) {
    if (record.fault.empty()) surveyor.add(record);
  }
  return surveyor.finish();
}

}  // namespace hr::ingest
