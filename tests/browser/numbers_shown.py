"""Whether a page says what its JSON says: every column of figures on the page is one column of the JSON, row for row,
rounded half away from zero to the decimals that the page shows."""
import re
from decimal import ROUND_HALF_UP, Decimal

FIGURE = re.compile(r"[-−+]?[0-9][0-9,]*(\.[0-9]+)?( ?%)?")

# Every table of the page, and the figures beside the marks of its charts.
READ = """
return [...document.querySelectorAll('table')].map(table => {
  const place = table.closest('section') || document.body;
  const section = table.closest('section[data-key]');
  return {
    key: section && section.dataset.key, keys: [...table.querySelectorAll('thead th')].map(th => th.dataset.key),
    count: section && section.querySelector('.count') ? section.querySelector('.count').textContent : '',
    sheet: table.classList.contains('sheet'),
    heads: [...table.querySelectorAll('thead th')].map(th => [th.textContent, th.className]),
    rows: [...table.querySelectorAll('tbody tr')].map(tr => [...tr.children].map(cell => cell.textContent)),
    marks: [...place.querySelectorAll('svg .value, svg .point')].map(text => text.textContent)
  };
});
"""


# Figures that stand alone, by key.
CARDS = """
return Object.fromEntries([...document.querySelectorAll('#headline [data-key]')].map(d => [d.dataset.key, d.querySelector('dd').textContent]));
"""


def figure(text):
    """The number that a cell shows, or nothing."""
    text = text.strip()
    return Decimal(re.sub("[, %]", "", text).replace("−", "-")) if FIGURE.fullmatch(text) else None


def shows(text, value):
    """Whether the text is what a reader should see of the value."""
    shown = figure(text)
    if value is None:
        return shown is None
    if not isinstance(value, Decimal) or shown is None:
        return False
    return shown == value.quantize(Decimal(1).scaleb(shown.as_tuple().exponent), rounding=ROUND_HALF_UP)


def column_of(texts, rows, keys):
    """The first of the keys whose values the texts show, all of them."""
    for key in keys:
        if all(shows(text, row.get(key)) for text, row in zip(texts, rows)):
            return key
    return None


def differences(shown, rows):
    """What a table of the page says otherwise than the rows of the JSON."""
    if shown["sheet"]:
        values = list(rows[0].values())
        texts = [cells[-1] for cells in shown["rows"]]
        if len(texts) != len(values):
            return [f"{len(texts)} lines, JSON has {len(values)} members"]
        return [f"{text}, JSON has {value}" for text, value in zip(texts, values)
                if isinstance(value, Decimal) and not shows(text, value)]
    if len(shown["rows"]) != len(rows):
        return [f"{len(shown['rows'])} rows, JSON has {len(rows)}"]
    if any(len(cells) != len(shown["heads"]) for cells in shown["rows"]):
        return [f"{len(shown['heads'])} headings, rows have another number of cells"]
    faults, keys = [], list(rows[0])
    for i, (head, kind) in enumerate(shown["heads"]):
        if kind != "number":
            continue
        key = column_of([cells[i] for cells in shown["rows"]], rows, keys)
        if key is None:
            faults.append(f"no column of the JSON has the figures of {head}")
        else:  # columns stand in the same order
            keys = keys[keys.index(key) + 1:]
    cells = {cell for row in shown["rows"] for cell in row}
    return faults + [f"a chart says {mark}, no cell does" for mark in shown["marks"] if mark not in cells]


def parts(rows, shown):
    """The rows of one JSON table as the tables of a page that show them, one after the other."""
    if len(shown) == 1:
        return [rows]
    if sum(len(table["rows"]) for table in shown) != len(rows):
        return []
    taken = iter(rows)
    return [[next(taken) for _ in table["rows"]] for table in shown]


def board_differences(table, rows):
    """A table of a page to be worked with names its columns, and shows the first rows of all."""
    faults = []
    if table["count"] and not re.search(rf"(?<![0-9]){len(rows)}(?![0-9])", table["count"]):
        faults.append(f"{table['key']}: it says {table['count']}, JSON has {len(rows)} rows")
    if not table["count"] and len(table["rows"]) != len(rows):
        faults.append(f"{table['key']}: {len(table['rows'])} rows, JSON has {len(rows)}")
    for i, (key, (_, kind)) in enumerate(zip(table["keys"], table["heads"])):
        if "number" in kind.split():
            faults += [f"{table['key']}, {key}: {cells[i]}, JSON has {row[key]}"
                       for cells, row in zip(table["rows"], rows) if not shows(cells[i], row[key])]
    return faults


def faults_of(browser, document):
    shown = browser.run(READ)
    if shown and shown[0]["key"]:
        named = {table["key"]: table for table in shown}
        cards = browser.run(CARDS)
        headline = document["sections"]["headline"]["rows"][0]
        filled = {key for key, section in document["sections"].items() if section["rows"] and key != "headline"}
        return ([f"tables: {sorted(filled ^ set(named))}"] if filled != set(named) else []) + \
            [f"{key} is {cards.get(key)}, JSON has {value}" for key, value in headline.items() if value is not None and not shows(cards.get(key, ""), value)] + \
            [fault for key in filled & set(named) for fault in board_differences(named[key], document["sections"][key]["rows"])]
    if "sections" in document:
        filled = [section["rows"] for section in document["sections"].values() if section["rows"]]
    else:
        filled = parts(document["rows"], shown) if document["rows"] else []
    if len(shown) != len(filled):
        return [f"{len(shown)} tables, which are not what the JSON has"]
    return [fault for table, rows in zip(shown, filled) for fault in differences(table, rows)]
