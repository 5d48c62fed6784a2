#include "ingest/workbook.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "ingest/values.h"
#include "ingest/xml_part.h"

namespace hr::ingest {

namespace {

constexpr uint64_t kMaxSmallPart = uint64_t{64} << 20U;   // bytes of a part that is no sheet and no strings
constexpr size_t kMaxSharedStrings = size_t{256} << 20U;  // bytes of all of them, with what it takes to find them
constexpr size_t kMaxSheets = 1000;

size_t number_or(std::string_view text, size_t otherwise) {
  size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty() ? value : otherwise;
}

// Parts of the package that a part points to.
struct Relation {
  std::string type;    // the last part of its name: worksheet, styles, sharedStrings …
  std::string target;  // as it is written
  bool external = false;
};

class Relations final : public XmlHandler {
 public:
  std::map<std::string, Relation> by_id;

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return;
    const std::string_view type = attributes.get("Type");
    by_id[std::string(attributes.get("Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                                std::string(attributes.get("Target")),
                                                attributes.get("TargetMode") == "External"};
  }
  void end(std::string_view /*name*/) override {}
  void text(std::string_view /*text*/) override {}

  const Relation* of_type(std::string_view type) const {
    const auto found =
        std::find_if(by_id.begin(), by_id.end(), [&](const auto& entry) { return entry.second.type == type; });
    return found == by_id.end() ? nullptr : &found->second;
  }
};

// The part that a relation of a part in this folder ("xl/") means; none when it lies outside of the archive.
std::optional<std::string> part_of(const Relation& relation, std::string_view folder) {
  const std::string_view target = relation.target;
  if (relation.external || target.find("://") != std::string_view::npos) return std::nullopt;
  const std::string path =
      target.starts_with('/') ? std::string(target.substr(1)) : std::string(folder) + relation.target;
  std::vector<std::string_view> steps;
  for (const std::string_view step : split(path, '/')) {
    if (step == "..") {
      if (steps.empty()) return std::nullopt;
      steps.pop_back();
    } else if (!step.empty() && step != ".") {
      steps.push_back(step);
    }
  }
  std::string part;
  for (const std::string_view step : steps) part += (part.empty() ? "" : "/") + std::string(step);
  return part;
}

// The names of sheets and the calendar.
class BookHandler final : public XmlHandler {
 public:
  struct Entry {
    std::string name, relation;
    bool hidden = false;
  };
  std::vector<Entry> entries;
  bool from_1904 = false;
  bool is_workbook = false;

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbook") is_workbook = true;
    if (name == "workbookPr") from_1904 = attributes.is_true("date1904");
    if (name != "sheet" || entries.size() == kMaxSheets) return;
    const std::string_view state = attributes.get("state");
    entries.push_back({std::string(attributes.get("name")), std::string(attributes.get("id")),
                       state == "hidden" || state == "veryHidden"});
  }
  void end(std::string_view /*name*/) override {}
  void text(std::string_view /*text*/) override {}
};

// Number formats by style.
class StylesHandler final : public XmlHandler {
 public:
  std::map<int, std::string> codes;
  std::vector<int> format_ids;  // by style

  void start(std::string_view name, const XmlAttributes& attributes) override {
    const auto id = static_cast<int>(number_or(attributes.get("numFmtId"), 0));
    if (name == "numFmt") codes[id] = attributes.get("formatCode");
    if (name == "cellXfs") in_styles_ = true;
    if (name == "xf" && in_styles_) format_ids.push_back(id);
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_styles_ = false;
  }
  void text(std::string_view /*text*/) override {}

 private:
  bool in_styles_ = false;
};

// Strings with all their runs; what only says how they are spoken (rPh) is passed over.
class StringsHandler final : public XmlHandler {
 public:
  StringsHandler(std::string& strings, std::vector<size_t>& ends) : strings_(strings), ends_(ends) {}
  XmlPart* part = nullptr;

  void start(std::string_view name, const XmlAttributes& /*attributes*/) override {
    if (name == "rPh") spoken_ = true;
    in_text_ = name == "t" && !spoken_;
  }
  void end(std::string_view name) override {
    in_text_ = false;
    if (name == "rPh") spoken_ = false;
    if (name != "si") return;
    unescape(one_);
    strings_ += one_;
    one_.clear();
    ends_.push_back(strings_.size());
    check();
  }
  void text(std::string_view text) override {
    if (!in_text_) return;
    one_ += text;
    check();
  }

 private:
  void check() {
    if (strings_.size() + one_.size() + ends_.size() * sizeof(size_t) > kMaxSharedStrings)
      part->stop({"bad-workbook/strings", {std::to_string(kMaxSharedStrings >> 20U)}});
  }

