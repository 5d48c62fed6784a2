"""The dashboard, worked with as a person does: searched, sorted, narrowed to a unit and to a person and back, in the
other language, dark, without its script, and with ten thousand people. Each function returns the faults that it found."""
import pathlib
import subprocess
import sys
import time
from decimal import Decimal

from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import numbers_shown
import pages

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "bench"))
import company  # noqa: E402

MANY = 10_000                # people
MOST_BYTES = 15_000_000
MOST_SECONDS = 3             # until the first paint, on a machine that may be busy
DARK = "rgb(20, 23, 26)"     # --page of html.css
LIGHT = "rgb(255, 255, 255)"

# Texts of the cells of a column that are in view, from the top.
COLUMN = """
const [section, key] = arguments, table = document.querySelector(`#${section} table`);
const at = [...table.querySelectorAll('thead th')].findIndex(th => th.dataset.key === key);
return [...table.querySelectorAll('tbody tr')].map(tr => tr.children[at].textContent);
"""
CARDS = "return Object.fromEntries([...document.querySelectorAll('#page-chosen [data-key]')].map(d => [d.dataset.key, d.querySelector('dd').textContent]))"
BACKGROUND = "return getComputedStyle(document.body).backgroundColor"
PAINTED = "return performance.getEntriesByType('paint').find(p => p.name === 'first-contentful-paint').startTime / 1000"


