#include "base/parallel.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace hr {

namespace {

// One call of for_pieces().
class Job {
 public:
  Job(size_t pieces, size_t workers, const std::function<void(size_t piece, size_t worker)>& work)
      : pieces_(pieces), workers_(workers), work_(work) {}

  size_t workers() const { return workers_; }
  bool is_within(const Job& other) const {
    const Job* job = this;
    while (job != nullptr && job != &other) job = job->caller_;
    return job != nullptr;
  }
  void run(size_t worker) {
    const Job* const before = std::exchange(current, this);
    for (size_t piece = next_.fetch_add(1); piece < pieces_; piece = next_.fetch_add(1)) {
      try {
        work_(piece, worker);
      } catch (...) {
        const std::scoped_lock lock(mutex_);
        if (!thrown_) thrown_ = std::current_exception();
        next_ = pieces_;
      }
    }
    current = before;
  }
  void end() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

  // Under the lock of the crew.
  bool wants_help() const { return joined < workers_ && next_ < pieces_; }
  size_t joined = 1;  // workers that have begun, the caller among them
  size_t busy = 0;    // those that have not ended, without the caller

 private:
  static thread_local const Job* current;  // whose piece the thread is at

  const size_t pieces_;
  const size_t workers_;
  const std::function<void(size_t piece, size_t worker)>& work_;
  const Job* const caller_ = current;  // of whose piece it is a part
  std::atomic<size_t> next_{0};
  std::mutex mutex_;
  std::exception_ptr thrown_;
};

thread_local const Job* Job::current = nullptr;

// Threads that help whoever calls for_pieces(), and all that is called within. If each call had threads of its own,
// there would be more than processors, and the system leaves a processor idle for milliseconds before it fetches one of
// several threads that wait for another. They are never joined: a process ends while they wait for work.
class Crew {
 public:
  void run(Job& job) {
    std::unique_lock lock(mutex_);
    hire(job.workers() - 1);
    jobs_.push_back(&job);
    changed_.notify_all();
    lock.unlock();
    job.run(0);
    lock.lock();
    std::erase(jobs_, &job);
    // What runs within its last pieces is helped. Nothing else: that might wait for what lies below here on the stack.
    size_t here = 0;
    help(
        lock, [&](const Job& other) { return other.is_within(job); }, [&] { return job.busy == 0; }, &here);
  }
  // A thread waits for what another does, or waits no more: then one more may work.
  void begin_wait() {
    const std::scoped_lock lock(mutex_);
    ++waiting_;
    hire(wanted_);
    changed_.notify_all();
  }
  void end_wait() {
    const std::scoped_lock lock(mutex_);
    --waiting_;
  }

 private:
  void hire(size_t wanted) {
    wanted_ = std::max(wanted_, wanted);
    try {
      for (; helpers_ < wanted_ + waiting_; ++helpers_) std::thread([this] { help_all(); }).detach();
    } catch (const std::system_error&) {
      // A container, say, allows no more threads: those that are there do all of it.
    }
  }
  void help_all() {
    std::unique_lock lock(mutex_);
    help(
        lock, [&](const Job&) { return at_work_ < wanted_ + waiting_; }, [] { return false; }, &at_work_);
  }
  // The oldest job that wants help, of some: others may wait for its pieces. `count`: raised while
  // one is helped.
  void help(std::unique_lock<std::mutex>& lock, const auto& may_help, const auto& has_ended, size_t* count) {
    const auto wants_help = [&](const Job* job) { return job->wants_help() && may_help(*job); };
    while (!has_ended()) {
      const auto found = std::find_if(jobs_.begin(), jobs_.end(), wants_help);
      if (found == jobs_.end()) {
        changed_.wait(lock);
        continue;
      }
      Job& job = **found;
      const size_t worker = job.joined++;
      ++job.busy;
      ++*count;
      lock.unlock();
      job.run(worker);
      lock.lock();
      --*count;
      if (--job.busy == 0) changed_.notify_all();
    }
  }

  std::mutex mutex_;                 // of all below, and of what jobs say of their workers
  std::condition_variable changed_;  // there is a job, or one that has ended
  std::vector<Job*> jobs_;           // in the order in which they began
  size_t wanted_ = 0;                // helpers at work at once
  size_t waiting_ = 0;               // others that wait for work, beside the jobs
  size_t at_work_ = 0;               // helpers
  size_t helpers_ = 0;
};

std::atomic<Crew*> crew;  // of this process, as long as it lasts

// A child that was forked has none of the threads, and gets a crew of its own.
Crew& crew_of_process() {
  [[maybe_unused]] static const int failed = [] {
    crew = new Crew;
    return pthread_atfork(nullptr, nullptr, [] { crew = new Crew; });
  }();
  return *crew;
}

}  // namespace

void for_pieces(size_t pieces, int threads, const std::function<void(size_t piece, size_t worker)>& work) {
  Job job(pieces, std::min(pieces, static_cast<size_t>(std::max(1, threads))), work);
  if (job.workers() > 1)
    crew_of_process().run(job);
  else
    job.run(0);
  job.end();
}

void wait_beside(const std::function<void()>& wait) {
  Crew& all = crew_of_process();
  all.begin_wait();
  wait();
  all.end_wait();
}

void for_ranges(size_t n, size_t most, int threads,
                const std::function<void(size_t begin, size_t end, size_t worker)>& work) {
  const size_t pieces = n / most + (n % most != 0 ? 1 : 0);
  for_pieces(pieces, threads, [&](size_t piece, size_t worker) {
    const size_t begin = piece * most;
    work(begin, begin + std::min(most, n - begin), worker);
  });
}

void for_pieces_in_order(size_t pieces, int threads, const std::function<void(size_t piece, size_t worker)>& make,
                         const std::function<void(size_t piece, size_t worker)>& take) {
  std::mutex mutex;
  std::condition_variable turn;
  size_t next = 0;
  bool failed = false;  // the pieces that wait would wait for ever
  for_pieces(pieces, threads, [&](size_t piece, size_t worker) {
    try {
      make(piece, worker);
      std::unique_lock lock(mutex);
      turn.wait(lock, [&] { return next == piece || failed; });
      if (!failed) take(piece, worker);
      ++next;
    } catch (...) {
      const std::scoped_lock lock(mutex);
      failed = true;
      turn.notify_all();
      throw;
    }
    turn.notify_all();
  });
}

int hardware_threads() {
  static const int threads =  // the system opens a file to tell: 10 us each time
      static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return threads;
}

}  // namespace hr
