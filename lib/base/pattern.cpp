#include "base/pattern.h"

#include <re2/re2.h>

namespace hr {

struct Pattern::Code {
  re2::RE2 program;
  std::string fault;
};

static re2::RE2::Options quiet() {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(8 << 20);
  return options;
}

Pattern::Pattern(std::string_view text)
    : code_(new Code{re2::RE2(re2::StringPiece(text.data(), text.size()), quiet()), {}}) {
  if (!code_->program.ok()) code_->fault = code_->program.error();
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

const std::string& Pattern::fault() const {
  return code_->fault;
}

bool Pattern::is_in(std::string_view text) const {
  return code_->fault.empty() && re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), code_->program);
}

}  // namespace hr
