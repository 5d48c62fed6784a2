#include "site.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "access/cut.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/timestamp.h"
#include "dossier.h"
#include "engine/access/viewers.h"
#include "engine/run/score.h"
#include "render/render.h"
#include "report/columns.h"
#include "report/reports.h"
#include "run_header.h"
#include "site_folder.h"
#include "viewing.h"

namespace hr::cmd {

namespace {

using access::Sight;
using table::Kind;
using table::Show;

// Who gets which page.
struct Page {
  std::string id;    // of the person or unit
  std::string name;  // of the same; empty = none
  std::string unit;  // of a person: where they are; of a unit: its head, who may see it
  std::string file;
  uint32_t number = 0;  // of the person or unit
  uint32_t viewer = 0;
};

// The unit and those below it; what its people are among others is not theirs to judge.
void keep_within(table::Table& units, const access::Positions& positions, uint32_t unit) {
  std::set<std::string_view> within;
  for (const uint32_t u : positions.units_within(unit)) within.insert(positions.organisation().units.id[u]);
  std::vector<uint8_t> keep;
  for (size_t row = 0; row < units.rows(); ++row)
    keep.push_back(within.count(units.column("org_unit").text(row)) > 0 ? 1 : 0);
  units.keep_rows(keep);
  if (units.depth.empty()) return;
  const uint16_t top = *std::min_element(units.depth.begin(), units.depth.end());
  for (uint16_t& depth : units.depth) depth = static_cast<uint16_t>(depth - top);
}

class Site {
 public:
  Site(const Session& session, store::Store& store, const RunOptions& options, uint32_t min_shown,
       const std::string& folder)
      : session_(session),
        run_(find_run(store, options)),
        viewers_(store, day_of(session, options), parse_known(options.known)),
        folder_(folder),
        dossiers_(session, store, options, min_shown),
        outcome_(engine::rescore(store, run_, session.threads(), session.progress())),
        header_(run_header(run_, *outcome_.data->cycle)),
        scores_(store.run_scores(run_.id, report::columns_of_scores())),
        progress_(outcome_.scorer->okr_progress()) {
    viewers_.require_rules();
    session.print_findings(viewers_.found());
    dossiers_.load_runs();
    find_pages();
  }

  void write() {
    write_pages(people_, [&](const Page& page) { return page_of_person(page); });
    write_pages(units_, [&](const Page& page) { return page_of_unit(page); });
    folder_.write("index.html", html(index()));
    folder_.commit();
    session_.end_progress();
    session_.note("site-written", {std::to_string(people_.size()), std::to_string(units_.size())});
  }

 private:
  static Date day_of(const Session& session, const RunOptions& options) {
    return options.as_of.empty() ? date_of(session.who_when().now) : parse_day(options.as_of, "--as-of");
  }

  // People who see something of themselves; units whose head sees somebody in them.
  void find_pages() {
    const access::Positions& positions = viewers_.positions();
    const facts::Dataset& organisation = positions.organisation();
    PageNames names;
    for (uint32_t p = 0; p < organisation.people.size(); ++p) {
      const std::string id(organisation.people.id[p]);
      if (!positions.in_service(p) || !viewers_.sight_of(p).of(id).any()) continue;
      const uint32_t unit = positions.unit_of(p);
      const std::string where(unit == facts::kNone ? std::string_view{} : organisation.units.id[unit]);
      people_.push_back({id, std::string(organisation.people.name[p]), where, "people/" + names.name(id), p, p});
    }
    PageNames unit_names;
    for (uint32_t u = 0; u < organisation.units.size(); ++u) {
      const auto head = organisation.people.find(organisation.units.head[u]);
      if (!head || access::within(viewers_.sight_of(*head), positions, u).people.empty()) continue;
      const std::string id(organisation.units.id[u]);
      units_.push_back({id, std::string(organisation.units.name[u]), std::string(organisation.units.head[u]),
                        "units/" + unit_names.name(id), u, *head});
    }
  }

  void write_pages(const std::vector<Page>& pages, const std::function<std::string(const Page&)>& make) {
    const engine::Progress progress = session_.progress();
    std::atomic<size_t> done{0};
    for_pieces(pages.size(), session_.threads(), [&](size_t i, size_t worker) {
      folder_.write(pages[i].file, make(pages[i]));
      const size_t n = ++done;
      if (worker == 0) engine::report(progress, "progress/site", n, std::max(n + 1, pages.size()));
    });
  }

