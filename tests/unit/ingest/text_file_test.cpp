// What files are found to be: encoding, delimiter, and where nobody can tell. The bytes are those of Python's codecs.
#include "ingest/text_file.h"

#include <doctest/doctest.h>

#include "base/digest.h"
#include "ingest/encodings.h"
#include "ingest/guess_encoding.h"
#include "ingest/sniff.h"

using namespace hr;
using namespace hr::ingest;

namespace {

// The encoding, and how it was found; or the fault.
std::string found(const std::string& bytes, const std::string& told = {}) {
  ReadOptions options;
  options.encoding = told;
  const TextFile file = text_of(input_of_text("x.csv", bytes), options);
  if (file.fault) return file.fault->message;
  std::string said = file.options.encoding;
  for (const Diagnostic& note : file.notes) said += ' ' + note.message;
  return said;
}

std::string utf16(std::string_view ascii, bool big) {
  std::string bytes;
  for (const char c : ascii) {
    if (big) bytes += '\0';
    bytes += c;
    if (!big) bytes += '\0';
  }
  return bytes;
}

const std::string kGb = "\xB9\xA4\xBA\xC5,\xD0\xD5\xC3\xFB\nE1,\xC0\xEE\xC4\xC8\n";   // 工号,姓名 E1,李娜
const std::string kBig = "\xA4\x75\xB8\xB9,\xA9\x6D\xA6\x57\nE1,\xB1\x69\xB0\xB6\n";  // 工號,姓名 E1,張偉
const std::string kUtf = "工号,姓名\nE1,李娜\n";
const std::string kLatin = "id,name\nE1,Jos\xE9\nE2,Zo\xEB\nE3,Fran\xE7ois\n";

}  // namespace

TEST_CASE("encodings are found by mark, zeros and characters") {
  CHECK(found(kUtf) == "UTF-8");
  CHECK(found("\xEF\xBB\xBF" + kUtf) == "UTF-8");
  CHECK(found("id,name\nE1,x\n") == "UTF-8");
  CHECK(found(kGb) == "GB18030 encoding-detected/characters");
  CHECK(found(kBig) == "Big5 encoding-detected/characters");
  CHECK(found("\x84\x31\x95\x33" + kGb) == "GB18030 encoding-detected/mark");
  for (const bool big : {false, true}) {
    const std::string name = big ? "UTF-16BE" : "UTF-16LE";
    const std::string bytes = utf16("id,name\nE1,x\n", big);
    CHECK(found((big ? "\xFE\xFF" : "\xFF\xFE") + bytes) == name + " encoding-detected/mark");
    CHECK(found(bytes) == name + " encoding-detected/zeros");
    CHECK(found(bytes, "utf-16") == name);
    CHECK(found(bytes, name) == name);
    CHECK(found(bytes, big ? "utf-16le" : "utf-16be") == "bad-encoding/not-utf-16");
  }
  // 工号\t一\n and the like: letters whose lower byte is zero
  const std::string chinese("\xE5\x5D\xF7\x53\x09\x00\x00\x4E\x0D\x00\x0A\x00\x31\x00\x09\x00\x00\x4E\x0D\x00\x0A\x00",
                            22);
  CHECK(found(chinese).starts_with("UTF-16LE encoding-detected/zeros"));
}

TEST_CASE("what cannot be told for sure is refused") {
  CHECK(found("id,name\nE1,\xC0\xEE\xC4\xC8\n") == "bad-encoding/undecided");  // 李娜, or 戲纏 of Big5
  CHECK(found("id,name\n" + std::string(9, '\xE9') + "\n") == "bad-encoding/undecided");
  CHECK(found("sex\n\xC5\xAE\n") == "bad-encoding/by-chance");            // 女, or Ů
  CHECK(found("sex\n\xC5\xAE\n\xCE\xBC\n") == "bad-encoding/by-chance");  // 女 and 渭, or Ů and μ
  for (const char* letter : {"μ", "µ", "Δ", "٣", "α", "β", "π"}) {        // 渭, 碌, …: nothing that is frequent
    CAPTURE(letter);
    CHECK(found("unit\n" + std::string(letter) + "\n") == "UTF-8");
  }
  CHECK(found("sex\n\xC5\xAE\n", "utf-8") == "UTF-8");
  CHECK(found("sex\n\xC5\xAE\n", "gbk") == "GB18030");
  CHECK(found("unit\n\xC2\xA3\n") == "UTF-8");                    // £
  CHECK(found("name\nJos\xC3\xA9\n\xC5\x81ukasz\n") == "UTF-8");  // José, Łukasz
  CHECK(found("id,name\nE1,Jos\xE9\n") == "UTF-8");               // the row is set aside
}

