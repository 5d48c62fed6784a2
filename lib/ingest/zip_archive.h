// A zip archive in memory, its members unpacked as they are read. Refuses what a workbook never is: bombs, names that
// lead out of the archive, sizes and sums that are wrong.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hr::ingest {

inline constexpr size_t kMaxPacked = size_t{64} << 20U;       // bytes of an archive
inline constexpr uint64_t kMaxUnpacked = uint64_t{1} << 30U;  // of all its members
inline constexpr uint64_t kMaxRatio = 200;                    // unpacked to packed, of a member of 1 MiB and more
inline constexpr size_t kMaxMembers = 1000;

// What is wrong with a workbook: a key of the message table with all its arguments.
struct WorkbookFault {
  std::string message;
  std::vector<std::string> args;
  int row = 0;  // of the sheet; 0 = of the file
  int column = 0;
};

class ZipArchive {
 public:
  // None: not a sound archive, see the fault. The bytes live as long as the archive.
  static std::optional<ZipArchive> open(std::string_view bytes, WorkbookFault& fault);

  bool has(std::string_view name) const { return find(name) != nullptr; }
  // How many bytes a member says it has; 0 = there is none.
  uint64_t size(std::string_view name) const;

 private:
  friend class ZipMember;
  struct Place {
    uint64_t position = 0;  // as minizip wants them to find the member again
    uint64_t number = 0;
    uint64_t size = 0;
    uint32_t method = 0;
    bool encrypted = false;
  };
  explicit ZipArchive(std::string_view bytes) : bytes_(bytes) {}
  const Place* find(std::string_view name) const;
  bool add(const std::string& name, const Place& place, uint64_t packed, WorkbookFault& fault);

  std::string_view bytes_;
  std::map<std::string, Place> members_;  // names in lower case, as parts of a package are compared
  uint64_t unpacked_ = 0;
};

// One member, from its first byte.
class ZipMember {
 public:
  // Both live as long as the member.
  ZipMember(const ZipArchive& archive, std::string_view name);
  ~ZipMember();
  ZipMember(const ZipMember&) = delete;
  ZipMember& operator=(const ZipMember&) = delete;

  // At most `most` of the next bytes; 0 at the end, where the checksum has been compared, and at a fault.
  size_t read(char* to, size_t most);
  const std::optional<WorkbookFault>& fault() const { return fault_; }

 private:
  void open(std::string_view bytes, const ZipArchive::Place& place);
  void fail(std::string message);
  void finish();

  struct Handle;
  std::unique_ptr<Handle> handle_;
  std::string name_;
  uint64_t rest_ = 0;  // bytes still to come
  std::optional<WorkbookFault> fault_;
};

}  // namespace hr::ingest