class Worker:
    """A page that is worked with; faults add up."""

    def __init__(self, browser, page):
        self.browser, self.page, self.faults = browser, page, []
        self.sections = page.document["sections"]
        self.people = {row["employee_id"]: row for row in self.sections["people"]["rows"]}
        browser.width(1280)
        browser.open(page.path)

    def check(self, holds, what):
        if not holds:
            self.faults.append(what)

    def becomes(self, is_so, what):
        """After the address has changed, which the browser tells the page when it comes to it."""
        def holds():
            try:
                return is_so()
            except StaleElementReferenceException:  # the page is being made anew
                return False
        until = time.monotonic() + 5
        while not holds() and time.monotonic() < until:
            time.sleep(0.02)
        self.check(holds(), what)

    def find(self, selector):
        return self.browser.driver.find_element(By.CSS_SELECTOR, selector)

    def click(self, selector):
        element = self.find(selector)
        self.browser.run("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def column(self, key, section="people"):
        return self.browser.run(COLUMN, section, key)

    def total(self, section="people"):
        """How many rows there are, by the line below a table or by counting."""
        count = self.find(f"#{section} .count").text
        return int(count.replace("–", " ").split()[-1]) if count else len(self.column("employee_id", section))

    def fragment(self):
        return self.browser.run("return location.hash")


def searched(worker):
    wanted = list(worker.people)[-1]
    field = worker.find("#people .search")
    field.send_keys(wanted)
    worker.check(worker.column("employee_id") == [wanted], f"a search for {wanted} finds {worker.column('employee_id')[:5]}")
    score = worker.column("score")
    worker.check(score and numbers_shown.shows(score[0], worker.people[wanted]["score"]), f"found with a score of {score}")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("nobody is called so")
    worker.check(worker.find("#people .empty").is_displayed(), "a search that finds nothing does not say so")
    field.send_keys(Keys.CONTROL, "a", Keys.DELETE)
    worker.check(worker.total() == len(worker.people), "an empty search does not show everybody again")


def is_sorted(worker, down):
    """Those with a score in order; those without one last."""
    scores = sorted((row["score"] for row in worker.people.values() if row["score"] is not None), reverse=down)
    shown = worker.column("score")
    return all(numbers_shown.shows(text, value) for text, value in zip(shown, scores))


def sorted_by_score(worker):
    button = "#people th[data-key=score] button"
    worker.click(button)
    worker.check(is_sorted(worker, True), "a click on Score does not show the highest first")
    worker.check(worker.find("#people th[data-key=score]").get_attribute("aria-sort") == "descending", "aria-sort is not descending")
    worker.find(button).send_keys(Keys.ENTER)
    worker.check(is_sorted(worker, False), "Enter on Score does not show the lowest first")
    worker.find(button).send_keys(Keys.SPACE)
    worker.check(worker.column("employee_id") == list(worker.people)[:len(worker.column("employee_id"))], "a third time does not end sorting")


def units_below(worker, unit):
    found = {unit}
    for row in worker.sections["units"]["rows"]:
        if row["parent"] in found:
            found.add(row["org_unit"])
    return found


def narrowed(worker):
    """To a unit, to a person, and back by the browser's own button."""
    unit = worker.sections["units"]["rows"][-1]["parent"]
    inside = [e for e, row in worker.people.items() if row["org_unit"] in units_below(worker, unit)]
    worker.click(f"#units a[href='#unit={unit}']")
    worker.becomes(lambda: worker.fragment() == f"#unit={unit}", "the address does not say the unit")
    worker.becomes(lambda: worker.find("#page-path").is_displayed(), "no path to the unit")
    worker.becomes(lambda: worker.total() == len(inside), f"{unit} has not {len(inside)} people, as the JSON has")
    person = worker.column("employee_id")[0]
    worker.check(person in inside, f"{person} is not in {unit}")
    worker.click(f"#people a[href='#person={person}']")
    score = worker.people[person]["score"]
    worker.becomes(lambda: numbers_shown.shows(worker.browser.run(CARDS).get("score", ""), score), f"not the cards of {person}")
    cards = worker.browser.run(CARDS)
    for key in ("score", "kpi", "okr", "feedback", "coverage"):
        value = worker.people[person][key]
        worker.check(numbers_shown.shows(cards.get(key, ""), value), f"{person}: {key} is {cards.get(key)}, JSON has {value}")
    kpis = [row["kpi"] for row in worker.sections["person_kpis"]["rows"] if row["employee_id"] == person]
    worker.check(not kpis or len(worker.column("kpi", "person_kpis")) == len(kpis), f"{person}: not {len(kpis)} KPIs")
    worker.browser.driver.back()
    worker.becomes(lambda: worker.total() == len(inside), "back does not lead to the unit")
    worker.browser.driver.back()
    worker.becomes(lambda: worker.total() == len(worker.people), "back again does not lead to everybody")


def opened_at_a_person(worker):
    person = list(worker.people)[0]
    worker.browser.open("/dev/null")
    worker.browser.open(worker.page.path, f"#person={person}")
    cards = worker.browser.run(CARDS)
    worker.check(numbers_shown.shows(cards.get("score", ""), worker.people[person]["score"]), f"opened at {person}: {cards}")
    worker.browser.open("/dev/null")
    worker.browser.open(worker.page.path, "#person=nobody")
    worker.check("nobody" in worker.find("#page-chosen").text, "opened at nobody: does not say that there is none")
    worker.browser.open("/dev/null")
    worker.browser.open(worker.page.path)


def in_the_other_language(worker, other):
    """Its headings are those of the page that is made in that language."""
    worker.click("#page-language")
    mine = worker.browser.run("return [document.documentElement.lang, ...[...document.querySelectorAll('h1, h2, thead th')].map(e => e.textContent)]")
    worker.browser.open(other.path)
    theirs = worker.browser.run("return [document.documentElement.lang, ...[...document.querySelectorAll('h1, h2, thead th')].map(e => e.textContent)]")
    differing = [pair for pair in zip(mine, theirs) if pair[0] != pair[1]]
    worker.check(not differing and len(mine) == len(theirs), f"in the other language: {differing[:3]}")
    worker.browser.open(worker.page.path)


def dark_and_light(worker):
    worker.browser.scheme("light")
    worker.click("button[data-theme=dark]")
    worker.check(worker.browser.run(BACKGROUND) == DARK, "the page is not dark")
    worker.browser.open(worker.page.path)
    worker.check(worker.browser.run(BACKGROUND) == DARK, "opened again it is not dark any more")
    worker.browser.scheme("dark")
    worker.click("button[data-theme=light]")
    worker.check(worker.browser.run(BACKGROUND) == LIGHT, "the page is not light by night")
    worker.click("button[data-theme=system]")
    worker.check(worker.browser.run(BACKGROUND) == DARK, "the page does not follow the system")
    worker.browser.scheme("light")


def without_script(worker):
    worker.browser.scripts(False)
    worker.browser.open(worker.page.path)
    worker.browser.scripts(True)  # for the questions; the page's own did not run when it was opened
    worker.check(not worker.find("#page-switches").is_displayed(), "without its script there are buttons that do nothing")
    shown = worker.column("score")
    rows = worker.sections["people"]["rows"]
    worker.check(len(shown) > 5 and all(numbers_shown.shows(text, row["score"]) for text, row in zip(shown, rows)),
                 "without its script the first people are not there")
    worker.check(worker.find("#headline").text != "", "without its script nothing is said at a glance")
    worker.browser.open(worker.page.path)


def faults_of(browser, page, other):
    """`other` is the same dashboard in the other language."""
    worker = Worker(browser, page)
    for look in (searched, sorted_by_score, narrowed, opened_at_a_person, dark_and_light, without_script):
        try:
            look(worker)
        except WebDriverException as missing:
            worker.faults.append(f"{look.__name__}: {missing.msg}")
    in_the_other_language(worker, other)
    return worker.faults


def many_people(hrctl, folder):
    """A dashboard of ten thousand people with ten KPIs."""
    folder.mkdir()
    company.write_company(folder, MANY)
    (folder / "hrctl.yaml").write_text("version: 1\n", encoding="utf-8")
    (folder / "definitions.yaml").write_text(company.definitions(), encoding="utf-8")
    imports = [["import", table, f"{table}.csv"] for table in ("org_units", "employees", "facts", "key_results", "checkins", "feedback")]
    for command in [["apply"], *imports, ["score", "--cycle", "y2025"]]:
        pages.run(hrctl, folder, command, "en", "-q")
    return pages.page(hrctl, folder, "report dashboard", "en", document=False)


def faults_of_many(browser, page):
    size = page.path.stat().st_size
    browser.width(1280)
    browser.open(page.path)
    painted = browser.run(PAINTED)
    print(f"{MANY} people: {size / 1e6:.1f} MB, painted after {painted:.1f} s")
    faults = [] if size < MOST_BYTES else [f"{size} bytes"]
    faults += [] if painted < MOST_SECONDS else [f"painted after {painted:.1f} s"]
    last = f"E{MANY - 1:06}"
    browser.driver.find_element(By.CSS_SELECTOR, "#people .search").send_keys(last)
    found = browser.run(COLUMN, "people", "employee_id")
    return faults if found == [last] else faults + [f"a search for {last} finds {found[:5]}"]
