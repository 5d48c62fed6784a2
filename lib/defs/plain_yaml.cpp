#include "defs/plain_yaml.h"

#include <algorithm>
#include <utility>

namespace hr::defs {

namespace {

struct NotPlain {};  // thrown: the reader of all of YAML has to look at this text

constexpr uint32_t kMostDeep = 32;
constexpr uint32_t kLongestKey = 500;  // YAML knows no key longer than 1,024 characters

bool is_null_word(std::string_view word) {
  return word == "null" || word == "Null" || word == "NULL";
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

class PlainReader {
 public:
  explicit PlainReader(Tree& tree) : tree_(tree), text_(tree.text), at_(mark_size(tree.text)), line_(at_) {}

  void read() {
    next_line();
    if (at_ == text_.size() || column() != 0) throw NotPlain();
    read_block();
    if (at_ != text_.size()) throw NotPlain();  // a line that stands below nothing
  }

 private:
  struct Scalar {
    uint32_t begin = 0, end = 0;  // quotes and all
    bool quoted = false;
  };

  char byte(uint32_t at) const { return at < text_.size() ? text_[at] : '\n'; }
  char here() const { return byte(at_); }
  uint32_t column() const { return at_ - line_; }
  bool stands_in_column(uint32_t indent) const { return at_ < text_.size() && column() == indent; }
  bool is_dash() const { return here() == '-' && byte(at_ + 1) == ' '; }
  bool is_bracket() const { return here() == '[' || here() == '{'; }
  bool is_line_end() const { return here() == '\n' || here() == '\r'; }
  bool is_colon() const {
    const char next = byte(at_ + 1);
    return here() == ':' && (next == ' ' || next == '\n' || next == '\r');
  }

  void skip_spaces() {
    while (here() == ' ') ++at_;
  }

  // Whether nothing follows in this line but a comment, which is skipped.
  bool skip_rest() {
    const uint32_t before = at_;
    skip_spaces();
    if (here() == '#' && (at_ > before || at_ == line_))
      at_ = static_cast<uint32_t>(std::min(text_.find('\n', at_), text_.size()));
    return is_line_end();
  }

  // To what stands first in the next line that holds something, or to the end of the text.
  void next_line() {
    while (at_ < text_.size() && skip_rest()) {
      if (here() == '\r') ++at_;
      if (at_ < text_.size()) line_ = ++at_;
    }
  }

  void end_value() {
    if (!skip_rest()) throw NotPlain();
    next_line();
  }

  uint32_t add(NodeKind kind, uint32_t begin) {
    if (tree_.nodes.size() >= kMostNodes) throw NotPlain();
    const auto index = static_cast<uint32_t>(tree_.nodes.size());
    Node node;
    node.kind = kind;
    node.begin = node.end = begin;
    node.parent = open_;
    if (open_ != kNoNode) {
      Node& parent = tree_.nodes[open_];
      if (parent.kind == NodeKind::map && parent.children.size() % 2 == 1) node.key = parent.children.back();
      parent.children.push_back(index);
    }
    tree_.nodes.push_back(std::move(node));
    return index;
  }

  void add(const Scalar& scalar) {
    Node& node = tree_.nodes[add(NodeKind::scalar, scalar.begin)];
    const uint32_t quote = scalar.quoted ? 1 : 0;
    node.quoted = scalar.quoted;
    node.text = text_.substr(scalar.begin + quote, scalar.end - scalar.begin - 2 * quote);
    node.end = last_end_ = scalar.end;
  }

  void add_key(const Scalar& scalar) {
    if (scalar.end - scalar.begin > kLongestKey) throw NotPlain();
    add(scalar);
    ++at_;  // its colon
  }

  void open(NodeKind kind, uint32_t begin) {
    if (++depth_ > kMostDeep) throw NotPlain();
    open_ = add(kind, begin);
  }

  void close() {
    Node& node = tree_.nodes[open_];
    if (node.kind == NodeKind::map && has_key_twice(node.children)) throw NotPlain();
    node.end = last_end_;
    open_ = node.parent;
    --depth_;
  }

  bool has_key_twice(const std::vector<uint32_t>& children) {
    keys_.clear();
    for (size_t i = 0; i < children.size(); i += 2) keys_.emplace_back(tree_.nodes[children[i]].text);
    std::sort(keys_.begin(), keys_.end());
    return std::adjacent_find(keys_.begin(), keys_.end()) != keys_.end();
  }

  Scalar quoted() {
    const uint32_t begin = at_;
    const char quote = here();
    for (++at_; here() != quote; ++at_) {
      if (is_line_end() || (quote == '"' && here() == '\\')) throw NotPlain();
    }
    ++at_;  // behind a quote that stands for one ('') comes what can follow no value
    return {begin, at_, true};
  }

  Scalar unquoted(bool in_brackets) {
    const uint32_t begin = at_;
    const bool starts = is_letter_or_digit(here()) || here() == '_' || here() == '(' || here() == '/' ||
                        here() == '$' || (here() == '-' && is_digit(byte(at_ + 1)));
    if (!starts) throw NotPlain();
    uint32_t end = at_;
    for (; !is_line_end() && !is_colon(); ++at_) {
      const char c = here();
      if (c == '#' && end < at_) break;
      if (in_brackets) {
        if (c == ',' || c == ']' || c == '}') break;
        if (c == '[' || c == '{' || c == '?' || (c == ':' && !is_letter_or_digit(byte(at_ + 1)))) throw NotPlain();
      }
      if (c != ' ') end = at_ + 1;
    }
    at_ = end;
    if (is_null_word(text_.substr(begin, end - begin))) throw NotPlain();
    return {begin, end, false};
  }

  Scalar scalar(bool in_brackets) { return here() == '"' || here() == '\'' ? quoted() : unquoted(in_brackets); }

  void read_brackets() {
    const bool is_map = here() == '{';
    const char end = is_map ? '}' : ']';
    open(is_map ? NodeKind::map : NodeKind::list, at_++);
    skip_spaces();
    while (here() != end) {
      if (is_map) {
        const Scalar key = scalar(true);
        if (!is_colon()) throw NotPlain();
        add_key(key);
        skip_spaces();
      }
      if (is_bracket())
        read_brackets();
      else
        add(scalar(true));
      skip_spaces();
      if (here() == end) break;
      if (here() != ',') throw NotPlain();
      ++at_;
      skip_spaces();
      if (here() == end) throw NotPlain();
    }
    last_end_ = ++at_;
    close();
  }

  // A list or a map that begins here, to the line that stands further to the left or is no part of it.
  void read_block() {
    if (is_dash()) return read_list();
    const Scalar key = scalar(false);
    if (!is_colon()) throw NotPlain();
    read_map(key);
  }

  void read_list() {
    const uint32_t indent = column();
    open(NodeKind::list, at_);
    while (stands_in_column(indent) && is_dash()) {
      ++at_;
      skip_spaces();
      read_item();
    }
    close();
  }

  void read_item() {
    if (is_dash()) return read_list();
    if (is_bracket()) {
      read_brackets();
      return end_value();
    }
    const Scalar first = scalar(false);
    if (is_colon()) return read_map(first);
    add(first);
    end_value();
  }

  void read_map(Scalar key) {
    const uint32_t indent = key.begin - line_;
    open(NodeKind::map, key.begin);
    for (;;) {
      add_key(key);
      read_map_value(indent);
      if (!stands_in_column(indent)) break;
      key = scalar(false);
      if (!is_colon()) throw NotPlain();
    }
    close();
  }

  void read_map_value(uint32_t indent) {
    if (skip_rest()) {
      next_line();
      const bool below = at_ < text_.size() && (column() > indent || (column() == indent && is_dash()));
      if (!below) throw NotPlain();  // no value
      return read_block();
    }
    if (is_bracket())
      read_brackets();
    else
      add(scalar(false));
    end_value();
  }

  Tree& tree_;
  std::string_view text_;
  uint32_t at_;
  uint32_t line_;  // where the line of `at_` begins
  uint32_t open_ = kNoNode;
  uint32_t depth_ = 0;
  uint32_t last_end_ = 0;
  std::vector<std::string_view> keys_;
};

}  // namespace

bool read_plain_yaml(Tree& tree) {
  if (tree.text.find('\t') != std::string_view::npos) return false;
  static constexpr size_t kBytesPerNode = 8;  // about as dense as definitions get
  tree.nodes.reserve(std::min(kMostNodes, tree.text.size() / kBytesPerNode + 16));
  try {
    PlainReader(tree).read();
  } catch (const NotPlain&) {
    tree.nodes.clear();
    return false;
  }
  tree.root = 0;
  return true;
}

}  // namespace hr::defs
