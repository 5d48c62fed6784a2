// A page to be worked with: what stands in it without its script, and what the script gets.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "made_column.h"
#include "render/html_data.h"
#include "render/render.h"

using namespace hr;
using nlohmann::json;
using table::Kind;
using table::Report;
using table::Show;
using table::Table;

namespace {

// Two units, one below the other, and three people; two rows are read at first.
Report company() {
  Report report;
  report.schema = "hrctl.test/v1";
  report.title = {"Board", "看板"};
  Table units;
  units.title = {"Units", "组织"};
  units.columns = {column("unit", "Unit", Kind::text, Show::key),
                   column("parent", "Parent", Kind::text, Show::programs)};
  units.columns[0].opens = "unit";
  units.columns[0].add("TOP");
  units.columns[0].add("A/B <1>");
  units.columns[1].add_missing();
  units.columns[1].add("TOP");
  Table people;
  people.title = {"People", "人员"};
  people.columns = {column("id", "Id", Kind::text, Show::key),
                    column("unit", "Unit", Kind::text),
                    column("band", "Band", Kind::choice),
                    column("done", "Done", Kind::percent),
                    column("time", "Time", Kind::percent, Show::programs),
                    column("values", "Values", Kind::list),
                    column("note", "Note", Kind::text, Show::wide)};
  people.columns[1].opens = "unit";
  people.columns[2].labels = {{"S", {"S Good", "S 优秀"}}};
  people.columns[3].table_decimals = 1;
  people.columns[3].mark = "time";
  people.columns[5].series = true;
  for (const char* id : {"E1", "E2", "</script><b>"}) {
    people.columns[0].add(id);
    people.columns[1].add(id == std::string("E1") ? "TOP" : "A/B <1>");
    people.columns[2].add("S");
    people.columns[3].add(make_decimal(12345, 3));
    people.columns[4].add(make_decimal(50));
    people.columns[5].add_list({"1", "", "2.5"});
    people.columns[6].add("n");
  }
  report.sections.push_back({"units", std::move(units)});
  report.sections.push_back({"people", std::move(people), 2});
  report.sections[0].links = {{"unit", "unit", true}};
  report.sections[1].links = {{"unit", "unit", true}};
  report.entities = {{"unit", {"Unit", "组织"}, "units", "unit", "", "parent"}};
  return report;
}

std::string rendered(render::Format format = render::Format::html, i18n::Language language = i18n::Language::en) {
  render::RenderOptions options;
  options.format = format;
  options.language = language;
  std::string all;
  render::render(company(), options, [&](std::string_view bytes) { all += bytes; });
  return all;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

json data_of(const std::string& page, const std::string& id) {
  const std::string begin = "id=\"" + id + "\">\n";
  const size_t from = page.find(begin) + begin.size();
  return json::parse(page.substr(from, page.find("</script>", from) - from));
}

}  // namespace

TEST_CASE("the hash of a script is that of a policy") {
  // printf '' | openssl dgst -sha256 -binary | base64; the same of "abc"
  CHECK(render::hash_of_script("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  CHECK(render::hash_of_script("abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

TEST_CASE("without its script a page has the first rows, links, pictures and a word about the others") {
  const std::string page = rendered();
  CHECK(has(page, "<a href=\"#unit=A%2FB%20%3C1%3E\">A/B &lt;1&gt;</a>"));
  CHECK(has(page, ">E2</th>"));
  CHECK_FALSE(has(page, "&lt;/script&gt;"));  // the third row is for the script
  CHECK(has(page, "The first 2 of 3 rows"));
  CHECK(has(page, "<i style=\"width:12.3%\"></i><b style=\"left:50.0%\"></b>"));
  CHECK(has(page, "<svg class=\"spark\""));
  CHECK(has(page, "1 → 2.5"));
  CHECK_FALSE(has(page, ">Note<"));  // too wide for a page
  CHECK(has(page, "data-alt=\"S 优秀\">S Good</td>"));
  CHECK(has(rendered(render::Format::html, i18n::Language::zh), "data-alt=\"S Good\">S 优秀</td>"));
}

TEST_CASE("the script gets all rows, texts once, what links need, and nothing that ends its element") {
  const std::string page = rendered();
  CHECK_FALSE(has(page, "</script><b>"));
  const json people = data_of(page, "people-data");
  CHECK(people["rows"] == 3);
  CHECK(people["first"] == 2);
  CHECK(people["links"] == json::parse(R"([{"entity":"unit","column":"unit","below":1}])"));
  const auto column = [&](const char* key) {
    for (const json& c : people["columns"]) {
      if (c["key"] == key) return c;
    }
    return json();
  };
  CHECK(column("id")["texts"][2] == "</script><b>");
  CHECK(column("unit")["texts"] == json::parse(R"(["TOP","A/B <1>"])"));
  CHECK(column("unit")["values"] == json::parse("[0,1,1]"));
  CHECK(column("band")["labels"]["S"] == json::parse(R"(["S Good","S 优秀"])"));
  CHECK(column("done")["values"][0] == 12.3);  // 12.345 as people read it
  CHECK(column("time")["shown"] == 0);         // the bar has a mark there
  CHECK(column("values")["values"][1] == json::parse("[1,null,2.5]"));
  CHECK(column("note").is_null());
  CHECK(data_of(page, "units-data")["columns"][1]["key"] == "parent");
  CHECK(data_of(page, "page-data")["entities"][0]["title"] == json::parse(R"(["Unit","组织"])"));
}

TEST_CASE("terminals and Markdown have the first rows, and series as blocks") {
  for (const auto format : {render::Format::table, render::Format::markdown}) {
    const std::string text = rendered(format);
    CHECK(has(text, "E2"));
    CHECK_FALSE(has(text, "script>"));
    CHECK(has(text, "The first 2 of 3 rows"));
    CHECK(has(text, "▁·█"));
  }
  CHECK(json::parse(rendered(render::Format::json))["sections"]["people"]["rows"][2]["values"] ==
        json::parse("[1,null,2.5]"));
}
