// What a text looks like to a reader: ids that the eye cannot tell apart.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "base/text.h"
#include "base/utf8.h"

namespace hr {

namespace {

struct Twin {
  int32_t code;
  char latin;
};

// The single Cyrillic and Greek letters of Unicode's confusables.txt (UTS 39) whose prototype is an ASCII letter, upper
// case and those lower-case ones that are drawn alike.
constexpr std::array kTwins{Twin{0x391, 'A'}, Twin{0x392, 'B'}, Twin{0x395, 'E'}, Twin{0x396, 'Z'}, Twin{0x397, 'H'},
                            Twin{0x399, 'I'}, Twin{0x39A, 'K'}, Twin{0x39C, 'M'}, Twin{0x39D, 'N'}, Twin{0x39F, 'O'},
                            Twin{0x3A1, 'P'}, Twin{0x3A4, 'T'}, Twin{0x3A5, 'Y'}, Twin{0x3A7, 'X'}, Twin{0x3BF, 'o'},
                            Twin{0x405, 'S'}, Twin{0x406, 'I'}, Twin{0x408, 'J'}, Twin{0x410, 'A'}, Twin{0x412, 'B'},
                            Twin{0x415, 'E'}, Twin{0x41A, 'K'}, Twin{0x41C, 'M'}, Twin{0x41D, 'H'}, Twin{0x41E, 'O'},
                            Twin{0x420, 'P'}, Twin{0x421, 'C'}, Twin{0x422, 'T'}, Twin{0x425, 'X'}, Twin{0x430, 'a'},
                            Twin{0x435, 'e'}, Twin{0x43E, 'o'}, Twin{0x440, 'p'}, Twin{0x441, 'c'}, Twin{0x443, 'y'},
                            Twin{0x445, 'x'}, Twin{0x455, 's'}, Twin{0x456, 'i'}, Twin{0x458, 'j'}};

std::string compatibility_form(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
  const utf8proc_ssize_t n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                          static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  return n < 0 ? std::string(text) : std::string(reinterpret_cast<const char*>(mapped), static_cast<size_t>(n));
}

}  // namespace

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string look_of(std::string_view text) {
  const std::string folded = compatibility_form(text);
  std::string out;
  for (size_t pos = 0; pos < folded.size();) {
    int32_t cp = 0;
    const size_t n = std::max<size_t>(1, decode_utf8(folded, pos, cp));
    const auto twin = std::find_if(kTwins.begin(), kTwins.end(), [&](const Twin& t) { return t.code == cp; });
    if (twin != kTwins.end())
      out += twin->latin;
    else
      out.append(folded, pos, n);
    pos += n;
  }
  return out;
}

}  // namespace hr
