// Runs conformance cases of the Common Expression Language against the expression language:
//
//   cel_conformance FILE.textproto…
//
// The files are text protobufs of CEL's "simple tests". A case is left out for what it is (its syntax, or the types
// that it needs: docs/spec/expressions.md says which part of CEL this is), never for what comes out of it. Files that
// are not there are skipped. The last line: N passed, N failed.
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "expr/expr.h"

namespace {

// A message of the text format: fields in order, each a scalar or a message.
struct Message {
  struct Field {
    std::string name;
    std::string scalar;
    std::unique_ptr<Message> message;
  };
  std::vector<Field> fields;

  const Field* find(const std::string& name) const {
    for (const Field& f : fields) {
      if (f.name == name) return &f;
    }
    return nullptr;
  }
  std::string scalar(const std::string& name) const {
    const Field* f = find(name);
    return f ? f->scalar : std::string();
  }
};

class TextFormat {
 public:
  explicit TextFormat(std::string text) : text_(std::move(text)) {}

  Message parse() { return message('\0'); }

 private:
  char at() {
    while (pos_ < text_.size()) {
      const char c = text_[pos_];
      if (c == '#')
        pos_ = std::min(text_.find('\n', pos_), text_.size());
      else if (std::isspace(static_cast<unsigned char>(c)) || c == ',' || c == ';')
        ++pos_;
      else
        return c;
    }
    return '\0';
  }

  Message message(char close) {
    Message m;
    while (at() != close && at() != '\0') {
      Message::Field field;
      field.name = name();
      if (at() == ':') ++pos_;
      const char c = at();
      if (c == '{' || c == '<') {
        ++pos_;
        field.message = std::make_unique<Message>(message(c == '{' ? '}' : '>'));
        ++pos_;
      } else if (c == '[') {
        ++pos_;
        field.message = std::make_unique<Message>(list());
      } else {
        field.scalar = scalar();
      }
      m.fields.push_back(std::move(field));
    }
    return m;
  }

  Message list() {
    Message m;
    while (at() != ']' && at() != '\0') {
      Message::Field field;
      if (at() == '{') {
        ++pos_;
        field.message = std::make_unique<Message>(message('}'));
        ++pos_;
      } else {
        field.scalar = scalar();
      }
      m.fields.push_back(std::move(field));
    }
    ++pos_;
    return m;
  }

  std::string name() {
    std::string out;
    if (at() == '[') {  // an extension or the type of an Any
      while (pos_ < text_.size() && text_[pos_] != ']') out += text_[pos_++];
      ++pos_;
      return out;
    }
    while (pos_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[pos_])) || text_[pos_] == '_' || text_[pos_] == '.'))
      out += text_[pos_++];
    if (out.empty()) ++pos_;
    return out;
  }

  std::string scalar() {
    std::string out;
    const char c = at();
    if (c != '"' && c != '\'') {
      while (pos_ < text_.size() && !std::isspace(static_cast<unsigned char>(text_[pos_])) &&
             std::string("{}[],;").find(text_[pos_]) == std::string::npos)
        out += text_[pos_++];
      return out;
    }
    while (at() == '"' || at() == '\'') {  // neighbouring strings are one
      const char quote = text_[pos_++];
      while (pos_ < text_.size() && text_[pos_] != quote)
        out += text_[pos_] == '\\' ? escape() : std::string(1, text_[pos_++]);
      ++pos_;
    }
    return out;
  }

  static std::string utf8(uint32_t cp) {
    const auto byte = [](uint32_t b) { return static_cast<char>(b); };
    if (cp < 0x80) return {byte(cp)};
    if (cp < 0x800) return {byte(0xC0 | cp >> 6U), byte(0x80 | (cp & 0x3FU))};
    if (cp < 0x10000) return {byte(0xE0 | cp >> 12U), byte(0x80 | (cp >> 6U & 0x3FU)), byte(0x80 | (cp & 0x3FU))};
    return {byte(0xF0 | cp >> 18U), byte(0x80 | (cp >> 12U & 0x3FU)), byte(0x80 | (cp >> 6U & 0x3FU)),
            byte(0x80 | (cp & 0x3FU))};
  }

  std::string escape() {
    const char c = text_[++pos_];
    ++pos_;
    static const std::map<char, char> kSimple{{'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'a', '\a'},
                                              {'b', '\b'}, {'f', '\f'}, {'v', '\v'}};
    if (const auto it = kSimple.find(c); it != kSimple.end()) return std::string(1, it->second);
    if (c >= '0' && c <= '7') {
      int value = c - '0';
      for (int i = 0; i < 2 && pos_ < text_.size() && text_[pos_] >= '0' && text_[pos_] <= '7'; ++i)
        value = value * 8 + (text_[pos_++] - '0');
      return std::string(1, static_cast<char>(value));
    }
    if (c == 'u' || c == 'U') {
      const size_t n = c == 'u' ? 4 : 8;
      const auto cp = static_cast<uint32_t>(std::strtoul(text_.substr(pos_, n).c_str(), nullptr, 16));
      pos_ += n;
      return utf8(cp);
    }
    if (c == 'x') {
      const std::string hex = text_.substr(pos_, 2);
      pos_ += 2;
      return std::string(1, static_cast<char>(std::strtol(hex.c_str(), nullptr, 16)));
    }
    return std::string(1, c);
  }

  std::string text_;
  size_t pos_ = 0;
};

