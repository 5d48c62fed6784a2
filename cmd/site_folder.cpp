#include "site_folder.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <unordered_set>

#include "base/error.h"
#include "base/text.h"

namespace hr::cmd {

namespace fs = std::filesystem;

namespace {

constexpr const char* kMark = ".hrctl-site";  // names every file that was written here, a line each

[[noreturn]] void fail(const fs::path& path, const std::error_code& error) {
  throw Error(ErrorKind::system, "folder-unwritable", {path.string(), error.message()});
}

void make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) fail(path, error);
}

// Whether nothing is in a folder but what its mark names.
bool is_ours(const fs::path& folder) {
  std::unordered_set<std::string> written{kMark};
  std::ifstream mark(folder / kMark);
  for (std::string line; std::getline(mark, line);) written.insert(line);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const bool is_folder = entry.is_directory() && !entry.is_symlink();
    if (!is_folder && written.count(entry.path().lexically_relative(folder).generic_string()) == 0) return false;
  }
  return true;
}

// `path` as it was written.
void require_free(const fs::path& path) {
  std::error_code ignored;
  const fs::path parent = path.parent_path();
  if (!parent.empty() && !fs::is_directory(parent, ignored))
    throw Error(ErrorKind::rejected, "folder-missing", {escape_controls(parent.string())});
  if (!fs::exists(fs::symlink_status(path, ignored))) return;
  if (!fs::is_directory(path, ignored) || !is_ours(path))
    throw Error(ErrorKind::rejected, "site-folder-taken", {escape_controls(path.string())});
}

}  // namespace

SiteFolder::SiteFolder(const std::string& path) {
  fs::path written(path);
  if (!written.has_filename()) written = written.parent_path();  // with a slash at its end
  require_free(written);
  path_ = fs::weakly_canonical(fs::absolute(written));  // a link stays, and the pages lie where it leads
  // A name that nobody else has: what a killed run left behind must not be taken for ours.
  std::string name = (path_.parent_path() / ("." + path_.filename().string() + ".hrctl-XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) fail(path_, std::error_code(errno, std::generic_category()));
  under_way_ = name;
}

SiteFolder::~SiteFolder() {
  std::error_code ignored;
  if (!under_way_.empty()) fs::remove_all(under_way_, ignored);
}

void SiteFolder::write(const std::string& file, std::string_view bytes) {
  const fs::path path = under_way_ / file;
  if (path.parent_path() != under_way_) make_folder(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw Error(ErrorKind::system, "file-unwritable", {path.string(), std::strerror(errno)});
  const std::lock_guard lock(mutex_);
  written_ += file + "\n";
}

// The old one goes aside first: a folder that is not empty cannot be renamed over.
void SiteFolder::commit() {
  require_free(path_);  // it took a while
  write(kMark, std::string(written_));
  std::error_code error;
  const fs::path old = under_way_.string() + "-old";
  const bool replaces = fs::exists(path_);
  if (replaces) fs::rename(path_, old, error);
  if (error) fail(path_, error);
  fs::rename(under_way_, path_, error);
  if (error) {
    std::error_code ignored;
    if (replaces) fs::rename(old, path_, ignored);
    fail(path_, error);
  }
  under_way_.clear();
  if (replaces) fs::remove_all(old, error);
}

static std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

// Names that some system keeps for devices, whatever their ending.
static bool is_device(const std::string& name) {
  const std::string stem = lower(name.substr(0, name.find('.')));
  for (const char* device : {"con", "prn", "aux", "nul"}) {
    if (stem == device) return true;
  }
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9';
}

static std::string quoted(unsigned char c) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  return {'=', kDigits[c >> 4], kDigits[c & 15]};
}

std::string PageNames::name(std::string_view id) {
  std::string name;
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || (c == '.' && !name.empty()) || byte >= 0x80;
    name += plain ? std::string(1, c) : quoted(byte);
  }
  if (is_device(name)) name = quoted(static_cast<unsigned char>(name[0])) + name.substr(1);
  std::string free = name;
  for (int n = 2; !taken_.insert(lower(free)).second; ++n) free = name + "=" + std::to_string(n);
  return free + ".html";
}

}  // namespace hr::cmd
