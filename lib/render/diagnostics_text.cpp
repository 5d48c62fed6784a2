// Diagnostics for people: the line that compilers write, the source line with a caret, what to do, related places.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "render/diagnostic_writers.h"
#include "render/paint.h"

namespace hr::render {

namespace {

using i18n::Language;

// An excerpt keeps to this many columns, so that a caret stays in sight in a line of thousands.
constexpr size_t kExcerptWidth = 100;
constexpr size_t kExcerptBefore = 60;
// Bytes on either side of the marked place that are looked at for it.
constexpr size_t kExcerptReach = 400;
// A value in a sentence takes at most so many columns; lists of keys stay whole.
constexpr size_t kArgumentWidth = 400;

Paint paint_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return Paint::red;
    case Severity::warning:
      return Paint::yellow;
    case Severity::note:
      break;
  }
  return Paint::cyan;
}

// Bytes [begin, end) of a line as the excerpt shows them: a tab is one blank, nothing moves the cursor. From `bad` on,
// the first byte that is not UTF-8, all are shown as bytes: the letters that some happen to make are not those of the
// file.
std::string visible(std::string_view line, size_t begin, size_t end, size_t bad) {
  std::string text(line.substr(begin, end - begin));
  std::replace(text.begin(), text.end(), '\t', ' ');
  const size_t sound = std::clamp(bad, begin, end) - begin;
  std::string out = escape_controls(std::string_view(text).substr(0, sound));
  for (size_t i = sound; i < text.size(); ++i) out += escape_controls(std::string_view(text).substr(i, 1));
  return out;
}

// Arguments come from users' files: they may not break the line or colour it, nor fill the screen.
Diagnostic with_safe_args(Diagnostic d) {
  for (std::string& arg : d.args) arg = truncate_to_width(escape_controls(arg), kArgumentWidth);
  d.suggestion = escape_controls(d.suggestion);
  return d;
}

std::string place(const SourceSpan& span, SourceLines& lines) {
  return escape_controls(place_text(span, lines));
}

// The part of a line that is shown: what stands before the mark, the marked text, what comes behind.
struct Excerpt {
  std::string before;
  std::string marked;
  std::string behind;
};

Excerpt cut_out(std::string_view line, const Marked& m) {
  const size_t from = edge_before(line, m.begin - std::min(m.begin, kExcerptReach));
  const size_t end = edge_after(line, std::min(m.end, m.begin + kExcerptReach));
  const size_t to = edge_after(line, std::min(line.size(), end + kExcerptReach));
  const size_t bad = from + invalid_utf8_at(line.substr(from, to - from)).value_or(to - from);
  Excerpt e{visible(line, from, m.begin, bad), visible(line, m.begin, end, bad), visible(line, end, to, bad)};
  const bool whole = from == 0 && display_width(e.before + e.marked + e.behind) <= kExcerptWidth;
  if (!whole) e.before = truncate_left_to_width(e.before, kExcerptBefore);
  return e;
}

void append_excerpt(std::string& out, const SourceSpan& span, std::string_view line, Paint how, bool color) {
  const auto [before, marked, behind] = cut_out(line, marked_bytes(line, span));
  const std::string shown = truncate_to_width(before + marked + behind, kExcerptWidth);
  const std::string number = std::to_string(span.line);
  out += pad_left(number, 5) + " | " + shown + '\n';
  const size_t caret = display_width(before);
  const size_t length = std::clamp<size_t>(display_width(marked), 1, kExcerptWidth - caret);
  const std::string gutter(std::max<size_t>(5, number.size()), ' ');
  out += gutter + " | " + std::string(caret, ' ') + paint("^" + std::string(length - 1, '~'), how, color) + '\n';
}

void append_help(std::string& out, const std::string& help, Language language) {
  if (help.empty()) return;
  const std::string text = i18n::text(language, "diagnostic-help", {help});
  bool first = true;
  for (const std::string_view line : split(text, '\n')) {
    out += first ? "  " : "        ";
    out += line;
    out += '\n';
    first = false;
  }
}

void append_diagnostic(std::string& out, const Diagnostic& d, Language language, SourceLines& lines, bool color) {
  const Paint how = paint_of(d.severity);
  const std::string where = place(d.span, lines);
  if (!where.empty()) out += paint(where + ":", Paint::bold, color) + ' ';
  std::string word = i18n::text(language, "severity/" + std::string(severity_name(d.severity)));
  if (!d.code.empty()) word += '[' + escape_controls(d.code) + ']';
  out += paint(word + ":", how, color) + ' ' + i18n::text(language, d) + '\n';
  const bool shows = d.span.col > 0 && d.span.sheet.empty();
  if (const auto line = lines.line(d.span.file, d.span.line); line && shows)
    append_excerpt(out, d.span, *line, how, color);
  append_help(out, i18n::help(language, d), language);
  for (const SourceSpan& related : d.related) {
    const std::string what = related_text(d, language);
    out += "  " + i18n::text(language, "related-place", {what, place(related, lines)}) + '\n';
  }
}

}  // namespace

std::string write_diagnostics_text(const Diagnostics& diagnostics, Language language, SourceLines& lines, bool color) {
  std::string out;
  for (const Diagnostic& d : diagnostics) append_diagnostic(out, with_safe_args(d), language, lines, color);
  return out;
}

}  // namespace hr::render
