#include "ingest/zip_archive.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <cstring>

namespace hr::ingest {

namespace {

// Bytes in memory as minizip reads files.
struct Memory {
  std::string_view bytes;
  size_t at = 0;
};

voidpf open_memory(voidpf opaque, const void* /*name*/, int /*mode*/) {
  return opaque;
}

uLong read_memory(voidpf /*opaque*/, voidpf stream, void* to, uLong size) {
  Memory& memory = *static_cast<Memory*>(stream);
  const size_t n = std::min<size_t>(size, memory.bytes.size() - memory.at);
  std::memcpy(to, memory.bytes.data() + memory.at, n);
  memory.at += n;
  return n;
}

ZPOS64_T tell_memory(voidpf /*opaque*/, voidpf stream) {
  return static_cast<Memory*>(stream)->at;
}

long seek_memory(voidpf /*opaque*/, voidpf stream, ZPOS64_T offset, int origin) {
  Memory& memory = *static_cast<Memory*>(stream);
  const size_t base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? memory.at
                      : origin == ZLIB_FILEFUNC_SEEK_END ? memory.bytes.size()
                                                         : 0;
  if (offset > memory.bytes.size() - base) return -1;
  memory.at = base + static_cast<size_t>(offset);
  return 0;
}

int close_memory(voidpf /*opaque*/, voidpf /*stream*/) {
  return 0;
}

int error_of_memory(voidpf /*opaque*/, voidpf /*stream*/) {
  return 0;
}

unzFile open_zip(Memory& memory) {
  zlib_filefunc64_def functions{};
  functions.zopen64_file = open_memory;
  functions.zread_file = read_memory;
  functions.ztell64_file = tell_memory;
  functions.zseek64_file = seek_memory;
  functions.zclose_file = close_memory;
  functions.zerror_file = error_of_memory;
  functions.opaque = &memory;
  return unzOpen2_64("", &functions);
}

std::string lower(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    if (c == '\\') c = '/';
  }
  return out.starts_with('/') ? out.substr(1) : out;
}

bool leads_out(std::string_view name) {
  return name == ".." || name.starts_with("../") || name.ends_with("/..") ||
         name.find("/../") != std::string_view::npos;
}

constexpr size_t kLongestName = 512;
constexpr uint64_t kSmall = uint64_t{1} << 20U;  // a member that small is no bomb, whatever its ratio

}  // namespace

struct ZipMember::Handle {
  Memory memory;
  unzFile zip = nullptr;
};

const ZipArchive::Place* ZipArchive::find(std::string_view name) const {
  const auto found = members_.find(lower(name));
  return found == members_.end() ? nullptr : &found->second;
}

uint64_t ZipArchive::size(std::string_view name) const {
  const Place* place = find(name);
  return place ? place->size : 0;
}

bool ZipArchive::add(const std::string& name, const Place& place, uint64_t packed, WorkbookFault& fault) {
  const std::string folded = lower(name);
  unpacked_ += std::min(place.size, kMaxUnpacked + 1);
  if (leads_out(folded))
    fault = {"bad-workbook/name", {name}};
  else if (unpacked_ > kMaxUnpacked)
    fault = {"bad-workbook/unpacked", {std::to_string(kMaxUnpacked >> 20U)}};
  else if (place.size >= kSmall && place.size / kMaxRatio > packed)
    fault = {"bad-workbook/ratio", {name, std::to_string(place.size / std::max<uint64_t>(packed, 1))}};
  else if (!members_.emplace(folded, place).second)
    fault = {"bad-workbook/twice", {name}};
  return fault.message.empty();
}

std::optional<ZipArchive> ZipArchive::open(std::string_view bytes, WorkbookFault& fault) {
  Memory memory{bytes, 0};
  const std::unique_ptr<void, int (*)(unzFile)> zip(open_zip(memory), unzClose);
  ZipArchive archive(bytes);
  unz_global_info64 global{};
  if (!zip || unzGetGlobalInfo64(zip.get(), &global) != UNZ_OK) {
    fault = {"bad-workbook/cut", {}};
    return std::nullopt;
  }
  if (global.number_entry > kMaxMembers) {
    fault = {"bad-workbook/members", {std::to_string(global.number_entry), std::to_string(kMaxMembers)}};
    return std::nullopt;
  }
  int more = unzGoToFirstFile(zip.get());
  for (uint64_t i = 0; i < global.number_entry; ++i, more = unzGoToNextFile(zip.get())) {
    unz_file_info64 info{};
    unz64_file_pos place{};
    char name[kLongestName + 1] = {};
    if (more != UNZ_OK || unzGetFilePos64(zip.get(), &place) != UNZ_OK ||
        unzGetCurrentFileInfo64(zip.get(), &info, name, kLongestName, nullptr, 0, nullptr, 0) != UNZ_OK) {
      fault = {"bad-workbook/cut", {}};
      return std::nullopt;
    }
    const Place found{place.pos_in_zip_directory, place.num_of_file, info.uncompressed_size,
                      static_cast<uint32_t>(info.compression_method), (info.flag & 1U) != 0};
    if (!archive.add(name, found, info.compressed_size, fault)) return std::nullopt;
  }
  return archive;
}

ZipMember::ZipMember(const ZipArchive& archive, std::string_view name)
    : handle_(std::make_unique<Handle>()), name_(name) {
  const ZipArchive::Place* place = archive.find(name);
  if (!place)
    fail("bad-workbook/part-missing");
  else if (place->encrypted)
    fail("bad-workbook/part-encrypted");
  else if (place->method != 0 && place->method != Z_DEFLATED)
    fail("bad-workbook/method");
  else
    open(archive.bytes_, *place);
}

void ZipMember::open(std::string_view bytes, const ZipArchive::Place& place) {
  handle_->memory.bytes = bytes;
  handle_->zip = open_zip(handle_->memory);
  const unz64_file_pos position{place.position, place.number};
  if (handle_->zip && unzGoToFilePos64(handle_->zip, &position) == UNZ_OK && unzOpenCurrentFile(handle_->zip) == UNZ_OK)
    rest_ = place.size;
  else
    fail("bad-workbook/part");
}

ZipMember::~ZipMember() {
  if (handle_->zip) unzClose(handle_->zip);
}

void ZipMember::fail(std::string message) {
  if (!fault_) fault_ = WorkbookFault{std::move(message), {name_}};
  rest_ = 0;
}

void ZipMember::finish() {
  if (unzCloseCurrentFile(handle_->zip) != UNZ_OK) fail("bad-workbook/checksum");
}

size_t ZipMember::read(char* to, size_t most) {
  if (fault_ || rest_ == 0) return 0;
  const auto step = static_cast<unsigned>(std::min<size_t>(most, size_t{1} << 20U));
  const int n = unzReadCurrentFile(handle_->zip, to, step);
  if (n <= 0) {
    fail(n < 0 ? "bad-workbook/part" : "bad-workbook/size");
    return 0;
  }
  rest_ -= static_cast<uint64_t>(n);
  if (rest_ == 0) finish();
  return fault_ ? 0 : static_cast<size_t>(n);
}

}  // namespace hr::ingest
