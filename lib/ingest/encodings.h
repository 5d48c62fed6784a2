// Encodings that files come in, by the names that people write, and text of them → UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/input.h"

namespace hr::ingest {

inline constexpr std::string_view kUtf8 = "UTF-8";
inline constexpr std::string_view kUtf16 = "UTF-16";  // of either order: utf16_order() (guess_encoding.h) says which
inline constexpr std::string_view kUtf16Le = "UTF-16LE";
inline constexpr std::string_view kUtf16Be = "UTF-16BE";
inline constexpr std::string_view kGb18030 = "GB18030";
inline constexpr std::string_view kBig5 = "Big5";
inline constexpr std::string_view kBig5Hkscs = "Big5-HKSCS";

// Its name as messages write it: `gbk`, `CP936` and `GB2312` are all GB18030. None: we know no such encoding.
std::optional<std::string_view> encoding_named(std::string_view name);
std::string encoding_names();  // all of them

// Stands in decoded text for a byte that is broken there: UTF-8 never has it, so that a row with one is set aside.
inline constexpr char kBrokenByte = '\xFF';

// The text in UTF-8, in bounded memory; `encoding` is a name that encoding_named() gives, but not UTF-16.
Input decoded(const Input& input, std::string_view encoding);

}  // namespace hr::ingest
