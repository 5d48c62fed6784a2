// A value or the reason there is none: for expected failures that the caller handles on the spot.
// Wrong user data is a Diagnostic, a broken environment throws Error; this is for parsers of single values.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

namespace hr {

template <class T, class E>
class Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return state_.index() == 0; }
  const T& operator*() const { return value(); }
  const T* operator->() const { return &value(); }
  const T& value() const {
    assert(*this);
    return std::get<0>(state_);
  }
  T& value() {
    assert(*this);
    return std::get<0>(state_);
  }
  const E& error() const {
    assert(!*this);
    return std::get<1>(state_);
  }

 private:
  std::variant<T, E> state_;
};

}  // namespace hr
