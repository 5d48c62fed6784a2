// The review queue of a store: rows that an import set aside (Store::quarantine()) and facts that look wrong wait for a
// decision; what was decided, and where it was used, is kept. Like all of the store: append-only, written inside a
// transaction, read as it was known at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/store.h"

namespace hr::store {

// A fact that looks wrong. It is the same finding as an earlier one when rule, subject, KPI, period and value are.
struct Finding {
  uint32_t id = 0;  // 1, 2, 3 …, given when it is appended
  std::string rule;
  std::string subject;
  std::string kpi;       // empty where it is about several
  std::string period;    // the same
  std::string value;     // the number it is about; empty where there is none
  std::string severity;  // error, warning, note
  std::string message;   // as in QuarantinedRow
  Timestamp found_at = 0;
};

// What somebody decided about an item of the review queue. The newest decision counts.
enum class ItemKind : uint8_t { row, finding };
enum class Verdict : uint8_t { accept, correct, drop };
struct Decision {
  uint32_t id = 0;  // 1, 2, 3 …, given when it is appended
  ItemKind kind = ItemKind::row;
  uint32_t item = 0;  // of a quarantined row or a finding
  Verdict verdict = Verdict::accept;
  std::string changes;  // of correct: headings and texts, see ingest::row_text()
  Timestamp at = 0;
  std::string by;
  std::string reason;
};

// A row of an import that a decision was used on, or that was set aside once and tried again.
struct RowUse {
  uint32_t source = 0;
  uint32_t line = 0;
  uint32_t item = 0;      // the quarantined row that it was, or the finding that the decision is about
  uint32_t decision = 0;  // 0: none, it was tried again as it stood
};

// All lists are oldest first.
class ReviewQueue {
 public:
  virtual ~ReviewQueue() = default;

  virtual void append_findings(const std::vector<Finding>& findings) = 0;  // those that are not there yet
  virtual std::vector<Finding> findings(Timestamp known) = 0;
  virtual uint32_t append_decision(const Decision& decision) = 0;  // gives it an id
  virtual std::vector<Decision> decisions(Timestamp known) = 0;
  virtual void append_row_uses(const std::vector<RowUse>& uses) = 0;
  virtual std::vector<RowUse> row_uses() = 0;
};

}  // namespace hr::store
