// In which encoding a file is, as far as its bytes tell. Detectors of libraries fail on a short heading line, so these
// are few questions with sure answers: a mark, zeros where UTF-16 has them, and whether a text reads like Chinese as
// tables about people have it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hr::ingest {

// The encoding whose byte order mark stands at the beginning; empty: none does.
std::string_view encoding_of_mark(std::string_view head);

// UTF-16LE or UTF-16BE, by where the zero bytes stand; empty: it is not UTF-16.
std::string_view utf16_order(std::string_view head);

// A text read as if it were of an encoding.
struct Reading {
  std::string_view encoding;
  int64_t likeness = 0;  // to Chinese: characters that are frequent there count for it, others and broken ones against
  uint64_t characters = 0;  // that are not ASCII, broken bytes with them
  uint64_t broken = 0;
  uint64_t long_ones = 0;  // of UTF-8, three bytes and more
  uint64_t frequent = 0;   // that tables in Chinese are full of
};
Reading read_as(std::string_view sample, std::string_view encoding);

// GB18030, Big5 or Big5-HKSCS where the text is surely of it, and surely not of another one or UTF-8; else empty.
std::string_view chinese_encoding(std::string_view sample);
// Whether it may be GB18030 or Big5, though nobody can be sure.
bool may_be_chinese(std::string_view sample);

// Whether text that is right UTF-8 may be GB18030 all the same: each character stands for itself, of two bytes, would
// be a Chinese one, and one at least a frequent one: Ů would be 女, but of μ nobody thinks that it is 渭.
bool is_utf8_by_chance(std::string_view sample);

// Some of the words of UTF-8 text that are not ASCII, for people to judge by: "工号, 姓名, 部门".
std::string some_words(std::string_view text);

}  // namespace hr::ingest
