// Regular expressions of RE2: no pattern takes long, whatever the text.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace hr {

class Pattern {
 public:
  explicit Pattern(std::string_view text);
  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;

  const std::string& fault() const;         // why it is no pattern; empty = it is one
  bool is_in(std::string_view text) const;  // anywhere; of a faulty one false

 private:
  struct Code;
  std::unique_ptr<Code> code_;
};

}  // namespace hr
