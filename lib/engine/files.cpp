#include "engine/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>

#include "base/error.h"

namespace hr::engine {

namespace {

// Closes a file descriptor that it owns.
struct Descriptor {
  int fd = -1;
  Descriptor() = default;
  explicit Descriptor(int opened) : fd(opened) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

[[noreturn]] void fail(ErrorKind kind, const char* message, const std::string& path, int code) {
  throw Error(kind, message, {path, std::strerror(code)});
}

constexpr size_t kMostLine = 1U << 20U;  // as ingest has it

std::string read_all(int fd, const std::string& path, uint64_t size_hint, uint64_t most) {
  std::string bytes;
  const bool is_stream = size_hint == 0;
  size_t line = 0;  // where the last line begins
  size_t used = 0;
  bytes.resize(static_cast<size_t>(size_hint) + 1);
  for (;;) {
    if (used == bytes.size()) bytes.resize(bytes.size() * 2 + 65536);
    const ssize_t n = ::read(fd, bytes.data() + used, bytes.size() - used);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(ErrorKind::rejected, "file-unreadable", path, errno);
    if (n == 0) break;
    used += static_cast<size_t>(n);
    if (is_stream) {  // nothing that we read has such a line: /dev/zero, a wrong pipe
      const std::string_view fresh =
          std::string_view(bytes).substr(used - static_cast<size_t>(n), static_cast<size_t>(n));
      const size_t newline = fresh.rfind('\n');
      if (newline != std::string_view::npos) line = used - fresh.size() + newline + 1;
      if (used - line > kMostLine) throw Error(ErrorKind::rejected, "stream-without-lines", {path});
    }
    if (used > most) throw Error(ErrorKind::rejected, "file-too-large", {path, std::to_string(most)});
  }
  bytes.resize(used);
  return bytes;
}

}  // namespace

// Opens what can be read from: no folder, no device. The size of an ordinary file, 0 of a pipe.
static uint64_t open_to_read(const std::string& path, Descriptor& file) {
  file.fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file.fd < 0) fail(ErrorKind::rejected, errno == ENOENT ? "file-missing" : "file-unreadable", path, errno);
  struct stat info {};
  if (::fstat(file.fd, &info) != 0) fail(ErrorKind::rejected, "file-unreadable", path, errno);
  if (S_ISDIR(info.st_mode)) throw Error(ErrorKind::rejected, "file-is-folder", {path});
  if (S_ISCHR(info.st_mode) || S_ISBLK(info.st_mode) || S_ISSOCK(info.st_mode)) {
    throw Error(ErrorKind::rejected, "file-is-device", {path});
  }
  if (S_ISFIFO(info.st_mode)) ::fcntl(file.fd, F_SETFL, O_RDONLY);  // wait for the writer of a pipe
  return S_ISREG(info.st_mode) ? static_cast<uint64_t>(info.st_size) : 0;
}

std::string read_file(const std::string& path, uint64_t most) {
  if (path == "-") return read_all(STDIN_FILENO, path, 0, most);
  Descriptor file;
  const uint64_t size = open_to_read(path, file);
  return read_all(file.fd, path, size, most);
}

namespace {

class FileStream final : public ingest::ByteStream {
 public:
  explicit FileStream(std::string path) : path_(std::move(path)) { open_to_read(path_, file_); }

  size_t read(char* to, size_t most) override {
    for (;;) {
      const ssize_t n = ::read(file_.fd, to, most);
      if (n >= 0) return static_cast<size_t>(n);
      if (errno != EINTR) fail(ErrorKind::rejected, "file-unreadable", path_, errno);
    }
  }

 private:
  std::string path_;
  Descriptor file_;
};

}  // namespace

ingest::Input open_file(const std::string& path) {
  Descriptor file;
  const uint64_t bytes = path == "-" ? 0 : open_to_read(path, file);
  if (bytes == 0)
    return ingest::input_of_text(path, read_all(path == "-" ? STDIN_FILENO : file.fd, path, 0, UINT64_MAX));
  return {path, [path] { return std::make_unique<FileStream>(path); }, bytes};
}

// What the system keeps in memory of a file that is about to be replaced can hold the new one instead, as far as it is
// on the disk already. A hint, whose failure costs time alone: whoever reads the old file still finds it there.
static void forget_cached(const std::string& path) {
#ifdef POSIX_FADV_DONTNEED
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.fd >= 0) ::posix_fadvise(file.fd, 0, 0, POSIX_FADV_DONTNEED);
#endif
}

