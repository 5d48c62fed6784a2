"""Reports as people see them: run.py HRCTL [PART-OF-A-NAME]

Opens every report of both examples in Chromium, in English and Chinese: nothing in the console, nothing asked of the
network, no sideways movement of the page from a telephone to a large screen, charts whose words do not lie on each
other, no serious finding of axe-core by day or by night, the figures of the JSON, sheets of paper with nothing cut off.
A second argument looks only at the pages whose name has it.
"""
import pathlib
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from tally import Tally, need_debian_python  # noqa: E402

need_debian_python()
import dashboard  # noqa: E402
import looks  # noqa: E402
import numbers_shown  # noqa: E402
import pages  # noqa: E402
from browser import Browser, axe_source  # noqa: E402


def look_at(browser, page, axe, tally):
    browser.width(1280)
    browser.open(page.path)
    faults = looks.loaded_faults(browser)
    faults += numbers_shown.faults_of(browser, page.document)
    faults += looks.width_faults(browser, looks.WIDTHS if page.thorough else looks.WIDTHS[:1])
    faults += looks.paper_faults(browser)
    faults += looks.sheet_faults(browser) if page.thorough else []
    faults += looks.axe_faults(browser, axe) if page.thorough else []
    faults += looks.loaded_faults(browser)
    tally.check(not faults, f"{page.name}: " + "\n    ".join(faults[:8]))


def work_with_dashboards(browser, hrctl, folder, made, tally):
    named = {page.name: page for page in made}
    page, other = (named.get(f"company {language}: report dashboard") for language in ("en", "zh"))
    if not page or not other:
        return
    faults = dashboard.faults_of(browser, page, other) + looks.loaded_faults(browser)
    tally.check(not faults, f"{page.name}, worked with: " + "\n    ".join(faults[:8]))
    faults = dashboard.faults_of_many(browser, dashboard.many_people(hrctl, folder / "many"))
    tally.check(not faults, "dashboard of ten thousand: " + "\n    ".join(faults[:8]))


def main():
    hrctl = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    tally = Tally("browser")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hrctl-seen-") as folder:
        axe = axe_source(ROOT / "build" / "browser")
        made = [page for page in pages.pages(hrctl, pathlib.Path(folder)) if wanted in page.name]
        print(f"{len(made)} pages made in {time.monotonic() - began:.0f} s")
        with Browser() as browser:
            for page in made:
                look_at(browser, page, axe, tally)
            work_with_dashboards(browser, hrctl, pathlib.Path(folder), made, tally)
    print(f"{time.monotonic() - began:.0f} s")
    tally.finish()


if __name__ == "__main__":
    main()
