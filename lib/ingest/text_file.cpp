#include "ingest/text_file.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/encodings.h"
#include "ingest/guess_encoding.h"
#include "ingest/gzip.h"
#include "ingest/json_objects.h"
#include "ingest/read_whole.h"
#include "ingest/records.h"
#include "ingest/sniff.h"
#include "ingest/zip_archive.h"

namespace hr::ingest {

namespace {

constexpr size_t kHead = size_t{1} << 20U;

struct Verdict {
  std::string_view encoding;
  std::string_view because = {};  // the note that says by what it was found; empty: nothing to say
  std::optional<Diagnostic> fault = std::nullopt;
  bool unseen = false;  // the sample is ASCII, of which the encoding is not seen
};

// Whole lines where there is more than the head.
std::string_view sample_of(std::string_view head) {
  const size_t end = head.size() < kHead ? head.size() : head.rfind('\n');
  return end == std::string_view::npos ? head : head.substr(0, end);
}

class Judge {
 public:
  Judge(std::string_view head, const std::string& file) : head_(head), sample_(sample_of(head)), file_(file) {}

  Verdict by_name(const std::string& name) const;
  Verdict by_bytes() const;
  Verdict against_characters(std::string_view encoding) const;

 private:
  Verdict fault(std::string message, std::vector<std::string> args = {}) const {
    return {{}, {}, make_error(std::move(message), {file_, 0, 0, 0}, std::move(args))};
  }
  Verdict undecided(size_t at) const;
  Verdict plain_or_broken() const;
  Verdict against_utf16(std::string_view encoding) const;

