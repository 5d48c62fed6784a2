#include "base/diagnostic.h"

#include <doctest/doctest.h>

TEST_CASE("the code of a diagnostic is its message key without the variant") {
  const hr::Diagnostic d = hr::make_error("bad-value/number", {"a.yaml", 3, 5, 2}, {"x"});
  CHECK(d.code == "bad-value");
  CHECK(d.message == "bad-value/number");
  CHECK(d.severity == hr::Severity::error);
  CHECK(hr::make_warning("weight-sum", {}).code == "weight-sum");
}

TEST_CASE("warnings are counted but are no errors") {
  hr::Diagnostics all{hr::make_warning("weight-sum", {}), hr::make_warning("weight-sum", {})};
  CHECK_FALSE(hr::has_errors(all));
  all.push_back(hr::make_error("bad-value", {}));
  CHECK(hr::has_errors(all));
  CHECK(hr::count(all, hr::Severity::warning) == 2);
  CHECK(hr::count(all, hr::Severity::error) == 1);
  CHECK(hr::count(all, hr::Severity::note) == 0);
}

TEST_CASE("a sheet is named at the places of its file only") {
  hr::Diagnostic d = hr::make_error("bad-value", {"a.xlsx", 3, 5, 0});
  d.related = {{"a.xlsx", 2, 0, 0}, {"b.yaml", 1, 1, 1}};
  hr::name_sheet(d, "a.xlsx", "S");
  CHECK(d.span.sheet == "S");
  CHECK(d.related[0].sheet == "S");
  CHECK(d.related[1].sheet.empty());
}
