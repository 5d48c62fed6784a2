#include "expr/parser.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "base/text.h"
#include "expr/lexer.h"

namespace hr::expr {

namespace {

constexpr std::string_view kReserved[] = {"as",        "break",  "const",  "continue", "else", "for",
                                          "function",  "if",     "import", "let",      "loop", "package",
                                          "namespace", "return", "var",    "void",     "while"};
constexpr std::string_view kMacros[] = {"all", "exists", "exists_one", "existsOne", "map", "filter"};

// Words of SQL, Python and Excel for CEL's operators.
constexpr std::pair<std::string_view, std::string_view> kForeignOperators[] = {
    {"and", "&&"}, {"AND", "&&"}, {"And", "&&"}, {"or", "||"}, {"OR", "||"}, {"Or", "||"}, {"not", "!"},
    {"NOT", "!"},  {"Not", "!"},  {"IN", "in"},  {"is", "=="}, {"IS", "=="}, {"mod", "%"}};

template <class Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_keyword(std::string_view name) {
  return name == "true" || name == "false" || name == "null" || name == "in";
}

// How tightly a binary operator binds; 0 = it is none.
int precedence(const Token& token) {
  if (token.kind == TokenKind::name) return token.source == "in" ? 3 : 0;
  if (token.kind != TokenKind::symbol) return 0;
  const std::string_view s = token.source;
  if (s == "||") return 1;
  if (s == "&&") return 2;
  if (s == "==" || s == "!=" || s == "<" || s == "<=" || s == ">" || s == ">=") return 3;
  if (s == "+" || s == "-") return 4;
  if (s == "*" || s == "/" || s == "%") return 5;
  return 0;
}

std::string foreign_operator(const Token& token) {
  for (const auto& [word, meant] : kForeignOperators) {
    if (token.source == word) return std::string(meant);
  }
  return {};
}

// At the first problem everything is skipped: at() is then the end of the text and every loop ends.
class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens, Problems& problems)
      : text_(text), tokens_(std::move(tokens)), problems_(problems) {}

  Ast run() {
    if (at().kind == TokenKind::end) {
      fail("empty", {0, text_.size()});
      return {};
    }
    parse_conditional();
    if (at().kind != TokenKind::end) fail_unexpected();
    return std::move(ast_);
  }

 private:
  const Token& at(size_t ahead = 0) const { return tokens_[std::min(pos_ + ahead, tokens_.size() - 1)]; }
  bool is(std::string_view symbol, size_t ahead = 0) const {
    return at(ahead).kind == TokenKind::symbol && at(ahead).source == symbol;
  }
  bool take(std::string_view symbol) {
    if (!is(symbol)) return false;
    ++pos_;
    return true;
  }

  uint32_t fail(std::string_view variant, Range range, std::vector<std::string> args = {},
                std::string suggestion = {}) {
    if (!failed_) problems_.add(variant, range, std::move(args), std::move(suggestion));
    failed_ = true;
    pos_ = tokens_.size() - 1;
    return 0;
  }

  uint32_t fail_unexpected() {
    if (at().kind == TokenKind::end) return fail("unexpected-end", {text_.size(), text_.size()});
    if (is("{")) return fail("unsupported", at().range, {"{"});
    return fail("unexpected-token", at().range, {escape_controls(at().source)}, foreign_operator(at()));
  }

  // The closing bracket of the opening one at `open`.
  void close(std::string_view symbol, const Token& open) {
    if (take(symbol) || failed_) return;
    if (at().kind == TokenKind::end)
      fail("unclosed", open.range, {std::string(open.source), std::string(symbol)});
    else
      fail_unexpected();
  }

  uint32_t add(NodeKind kind, Range range) {
    Node node;
    node.kind = kind;
    node.range = range;
    ast_.push_back(std::move(node));
    return static_cast<uint32_t>(ast_.size() - 1);
  }
  uint32_t add(NodeKind kind, Range range, std::string_view text, std::vector<uint32_t> parts) {
    const uint32_t node = add(kind, range);
    ast_[node].text = text;
    ast_[node].parts = std::move(parts);
    return node;
  }

