// Files compiled into the binary by hrctl_embed() (cmake/embed.cmake): migrations, examples, manual pages.
#pragma once

#include <span>
#include <string_view>

namespace hr {

struct EmbeddedFile {
  std::string_view path;  // relative to the embedded folder, '/' separated
  std::string_view text;
};

}  // namespace hr
