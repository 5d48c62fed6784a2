"""What must hold for every page, however it is looked at. Each function returns the faults that it found."""
WIDTHS = (360, 768, 1280, 1920)  # telephone, tablet, small and large screen, in pixels
A4 = (210, 297)                  # millimetres
MARGIN = 24                      # of paper, left and right together (html.css)
PIXELS = 96 / 25.4               # in a millimetre
SHRUNK = 1.2                     # how much wider than paper a table may be: browsers then print all of it smaller

# How far the page can be moved sideways, and what sticks out.
SIDEWAYS = """
const page = document.documentElement, width = page.clientWidth;
if (page.scrollWidth <= width) return [];
const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > width + 1 &&
  !e.parentElement.closest('.scroll'));
return [`${page.scrollWidth - width} pixels too wide` + out.slice(-1).map(e => ` by <${e.tagName} class="${e.className}">`)];
"""

# Tables for which all type would become too small to read, or that would be cut off: nobody can move paper.
TOO_WIDE = """
const edge = document.documentElement.clientWidth * arguments[0];
return [...document.querySelectorAll('table')].filter(t => t.getBoundingClientRect().right > edge).map(t =>
  
  `a table of ${t.rows[0].cells.length} columns takes ${Math.round(t.getBoundingClientRect().right)} pixels of paper`);
"""

# Words of a chart that lie on other words, or outside of the picture.
CHARTS = """
const faults = [];
for (const svg of document.querySelectorAll('svg')) {
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
  boxes.forEach(([words, a], i) => {
    if (a.left < frame.left - 2 || a.right > frame.right + 2) faults.push(`"${words}" leaves its chart`);
    for (const [others, b] of boxes.slice(i + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 4) faults.push(`"${words}" lies on "${others}"`);
    }
  });
}
return faults;
"""

# Of a long table the first rows say it all; axe-core takes ten seconds for five hundred.
SHORTEN = "document.querySelectorAll('tbody tr:nth-child(n+40)').forEach(row => row.remove());"

# Findings that hinder somebody, in words: rule, weight, the first element.
AXE = """
const [options, done] = arguments;
axe.run(document, {resultTypes: ['violations'], preload: false, ...options}).then(
  found => done(found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v =>
    `${v.id} (${v.impact}): ${v.help}: ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary || ''}`)),
  error => done(['axe-core failed: ' + error]));
"""


def loaded_faults(browser):
    messages, asked = browser.said()
    return [f"the console says: {m}" for m in messages] + [f"asks the network for {url}" for url in asked]


def width_faults(browser, widths=WIDTHS):
    faults = []
    for width in widths:
        browser.width(width)
        faults += [f"at {width}: {fault}" for fault in browser.run(SIDEWAYS) + browser.run(CHARTS)]
    return faults


def axe_faults(browser, source):
    """All rules by day; by night those of colours, which alone differ. The page is shorter afterwards."""
    browser.width(1280)
    browser.run(SHORTEN)
    browser.run(source)
    by_day = browser.driver.execute_async_script(AXE, {})
    browser.scheme("dark")
    by_night = browser.driver.execute_async_script(AXE, {"runOnly": ["color-contrast"]})
    browser.scheme("light")
    return by_day + [f"dark: {fault}" for fault in by_night]


def paper_faults(browser):
    """Laid out for A4, upright or across, with type that can be read."""
    browser.scheme("light", "print")
    across = browser.run("return document.querySelector('.alone.wide') !== null")
    browser.width(int(((A4[1] if across else A4[0]) - MARGIN) * PIXELS))
    faults = browser.run(TOO_WIDE, SHRUNK)
    browser.scheme("light")
    return [f"printed: {fault}" for fault in faults]


def sheet_faults(browser):
    """Printed: all sheets are A4, all upright or all across."""
    data, sheets = browser.paper()
    if not data.startswith(b"%PDF-") or not sheets:
        return ["it cannot be printed"]
    return [] if len(set(sheets)) == 1 and sheets[0] in (A4, A4[::-1]) else [f"sheets of {sorted(set(sheets))} mm"]