  // a ? b : c ? d : e, without recursion in its tail.
  uint32_t parse_conditional() {
    std::vector<std::pair<uint32_t, uint32_t>> heads;  // condition, its value
    uint32_t last = parse_binary(1);
    while (!failed_ && is("?")) {
      const Token& question = at();
      ++pos_;
      const uint32_t value = parse_binary(1);
      if (is("?")) return fail("nested-choice", at().range);
      if (!failed_ && at().kind == TokenKind::end) return fail("unclosed", question.range, {"?", ":"});
      if (!take(":")) return fail_unexpected();
      heads.emplace_back(last, value);
      last = parse_binary(1);
    }
    if (failed_) return 0;
    for (auto head = heads.rbegin(); head != heads.rend(); ++head) {
      const Range range{ast_[head->first].range.begin, ast_[last].range.end};
      last = add(NodeKind::conditional, range, "?:", {head->first, head->second, last});
    }
    return last;
  }

  uint32_t parse_nested() {
    if (depth_ == kMaxDepth) return fail("too-deep", at().range, {std::to_string(kMaxDepth)});
    ++depth_;
    const uint32_t node = parse_conditional();
    --depth_;
    return node;
  }

  // Operators that bind at least as tightly as `least`; all of CEL's group to the left.
  uint32_t parse_binary(int least) {
    uint32_t left = parse_unary();
    for (;;) {
      const int binds = precedence(at());
      if (failed_ || binds == 0 || binds < least) return left;
      const std::string_view op = at().source;
      ++pos_;
      const uint32_t right = parse_binary(binds + 1);
      if (failed_) return 0;
      left = add(NodeKind::binary, {ast_[left].range.begin, ast_[right].range.end}, op, {left, right});
    }
  }

  uint32_t parse_unary() {
    std::vector<const Token*> signs;
    while (is("!") || is("-")) {
      signs.push_back(&at());
      ++pos_;
    }
    uint32_t node = parse_member();
    for (auto sign = signs.rbegin(); sign != signs.rend() && !failed_; ++sign) {
      node = add(NodeKind::unary, {(*sign)->range.begin, ast_[node].range.end}, (*sign)->source, {node});
    }
    return node;
  }

  uint32_t parse_member() {
    uint32_t node = parse_primary();
    while (!failed_ && (is(".") || is("["))) {
      if (is("[")) return fail("unsupported", at().range, {"["});
      ++pos_;
      const Token& name = at();
      if (name.kind != TokenKind::name || is_keyword(name.source)) return fail_unexpected();
      ++pos_;
      if (!is("("))
        return fail("unsupported", {tokens_[pos_ - 2].range.begin, name.range.end}, {"." + std::string(name.source)});
      node = parse_call(name, true, node);
    }
    return failed_ ? 0 : node;
  }

  uint32_t parse_primary() {
    const Token& token = at();
    if (token.kind == TokenKind::number) {
      ++pos_;
      const uint32_t node = add(NodeKind::number, token.range);
      ast_[node].number = token.number;
      return node;
    }
    if (token.kind == TokenKind::text) {
      ++pos_;
      return add(NodeKind::text, token.range, token.text, {});
    }
    if (token.kind == TokenKind::name) return parse_name();
    if (is("(")) return parse_parentheses();
    if (is("[")) return parse_list();
    if (is(".")) return fail("unsupported", token.range, {"."});
    return fail_unexpected();
  }

  uint32_t parse_parentheses() {
    const Token& open = at();
    ++pos_;
    const uint32_t node = parse_nested();
    close(")", open);
    if (failed_) return 0;
    ast_[node].range = {open.range.begin, tokens_[pos_ - 1].range.end};
    return node;
  }

