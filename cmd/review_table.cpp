#include "review_table.h"

#include "base/listed.h"
#include "base/timestamp.h"
#include "engine/stored_sentence.h"
#include "ingest/row_text.h"
#include "report/columns.h"

namespace hr::cmd {

using engine::Item;
using engine::ItemState;
using report::make_column;
using store::ItemKind;
using table::Column;
using table::Kind;
using table::Show;

namespace {

report::Labels verdict_labels() {
  return {{"accept", {"accept", "接受"}}, {"correct", {"correct", "更正"}}, {"drop", {"drop", "丢弃"}}};
}

report::Labels state_labels() {
  return {{"open", {"open", "待处理"}}, {"decided", {"decided", "已决定"}}, {"settled", {"settled", "已解决"}}};
}

void put(Column& column, const std::string& text) {
  if (text.empty())
    column.add_missing();
  else
    column.add(text);
}

// heading=text of a correction
std::vector<std::string> changes_of(const store::Decision& decision) {
  const ingest::RowFields changes = ingest::read_row_text(decision.changes);
  std::vector<std::string> list;
  for (size_t i = 0; i < changes.fields.size(); ++i) list.push_back(changes.headings[i] + "=" + changes.fields[i]);
  return list;
}

bool is_row(const Item& item) {
  return item.kind == ItemKind::row;
}

std::string code_of(const Item& item) {
  return is_row(item) ? item.row.code : item.finding.rule;
}

std::string reason_of(const Item& item, i18n::Language language) {
  return engine::stored_sentence(is_row(item) ? item.row.message : item.finding.message, language);
}

// Where the row stood; the fact of a finding, as long as it stands.
std::optional<uint32_t> line_of(const Item& item) {
  if (is_row(item)) return item.row.line;
  return item.source.id > 0 ? std::optional(item.stored->row) : std::nullopt;
}

std::string place_of(const Item& item) {
  const auto line = line_of(item);
  return line ? engine::place_text(item.source, *line) : std::string();
}

std::vector<Column> list_columns() {
  std::vector<Column> columns{make_column("item", "Item", "条目", Kind::text, Show::key),
                              make_column("kind", "Kind", "种类", Kind::choice, Show::wide),
                              make_column("table", "Table", "表", Kind::text, Show::key),
                              make_column("file", "File", "文件", Kind::text),
                              make_column("line", "Line", "行", Kind::number),
                              make_column("key", "Record", "记录", Kind::text, Show::more),
                              make_column("column", "Column", "列", Kind::text),
                              make_column("value", "Value", "值", Kind::text),
                              make_column("code", "Code", "代码", Kind::text),
                              make_column("reason", "Reason", "原因", Kind::text),
                              make_column("state", "State", "状态", Kind::choice, Show::key),
                              make_column("in_store", "In the store", "已入库", Kind::boolean, Show::more),
                              make_column("decision", "Decision", "决定", Kind::choice),
                              make_column("changes", "Changes", "更正内容", Kind::list, Show::more),
                              make_column("by", "By", "决定人", Kind::text, Show::wide),
                              make_column("why", "Why", "理由", Kind::text, Show::more),
                              make_column("at", "At", "时间", Kind::text, Show::programs),
                              make_column("since", "Since", "起始", Kind::text, Show::programs)};
  columns[1].labels = {{"row", {"row", "行"}}, {"finding", {"finding", "疑点"}}};
  columns[10].labels = state_labels();
  columns[12].labels = verdict_labels();
  columns[9].below = true;
  for (const size_t i : {12U, 14U, 15U}) columns[i].remark = true;
  return columns;
}

void add_item(table::Table& t, const Item& item, i18n::Language language) {
  const bool row = is_row(item);
  size_t at = 0;
  t.columns[at++].add(item.name());
  t.columns[at++].add(row ? "row" : "finding");
  t.columns[at++].add(std::string(model::imported_table(item.table).name));
  put(t.columns[at++], item.source.file);
  const auto line = line_of(item);
  t.columns[at++].add_optional(line ? std::optional(make_decimal(*line)) : std::nullopt);
  put(t.columns[at++], item.key);
  put(t.columns[at++], row ? item.row.column : "");
  put(t.columns[at++], row ? item.row.value : item.finding.value);
  t.columns[at++].add(code_of(item));
  t.columns[at++].add(reason_of(item, language));
  t.columns[at++].add(engine::state_name(item.state()));
  t.columns[at++].add_flag(item.is_in_store());
  const store::Decision* decision = item.decision();
  put(t.columns[at++], decision != nullptr ? engine::verdict_name(decision->verdict) : "");
  t.columns[at++].add_list(decision != nullptr ? changes_of(*decision) : std::vector<std::string>());
  put(t.columns[at++], decision != nullptr ? decision->by : "");
  put(t.columns[at++], decision != nullptr ? decision->reason : "");
  put(t.columns[at++], decision != nullptr ? to_iso_timestamp(decision->at) : "");
  t.columns[at].add(to_iso_timestamp(row ? item.source.imported_at : item.finding.found_at));
}

// A line of what is known about one item.
struct Line {
  const char* part;
  std::string name;
  std::string value;
  std::string source = {}, by = {}, at = {}, why = {};
};

std::vector<Line> lines_of(const Item& item, const engine::ImportedPlaces& places, i18n::Language language) {
  std::vector<Line> lines;
  const std::string place = place_of(item);
  lines.push_back({"item", code_of(item), reason_of(item, language), place, {}, {}, {}});
  if (is_row(item)) {
    const ingest::RowFields row = ingest::read_row_text(item.row.fields);
    for (size_t i = 0; i < row.fields.size(); ++i) lines.push_back({"row", row.headings[i], row.fields[i], place});
    const ingest::RowFields given = ingest::read_row_text(row.given);
    for (size_t i = 0; i < given.fields.size(); ++i) lines.push_back({"given", given.headings[i], given.fields[i]});
  } else {
    const store::Finding& f = item.finding;
    for (const auto& [name, value] :
         {std::pair{"subject", f.subject}, {"kpi", f.kpi}, {"period", f.period}, {"value", f.value}})
      lines.push_back({"row", name, value, place});
  }
  if (item.stored) {
    for (const auto& [name, value] : item.stored->cells)
      lines.push_back({"stored", name, value, places.place(item.stored->source, item.stored->row)});
  }
  for (const store::Decision& d : item.decisions) {
    lines.push_back({"decision",
                     engine::verdict_name(d.verdict),
                     listed(changes_of(d), {}, "; "),
                     {},
                     d.by,
                     to_iso_timestamp(d.at),
                     d.reason});
  }
  return lines;
}

}  // namespace

table::Table review_table(const std::vector<Item>& items, i18n::Language language) {
  table::Table t;
  t.schema = "hrctl.review-list/v1";
  t.title = {"Review queue", "待审列表"};
  t.columns = list_columns();
  for (const Item& item : items) add_item(t, item, language);
  return t;
}

table::Table review_item_table(const Item& item, const engine::ImportedPlaces& places, i18n::Language language) {
  table::Table t;
  t.schema = "hrctl.review-show/v1";
  t.title = {"Item " + item.name() + ", " + engine::state_name(item.state()),
             "条目 " + item.name() + "，" + state_labels()[static_cast<size_t>(item.state())].second.zh};
  t.columns = {make_column("part", "Part", "部分", Kind::choice, Show::key),
               make_column("name", "Name", "名称", Kind::text, Show::key),
               make_column("value", "Value", "值", Kind::text),
               make_column("source", "Source", "来源", Kind::text),
               make_column("by", "By", "决定人", Kind::text),
               make_column("at", "At", "时间", Kind::text, Show::more),
               make_column("why", "Why", "理由", Kind::text)};
  t.columns[0].labels = {{"item", {"reason", "原因"}},
                         {"row", {"as read", "原文"}},
                         {"given", {"by the mapping", "映射给定"}},
                         {"stored", {"in the store", "库中"}},
                         {"decision", {"decision", "决定"}}};
  for (size_t i = 2; i < t.columns.size(); ++i) t.columns[i].remark = true;
  for (const Line& line : lines_of(item, places, language)) {
    t.columns[0].add(line.part);
    size_t at = 1;
    for (const std::string& text : {line.name, line.value, line.source, line.by, line.at, line.why})
      put(t.columns[at++], text);
  }
  return t;
}

}  // namespace hr::cmd