// Without what stands in quotes, so that patterns below see code only.
std::string without_texts(const std::string& expr) {
  static const std::regex kText(R"((\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|"(\\.|[^"\\])*"|'(\\.|[^'\\])*'))");
  return std::regex_replace(expr, kText, "''");
}

struct Rule {
  const char* pattern;
  const char* reason;
};
const Rule kOutside[] = {
    {R"((^|[^A-Za-z0-9_])[rR]?[bB][rR]?'')", "bytes"},
    {R"([0-9][uU]\b)", "unsigned integers"},
    {R"(\{)", "maps or messages"},
    {R"(\b(all|exists|exists_one|existsOne|map|filter|transformList|transformMap)\()", "macros"},
    {R"(\b(timestamp|duration)\()", "timestamps or durations (days are date())"},
    {R"(\b(type|dyn|uint|bytes|bool)\()", "type(), dyn(), uint(), bytes(), bool()"},
    {R"(\bgoogle\.|\bTestAllTypes|\bcel\.)", "protobuf messages"},
    {R"(\b(math|strings|base64|optional)\.|\b(ip|cidr|isIP|isCIDR)\(|\bip\.)", "CEL's optional extensions"},
    {R"(\]\s*\[|[A-Za-z0-9_)\]]\[)", "indexing"},
    {R"(\b(getHours|getMinutes|getSeconds|getMilliseconds)\()", "times of day"},
    {R"(\[[^\]]*\bnull\b)", "null in a list"},
    {R"([\]'0-9a-z]\s*\+\s*\[|\]\s*\+)", "lists joined by +"},
    {R"((^|[^.\w')\]])\.[A-Za-z]|\b[A-Za-z]\w*\.\w+\.\w)", "qualified names"},
    {R"(\[\s*\[)", "lists of lists"},
    {R"(\[[^\]]*''[^\]]*[^\w'][0-9]|\[[^\]]*\b[0-9][^\]]*'')", "lists of several types"},
    {R"(\b[0-9]{17,}\b|9223372036854775807|0x[0-9a-fA-F]{14,})", "integers beyond 2^53"},
    {R"(\b(INFINITY|infinity|NaN|nan)\b|\b0\.0\s*/\s*0\.0)", "infinity and NaN"},
    {R"(\.(charAt|indexOf|lastIndexOf|lowerAscii|upperAscii|replace|split|substring|trim|join|format|quote|reverse)\()",
     "CEL's optional extensions"},
};

const char* outside_reason(const Message& test) {
  const std::string code = without_texts(test.scalar("expr"));
  for (const Rule& rule : kOutside) {
    if (std::regex_search(code, std::regex(rule.pattern))) return rule.reason;
  }
  if (test.scalar("disable_check") == "true") return "checked at run time only (types are checked before, here)";
  if (test.find("container") || test.find("check_only") || test.find("typed_result"))
    return "containers or type results";
  if (const auto* value = test.find("value")) {
    for (const auto& f : value->message->fields) {
      if (f.name != "bool_value" && f.name != "int64_value" && f.name != "double_value" && f.name != "string_value")
        return "results that are lists, maps, bytes, messages";
      if (f.name == "int64_value" && std::regex_search(code, std::regex("[^/]/[^/]")))
        return "division of integers (7 / 2 is 3.5 here)";
      if (f.name == "double_value" && !std::isfinite(std::strtod(f.scalar.c_str(), nullptr))) return "infinity and NaN";
    }
  } else if (const auto* error = test.find("eval_error")) {
    const Message::Field* first = error->message->find("errors");
    if (first && first->message && first->message->scalar("message").find("overflow") != std::string::npos)
      return "overflow of integers (all numbers are doubles)";
  } else if (test.find("unknown") || test.find("any_unknowns") || test.find("any_eval_errors")) {
    return "unknown values";
  }
  for (const auto& f : test.fields) {
    if (f.name != "bindings" || !f.message) continue;
    const auto* bound = f.message->find("value");
    const auto* value = bound && bound->message ? bound->message->find("value") : nullptr;
    if (!value || !value->message || value->message->fields.size() != 1) return "bindings that are not plain values";
    const std::string& kind = value->message->fields[0].name;
    if (kind != "bool_value" && kind != "int64_value" && kind != "double_value" && kind != "string_value" &&
        kind != "null_value")
      return "bindings that are not plain values";
  }
  return nullptr;
}

// The bound values of a test as columns of one row.
struct Bindings {
  hr::expr::Schema schema;
  std::map<std::string, std::pair<hr::expr::Type, std::string>> values;
};

Bindings bindings_of(const Message& test) {
  Bindings out;
  out.schema.any_attribute = false;
  for (const auto& f : test.fields) {
    if (f.name == "type_env" && f.message)
      out.schema.fields.push_back({f.message->scalar("name"), hr::expr::Type::number});
    if (f.name != "bindings" || !f.message) continue;
    const Message::Field& v = f.message->find("value")->message->find("value")->message->fields[0];
    const hr::expr::Type type = v.name == "bool_value"     ? hr::expr::Type::boolean
                                : v.name == "string_value" ? hr::expr::Type::text
                                                           : hr::expr::Type::number;
    std::erase_if(out.schema.fields, [&](const auto& field) { return field.name == f.message->scalar("key"); });
    out.schema.fields.push_back({f.message->scalar("key"), type});
    if (v.name == "null_value") continue;  // a field without a value
    out.values[f.message->scalar("key")] = {type, v.scalar};
  }
  return out;
}

// Every digit of a number; 0 and -0 are equal in CEL.
std::string number_of(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "number %.17g", value == 0 ? 0.0 : value);
  return digits;
}

