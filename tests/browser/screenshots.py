"""Pictures of pages for the docs: screenshots.py HRCTL FOLDER. tools/screenshots.sh runs it and makes the files small."""
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from tally import need_debian_python  # noqa: E402

need_debian_python()
import pages  # noqa: E402
from browser import Browser  # noqa: E402

# Name, report, language, scheme, width and height in pixels.
PICTURES = [
    ("dashboard.png", "report dashboard", "en", "light", 1400, 1000),
    ("dashboard-dark.png", "report dashboard", "en", "dark", 1400, 1000),
    ("dashboard-phone.png", "report dashboard", "en", "light", 360, 800),
    ("dashboard.zh-CN.png", "report dashboard", "zh", "light", 1400, 1000),
    ("dossier.png", "report dossier E0080", "en", "light", 1000, 1300),
    ("dossier.zh-CN.png", "report dossier E0080", "zh", "light", 1000, 1300),
    ("compare.png", "report compare --by unit", "en", "light", 640, 700),
    ("compare.zh-CN.png", "report compare --by unit", "zh", "light", 640, 700),
]


def main():
    hrctl, images = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        work = pages.workspace(hrctl, pathlib.Path(folder) / "company", "company")
        for name, report, language, scheme, width, height in PICTURES:
            browser.width(width, height)
            browser.scheme(scheme)
            browser.open(pages.page(hrctl, work, report, language, document=False).path)
            browser.picture(images / name, height)


if __name__ == "__main__":
    main()
