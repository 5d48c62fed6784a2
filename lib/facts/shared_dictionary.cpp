#include "facts/shared_dictionary.h"

namespace hr::facts {

void SharedDictionary::make_texts(Shared& shared) {
  const std::scoped_lock lock(shared.making);
  if (shared.made) return;
  shared.texts = shared.later.all();
  shared.made.store(true, std::memory_order_release);
  shared.later.all = {};  // not its size, which another thread may be reading
  shared.later.some = {};
}

std::vector<std::string> SharedDictionary::some(std::span<const uint32_t> codes) const {
  {
    const std::scoped_lock lock(shared_->making);
    if (!shared_->made) return shared_->later.some(codes);
  }
  std::vector<std::string> out;
  for (const uint32_t code : codes) out.emplace_back((*this)[code]);
  return out;
}

}  // namespace hr::facts
