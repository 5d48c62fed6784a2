// The folder that `report site` writes: all of it, or nothing.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

namespace hr::cmd {

// Files gather in a folder beside the one that is wanted, which takes its place when all are there. Without commit()
// nothing is left.
class SiteFolder {
 public:
  // Throws Error(rejected) where something stands that this program did not write.
  explicit SiteFolder(const std::string& path);
  ~SiteFolder();
  SiteFolder(const SiteFolder&) = delete;
  SiteFolder& operator=(const SiteFolder&) = delete;

  // `file`: people/E001.html. May be called by several threads, with different files. Throws Error(system).
  void write(const std::string& file, std::string_view bytes);
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path under_way_;
  std::mutex mutex_;
  std::string written_;  // names of the files, a line each
};

// Names of pages: an id as it is, but for what some system cannot have in a file name or a link (=2F), and with a
// number where two ids differ only in case.
class PageNames {
 public:
  std::string name(std::string_view id);  // E001.html; of each id once

 private:
  std::unordered_set<std::string> taken_;  // in lower case
};

}  // namespace hr::cmd
