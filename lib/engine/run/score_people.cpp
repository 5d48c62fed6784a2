#include "engine/run/score_people.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <numeric>
#include <optional>
#include <utility>

#include "base/parallel.h"
#include "base/unset_vector.h"
#include "engine/run/people_chunks.h"

namespace hr::engine {

namespace {

// What of a result does not follow from KPIs, mostly.
struct BesideKpis {
  model::Status status;
  uint8_t reasons;
  std::array<OptionalFigure, 4> figures;

  bool operator==(const BesideKpis&) const = default;
};

BesideKpis beside_kpis(const model::PersonResult& r) {
  static_assert(model::kComponents == 3);
  return {r.status, r.reasons, {r.component[1], r.component[2], r.component_coverage[1], r.component_coverage[2]}};
}

// Everybody who is scored from one batch, in steps over threads.
class Steps {
 public:
  // `compares`: whether `results` has what they were in another run.
  Steps(const scoring::Scorer& scorer, std::span<model::PersonResult> results, bool compares, int threads,
        const Progress& progress)
      : scorer_(scorer), results_(results), threads_(threads), progress_(progress), kpis_alone_(compares) {}

  // `people` ascending; `placed`: the same in the order of their places.
  void score(const scoring::Scorer::Batch& batch, std::span<const uint32_t> people, std::span<const uint32_t> placed) {
    report(progress_, "progress/score", done_, results_.size());
    kpis_.resize(people.size());
    const auto n = static_cast<uint32_t>(people.size());
    for_people(n, threads_, [&](uint32_t begin, uint32_t end) {
      scorer_.score_kpis(batch, placed.subspan(begin, end - begin), kpis_);
    });
    for_people(
        n, threads_,
        [&](uint32_t begin, uint32_t end) {
          const std::span<const uint32_t> some = people.subspan(begin, end - begin);
          if (!kpis_alone_) return scorer_.score_people(batch, some, kpis_, results_);
          std::vector<BesideKpis> before;
          before.reserve(some.size());
          for (const uint32_t person : some) before.push_back(beside_kpis(results_[person]));
          scorer_.score_people(batch, some, kpis_, results_);
          for (size_t i = 0; i < some.size(); ++i) {
            if (!(before[i] == beside_kpis(results_[some[i]]))) kpis_alone_ = false;
          }
        },
        [&](uint32_t more) { report(progress_, "progress/score", done_ + more, results_.size()); });
    done_ += n;
  }
  bool kpis_alone() const { return kpis_alone_; }

 private:
  const scoring::Scorer& scorer_;
  std::span<model::PersonResult> results_;
  int threads_;
  const Progress& progress_;
  std::atomic<bool> kpis_alone_;           // as far as is known
  std::vector<scoring::BatchedKpi> kpis_;  // by place
  uint32_t done_ = 0;
};

constexpr uint32_t kBlock = 65'536;  // subjects: what is read of facts at once

// Facts of one slice of people are read while the slice before is scored: where the threads of one wait for its last
// piece, those of the other go on.
class Slices {
 public:
  Slices(const scoring::Scorer& scorer, const FactsInSlices& slices, facts::SubjectMap subjects,
         std::vector<uint8_t> done, std::span<model::PersonResult> results, int threads, const Progress& progress)
      : scorer_(scorer),
        facts_(slices.facts),
        memory_(slices.memory),
        results_(results),
        threads_(threads),
        steps_(scorer, results, std::find(done.begin(), done.end(), 1) != done.end(), threads, progress),
        map_(std::move(subjects)),
        done_(std::move(done)),
        place_(results.size()) {
    map_.unit.clear();  // units' facts are the dataset's
    wanted_.resize((map_.person.size() + kBlock - 1) / kBlock);
    for (size_t s = 0; s < map_.person.size(); ++s) {
      uint32_t& person = map_.person[s];
      if (person != facts::kNone && done_[person]) person = facts::kNone;
      wanted_[s / kBlock] += person != facts::kNone;
    }
  }

  bool run(const Progress& progress) {
    report(progress, "progress/facts", 0, 0);
    std::optional<Slice> now = next_slice();
    while (now) {
      std::optional<Slice> next;
      for_pieces(2, has_room_beside(*now) ? threads_ : 1, [&](size_t part, size_t) {
        if (part == 0) {
          score(*now);
          now.reset();
        } else {
          next = next_slice();
        }
      });
      now = std::move(next);
    }
    Slice rest;  // whom the store has no number for: they have no facts
    for (uint32_t p = 0; p < results_.size(); ++p) {
      if (!done_[p]) rest.people.push_back(p);
    }
    if (!rest.people.empty()) {
      order(rest);
      score(rest);
    }
    return steps_.kpis_alone();
  }

 private:
  struct Slice {
    std::vector<uint32_t> people;  // ascending
    std::vector<uint32_t> placed;  // the same by place
    std::vector<facts::KpiFacts> kpis;
  };