TEST_CASE("what people say counts, but not against what can be seen") {
  CHECK(found(kGb, "gbk") == "GB18030");
  CHECK(found(kLatin, "latin1") == "Windows-1252");
  CHECK(found(kGb, "big5") == "bad-encoding/other");
  CHECK(found(kBig, "gbk") == "bad-encoding/other");
  CHECK(found(kGb, "latin1") == "bad-encoding/other");
  CHECK(found(kGb, "utf-8") == "bad-encoding/other");
  CHECK(found(kUtf, "gbk") == "bad-encoding/other");
  CHECK(found("\xEF\xBB\xBF" + kUtf, "gbk") == "bad-encoding/mark");
  CHECK(found(kUtf, "utf-16") == "bad-encoding/not-utf-16");
  CHECK(found(std::string(40, '\xFF') + "\n", "gbk") == "bad-encoding/broken");
  CHECK(found(kUtf, "klingon") == "encoding-not-supported");
}

TEST_CASE("what is said of a text about a workbook, and the other way round, is refused") {
  const std::string book("PK\x03\x04" + std::string(26, '\0') + "xl/workbook.xml");
  const std::string unclear = "a;b|c\n1;2|3\n";
  const auto fault = [](const std::string& bytes, const ReadOptions& options) {
    const TextFile file = text_of(input_of_text("x", bytes), options);
    return file.fault ? file.fault->message : std::string();
  };
  ReadOptions options;
  CHECK(fault(book, options).empty());
  CHECK(fault(unclear, options) == "wrong-delimiter/several");
  options.sheet = "1";
  CHECK(fault(book, options).empty());
  CHECK(fault(unclear, options) == "sheet-missing/text");
  CHECK(fault("id,name\nE1,\xC0\xEE\xC4\xC8\n", options) == "sheet-missing/text");
  options = {};
  options.default_encoding = "gbk";  // of files that are text
  CHECK(fault(book, options).empty());
  CHECK(fault(kGb, options).empty());
  CHECK(fault(kUtf, options) == "bad-encoding/other");
  options.encoding = "utf-8";
  CHECK(fault(kUtf, options).empty());
  CHECK(fault(book, options) == "encoding-not-supported/workbook");
  options = {};
  options.delimiter = ';';
  CHECK(fault(book, options) == "wrong-delimiter/workbook");
  CHECK(fault("{\"id\": \"E1\"}\n", options) == "wrong-delimiter/json");
  options = {};
  options.format = FileFormat::xlsx;
  CHECK(fault(book, options).empty());
  CHECK(fault(kUtf, options) == "bad-workbook/text");
  CHECK(fault("%PDF-1.7", options) == "bad-workbook/text");
  options.format = FileFormat::csv;
  options.delimiter = ';';
  CHECK(fault(book, options).empty());  // its reader says that this is no text
}

TEST_CASE("what a mapping says of its files holds for those that it can be true of") {
  model::Mapping mapping;
  mapping.encoding = "gbk";
  mapping.delimiter = ';';
  mapping.sheet = "2";
  ReadOptions options;
  options.mapping = &mapping;
  const TextFile text = text_of(input_of_text("x", kGb), options);
  CHECK(!text.fault);
  CHECK(text.options.encoding == "GB18030");
  CHECK(text.options.delimiter == ';');
  CHECK(text_of(input_of_text("x", kUtf), options).fault->message == "bad-encoding/other");
  const TextFile book = text_of(input_of_text("x",
                                              "PK\x03\x04"
                                              "xl/workbook.xml"),
                                options);
  CHECK(!book.fault);
  CHECK(book.options.sheet == "2");
  options.encoding = "utf-8";
  options.delimiter = ',';
  const TextFile told = text_of(input_of_text("x", kUtf), options);
  CHECK(told.options.encoding == "UTF-8");
  CHECK(told.options.delimiter == ',');
}

TEST_CASE("words to judge an encoding by") {
  CHECK(some_words("id,工号,姓名\nE1,工号,部门,日期\n") == "工号, 姓名, 部门");
  CHECK(some_words("id\nE1\n").empty());
  CHECK(some_words("一二三四五六七八九十\n") == "一二三四五六七…");
}

