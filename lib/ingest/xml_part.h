// One part of a workbook, read as XML from beginning to end, piece by piece. Elements of namespaces that are not those
// of spreadsheets are passed over with all that they hold; a DOCTYPE is refused, so there are no entities.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/zip_archive.h"

namespace hr::ingest {

// Attributes of an element; names without prefix, but for the id of a relation: "id".
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** list) : list_(list) {}
  std::optional<std::string_view> find(std::string_view name) const;
  std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view()); }
  bool is_true(std::string_view name) const;  // "1", "true", "on"

 private:
  const char** list_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;  // any stretch of it
};

class XmlPart {
 public:
  // All live as long as the part. `most`: bytes that the part may have.
  XmlPart(const ZipArchive& archive, const std::string& name, XmlHandler& handler, uint64_t most = kMaxUnpacked);
  ~XmlPart();
  XmlPart(const XmlPart&) = delete;
  XmlPart& operator=(const XmlPart&) = delete;

  // Reads on until the handler pauses (true), or to the end or a fault (false).
  bool read_on();
  // For the handler: to be called from start() or end().
  void pause();
  void stop(WorkbookFault fault);

  const std::optional<WorkbookFault>& fault() const { return fault_; }

 private:
  struct Callbacks;
  struct Parser;
  bool parse(bool resume);
  void check_progress();
  std::string line() const;

  ZipMember member_;
  XmlHandler& handler_;
  std::string name_;
  std::unique_ptr<Parser> parser_;
  std::optional<WorkbookFault> fault_;
};

}  // namespace hr::ingest
