// How fast the store is: `store_bench FILE [EMPLOYEES]` writes and reads employees and 40 facts each (10 KPIs by 4
// quarters), and prints one line a step. Figures: docs/decisions/0001-store.md.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/parallel.h"
#include "store/store.h"

namespace {

using namespace hr;
using Clock = std::chrono::steady_clock;

class Step {
 public:
  explicit Step(const char* name) : name_(name), begin_(Clock::now()) {}
  ~Step() { std::printf("%-46s %8.3f s\n", name_, std::chrono::duration<double>(Clock::now() - begin_).count()); }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

 private:
  const char* name_;
  Clock::time_point begin_;
};

// A small generator of our own, so that every machine writes the same bytes.
uint32_t noise(uint32_t i) {
  uint64_t x = (i + 1) * 0x9E3779B97F4A7C15U;
  x ^= x >> 29U;
  x *= 0xBF58476D1CE4E5B9U;
  return static_cast<uint32_t>(x >> 32U);
}

std::string id_of(uint32_t i) {
  char id[16];
  std::snprintf(id, sizeof id, "E%07u", i);
  return id;
}

facts::Frame employees(uint32_t n) {
  facts::Frame frame = facts::make_frame(model::TableId::employees);
  for (uint32_t i = 0; i < n; ++i) {
    for (facts::Column& c : frame.columns) {
      if (c.name == "employee_id")
        c.append(id_of(i));
      else if (c.name == "name")
        c.append("Name " + std::to_string(noise(i)));
      else if (c.name == "email")
        c.append(id_of(i) + "@example.com");
      else if (c.name == "manager_id")
        c.append(id_of(i / 8));
      else if (c.storage == facts::Storage::text)
        c.append(c.name + std::to_string(noise(i) % 300));
      else if (c.storage == facts::Storage::day)
        i % 9 ? c.append(Date{static_cast<int32_t>(15000 + noise(i) % 4000)}) : c.append_missing();
      else
        c.append(make_decimal(noise(i) % 3'000'000, 2));
    }
    frame.rows.push_back(i + 2);
  }
  return frame;
}

// Rows by employee, as systems write them; or by KPI; every `changed`-th value is another one.
facts::Frame facts_frame(uint32_t n, bool by_kpi, uint32_t changed) {
  facts::Frame frame = facts::make_frame(model::TableId::facts);
  const auto row = [&](uint32_t i, uint32_t k, uint32_t q) {
    frame.columns[0].append(id_of(i));
    frame.columns[1].append("kpi_" + std::to_string(k));
    frame.columns[2].append("2026Q" + std::to_string(q + 1));
    const uint32_t number = (i * 10 + k) * 4 + q;
    frame.columns[3].append(make_decimal(noise(number) % 2'000'000 + (changed && number % changed == 0), 2));
    frame.rows.push_back(static_cast<uint32_t>(frame.rows.size()) + 2);
  };
  if (by_kpi) {
    for (uint32_t k = 0; k < 10; ++k)
      for (uint32_t q = 0; q < 4; ++q)
        for (uint32_t i = 0; i < n; ++i) row(n - 1 - i, k, q);
  } else {
    for (uint32_t i = 0; i < n; ++i)
      for (uint32_t k = 0; k < 10; ++k)
        for (uint32_t q = 0; q < 4; ++q) row(i, k, q);
  }
  return frame;
}

store::Source source(model::TableId table, store::Timestamp at) {
  store::Source s;
  s.table = table;
  s.imported_at = at;
  return s;
}

void append_facts(store::Store& store, const char* name, const facts::Frame& frame) {
  const Step step(name);
  const auto transaction = store.begin();
  const uint32_t id = store.append_source(source(model::TableId::facts, store.next_timestamp(1)));
  const auto intake = store.import_facts(hardware_threads());
  intake->add(0, frame);
  intake->finish(id, {});
  transaction->commit();
}

void read_all(store::Store& store, const char* name) {
  const Step step(name);
  double sum = 0;
  uint64_t count = 0;
  store.facts({kFarPast, kFarFuture}, store::kNow)->read([&](const store::FactBlock& b) {
    for (const double v : b.values) sum += v;
    count += b.values.size();
  });
  std::printf("  (%llu facts, sum %.2f)\n", static_cast<unsigned long long>(count), sum);
}

void run(const std::string& path, uint32_t n) {
  auto store = store::open_store(path);
  {
    const facts::Frame frame = employees(n);
    const Step step("append_records, employees");
    const auto transaction = store->begin();
    const uint32_t id = store->append_source(source(model::TableId::employees, store->next_timestamp(1)));
    store->append_records(model::TableId::employees, id, frame);
    transaction->commit();
  }
  {
    const Step step("records, employees");
    store->records(model::TableId::employees, store::kNow);
  }
  append_facts(*store, "append_facts, first, by employee", facts_frame(n, false, 0));
  read_all(*store, "facts, one segment each");
  append_facts(*store, "append_facts, the same again", facts_frame(n, false, 0));
  append_facts(*store, "append_facts, by KPI backwards, 1 % changed", facts_frame(n, true, 100));
  read_all(*store, "facts, two segments each");
  {
    const Step step("subjects, from a new connection");
    store::open_store(path)->subjects();
  }
  {
    const Step step("facts_of one subject");
    store->facts_of(id_of(n / 2), {kFarPast, kFarFuture}, store::kNow);
  }
  {
    const Step step("all_facts");
    store->all_facts(store::kNow);
  }
  {
    const Step step("restatements");
    store->restatements();
  }
  {
    const Step step("health");
    std::printf("  (%s)\n", store->health().integrity_ok ? "ok" : "damaged");
  }
  {
    const Step step("close: the WAL goes into the file");
    store.reset();
  }
  std::printf("file: %.1f MB\n", static_cast<double>(std::filesystem::file_size(path)) / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: store_bench FILE [EMPLOYEES]\n", stderr);
    return 2;
  }
  run(argv[1], argc > 2 ? static_cast<uint32_t>(std::strtoul(argv[2], nullptr, 10)) : 100'000);
  return 0;
}