TEST_CASE("a file that turns Chinese behind its first MiB is refused with what it is") {
  std::string bytes = "employee_id,name\n";
  for (int i = 0; i < 100000; ++i) bytes += "E" + std::to_string(i) + ",name\n";
  REQUIRE(bytes.size() > size_t{1} << 20U);
  const ReadOptions options;
  const ReadResult result = read_table(input_of_text("x.csv", bytes + kGb), options);
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.diagnostics[0].message == "bad-encoding/late");
  CHECK(result.diagnostics[0].args[1] == "GB18030");
  CHECK(result.diagnostics[0].span.line == 100002);
  ReadOptions told;
  told.encoding = "gbk";
  CHECK(read_table(input_of_text("x.csv", bytes + kGb), told).rows_read == 100002);
}

TEST_CASE("what people say of a file that is ASCII to its first MiB is judged where its first characters come") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    std::string bytes = "employee_id,name" + end;
    for (int i = 0; i < 100000; ++i) bytes += "E" + std::to_string(i) + ",name" + end;
    REQUIRE(bytes.size() > size_t{1} << 20U);
    bytes += "E,";
    const auto read = [&](const std::string& tail, const std::string& encoding) {
      ReadOptions told;
      told.encoding = encoding;
      told.threads = 3;
      return read_table(input_of_text("x.csv", bytes + tail), told);
    };
    // 李娜 ×40000 is more than what is looked at, which is cut within a character of three bytes or not
    std::string many = "李娜";
    for (int i = 0; i < 40000; ++i) many += (i % 5000 == 0 ? end + "E" + std::to_string(i) + "x," : "") + "李娜";
    for (const std::string& tail : {std::string("李娜" + end), many + end}) {
      for (const auto& [told, name] : {std::pair{"gbk", "GB18030"}, {"latin1", "Windows-1252"}, {"big5", "Big5"}}) {
        const ReadResult result = read(tail, told);
        REQUIRE(result.diagnostics.size() == 1);
        CHECK(result.diagnostics[0].message == "bad-encoding/other");
        CHECK(result.diagnostics[0].args == std::vector<std::string>{name, "UTF-8"});
        CHECK(result.diagnostics[0].span == SourceSpan{"x.csv", 100002, 3, 1});
        CHECK(result.frame.size() == 0);
      }
      CHECK(read(tail, "utf-8").diagnostics.empty());
    }
    CHECK(read("x" + end + kGb, "latin1").diagnostics.at(0).message == "bad-encoding/other");
    CHECK(read("x" + end + kGb, "gbk").rows_read == 100003);
    CHECK(read("Jos\xE9" + end, "latin1").rows_read == 100001);
  }
}

TEST_CASE("a broken letter of a file in another encoding sets its row aside, at its place") {
  const ReadOptions options;
  const ReadResult result =
      read_table(input_of_text("x.csv", kGb + "E2,\xCD\xF5\x81,\nE3,\xD5\xC5\xCE\xB0\n"), options);
  REQUIRE(result.rejected.size() == 1);
  CHECK(result.rejected[0].reason.message == "bad-encoding/decoded");
  CHECK(result.rejected[0].reason.args == std::vector<std::string>{"GB18030"});
  CHECK(result.rejected[0].reason.span == SourceSpan{"x.csv", 3, 7, 1});  // 王 takes three bytes of text
  CHECK(result.frame.size() == 2);
}

TEST_CASE("the digest of a file is that of its bytes as they lie on disk") {
  for (const std::string& bytes : {kUtf, kGb, "\xEF\xBB\xBF" + kUtf, utf16("employee_id\nE1\n", true)})
    CHECK(read_table(input_of_text("x.csv", bytes), {}).sha256 == sha256(bytes));
}

TEST_CASE("delimiters") {
  CHECK(delimiters_of("a,b\n1,2\n", ',') == ",");
  CHECK(delimiters_of("a;b\n1;2,5\n", ',') == ";");
  CHECK(delimiters_of("a|b\n1|2\n", '\t') == "|");
  CHECK(delimiters_of("a\n1\n", ',') == ",");
  CHECK(delimiters_of("\"a;b\",\"c\"\n\"1\",\"2;3\"\n", ',') == ",");  // in quotes they separate nothing
  CHECK(delimiters_of("\"a,b\";\"c\"\n\"1\";\"2,3\"\n", ',') == ";");
  CHECK(delimiters_of("a;b,c;d\n1;2;3\n4;5;6\n", ',') == ";");  // a comma within a heading
  CHECK(delimiters_of("a,b;c,d\n1,2\n1,2,3\n", ',') == ",");    // rows are uneven by either: the usual one
  CHECK(delimiters_of("a;b|c\n1;2|3\n", ',') == ";|");          // nobody can tell
  CHECK(delimiters_of("a;b|c\n1;2\n", ',') == ";");
}
