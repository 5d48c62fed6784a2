"""One headless Chromium for all pages: opens them, looks at them as a telephone or by night, prints them."""
import base64
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

# Nothing but the page speaks: no first run, no updates, no network.
SWITCHES = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
            "--disable-component-update --disable-sync --disable-extensions --disable-dev-shm-usage --hide-scrollbars "
            "--force-color-profile=srgb --host-resolver-rules=MAP&*&~NOTFOUND").split()
HEIGHT = 900  # of the window, in pixels
POINTS = 72   # in an inch


class Browser:
    """A browser that lives as long as the `with` that makes it."""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="hrctl-browser-")
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for switch in SWITCHES:
            options.add_argument(switch.replace("&", " "))
        options.add_argument(f"--user-data-dir={self.profile}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_script_timeout(120)
        self.driver.get("about:blank")
        self.said()
        return self

    def __exit__(self, *_):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def cdp(self, method, **parameters):
        return self.driver.execute_cdp_cmd(method, parameters)

    def open(self, path, fragment=""):
        """Opens a file; the seconds until it was painted first."""
        began = time.monotonic()
        self.driver.get(pathlib.Path(path).resolve().as_uri() + fragment)
        return time.monotonic() - began

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def width(self, pixels, height=HEIGHT):
        self.cdp("Emulation.setDeviceMetricsOverride", width=pixels, height=height, deviceScaleFactor=1, mobile=False)

    def scheme(self, name, media=""):
        """`light` or `dark`; media `print` shows the page as it is printed."""
        self.cdp("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": name}])

    def scripts(self, allowed):
        self.cdp("Emulation.setScriptExecutionDisabled", value=not allowed)

    def said(self):
        """What the console and the network had to report since the last time: (messages, addresses asked for)."""
        messages = [entry["message"] for entry in self.driver.get_log("browser")]
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
        return messages, [url for url in asked if not url.startswith(("file:", "about:", "chrome:"))]

    def picture(self, path, height=HEIGHT, whole=False):
        """Saves the page from its top; `whole`: all of it."""
        width = self.run("return innerWidth")
        if whole:
            height = self.run("return document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = self.cdp("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))

    def paper(self):
        """The page printed: (its bytes as PDF, the sizes of its sheets in millimetres)."""
        data = base64.b64decode(self.cdp("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
        boxes = re.findall(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", data)
        return data, [tuple(round(float(side) / POINTS * 25.4) for side in box) for box in boxes]


def axe_source(folder):
    """axe-core as the lockfile has it, fetched by npm into a folder that is made once; SystemExit says what is wrong."""
    here = pathlib.Path(__file__).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    lock = (here / "package-lock.json").read_text(encoding="utf-8")
    done = folder / "package-lock.json"
    source = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists() or not done.exists() or done.read_text(encoding="utf-8") != lock:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(here / name, folder / name)
        npm = shutil.which("npm")
        if not npm:
            raise SystemExit("there is no npm, and axe-core comes by it: tools/install-packages.sh browser")
        got = subprocess.run([npm, "ci"], cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        if got.returncode != 0:
            done.unlink(missing_ok=True)
            raise SystemExit("npm could not fetch axe-core, without which nothing is known of accessibility:\n" + got.stderr[-2000:])
    return source.read_text(encoding="utf-8")