  // None: all blocks have been read.
  std::optional<Slice> next_slice() {
    const auto blocks = static_cast<uint32_t>(wanted_.size());
    while (next_ < blocks && wanted_[next_] == 0) ++next_;
    if (next_ == blocks) return std::nullopt;
    const uint32_t begin = next_;
    next_ = slice_from(begin);
    Slice slice;
    find_people(begin, next_, slice);
    for (const uint32_t person : slice.people) done_[person] = 1;
    slice.kpis = read(begin, next_);
    bytes_each_ = std::max(bytes_each_, bytes_of(slice.kpis) / slice.people.size());
    return slice;
  }

  bool has_room_beside(const Slice& now) const {
    const uint64_t next = next_ < wanted_.size() ? wanted_[next_] : 0;
    return (now.people.size() + next) * bytes_each_ <= memory_;
  }

  // One block, and those behind it that have people to score, as far as their facts find room beside those of another.
  uint32_t slice_from(uint32_t begin) const {
    uint32_t end = begin + 1;
    if (bytes_each_ == 0) return end;
    uint64_t people = wanted_[begin];
    while (end < wanted_.size() && wanted_[end] > 0 && (people + wanted_[end]) * bytes_each_ <= memory_ / 2)
      people += wanted_[end++];
    return end;
  }

  // The people of the blocks, and their subjects' places among them: who is scored together stands together.
  void find_people(uint32_t begin, uint32_t end, Slice& slice) {
    const size_t first = size_t{begin} * kBlock;
    const size_t last = std::min(map_.person.size(), size_t{end} * kBlock);
    for (size_t s = first; s < last; ++s) {
      if (map_.person[s] != facts::kNone) slice.people.push_back(map_.person[s]);
    }
    order(slice);
    for (size_t s = first; s < last; ++s) {
      if (map_.person[s] != facts::kNone) map_.person[s] = place_[map_.person[s]];
    }
    map_.people = slice.people.size();
  }

  void order(Slice& slice) {
    if (!std::is_sorted(slice.people.begin(), slice.people.end())) std::sort(slice.people.begin(), slice.people.end());
    slice.placed = slice.people;
    scorer_.order_for_batch(slice.placed);
    for (uint32_t i = 0; i < slice.placed.size(); ++i) place_[slice.placed[i]] = i;
  }

  void score(const Slice& slice) {
    const auto batch = scorer_.batch(slice.kpis, place_);
    steps_.score(*batch, slice.people, slice.placed);
  }

  static uint64_t bytes_of(const std::vector<facts::KpiFacts>& kpis) {
    uint64_t bytes = 0;
    for (const facts::KpiFacts& kpi : kpis) {
      for (const facts::FactColumn& column : kpi.people) bytes += column.bytes();
    }
    return bytes;
  }

  std::vector<facts::KpiFacts> read(uint32_t begin, uint32_t end) {
    std::vector<facts::FactReader> readers(static_cast<size_t>(threads_), facts::FactReader(map_));
    facts_.read(
        [&](const store::FactBlock& block) {
          readers[block.worker].add(block.kpi, block.period, block.subjects, block.values);
        },
        threads_, begin, end);
    return facts::take_kpis(readers);
  }

  const scoring::Scorer& scorer_;
  store::StoredFacts& facts_;
  uint64_t memory_;  // bytes for facts
  std::span<model::PersonResult> results_;
  int threads_;
  Steps steps_;
  facts::SubjectMap map_;        // of the slices that have been read: places instead of people
  std::vector<uint8_t> done_;    // by person
  UnsetVector<uint32_t> place_;  // by person: in the slice that they are of; nobody asks for that of somebody who is in
                                 // none or in another one (whoever looks at others is not scored in slices)
  std::vector<uint32_t> wanted_;  // by block, how many people are to be scored
  uint32_t next_ = 0;             // block to read
  uint64_t bytes_each_ = 0;       // of facts, of a person of the slices so far
};

}  // namespace

void score_people(const scoring::Scorer& scorer, std::span<model::PersonResult> results, int threads,
                  const Progress& progress) {
  std::vector<uint32_t> everybody(results.size());
  std::iota(everybody.begin(), everybody.end(), 0U);
  Steps(scorer, results, false, threads, progress).score(*scorer.batch(), everybody, everybody);
  report(progress, "progress/score", results.size(), results.size());
}

bool score_people(const scoring::Scorer& scorer, const FactsInSlices& slices, facts::SubjectMap subjects,
                  std::vector<uint8_t> stands, std::span<model::PersonResult> results, int threads,
                  const Progress& progress) {
  const bool kpis_alone =
      Slices(scorer, slices, std::move(subjects), std::move(stands), results, threads, progress).run(progress);
  report(progress, "progress/score", results.size(), results.size());
  return kpis_alone;
}

}  // namespace hr::engine
