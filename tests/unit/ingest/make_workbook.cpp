#include "make_workbook.h"

#include <zlib.h>

#include "ingest/xlsx_records.h"
#include "support/deflated.h"

using namespace hr;
using namespace hr::ingest;

namespace {

void put(std::string& out, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFFU);
}

}  // namespace

const std::string kMain = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

std::string make_zip(const std::vector<ZipEntry>& entries) {
  std::string zip;
  std::string directory;
  for (const ZipEntry& e : entries) {
    const std::string packed = e.method == 8 ? tests::deflated(e.content) : e.content;
    std::string head;
    put(head, 20, 2);
    put(head, e.flags, 2);
    put(head, e.method, 2);
    put(head, 0x5A000000U, 4);
    const auto* bytes = reinterpret_cast<const Bytef*>(e.content.data());
    put(head, e.crc.value_or(static_cast<uint32_t>(crc32(0, bytes, static_cast<uInt>(e.content.size())))), 4);
    put(head, packed.size(), 4);
    put(head, e.size.value_or(static_cast<uint32_t>(e.content.size())), 4);
    put(head, e.name.size(), 2);
    put(head, 0, 2);
    put(directory, 0x02014B50U, 4);
    put(directory, 20, 2);
    directory += head;
    put(directory, 0, 6);
    put(directory, 0, 4);
    put(directory, zip.size(), 4);
    directory += e.name;
    put(zip, 0x04034B50U, 4);
    zip += head + e.name + packed;
  }
  const size_t at = zip.size();
  zip += directory;
  put(zip, 0x06054B50U, 4);
  put(zip, 0, 4);
  put(zip, entries.size(), 2);
  put(zip, entries.size(), 2);
  put(zip, directory.size(), 4);
  put(zip, at, 4);
  put(zip, 0, 2);
  return zip;
}

Parts parts_of(const std::string& rows) {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string relations =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  const auto relation = [&](const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + office + "/" + type + "\" Target=\"" + target + "\"/>";
  };
  return {
      {"_rels/.rels", relations + relation("r1", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
      {"xl/workbook.xml", "<workbook " + kMain + " xmlns:r=\"" + office +
                              "\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", relations + relation("r1", "worksheet", "worksheets/sheet1.xml") +
                                         relation("r2", "styles", "styles.xml") +
                                         relation("r3", "sharedStrings", "/xl/sharedStrings.xml") + "</Relationships>"},
      {"xl/styles.xml", "<styleSheet " + kMain + "><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>"},
      {"xl/sharedStrings.xml", "<sst " + kMain + "><si><t>zero</t></si></sst>"},
      {"xl/worksheets/sheet1.xml", "<worksheet " + kMain + "><sheetData>" + rows + "</sheetData></worksheet>"},
  };
}

std::string make_workbook(const Parts& parts) {
  std::vector<ZipEntry> entries;
  for (const auto& [name, content] : parts) {
    ZipEntry entry;
    entry.name = name;
    entry.content = content;
    entries.push_back(entry);
  }
  return make_zip(entries);
}

std::string ReadSheet::fault() const {
  for (const Diagnostic& d : findings) {
    if (d.severity == Severity::error) return d.message;
  }
  return {};
}

ReadSheet read_sheet(const std::string& bytes, size_t sheet) {
  ReadSheet read;
  WorkbookFault fault;
  const auto workbook = Workbook::open(bytes, fault);
  if (!workbook) {
    read.findings.push_back(make_error(fault.message, {"b.xlsx", 0, 0, 0}, fault.args));
    return read;
  }
  XlsxRecords records(workbook, workbook->sheets().at(sheet), "b.xlsx");
  Record record;
  while (records.next(record)) {
    ReadRow row{record.line, {record.fields.begin(), record.fields.end()}, {}};
    for (const CellFault& f : record.cell_faults)
      row.faults.push_back(std::to_string(f.field) + " " + std::string(f.message));
    read.rows.push_back(std::move(row));
  }
  read.findings = records.findings();
  return read;
}
