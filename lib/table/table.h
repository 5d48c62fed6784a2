// A report before it has a format: a table of named, typed columns with what a reader should know beside them, or
// several such tables under one heading. Reports build it, renderers print it; no report knows a format, no renderer
// knows an HR word.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"

namespace hr::table {

// A text in both languages; renderers pick one. Keys and values of data are never translated.
struct Label {
  std::string en;
  std::string zh;
};

enum class Kind : uint8_t {
  text,
  number,   // Decimal; right-aligned
  percent,  // Decimal holding percent (70 = 70 %); right-aligned, CSV and JSON the bare number
  date,
  boolean,
  list,    // texts; CSV joins by ';', JSON an array
  choice,  // a stable code, with a label per language for people (status, band): see Column::labels
};

// How much a column matters to people. Where a terminal is narrow, columns of `wide` are left out first, then of
// `more`, then of `main`, each from the right; a key is never left out and never cut. programs: csv, json, jsonl only.
enum class Show : uint8_t { key, main, more, wide, programs };

inline constexpr uint32_t kNoCode = 0xFFFFFFFFU;

// Texts by code that somebody else has; they stay as they are.
class SharedTexts {
 public:
  virtual ~SharedTexts() = default;
  virtual size_t size() const = 0;
  virtual std::string_view at(uint32_t code) const = 0;
};

// Texts that cells refer to by code. A million rows of a few hundred names hold each name once, and those of somebody
// else's dictionary not even once.
class Texts {
 public:
  void share(std::shared_ptr<const SharedTexts> texts);  // the first codes, of an empty one
  uint32_t add(std::string text);                        // its code; equal texts may get different ones
  std::string_view operator[](uint32_t code) const {     // valid until the next add()
    return code < shared_size_ ? shared_->at(code) : std::string_view(own_[code - shared_size_]);
  }
  size_t size() const { return shared_size_ + own_.size(); }

 private:
  std::shared_ptr<const SharedTexts> shared_;
  size_t shared_size_ = 0;
  std::vector<std::string> own_;
};

struct Column {
  std::string key;  // CSV and JSON heading, snake_case, never translated
  Label title;      // heading for people
  Kind kind = Kind::text;
  Show show = Show::main;
  int decimals = -1;        // of numbers: −1 shortest exact, else fixed
  int table_decimals = -2;  // of numbers in formats for people; −2 = as `decimals`
  bool tree = false;        // text is indented by Table::depth in formats for people
  bool below = false;       // where a row is too long for a terminal, it stands on a line of its own below the row
  bool remark = false;      // stands beside a value: without one it is blank, not "-" or "no"; lists always are
  bool series = false;      // of lists: numbers in their order, drawn as a small line; an empty item: no number
  std::string mark = {};    // of percent: drawn as a bar too, on which the figure of that column stands as a mark
  std::string opens;        // of texts: what the cell names, as Link::entity; a page leads there
  bool link = false;        // of texts: the address of a file below the page, followed in formats that can
  Label missing;            // what people read where there is no value; empty = "-"
  // Of choices, and of the items of lists.
  std::vector<std::pair<std::string, Label>> labels;

  // One cell a row in exactly one of these, by kind; `present` says which are missing.
  std::vector<uint32_t> codes;   // text, choice: into texts; list: into lists; kNoCode where there is none
  std::vector<Decimal> numbers;  // number, percent
  std::vector<int32_t> days;     // date
  std::vector<uint8_t> booleans;
  std::vector<uint8_t> present;

  Texts texts;
  std::vector<std::vector<std::string>> lists;

  std::string_view text(size_t row) const {  // empty where there is none
    return codes[row] == kNoCode ? std::string_view{} : texts[codes[row]];
  }
  const std::vector<std::string>& list(size_t row) const { return lists[codes[row]]; }  // only where there is one

