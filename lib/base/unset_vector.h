// A vector whose resize() leaves new elements unset: where there is much memory, whoever fills it, on all threads, is
// then the first to touch it, not one thread that clears it. An element counts only when something was assigned to it.
#pragma once

#include <memory>
#include <type_traits>
#include <vector>

namespace hr {

template <class Value>
struct UnsetAllocator : std::allocator<Value> {
  static_assert(std::is_trivially_copyable_v<Value> && std::is_trivially_destructible_v<Value>);
  template <class Other>
  struct rebind {
    using other = UnsetAllocator<Other>;
  };
  void construct(Value*) {}  // without a value; with one, as always
};

template <class Value>
using UnsetVector = std::vector<Value, UnsetAllocator<Value>>;

}  // namespace hr