  std::string_view head_;
  std::string_view sample_;
  const std::string& file_;
};

Verdict Judge::undecided(size_t at) const {
  Verdict verdict = fault("bad-encoding/undecided", {std::to_string(at + 1)});
  const Place place = place_of(sample_, 0, 1, at);
  verdict.fault->span = {file_, static_cast<int>(place.line), static_cast<int>(place.col), 1};
  return verdict;
}

// Of bytes that are not UTF-8 and of no encoding that we would know by sight: single broken ones, or all wrong?
Verdict Judge::plain_or_broken() const {
  const Reading utf8 = read_as(sample_, kUtf8);
  constexpr uint64_t kFew = 8;
  const uint64_t right = utf8.characters - utf8.broken;
  const bool too_many = utf8.broken > std::max(kFew, right);
  if (too_many || (right == 0 && may_be_chinese(sample_))) return undecided(*invalid_utf8_at(sample_));
  return {kUtf8};
}

Verdict Judge::by_bytes() const {
  if (const std::string_view mark = encoding_of_mark(head_); !mark.empty())
    return {mark, mark == kUtf8 ? std::string_view() : "encoding-detected/mark"};
  if (const std::string_view order = utf16_order(head_); !order.empty()) return {order, "encoding-detected/zeros"};
  if (!invalid_utf8_at(sample_)) return is_utf8_by_chance(sample_) ? fault("bad-encoding/by-chance") : Verdict{kUtf8};
  if (head_.find('\0') != std::string_view::npos) return {kUtf8};  // no text at all, which its reader will say
  if (const std::string_view chinese = chinese_encoding(sample_); !chinese.empty())
    return {chinese, "encoding-detected/characters"};
  return plain_or_broken();
}

// UTF-16 has a zero byte in every line end and delimiter.
Verdict Judge::against_utf16(std::string_view encoding) const {
  const std::string_view mark = encoding_of_mark(head_);
  const std::string_view found = mark.empty() ? utf16_order(head_) : mark;
  if (encoding == kUtf16 && !found.empty()) return {found};
  if (found == encoding || (found.empty() && encoding != kUtf16 && head_.find('\0') != std::string_view::npos))
    return {encoding};
  return fault("bad-encoding/not-utf-16", {std::string(encoding)});
}

// What people say of a file counts, but not against what can be seen.
Verdict Judge::against_characters(std::string_view encoding) const {
  const Reading told = read_as(sample_, encoding);
  const Reading utf8 = read_as(sample_, kUtf8);
  const auto contradicted = [&](std::string_view by) {
    return fault("bad-encoding/other", {std::string(encoding), std::string(by)});
  };
  if (encoding != kUtf8 && utf8.broken == 0 && utf8.long_ones > 1) return contradicted(kUtf8);
  const std::string_view chinese = chinese_encoding(sample_);
  const bool same = chinese == encoding || (encoding == kBig5Hkscs && chinese == kBig5);
  if (!chinese.empty() && !same) return contradicted(chinese);
  constexpr uint64_t kFew = 8;
  if (encoding != kUtf8 && told.broken > std::max(kFew, told.characters / 10))
    return fault("bad-encoding/broken",
                 {std::string(encoding), std::to_string(told.broken), std::to_string(told.characters)});
  return {encoding};
}

Verdict Judge::by_name(const std::string& name) const {
  const auto encoding = encoding_named(name);
  if (!encoding) return fault("encoding-not-supported", {name, encoding_names()});
  if (encoding->starts_with(kUtf16)) return against_utf16(*encoding);
  const std::string_view mark = encoding_of_mark(head_);
  if (!mark.empty() && mark != *encoding)
    return fault("bad-encoding/mark", {std::string(*encoding), std::string(mark)});
  Verdict verdict{*encoding};
  verdict.unseen = is_ascii(sample_);
  return verdict.unseen || mark == *encoding ? verdict : against_characters(*encoding);
}

// A text that begins as ASCII shows where its first other characters stand whether it is what people say.
Input judged_late(const Input& text, std::string_view encoding) {
  return looked_at(text, [text, encoding](uint32_t line, uint32_t column, std::string_view bytes) {
    // Whole characters: in no encoding are these the end of one.
    const size_t end = bytes.size() < kLook ? bytes.size() : bytes.find_last_of("\n\t,;");
    Verdict verdict = Judge(bytes.substr(0, end), text.name).against_characters(encoding);
    if (!verdict.fault) return;
    verdict.fault->span = {text.name, static_cast<int>(line), static_cast<int>(column), 1};
    throw BrokenInput(std::move(*verdict.fault), text);
  });
}

// The note of an encoding that was found, with words to judge it by.
Diagnostic found_note(std::string_view because, const TextFile& file, std::string_view text) {
  Diagnostic note = make_warning(std::string(because), {file.text.name, 0, 0, 0}, {file.options.encoding});
  if (because.ends_with("/characters")) note.args.push_back(some_words(text));
  note.severity = Severity::note;
  return note;
}

}  // namespace

static void find_encoding(TextFile& file, std::string_view head) {
  const Judge judge(head, file.text.name);
  const std::string& told = file.options.encoding.empty() ? file.options.default_encoding : file.options.encoding;
  Verdict verdict = told.empty() ? judge.by_bytes() : judge.by_name(told);
  file.fault = std::move(verdict.fault);
  if (file.fault) return;
  file.options.encoding = verdict.encoding;
  if (verdict.encoding != kUtf8)
    file.text = decoded(verdict.unseen ? judged_late(file.text, verdict.encoding) : file.text, verdict.encoding);
  if (!verdict.because.empty())
    file.notes.push_back(found_note(verdict.because, file, read_all(file.text, size_t{1} << 16U)));
}

static void find_delimiter(TextFile& file, std::string_view head) {
  const char usual = file.options.format == FileFormat::tsv ? '\t' : ',';
  const std::string all = delimiters_of(head, usual);
  const SourceSpan span{file.text.name, 0, 0, 0};
  if (all.size() > 1) {
    file.fault = make_error("wrong-delimiter/several", span, {delimiter_name(all[0]), delimiter_name(all[1])});
    return;
  }
  file.options.delimiter = all[0];
  if (all[0] == usual) return;
  file.notes.push_back(make_warning("delimiter-detected", span, {delimiter_name(all[0])}));
  file.notes.back().severity = Severity::note;
}

// The text of a JSON list with its objects apart.
static Input parted(const Input& text) {
  const auto open = [text] {
    const std::string all = read_all(text);
    const std::string_view mark(all.data(), all.size() - without_bom(all).size());
    return input_of_text(text.name, std::string(mark) + objects_apart(without_bom(all))).open();
  };
  return {text.name, open, text.bytes};
}

// Where the file has no fault as a whole, which is told by the number of a byte.
static void part_objects(TextFile& file) {
  const std::string all = whole_file(file);
  if (text_fault(file, all)) return;
  const uint32_t line = first_shared_line(without_bom(all));
  if (line == 0) return;
  file.text = parted(file.text);
  file.notes.push_back(make_warning("objects-share-lines", {file.text.name, static_cast<int>(line), 0, 0}));
  file.notes.back().severity = Severity::note;
}

// What is said of a text about a workbook, and the other way round.
static std::optional<Diagnostic> misfit(const ReadOptions& options, bool workbook, const std::string& file) {
  const auto fault = [&](std::string message, std::vector<std::string> args) {
    return make_error(std::move(message), {file, 0, 0, 0}, std::move(args));
  };
  const bool as_workbook = options.format == FileFormat::xlsx;
  if (as_workbook && !workbook) return fault("bad-workbook/text", {});
  if (!workbook && !options.sheet.empty()) return fault("sheet-missing/text", {options.sheet});
  if (!workbook || (options.format && !as_workbook)) return std::nullopt;
  if (!options.encoding.empty()) return fault("encoding-not-supported/workbook", {options.encoding});
  if (options.delimiter != 0) return fault("wrong-delimiter/workbook", {delimiter_name(options.delimiter)});
  return std::nullopt;
}

// What the mapping says of its files, where nothing is said of this one. It may be a text that somebody made of the
// workbook, or the other way round: then half of it says nothing.
static void take_from_mapping(ReadOptions& options) {
  if (options.mapping == nullptr) return;
  if (options.encoding.empty()) options.encoding = options.mapping->encoding;
  if (options.delimiter == 0) options.delimiter = options.mapping->delimiter;
  if (options.sheet.empty()) options.sheet = options.mapping->sheet;
}

TextFile text_of(const Input& input, const ReadOptions& options) {
  TextFile file{input, options, std::nullopt, {}};
  if (options.given != nullptr) {  // rows at hand are text, and all there is to read
    file.text = input_of_text(input.name, "");
    file.options.format = FileFormat::csv;
    file.options.encoding = kUtf8;
    return file;
  }
  std::string head = read_all(input, kHead);
  if (is_gzip(head)) {
    file.text = unpacked(input);
    head = read_all(file.text, kHead);
    if (is_gzip(head)) file.fault = make_error("bad-gzip/twice", {input.name, 0, 0, 0});
  }
  if (!file.fault) file.fault = misfit(options, is_workbook(head), input.name);
  take_from_mapping(file.options);
  if (!file.fault && kind_of(head).empty()) find_encoding(file, head);
  if (file.fault) return file;
  const std::string text = read_all(file.text, size_t{1} << 16U);
  file.options.format = format_of(text, input.name, file.options);
  if (file.options.format == FileFormat::json && options.delimiter != 0)
    file.fault = make_error("wrong-delimiter/json", {input.name, 0, 0, 0}, {delimiter_name(options.delimiter)});
  else if (file.options.format == FileFormat::json)
    part_objects(file);
  const bool separated = file.options.format == FileFormat::csv || file.options.format == FileFormat::tsv;
  if (separated && file.options.delimiter == 0) find_delimiter(file, without_bom(text));
  return file;
}

std::string whole_file(const TextFile& file) {
  return read_all(file.text, file.options.format == FileFormat::xlsx ? kMaxPacked + 1 : SIZE_MAX);
}

ReadResult read_text(const Input& input, const ReadOptions& options,
                     const std::function<ReadResult(const TextFile&)>& read) {
  const auto digest = std::make_shared<std::string>();
  ReadResult result;
  try {
    const TextFile file = text_of(options.hashed ? hashed(input, digest) : input, options);
    if (!file.fault) result = read(file);
    if (options.given == nullptr) result.text = file.text;
    result.diagnostics.insert(result.diagnostics.begin(), file.notes.begin(), file.notes.end());
    if (file.fault) result.diagnostics.push_back(*file.fault);
  } catch (const BrokenInput& broken) {
    result = {};
    result.text = broken.text.open ? broken.text : input;
    result.diagnostics.push_back(broken.fault);
  }
  result.sha256 = *digest;
  return result;
}

std::string_view late_encoding(const Input& text, uint64_t offset) {
  constexpr size_t kBefore = 4096;
  constexpr size_t kSample = size_t{1} << 16U;
  const uint64_t begin = offset - std::min<uint64_t>(offset, kBefore);
  const std::unique_ptr<ByteStream> stream = text.open();
  std::string sample(kSample, ' ');
  uint64_t at = 0;
  for (size_t n = 1; at < begin && n > 0; at += n)
    n = stream->read(sample.data(), static_cast<size_t>(std::min<uint64_t>(kSample, begin - at)));
  size_t have = 0;
  for (size_t n = 1; have < kSample && n > 0; have += n) n = stream->read(sample.data() + have, kSample - have);
  sample.resize(have);
  if (have == kSample) sample.resize(std::min(have, sample.rfind('\n')));
  return chinese_encoding(sample);
}

}  // namespace hr::ingest