  void add_missing();
  void add(std::string text);
  void add(Decimal number);
  void add(Date day);
  void add_flag(bool value);
  void add_list(std::vector<std::string> items);
  void take_rows(const std::vector<uint32_t>& rows);  // these, in this order
  // A present value or missing.
  void add_optional(const std::optional<Decimal>& number);
};

// What stands around the rows of a table, or around the tables of a report.
struct Heading {
  std::string schema;  // "hrctl.scores/v1", of the JSON object
  Label title;
  // Beside the rows in JSON and above the table: run, cycle, as_of.
  std::vector<std::pair<std::string, std::string>> facts;
  // Keys of the facts that JSON writes bare when their value is a number, true or false, and as null when it is empty.
  // All other facts are strings: a cycle named 2026 stays "2026".
  std::vector<std::string> bare_facts{"run", "interim"};
  std::vector<std::string> exact_facts;     // of these: numbers that people, too, read with all their decimals
  std::vector<std::string> nullable_facts;  // texts that JSON writes as null when they are empty
  std::vector<Label> notes;                 // below the rows; in JSON `notes` (English)
};

// How a table is drawn, beside its rows, where a format can draw. It has no numbers of its own, so that no picture says
// anything but what its table says.
struct Chart {
  enum class Kind : uint8_t {
    bars,     // a bar a row
    line,     // from row to row; each series by itself, all on one scale
    range,    // a row's middle half, its median, and one value among them: four series
    columns,  // upright beside each other, a row each; a second series as a mark across the first
  };
  Kind kind = Kind::bars;
  Label title;
  std::string names;                // key of the column that names the rows
  std::vector<std::string> series;  // keys of numeric columns; of range: lower, middle, upper, own
  std::optional<Decimal> least;     // the scale reaches at least from here
  std::optional<Decimal> most;      // to here
  std::string part;                 // of a table with split_by: the value whose rows are drawn
};

struct Table : Heading {
  std::string split_by;  // key of a choice: people get a table per value, headed by its label
  bool sheet = false;    // one row, shown to people as a line a column
  std::vector<Column> columns;
  std::vector<uint16_t> depth;  // of each row, for trees; empty = flat
  std::vector<Chart> charts;    // above the rows
  Label empty;                  // what people read where there are no rows; empty = "No rows."

  size_t rows() const { return columns.empty() ? 0 : columns[0].present.size(); }
  Column& column(std::string_view key);  // must exist
  const Column* find(std::string_view key) const;
  void keep_rows(const std::vector<uint8_t>& keep);   // drops the rows whose byte is 0
  void take_rows(const std::vector<uint32_t>& rows);  // these, in this order
};

// A section that has rows about one of the things that a page can be narrowed to: those whose cell names it.
struct Link {
  std::string entity;  // Entity::key
  std::string column;  // key of a column of texts
  bool below = false;  // rows about what lies below it, too
};

// One of several tables. Its title heads it; it needs no schema.
struct Section {
  std::string key;  // of the member in JSON, snake_case, never translated
  Table table;
  size_t first_rows = 0;         // so many are read at first, of more; 0 = all. Terminals and Markdown have no others
  bool beside = false;           // stands beside the section before it where there is room
  bool cards = false;            // of a sheet: its figures stand beside each other, large
  bool background = false;       // what other sections rest on: not for terminals and Markdown
  bool narrowed = false;         // a page shows it only when it is narrowed
  std::vector<Link> links = {};  // none: what it says is of no single thing
};

// Things of one kind that a page can be narrowed to.
struct Entity {
  std::string key;  // "unit": stands in the page's address, #unit=SALES
  Label title;
  std::string section;  // that lists them
  std::string id;       // columns of it: what links name
  std::string name;     // for people; missing: the id
  std::string parent;   // the one that it lies below; empty = they lie below nothing
};

struct Report : Heading {
  std::vector<Section> sections;  // in the order in which they are read
  // Not empty: as a page it may be searched, sorted and narrowed.
  std::vector<Entity> entities;
};

}  // namespace hr::table