  std::string html(const table::Report& page) const {
    render::RenderOptions options;
    options.format = render::Format::html;
    options.language = session_.data_language();
    std::string bytes;
    render::render(page, options, [&](std::string_view piece) { bytes += piece; });
    return bytes;
  }

  std::string page_of_person(const Page& page) const {
    const Sight sight = viewers_.sight_of(page.viewer);
    table::Report report = dossiers_.of(page.id, &sight);
    say_cut(&sight, page.id, report);
    say_viewer(&sight, report);
    return html(report);
  }

  // Of the people in the unit and below: their scores, the objectives there, the units.
  std::string page_of_unit(const Page& page) const {
    const access::Positions& positions = viewers_.positions();
    const Sight sight = access::within(viewers_.sight_of(page.viewer), positions, page.number);
    table::Report report;
    const std::string unit = page.name.empty() ? page.id : page.name + " (" + page.id + ")";
    report.title = {unit + ", " + header_.cycle, unit + "，" + header_.cycle};
    report::set_header(report, header_);
    facts::Frame scores = access::cut_scores(facts::Frame(scores_), sight);
    facts::Dataset organisation = positions.organisation();
    access::cut_organisation(sight, {}, organisation);
    table::Table units = report::units(organisation, {&scores, nullptr}, header_, 1);
    leave_out_empty(units);
    keep_within(units, positions, page.number);
    const facts::Dataset& dataset = outcome_.data->dataset;
    add_section(report, "scores", report::scores(std::move(scores), header_, *outcome_.data->applied.definitions),
                {"Scores", "绩效得分"});
    add_section(report, "okr", report::okr(dataset, progress_, header_, access::objectives_seen(dataset.okrs, sight)),
                {"Objectives", "目标"});
    add_section(report, "units", std::move(units), {"Units", "组织"});
    say_viewer(&sight, report);
    return html(report);
  }

  static void add_section(table::Report& report, const char* key, table::Table table, table::Label title) {
    table.title = std::move(title);
    table.facts.clear();
    report.sections.push_back({key, std::move(table)});
  }

  // Names and links, nothing else: for whoever hands the pages out.
  table::Report index() const {
    table::Report report;
    report.title = {"Pages of " + header_.cycle, header_.cycle + " 页面"};
    report::set_header(report, header_);
    report.notes.push_back(
        {"for whoever hands the pages out: each page is for the one person whom it names as its viewer",
         "供分发者使用：每个页面只给其查看者本人"});
    add_section(report, "people", list_of(people_, {"Employee", "工号"}, {"Unit", "组织"}), {"People", "人员"});
    add_section(report, "units", list_of(units_, {"Unit", "组织"}, {"For", "查看者"}), {"Units", "组织"});
    return report;
  }

  static table::Table list_of(const std::vector<Page>& pages, const table::Label& id, const table::Label& other) {
    table::Table out;
    out.columns = {report::make_column("id", id.en.c_str(), id.zh.c_str(), Kind::text, Show::key),
                   report::make_column("name", "Name", "姓名", Kind::text),
                   report::make_column("other", other.en.c_str(), other.zh.c_str(), Kind::text),
                   report::make_column("page", "Page", "页面", Kind::text, Show::key)};
    out.columns[1].title = {"Name", "名称"};
    out.columns[1].remark = true;
    out.columns[2].remark = true;
    out.columns[3].link = true;
    for (const Page& page : pages) {
      size_t at = 0;
      for (const std::string* text : {&page.id, &page.name, &page.unit, &page.file}) {
        if (text->empty())
          out.columns[at++].add_missing();
        else
          out.columns[at++].add(*text);
      }
    }
    return out;
  }

  const Session& session_;
  store::Run run_;
  engine::Viewers viewers_;
  SiteFolder folder_;
  Dossiers dossiers_;
  engine::ScoreOutcome outcome_;
  report::RunHeader header_;
  facts::Frame scores_;
  std::vector<scoring::ObjectiveProgress> progress_;
  std::vector<Page> people_, units_;
};

}  // namespace

void write_site(const Session& session, store::Store& store, const RunOptions& options, uint32_t min_shown,
                const std::string& folder) {
  Site(session, store, options, min_shown, folder).write();
}

}  // namespace hr::cmd
