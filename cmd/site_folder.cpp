#include "site_folder.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "base/error.h"
#include "base/text.h"

namespace hr::cmd {

namespace fs = std::filesystem;

namespace {

constexpr const char* kMark = ".hrctl-site";  // a folder that holds it was written here and may be replaced

[[noreturn]] void fail(const fs::path& path, const std::error_code& error) {
  throw Error(ErrorKind::system, "folder-unwritable", {path.string(), error.message()});
}

void make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) fail(path, error);
}

// `path` as it was written.
void require_free(const fs::path& path) {
  std::error_code ignored;
  const fs::path parent = path.parent_path();
  if (!parent.empty() && !fs::is_directory(parent, ignored))
    throw Error(ErrorKind::rejected, "folder-missing", {escape_controls(parent.string())});
  if (!fs::exists(fs::symlink_status(path, ignored))) return;
  const bool ours = fs::is_directory(path, ignored) && (fs::is_empty(path, ignored) || fs::exists(path / kMark));
  if (!ours) throw Error(ErrorKind::rejected, "site-folder-taken", {escape_controls(path.string())});
}

}  // namespace

SiteFolder::SiteFolder(const std::string& path) {
  fs::path written(path);
  if (!written.has_filename()) written = written.parent_path();  // with a slash at its end
  require_free(written);
  path_ = fs::absolute(written).lexically_normal();
  const fs::path under_way =
      path_.parent_path() / ("." + path_.filename().string() + ".hrctl-" + std::to_string(::getpid()));
  for (const char* part : {"people", "units"}) make_folder(under_way / part);
  under_way_ = under_way;
  write(kMark, "");
}

SiteFolder::~SiteFolder() {
  std::error_code ignored;
  if (!under_way_.empty()) fs::remove_all(under_way_, ignored);
}

void SiteFolder::write(const std::string& file, std::string_view bytes) const {
  const fs::path path = under_way_ / file;
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw Error(ErrorKind::system, "file-unwritable", {path.string(), std::strerror(errno)});
}

// The old one goes aside first: a folder that is not empty cannot be renamed over.
void SiteFolder::commit() {
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
