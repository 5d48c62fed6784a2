#include "ingest/xml_part.h"

#include <expat.h>

#include <array>
#include <new>
#include <utility>

namespace hr::ingest {

namespace {

constexpr char kSeparator = '|';  // between the namespace and the name, in what expat gives
constexpr int kDeepest = 64;
constexpr size_t kBlock = size_t{1} << 16U;
constexpr int64_t kLongestTag = int64_t{1} << 20U;  // expat keeps a tag until it ends

std::string_view local_name(std::string_view name) {
  return name.substr(name.rfind(kSeparator) + 1);
}

// Spreadsheets, their strict form, relations of packages, and what has no namespace at all.
bool is_ours(std::string_view name) {
  static constexpr std::array kOurs{
      std::string_view("http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
      std::string_view("http://purl.oclc.org/ooxml/spreadsheetml/main"),
      std::string_view("http://schemas.openxmlformats.org/package/2006/relationships"),
  };
  const size_t end = name.rfind(kSeparator);
  if (end == std::string_view::npos) return true;
  for (const std::string_view ours : kOurs) {
    if (name.substr(0, end) == ours) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  for (const char** a = list_; *a != nullptr; a += 2) {
    const std::string_view full = a[0];
    if (full == name || (name == "id" && full.ends_with("/relationships|id"))) return std::string_view(a[1]);
  }
  return std::nullopt;
}

bool XmlAttributes::is_true(std::string_view name) const {
  const std::string_view value = get(name);
  return value == "1" || value == "true" || value == "on";
}

struct XmlPart::Parser {
  XML_Parser expat = XML_ParserCreateNS(nullptr, kSeparator);
  std::string block = std::string(kBlock, '\0');
  int depth = 0;
  int foreign = 0;  // depth of the outermost element that is not ours; 0 = none
  int64_t fed = 0;
  bool paused = false;
  bool ended = false;

  Parser() = default;
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { XML_ParserFree(expat); }
};

struct XmlPart::Callbacks {
  static void XMLCALL start(void* self, const char* name, const char** attributes) {
    XmlPart& part = *static_cast<XmlPart*>(self);
    Parser& parser = *part.parser_;
    if (part.fault_) return;
    if (++parser.depth > kDeepest) return part.stop({"bad-workbook/deep", {part.name_, std::to_string(kDeepest)}});
    if (parser.foreign > 0) return;
    if (is_ours(name)) return part.handler_.start(local_name(name), XmlAttributes(attributes));
    if (parser.depth == 1) return part.stop({"bad-workbook/namespace", {part.name_, name}});
    parser.foreign = parser.depth;
  }
  static void XMLCALL end(void* self, const char* name) {
    XmlPart& part = *static_cast<XmlPart*>(self);
    Parser& parser = *part.parser_;
    if (part.fault_) return;
    const int depth = parser.depth--;
    if (parser.foreign == 0) return part.handler_.end(local_name(name));
    if (parser.foreign == depth) parser.foreign = 0;
  }
  static void XMLCALL text(void* self, const char* text, int length) {
    XmlPart& part = *static_cast<XmlPart*>(self);
    if (!part.fault_ && part.parser_->foreign == 0) part.handler_.text({text, static_cast<size_t>(length)});
  }
  static void XMLCALL doctype(void* self, const char*, const char*, const char*, int) {
    XmlPart& part = *static_cast<XmlPart*>(self);
    part.stop({"bad-workbook/doctype", {part.name_, part.line()}});
  }
};

XmlPart::XmlPart(const ZipArchive& archive, const std::string& name, XmlHandler& handler, uint64_t most)
    : member_(archive, name), handler_(handler), name_(name), parser_(std::make_unique<Parser>()) {
  if (archive.size(name) > most) fault_ = WorkbookFault{"bad-workbook/large", {name, std::to_string(most >> 20U)}};
  if (!parser_->expat) throw std::bad_alloc();
  XML_SetUserData(parser_->expat, this);
  XML_SetElementHandler(parser_->expat, Callbacks::start, Callbacks::end);
  XML_SetCharacterDataHandler(parser_->expat, Callbacks::text);
  XML_SetStartDoctypeDeclHandler(parser_->expat, Callbacks::doctype);
}

XmlPart::~XmlPart() = default;

std::string XmlPart::line() const {
  return std::to_string(XML_GetCurrentLineNumber(parser_->expat));
}

void XmlPart::pause() {
  parser_->paused = true;
  XML_StopParser(parser_->expat, XML_TRUE);
}

void XmlPart::stop(WorkbookFault fault) {
  if (!fault_) fault_ = std::move(fault);
  XML_StopParser(parser_->expat, XML_FALSE);
}

void XmlPart::check_progress() {
  if (parser_->fed - XML_GetCurrentByteIndex(parser_->expat) > kLongestTag)
    fault_ = WorkbookFault{"bad-workbook/tag", {name_, line()}};
}

// False: a fault.
bool XmlPart::parse(bool resume) {
  XML_Parser expat = parser_->expat;
  XML_Status status = XML_STATUS_ERROR;
  if (resume) {
    status = XML_ResumeParser(expat);
  } else {
    const size_t n = member_.read(parser_->block.data(), parser_->block.size());
    if (member_.fault()) fault_ = member_.fault();
    if (fault_) return false;
    parser_->ended = n == 0;
    parser_->fed += static_cast<int64_t>(n);
    status = XML_Parse(expat, parser_->block.data(), static_cast<int>(n), n == 0 ? 1 : 0);
  }
  if (status == XML_STATUS_ERROR && !fault_)
    fault_ = WorkbookFault{"bad-workbook/xml", {name_, line(), XML_ErrorString(XML_GetErrorCode(expat))}};
  else if (status == XML_STATUS_OK && !fault_)
    check_progress();
  return !fault_;
}

bool XmlPart::read_on() {
  while (!fault_) {
    const bool resume = std::exchange(parser_->paused, false);
    if (!resume && parser_->ended) return false;
    if (!parse(resume)) return false;
    if (parser_->paused) return true;
  }
  return false;
}

}  // namespace hr::ingest
