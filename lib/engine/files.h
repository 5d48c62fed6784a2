// Reading and writing whole files, with errors that say which file and why.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "ingest/input.h"

namespace hr::engine {

// The bytes of a file, or of standard input for "-". Throws Error(rejected) when it is not there, is a folder or a
// device, cannot be read, or is longer than `most` bytes.
std::string read_file(const std::string& path, uint64_t most = UINT64_MAX);
// A file to be read in order, as often as wanted; what is no ordinary file ("-", a pipe) is read here and kept in
// memory. Throws as read_file() does, the streams too.
ingest::Input open_file(const std::string& path);
// Whether what is written to a path is seen at once: it is a device, a pipe, or what this process has open.
bool is_written_in_place(const std::filesystem::path& path);
// Writes beside the target, piece by piece; commit() renames, so that a reader never sees half a file. Without commit()
// nothing is left. What is written in place (/dev/stdout) is written to as it stands; a pipe is opened when somebody
// reads it. Throws Error(system).
class FileWriter {
 public:
  explicit FileWriter(const std::filesystem::path& path);
  ~FileWriter();
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  void write(std::string_view bytes);
  void commit();

 private:
  [[noreturn]] void fail(int code) const;
  void write_back();

  std::string name_;
  std::string target_;  // name_, or the file beside it
  bool in_place_ = false;
  bool replaces_ = false;    // a file is there already
  uint64_t written_ = 0;     // bytes
  uint64_t on_its_way_ = 0;  // so many of them the system was told to put on the disk
  int fd_ = -1;
};
void write_file(const std::filesystem::path& path, std::string_view bytes);

// The path as one would write it from the current folder; the absolute one when that lies far away.
std::string path_from_here(const std::filesystem::path& path);

}  // namespace hr::engine
