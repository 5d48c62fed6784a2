// Work that other work in other threads waits for. See for_pieces() in base/parallel.h: a piece may wait for what one
// before it runs.
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <utility>

#include "base/parallel.h"

namespace hr {

class Step {
 public:
  explicit Step(std::function<void()> work) : work_(std::move(work)), done_(work_.get_future().share()) {}

  // Once. Both throw what the work throws.
  void run() {
    work_();
    wait();
  }
  void wait() const {
    if (done_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) wait_beside([&] { done_.wait(); });
    done_.get();
  }

 private:
  std::packaged_task<void()> work_;
  std::shared_future<void> done_;
};

}  // namespace hr