  uint32_t parse_list() {
    const Token& open = at();
    ++pos_;
    std::vector<uint32_t> elements;
    while (!failed_ && !is("]")) {
      elements.push_back(parse_nested());
      if (!take(",")) break;
    }
    close("]", open);
    if (failed_) return 0;
    return add(NodeKind::list, {open.range.begin, tokens_[pos_ - 1].range.end}, "[]", std::move(elements));
  }

  uint32_t parse_name() {
    const Token& token = at();
    if (token.source == "in" || !foreign_operator(token).empty()) {
      if (token.source == "in" || is_operand(at(1))) return fail_unexpected();
    }
    ++pos_;
    if (token.source == "true" || token.source == "false") {
      const uint32_t node = add(NodeKind::boolean, token.range);
      ast_[node].number = token.source == "true" ? 1 : 0;
      return node;
    }
    if (token.source == "null") return add(NodeKind::null, token.range);
    if (contains(kReserved, token.source)) return fail("reserved-word", token.range, {std::string(token.source)});
    if (is("(")) return parse_call(token, false, 0);
    if (token.source == "attr") return parse_attribute(token);
    std::string name(token.source);
    size_t end = token.range.end;
    while (is(".") && at(1).kind == TokenKind::name && !is_keyword(at(1).source) && !is("(", 2)) {
      name += "." + std::string(at(1).source);
      end = at(1).range.end;
      pos_ += 2;
    }
    return add(NodeKind::name, {token.range.begin, end}, name, {});
  }

  static bool is_operand(const Token& token) {
    return token.kind == TokenKind::name || token.kind == TokenKind::number || token.kind == TokenKind::text;
  }

  // attr.NAME or attr["any name"]; `token` is the word attr.
  uint32_t parse_attribute(const Token& token) {
    std::string name;
    if (is(".") && at(1).kind == TokenKind::name && !is_keyword(at(1).source) && !is("(", 2)) {
      name = at(1).source;
      pos_ += 2;
    } else if (is("[") && at(1).kind == TokenKind::text && is("]", 2)) {
      name = at(1).text;
      pos_ += 3;
    }
    if (name.empty()) return fail("attribute-name", token.range);
    return add(NodeKind::name, {token.range.begin, tokens_[pos_ - 1].range.end}, "attr." + name, {});
  }

  // At the "(" of name(…) or receiver.name(…).
  uint32_t parse_call(const Token& name, bool member, uint32_t receiver) {
    if (member && contains(kMacros, name.source))
      return fail("unsupported", name.range, {std::string(name.source) + "()"});
    const Token& open = at();
    ++pos_;
    std::vector<uint32_t> parts;
    if (member) parts.push_back(receiver);
    while (!failed_ && !is(")")) {
      parts.push_back(parse_nested());
      if (!take(",")) break;
      if (is(")")) return fail_unexpected();
    }
    close(")", open);
    if (failed_) return 0;
    const size_t begin = member ? ast_[receiver].range.begin : name.range.begin;
    const uint32_t node = add(NodeKind::call, {begin, tokens_[pos_ - 1].range.end}, name.source, std::move(parts));
    ast_[node].member = member;
    ast_[node].name_range = name.range;
    return node;
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  Problems& problems_;
  Ast ast_;
  size_t pos_ = 0;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace

Ast parse(std::string_view text, Problems& problems) {
  if (text.size() > kMaxText) {
    problems.add("too-long", {0, 1}, {std::to_string(text.size()), std::to_string(kMaxText)});
    return {};
  }
  if (const auto wrong = invalid_utf8_at(text)) {
    problems.add("not-utf8", {*wrong, *wrong + 1}, {escape_controls(text.substr(*wrong, 1))});
    return {};
  }
  std::vector<Token> tokens = lex(text, problems);
  if (problems.any()) return {};
  return Parser(text, std::move(tokens), problems).run();
}

}  // namespace hr::expr