// What came out, as the file writes it; "error" when it does not compile or cannot be computed.
std::string evaluate(const std::string& expr, const Bindings& bindings) {
  hr::Diagnostics problems;
  const auto program = hr::expr::compile(expr, bindings.schema, std::nullopt, {"case", 1, 1, 0}, problems);
  if (!program) return "error " + (problems.empty() ? std::string() : problems[0].message);
  const uint32_t code = 0;
  const uint8_t yes = 1;
  const uint8_t no = 0;
  std::vector<hr::expr::ColumnView> columns;
  std::vector<double> numbers;
  std::vector<std::string_view> texts;
  numbers.reserve(program->fields().size());
  texts.reserve(program->fields().size());
  for (const std::string& field : program->fields()) {
    hr::expr::ColumnView view;
    const auto it = bindings.values.find(field);
    for (const auto& f : bindings.schema.fields) {
      if (f.name == field) view.type = f.type;
    }
    if (it == bindings.values.end()) {
      view.present = {&no, 1};
    } else if (view.type == hr::expr::Type::number) {
      numbers.push_back(std::strtod(it->second.second.c_str(), nullptr));
      view.numbers = {&numbers.back(), 1};
    } else if (view.type == hr::expr::Type::text) {
      texts.push_back(it->second.second);
      view.codes = {&code, 1};
      view.dictionary = {&texts.back(), 1};
    } else {
      view.booleans = {it->second.second == "true" ? &yes : &no, 1};
    }
    columns.push_back(view);
  }
  const hr::expr::Values values = program->evaluate(columns, 1);
  if (!values.present[0]) return values.failed[0] ? "error failed" : "error missing";
  if (values.type == hr::expr::Type::boolean) return values.booleans[0] ? "true" : "false";
  if (values.type == hr::expr::Type::number) return number_of(values.numbers[0]);
  return values.type == hr::expr::Type::text ? "text " + values.texts[0] : "date";
}

std::string expected_of(const Message& test) {
  if (test.find("eval_error")) return "error";
  const auto* value = test.find("value");
  if (!value) return "true";  // CEL's default
  const Message::Field& f = value->message->fields[0];
  if (f.name == "bool_value") return f.scalar;
  if (f.name == "string_value") return "text " + f.scalar;
  return number_of(std::strtod(f.scalar.c_str(), nullptr));
}

struct Counts {
  int passed = 0;
  int failed = 0;
  std::map<std::string, int> skipped;
};

void run_case(const std::string& name, const Message& test, Counts& counts) {
  if (const char* reason = outside_reason(test)) {
    ++counts.skipped[reason];
    return;
  }
  const std::string expected = expected_of(test);
  const std::string actual = evaluate(test.scalar("expr"), bindings_of(test));
  const bool holds = expected == "error" ? actual.starts_with("error") : actual == expected;
  (holds ? counts.passed : counts.failed) += 1;
  if (!holds)
    std::printf("FAILED %s: %s: expected %s, actual %s\n", name.c_str(), test.scalar("expr").c_str(), expected.c_str(),
                actual.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  Counts all;
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i]);
    if (!file) {
      std::printf("%s: skipped: not there\n", argv[i]);
      continue;
    }
    std::stringstream text;
    text << file.rdbuf();
    const Message root = TextFormat(text.str()).parse();
    Counts counts;
    for (const auto& section : root.fields) {
      if (section.name != "section" || !section.message) continue;
      for (const auto& test : section.message->fields) {
        if (test.name == "test" && test.message)
          run_case(section.message->scalar("name") + "/" + test.message->scalar("name"), *test.message, counts);
      }
    }
    std::printf("%s: %d passed, %d failed; left out:", argv[i], counts.passed, counts.failed);
    for (const auto& [reason, n] : counts.skipped) std::printf(" %d for %s;", n, reason.c_str());
    std::printf("\n");
    all.passed += counts.passed;
    all.failed += counts.failed;
  }
  std::printf("%d passed, %d failed\n", all.passed, all.failed);
  return all.failed > 0 ? 1 : 0;
}
