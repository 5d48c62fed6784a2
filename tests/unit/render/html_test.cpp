#include <doctest/doctest.h>

#include "render/html_text.h"
#include "render/render.h"
#include "unit/render/made_column.h"

using namespace hr;
using table::Kind;
using table::Show;
using table::Table;

namespace {

Table people(const char* name) {
  Table t;
  t.schema = "hrctl.test/v1";
  t.title = {"People & pay", "人员与薪酬"};
  t.facts = {{"cycle", "<2026>"}};
  t.notes = {{"a \"note\"", "一条说明"}};
  t.columns = {column("name", "Name", Kind::text, Show::key), column("score", "Score", Kind::number)};
  t.columns[0].add(name);
  t.columns[1].add(make_decimal(8995, 2));
  t.columns[0].add("Li");
  t.columns[1].add_missing();
  return t;
}

template <class T>
std::string page(const T& what, i18n::Language language = i18n::Language::en) {
  render::RenderOptions options;
  options.format = render::Format::html;
  options.language = language;
  std::string all;
  render::render(what, options, [&](std::string_view bytes) { all += bytes; });
  return all;
}

bool has(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("text is text, whatever it looks like") {
  CHECK(render::escape_html("<b>&amp;\"'</b>") == "&lt;b&gt;&amp;amp;&quot;&#39;&lt;/b&gt;");
  CHECK(render::escape_html("a\x1b[1m\n") == "a\\x1b[1m\\n");
  const std::string html = page(people("<script>alert(1)</script>"));
  CHECK_FALSE(has(html, "<script"));
  CHECK(has(html, "<th scope=\"row\">&lt;script&gt;alert(1)&lt;/script&gt;</th>"));
  CHECK(has(html, "<title>People &amp; pay</title>"));
  CHECK(has(html, "<li>cycle &lt;2026&gt;</li>"));
  CHECK(has(html, "<li>a &quot;note&quot;</li>"));
}

TEST_CASE("headings say what they head, numbers and what is missing can be told from the rest") {
  const std::string html = page(people("Wang"));
  CHECK(has(html, "<tr><th scope=\"col\" class=\"word\">Name</th><th scope=\"col\" class=\"number\">Score</th></tr>"));
  CHECK(has(html, "<tr><th scope=\"row\" class=\"word\">Wang</th><td class=\"number\">89.95</td></tr>"));
  CHECK(has(html, "<tr><th scope=\"row\" class=\"word\">Li</th><td class=\"number none\">-</td></tr>"));
  CHECK(has(html, "<html lang=\"en\">"));
  const std::string chinese = page(people("王"), i18n::Language::zh);
  CHECK(has(chinese, "<html lang=\"zh-CN\">"));
  CHECK(has(chinese, "<h1 id=\"page-head\">人员与薪酬</h1>"));
}

TEST_CASE("a link leads to a file below the page, and nowhere else") {
  Table t = people("people/<E1>.html");
  t.columns[0].link = true;
  const std::string html = page(t);
  CHECK(has(html, "<a href=\"people/&lt;E1&gt;.html\">people/&lt;E1&gt;.html</a></th>"));
  for (const char* elsewhere : {"javascript:alert(1)", "https://example.com", "//example.com", "/etc/passwd"}) {
    Table other = people(elsewhere);
    other.columns[0].link = true;
    CHECK_FALSE(has(page(other), (std::string("<a href=\"") + elsewhere).c_str()));
  }
  CHECK_FALSE(has(page(people("people/E1.html")), "<a href"));
}

TEST_CASE("a page loads nothing and runs nothing") {
  const std::string html = page(people("Wang"));
  for (const char* part : {"<script", "<link", "src=", "href=", "url(", "@import", "http:", "https:"}) {
    INFO(part);
    CHECK_FALSE(has(html, part));
  }
  CHECK(has(html, "content=\"default-src 'none'; style-src 'unsafe-inline'\""));
}

TEST_CASE("without rows a page says so, in the table's words where it has some") {
  Table none = people("Wang");
  none.keep_rows({0, 0});
  CHECK(has(page(none), "<p class=\"empty\">No rows.</p>"));
  none.empty = {"Nobody was scored yet.", "尚未评分。"};
  CHECK(has(page(none), "<p class=\"empty\">Nobody was scored yet.</p>"));
}

TEST_CASE("parts of a table are sections below one heading") {
  Table t = people("Wang");
  t.columns.push_back(column("part", "Part", Kind::choice));
  t.columns[2].labels = {{"a", {"First", "甲"}}, {"b", {"Second", "乙"}}};
  t.columns[2].add("a");
  t.columns[2].add("b");
  t.split_by = "part";
  t.columns.push_back(column("figure", "Figure", Kind::number));
  t.columns[3].add_missing();
  t.columns[3].add(make_decimal(7));
  t.charts.push_back({table::Chart::Kind::bars, {"Of the second", "乙"}, "name", {"figure"}, {}, {}, "b"});
  const std::string html = page(t);
  CHECK(html.find("<figcaption>") == html.rfind("<figcaption>"));
  CHECK(html.find("<figcaption>Of the second") > html.find("Second</h2>"));
  CHECK(has(html, "<h2 id=\"part-1-head\">First</h2>"));
  CHECK(has(html, "<h2 id=\"part-2-head\">Second</h2>"));
  CHECK(html.find("cycle &lt;2026&gt;") == html.rfind("cycle &lt;2026&gt;"));
  CHECK(html.find("a &quot;note&quot;") == html.rfind("a &quot;note&quot;"));
}
