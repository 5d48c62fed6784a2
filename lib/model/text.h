// A text that people read, in both languages. A plain string in a file gives the same text for both.
#pragma once

#include <string>

namespace hr::model {

struct Text {
  std::string en;
  std::string zh;

  bool empty() const { return en.empty() && zh.empty(); }
};

}  // namespace hr::model
