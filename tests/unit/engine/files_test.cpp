// Files that take the place of others.
#include "engine/files.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "base/error.h"

namespace hr::engine {

namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "hrctl-files-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

}  // namespace

TEST_CASE("a file that replaces another has all of its bytes, in however many pieces they come") {
  const Folder folder;
  const std::string file = (folder.path / "scores 得分.csv").string();
  std::string bytes;
  for (int line = 0; bytes.size() < 20'000'000; ++line) bytes += std::to_string(line) + ",x\n";
  for (const size_t piece : {bytes.size(), size_t{1'000'003}}) {
    write_file(file, "what was there\n");
    FileWriter writer(file);
    for (size_t at = 0; at < bytes.size(); at += piece) writer.write(std::string_view(bytes).substr(at, piece));
    CHECK(read_file(file) == "what was there\n");
    writer.commit();
    CHECK(read_file(file) == bytes);
  }
}

TEST_CASE("without commit() the file that was there stays, and nothing beside it") {
  const Folder folder;
  const std::string file = (folder.path / "units.csv").string();
  for (const std::string& before : {std::string("before"), std::string(9'000'000, 'b')}) {  // whatever its size
    write_file(file, before);
    FileWriter(file).write("after");
    CHECK(read_file(file) == before);
    CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 1);
  }
}

}  // namespace hr::engine
