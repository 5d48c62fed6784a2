#include "ingest/heading_words.h"

#include <algorithm>
#include <bitset>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "ingest/headings.h"
#include "ingest/simplified.h"

namespace hr::ingest {

using model::TableId;

namespace {

struct WordRow {
  std::string_view meaning;
  std::string_view words;
};
constexpr WordRow kWords[] = {
#define WORDS(meaning, words) {meaning, words},
#include "ingest/heading_words.def"
#undef WORDS
};

struct PatternRow {
  std::string_view tables;
  std::string_view column;
  std::string_view patterns;
};
constexpr PatternRow kPatterns[] = {
#define PATTERN(tables, column, patterns) {tables, column, patterns},
#include "ingest/heading_patterns.def"
#undef PATTERN
};

constexpr size_t kMostMeanings = 160;
static_assert(std::size(kWords) <= kMostMeanings);
using Meanings = std::bitset<kMostMeanings>;  // by row of kWords

struct Pattern {
  Meanings needed, allowed;  // allowed: those needed and those that may be there
  bool maybe = false;
};

// All words, by what they look like folded.
struct Lexicon {
  std::unordered_map<std::string, size_t> rows;
  size_t longest = 0;

  Lexicon() {
    for (size_t row = 0; row < std::size(kWords); ++row) {
      for (const std::string_view word : split(kWords[row].words, '|')) {
        const std::string folded = fold_word(word);
        longest = std::max(longest, folded.size());
        rows.emplace(folded, row);
      }
    }
  }
};

const Lexicon& lexicon() {
  static const Lexicon kLexicon;
  return kLexicon;
}

// A heading taken apart.
struct Read {
  Meanings meanings;
  size_t known = 0, unknown = 0;  // bytes
  size_t strange = 0;             // runs of what is no word
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word_byte(char c) {
  return is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

// "DateOfJoining", "Emp_No.", "HRManager" → their words.
std::vector<std::string> chunks_of(std::string_view text) {
  std::vector<std::string> chunks(1);
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!is_word_byte(c)) {
      if (c == '#') chunks.emplace_back("id");
      chunks.emplace_back();
      continue;
    }
    const bool after_small = i > 0 && text[i - 1] >= 'a' && text[i - 1] <= 'z';
    const bool before_small = i + 1 < text.size() && text[i + 1] >= 'a' && text[i + 1] <= 'z';
    const bool begins = is_upper(c) && (after_small || (i > 0 && is_upper(text[i - 1]) && before_small));
    if (begins) chunks.emplace_back();
    chunks.back() += c;
  }
  std::erase_if(chunks, [](const std::string& chunk) { return chunk.empty(); });
  return chunks;
}

// The longest word at the beginning of `text`: its length; 0 = none.
size_t word_at(std::string_view text, size_t& row) {
  for (size_t n = std::min(text.size(), lexicon().longest); n > 0; --n) {
    const auto found = lexicon().rows.find(std::string(text.substr(0, n)));
    if (found == lexicon().rows.end()) continue;
    row = found->second;
    return n;
  }
  return 0;
}

void take_word(size_t row, size_t bytes, Read& read) {
  read.known += bytes;
  if (!kWords[row].meaning.empty()) read.meanings.set(row);
}

// Letters without blanks between: one word, or words all the way ("empid"). Latin letters make words of any kind, so
// a part of such a run that happens to be a word says nothing.
bool read_letters(std::string_view run, Read& read) {
  if (size_t row = 0;
      run.size() > 3 && run.ends_with('s') && word_at(run.substr(0, run.size() - 1), row) + 1 == run.size()) {
    take_word(row, run.size(), read);
    return true;
  }
  Read inner = read;
  for (size_t at = 0; at < run.size();) {
    size_t row = 0;
    const size_t n = word_at(run.substr(at), row);
    if (n == 0 || (n == 1 && run.size() > 1)) return false;
    take_word(row, n, inner);
    at += n;
  }
  read = inner;
  return true;
}

size_t character_bytes(char lead) {
  const auto c = static_cast<unsigned char>(lead);
  return c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
}

void read_chunk(std::string_view chunk, Read& read) {
  bool in_strange = false;
  const auto strange = [&](size_t bytes) {
    read.unknown += bytes;
    read.strange += in_strange ? 0 : 1;
    in_strange = true;
  };
  for (size_t at = 0; at < chunk.size();) {
    size_t row = 0;
    if (is_letter(chunk[at])) {
      size_t n = 0;
      while (at + n < chunk.size() && is_letter(chunk[at + n])) ++n;
      size_t with_digits = n;  // "l1", "level2"
      while (at + with_digits < chunk.size() && is_digit(chunk[at + with_digits])) ++with_digits;
      if (word_at(chunk.substr(at, with_digits), row) == with_digits) {
        take_word(row, with_digits, read);
        n = with_digits;
        in_strange = false;
      } else if (read_letters(chunk.substr(at, n), read)) {
        in_strange = false;
      } else {
        strange(n);
      }
      at += n;
      continue;
    }
    if (const size_t n = word_at(chunk.substr(at), row)) {
      take_word(row, n, read);
      in_strange = false;
      at += n;
      continue;
    }
    const size_t n = std::min(character_bytes(chunk[at]), chunk.size() - at);
    strange(n);
    at += n;
  }
}

Read read_heading(std::string_view text) {
  std::string plain(text);
  for (const std::string_view mail : {"E-Mail", "e-mail", "E-mail", "E-MAIL"}) {
    for (size_t at; (at = plain.find(mail)) != std::string::npos;) plain.replace(at, mail.size(), "email");
  }
  Read read;
  for (const std::string& chunk : chunks_of(plain)) read_chunk(fold_word(chunk), read);
  return read;
}

size_t row_of(std::string_view meaning) {
  const auto* const row =
      std::find_if(std::begin(kWords), std::end(kWords), [&](const WordRow& w) { return w.meaning == meaning; });
  return static_cast<size_t>(row - std::begin(kWords));
}

std::vector<Pattern> patterns_of(std::string_view text) {
  std::vector<Pattern> patterns;
  for (std::string_view one : split(text, '|')) {
    Pattern pattern;
    pattern.maybe = one.starts_with('~');
    if (pattern.maybe) one.remove_prefix(1);
    for (std::string_view word : split(one, ' ')) {
      const bool optional = word.ends_with('?');
      if (optional) word.remove_suffix(1);
      const size_t row = row_of(word);
      pattern.allowed.set(row);
      if (!optional) pattern.needed.set(row);
    }
    pattern.allowed.set(row_of("person"));  // 员工部门 is 部门
    patterns.push_back(pattern);
  }
  return patterns;
}

bool names_table(std::string_view tables, std::string_view table) {
  const auto names = split(tables, '|');
  return std::find(names.begin(), names.end(), table) != names.end();
}

struct ColumnPatterns {
  std::string_view column;
  std::vector<Pattern> patterns;
  bool own = false;  // of this table: what they say counts more than the list of headings of all tables
};

std::vector<ColumnPatterns> columns_of(TableId id) {
  std::vector<ColumnPatterns> all;
  const model::ImportedTable& table = model::imported_table(id);
  for (const model::CanonicalColumn& column : table.columns) {
    const PatternRow* best = nullptr;
    for (const PatternRow& row : kPatterns) {
      if (row.column != column.name) continue;
      if (names_table(row.tables, table.name) || (row.tables.empty() && best == nullptr)) best = &row;
    }
    all.push_back({column.name, best ? patterns_of(best->patterns) : std::vector<Pattern>(),
                   best != nullptr && !best->tables.empty()});
  }
  return all;
}

const std::vector<ColumnPatterns>& patterns_of(TableId table) {
  static const auto kAll = [] {
    std::map<TableId, std::vector<ColumnPatterns>> all;
    for (const model::ImportedTable& t : model::imported_tables()) all[t.id] = columns_of(t.id);
    return all;
  }();
  return kAll.at(table);
}

// Nothing: it is not that column. One run of unknown words makes of a likely heading one to look at.
std::optional<HeadingGuess> fit(const Read& read, const ColumnPatterns& column) {
  std::optional<HeadingGuess> best;
  if (read.strange > 1 || read.unknown > read.known) return best;
  for (size_t i = 0; i < column.patterns.size(); ++i) {
    const Pattern& pattern = column.patterns[i];
    if ((read.meanings & pattern.needed) != pattern.needed || (read.meanings & ~pattern.allowed).any()) continue;
    const Likeness likeness = pattern.maybe || read.strange > 0 ? Likeness::maybe : Likeness::likely;
    if (!best || likeness > best->likeness) best = {column.column, likeness, i};
  }
  return best;
}

}  // namespace

std::vector<HeadingGuess> guess_columns(TableId table, std::string_view heading) {
  const HeadingParts parts = parts_of_heading(heading);
  auto exact = canonical_column(table, heading);
  if (!exact && parts.extra.empty()) exact = canonical_column(table, parts.core);
  Read whole = read_heading(parts.core);
  const Read extra = read_heading(parts.extra);
  whole.meanings |= extra.meanings;
  if (extra.unknown > 0) whole.strange = std::max<size_t>(whole.strange, 1);  // 部门（兼职）: which one, we do not know
  std::vector<HeadingGuess> guesses;
  for (const ColumnPatterns& column : patterns_of(table)) {
    const auto guess = fit(whole, column);
    const bool doubtful = column.own && guess && guess->likeness == Likeness::maybe;
    if (exact == column.column && !doubtful)
      guesses.push_back({column.column, Likeness::exact, 0});
    else if (guess)
      guesses.push_back(*guess);
  }
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const HeadingGuess& a, const HeadingGuess& b) { return a.likeness > b.likeness; });
  return guesses;
}

bool heading_is_measure(std::string_view heading) {
  const Read read = read_heading(parts_of_heading(heading).core);
  for (const std::string_view word :
       {"number", "id", "badge", "account", "phone", "document", "bank", "birth", "address", "age", "date", "span"}) {
    if (read.meanings.test(row_of(word))) return false;
  }
  return true;
}

bool heading_names_id(std::string_view heading) {
  const Read read = read_heading(parts_of_heading(heading).core);
  return (read.meanings.test(row_of("id")) || read.meanings.test(row_of("badge"))) &&
         !read.meanings.test(row_of("number"));
}

bool heading_tells_of_former_jobs(std::string_view heading) {
  return read_heading(parts_of_heading(heading).core).meanings.test(row_of("former-job"));
}

double heading_likeness(std::string_view text) {
  const Read read = read_heading(parts_of_heading(text).core);
  const size_t all = read.known + read.unknown;
  return all == 0 ? 0 : static_cast<double>(read.known) / static_cast<double>(all);
}

}  // namespace hr::ingest
