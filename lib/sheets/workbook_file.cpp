#include "sheets/workbook_file.h"

#include <minizip/unzip.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/error.h"

namespace hr::sheets {

namespace {

[[noreturn]] void fail(const std::string& path, int code) {
  throw Error(ErrorKind::system, "file-unwritable", {path, std::strerror(code)});
}

// Counts the tags of XML as they go by. Texts hold no < and no />.
struct Tags {
  int64_t open = 0;  // begun and not yet ended
  uint64_t cells = 0;
  char before = 0;
  char before_that = 0;

  void take(char c) {
    if (before == '<') open += c == '/' ? -1 : c == '?' ? 0 : 1;
    if (before == '/' && c == '>') --open;
    if (before_that == '<' && before == 'c' && c == ' ') ++cells;
    before_that = before;
    before = c;
  }
};

// The part that is at hand, to its end; false: it is damaged.
bool count_part(unzFile zip, Tags& tags) {
  if (unzOpenCurrentFile(zip) != UNZ_OK) return false;
  std::array<char, 65536> bytes{};
  int n = 0;
  uint64_t size = 0;
  while ((n = unzReadCurrentFile(zip, bytes.data(), static_cast<unsigned>(bytes.size()))) > 0) {
    for (int i = 0; i < n; ++i) tags.take(bytes[static_cast<size_t>(i)]);
    size += static_cast<uint64_t>(n);
  }
  return unzCloseCurrentFile(zip) == UNZ_OK && n == 0 && size > 0;
}

bool is_whole(const std::string& path, uint64_t cells) {
  const unzFile zip = unzOpen64(path.c_str());
  if (zip == nullptr) return false;
  Tags all;
  bool sound = true;
  int step = unzGoToFirstFile(zip);
  for (; sound && step == UNZ_OK; step = unzGoToNextFile(zip)) {
    Tags part;
    sound = count_part(zip, part) && part.open == 0;
    all.cells += part.cells;
  }
  unzClose(zip);
  return sound && step == UNZ_END_OF_LIST_OF_FILE && all.cells == cells;
}

}  // namespace

WorkbookFile::WorkbookFile() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  if (error) {
    const char* set = std::getenv("TMPDIR");
    fail(set != nullptr ? set : "/tmp", error.value());
  }
  folder_ = folder.string();
  path_ = (folder / "hrctl-XXXXXX").string();
  const int fd = ::mkstemp(path_.data());
  if (fd < 0) fail(folder_, errno);
  file_ = ::fdopen(fd, "r");
  if (file_ == nullptr) fail(path_, errno);
}

WorkbookFile::~WorkbookFile() {
  if (file_ != nullptr) std::fclose(file_);
  std::remove(path_.c_str());
}

void WorkbookFile::require_whole(uint64_t cells) const {
  if (!is_whole(path_, cells)) fail(folder_, ENOSPC);
}

void WorkbookFile::copy_to(const Sink& sink) const {
  std::array<char, 65536> bytes{};
  std::rewind(file_);
  for (size_t n = 0; (n = std::fread(bytes.data(), 1, bytes.size(), file_)) > 0;) sink({bytes.data(), n});
  if (std::ferror(file_) != 0) fail(path_, errno);
}

}  // namespace hr::sheets