// The open file of this process that a path is a name of: 1 of /dev/stdout, 3 of /dev/fd/3; −1: of none. A file beside
// such a name would take its place.
static int descriptor_named(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  constexpr int kMostLinks = 8;
  std::error_code failed;
  fs::path at = fs::absolute(path, failed);
  for (int links = 0; links < kMostLinks; ++links) {
    const fs::path folder = fs::canonical(at.parent_path(), failed);
    if (failed) return -1;
    const std::string name = at.filename().string();
    int number = -1;
    const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (folder == "/proc/" + std::to_string(::getpid()) + "/fd" && fault == std::errc() && *end == '\0') return number;
    if (!fs::is_symlink(at, failed)) return -1;
    at = folder / fs::read_symlink(at, failed);
  }
  return -1;
}

bool is_written_in_place(const std::filesystem::path& path) {
  struct stat info {};
  return descriptor_named(path) >= 0 || (::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode));
}

FileWriter::FileWriter(const std::filesystem::path& path) : name_(path.string()) {
  if (const int open = descriptor_named(path); open >= 0) {
    in_place_ = true;
    fd_ = ::fcntl(open, F_DUPFD_CLOEXEC, 0);  // it goes on where others have written
    if (fd_ < 0) fail(errno);
    return;
  }
  struct stat info {};
  const bool exists = ::stat(name_.c_str(), &info) == 0;
  if (exists && S_ISDIR(info.st_mode)) throw Error(ErrorKind::system, "file-is-folder", {name_});
  in_place_ = exists && !S_ISREG(info.st_mode);
  replaces_ = exists && !in_place_;
  target_ = in_place_ ? name_ : name_ + ".part" + std::to_string(::getpid());
  fd_ = ::open(target_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd_ < 0) fail(errno);
  constexpr off_t kLarge = off_t{8} << 20U;  // bytes
  if (replaces_ && info.st_size >= kLarge) forget_cached(name_);
}

FileWriter::~FileWriter() {
  if (fd_ < 0) return;
  ::close(fd_);
  if (!in_place_) ::unlink(target_.c_str());
}

void FileWriter::fail(int code) const {
  hr::engine::fail(ErrorKind::system, "file-unwritable", name_, code);
}

void FileWriter::write(std::string_view bytes) {
  constexpr size_t kSome = size_t{8} << 20U;
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), std::min(bytes.size(), kSome));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(errno);
    bytes.remove_prefix(static_cast<size_t>(n));
    written_ += static_cast<uint64_t>(n);
    if (replaces_ && written_ - on_its_way_ >= kSome) write_back();
  }
}

// A file that takes the place of another is on its way to the disk before it is renamed: ext4 sees to that. So it
// begins that way while more of it is made. A hint to the system, whose failure costs time alone.
void FileWriter::write_back() {
#ifdef SYNC_FILE_RANGE_WRITE
  ::sync_file_range(fd_, static_cast<off_t>(on_its_way_), static_cast<off_t>(written_ - on_its_way_),
                    SYNC_FILE_RANGE_WRITE);
#endif
  on_its_way_ = written_;
}

void FileWriter::commit() {
  if (!in_place_ && ::rename(target_.c_str(), name_.c_str()) != 0) fail(errno);
  ::close(fd_);
  fd_ = -1;
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  FileWriter file(path);
  file.write(bytes);
  file.commit();
}

std::string path_from_here(const std::filesystem::path& path) {
  std::error_code ignored;
  const std::string near = std::filesystem::proximate(path, ignored).string();
  return near.empty() || near.starts_with("../../") ? path.string() : near;
}

}  // namespace hr::engine