  std::string& strings_;
  std::vector<size_t>& ends_;
  std::string one_;
  bool in_text_ = false, spoken_ = false;
};

bool read_part(const ZipArchive& archive, const std::string& name, XmlHandler& handler, WorkbookFault& fault) {
  XmlPart part(archive, name, handler, kMaxSmallPart);
  part.read_on();
  if (part.fault()) fault = *part.fault();
  return !part.fault();
}

// The part with the list of sheets, by the relations of the package.
bool find_book(const ZipArchive& archive, std::string& book, WorkbookFault& fault) {
  Relations of_package;
  if (archive.has("_rels/.rels") && !read_part(archive, "_rels/.rels", of_package, fault)) return false;
  const Relation* relation = of_package.of_type("officeDocument");
  book = relation ? part_of(*relation, "").value_or("") : "xl/workbook.xml";
  if (book.ends_with(".bin"))
    fault = {"bad-workbook/binary", {}};
  else if (!archive.has(book))
    fault = {"bad-workbook/other", {}};
  return fault.message.empty();
}

}  // namespace

void unescape(std::string& text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
  };
  for (size_t at = text.find("_x"); at != std::string::npos && at + 7 <= text.size(); at = text.find("_x", at + 1)) {
    int code = text[at + 6] == '_' ? 0 : -1;
    for (size_t i = at + 2; i < at + 6 && code >= 0; ++i) code = digit(text[i]) < 0 ? -1 : code * 16 + digit(text[i]);
    if (code <= 0 || (code >= 0xD800 && code < 0xE000)) continue;
    std::string character;
    append_utf8(character, static_cast<uint32_t>(code));
    text.replace(at, 7, character);
  }
}

std::optional<std::string_view> Workbook::shared_string(size_t index) const {
  if (index >= string_ends_.size()) return std::nullopt;
  const size_t begin = index == 0 ? 0 : string_ends_[index - 1];
  return std::string_view(strings_).substr(begin, string_ends_[index] - begin);
}

const NumberFormat& Workbook::format_of_style(size_t style) const {
  static const NumberFormat kPlain;
  return style < style_formats_.size() ? formats_[style_formats_[style]] : kPlain;
}

namespace {

void add_styles(const StylesHandler& styles, std::vector<NumberFormat>& formats, std::vector<uint32_t>& by_style) {
  std::map<int, uint32_t> known;
  for (const int id : styles.format_ids) {
    const auto [it, is_new] = known.try_emplace(id, static_cast<uint32_t>(formats.size()));
    by_style.push_back(it->second);
    if (!is_new) continue;
    const auto code = styles.codes.find(id);
    formats.push_back(code == styles.codes.end() ? built_in_number_format(id) : parse_number_format(code->second));
  }
}

}  // namespace

bool Workbook::read_sheets(const std::string& book, WorkbookFault& fault) {
  BookHandler handler;
  if (!read_part(*archive_, book, handler, fault)) return false;
  if (!handler.is_workbook) {
    fault = {"bad-workbook/other", {}};
    return false;
  }
  const std::string folder = book.substr(0, book.rfind('/') + 1);
  Relations relations;
  if (!read_part(*archive_, folder + "_rels/" + book.substr(folder.size()) + ".rels", relations, fault)) return false;
  from_1904_ = handler.from_1904;
  for (const BookHandler::Entry& entry : handler.entries) {
    const auto found = relations.by_id.find(entry.relation);
    const bool known = found != relations.by_id.end();
    sheets_.push_back({entry.name, "", entry.hidden});
    if (known && found->second.type != "worksheet") continue;  // a chart
    const auto part = known ? part_of(found->second, folder) : std::nullopt;
    if (!part) fault = {"bad-workbook/relation", {entry.name}};
    if (!part) return false;
    sheets_.back().part = *part;
  }
  const auto part_of_type = [&](std::string_view type) {
    const Relation* relation = relations.of_type(type);
    return relation ? part_of(*relation, folder).value_or(relation->target) : std::string();
  };
  styles_part_ = part_of_type("styles");
  strings_part_ = part_of_type("sharedStrings");
  return true;
}

bool Workbook::read_styles(WorkbookFault& fault) {
  StylesHandler styles;
  if (styles_part_.empty()) return true;
  if (!read_part(*archive_, styles_part_, styles, fault)) return false;
  add_styles(styles, formats_, style_formats_);
  return true;
}

bool Workbook::read_strings(WorkbookFault& fault) {
  if (strings_part_.empty()) return true;
  StringsHandler strings(strings_, string_ends_);
  XmlPart part(*archive_, strings_part_, strings);
  strings.part = &part;
  part.read_on();
  if (part.fault()) fault = *part.fault();
  return !part.fault();
}

std::shared_ptr<const Workbook> Workbook::open(std::string_view bytes, WorkbookFault& fault) {
  std::shared_ptr<Workbook> workbook(new Workbook());
  workbook->archive_ = ZipArchive::open(bytes, fault);
  std::string book;
  const bool sound = workbook->archive_ && find_book(*workbook->archive_, book, fault) &&
                     workbook->read_sheets(book, fault) && workbook->read_styles(fault) &&
                     workbook->read_strings(fault);
  return sound ? workbook : nullptr;
}

}  // namespace hr::ingest
