// The file that a workbook is made in, and whether all of it is there.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>

#include "sheets/workbook.h"

namespace hr::sheets {

// A temporary file, gone with the object. Throws Error(system).
class WorkbookFile {
 public:
  WorkbookFile();
  ~WorkbookFile();
  WorkbookFile(const WorkbookFile&) = delete;
  WorkbookFile& operator=(const WorkbookFile&) = delete;

  const std::string& path() const { return path_; }
  const std::string& folder() const { return folder_; }  // of temporary files

  // Whoever wrote it did not look whether the disk took every byte: each part must be whole, and there must be so many
  // cells in all. Throws Error(system) where not.
  void require_whole(uint64_t cells) const;
  void copy_to(const Sink& sink) const;

 private:
  std::string folder_;
  std::string path_;
  std::FILE* file_ = nullptr;
};

}  // namespace hr::sheets
