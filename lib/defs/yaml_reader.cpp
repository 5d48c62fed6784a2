// The only source that includes yaml-cpp, which reads what the short cut for plain YAML leaves. It is driven by events:
// YAML::Load loses text after the document and the later of two equal keys, LoadAll never returns on a lone comma, and
// both expand what aliases point to.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>
#include <unordered_map>
#include <utility>

#include "defs/plain_yaml.h"
#include "defs/scalar_source.h"
#include "defs/scalars.h"
#include "defs/yaml_fault.h"
#include "defs/yaml_text.h"
#include "defs/yaml_tree.h"

namespace hr::defs {

namespace {

bool is_digits(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_null_word(std::string_view word) {
  return word == "~" || word == "null" || word == "Null" || word == "NULL";
}

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(Tree& tree, Diagnostics& diagnostics, uint32_t shift)
      : tree_(tree), diagnostics_(diagnostics), shift_(shift) {
    static constexpr size_t kBytesPerNode = 8;  // about as dense as definitions get
    tree_.nodes.reserve(std::min(kMostNodes, tree_.text.size() / kBytesPerNode + 16));
  }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const uint32_t begin = offset(mark);
    std::string word(tree_.text.substr(begin, word_end(begin) - begin));
    if (word.ends_with(':')) word.pop_back();  // as a key
    const bool written = is_null_word(word);
    const uint32_t node = add(NodeKind::null, begin);
    tree_.nodes[node].end = begin + (written ? static_cast<uint32_t>(word.size()) : 0U);
    if (written)
      tree_.nodes[node].text = word;
    else if (tree_.nodes[node].key != kNoNode && anchor == YAML::NullAnchor)
      stand_on_key(node);
    refuse_properties(node, anchor, "");
    if (!written) refuse_emptiness(node);
    last_end_ = std::max(last_end_, tree_.nodes[node].end);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    const uint32_t node = add(NodeKind::broken, offset(mark));
    tree_.nodes[node].end = word_end(tree_.nodes[node].begin);
    last_end_ = tree_.nodes[node].end;
    refuse(node, "bad-yaml/alias");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const uint32_t node = add(NodeKind::scalar, offset(mark));
    Node& n = tree_.nodes[node];
    n.quoted = tag == "!";
    n.text = value;
    const ScalarExtent extent = scalar_extent(tree_.text, n.begin, value);
    if (!extent.closed) throw Fault{"bad-yaml/cut", n.begin, n.begin + 1, {}};
    n.end = static_cast<uint32_t>(extent.end);
    last_end_ = n.end;
    refuse_properties(node, anchor, tag);
    refuse_tab(node);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(NodeKind::list, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(NodeKind::map, mark, tag, anchor, style);
  }
  void OnMapEnd() override {
    check_keys(stack_.back().node);
    close();
  }

  // Where the innermost [ or { that is still open begins.
  const Node* open_flow() const {
    for (auto frame = stack_.rbegin(); frame != stack_.rend(); ++frame) {
      if (frame->flow &&
          (tree_.text[tree_.nodes[frame->node].begin] == '[' || tree_.text[tree_.nodes[frame->node].begin] == '{')) {
        return &tree_.nodes[frame->node];
      }
    }
    return nullptr;
  }

 private:
  struct Frame {
    uint32_t node = 0;
    bool flow = false;
  };

  uint32_t offset(const YAML::Mark& mark) const {
    return static_cast<uint32_t>(
        std::min<size_t>(static_cast<size_t>(std::max(mark.pos, 0)) + shift_, tree_.text.size()));
  }

  uint32_t word_end(uint32_t at) const {
    return static_cast<uint32_t>(std::min(tree_.text.find_first_of(" \t\r\n,]}", at), tree_.text.size()));
  }

  uint32_t add(NodeKind kind, uint32_t begin) {
    if (tree_.nodes.size() >= kMostNodes)
      throw Fault{"bad-yaml/too-many-nodes", begin, begin + 1, {std::to_string(kMostNodes)}};
    const auto index = static_cast<uint32_t>(tree_.nodes.size());
    Node node;
    node.kind = kind;
    node.begin = node.end = begin;
    if (stack_.empty()) {
      tree_.root = index;
    } else {
      node.parent = stack_.back().node;
      Node& parent = tree_.nodes[node.parent];
      if (parent.kind == NodeKind::map && parent.children.size() % 2 == 1) node.key = parent.children.back();
      parent.children.push_back(index);
    }
    tree_.nodes.push_back(std::move(node));
    return index;
  }

  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style) {
    const uint32_t begin = offset(mark);
    if (stack_.size() >= kMostDepth) throw Fault{"bad-yaml/too-deep", begin, begin + 1, {std::to_string(kMostDepth)}};
    const uint32_t node = add(kind, begin);
    last_end_ = begin;
    refuse_properties(node, anchor, tag);
    refuse_tab(node);
    stack_.push_back({node, style == YAML::EmitterStyle::Flow});
  }

  void close() {
    Node& node = tree_.nodes[stack_.back().node];
    const char first = node.begin < tree_.text.size() ? tree_.text[node.begin] : ' ';
    const bool bracketed = stack_.back().flow && (first == '[' || first == '{');
    if (bracketed) last_end_ = static_cast<uint32_t>(flow_end(tree_.text, std::max(last_end_, node.begin + 1)));
    node.end = last_end_;
    stack_.pop_back();
  }

  void refuse(uint32_t node, const std::string& message) {
    const Node& n = tree_.nodes[node];
    if (n.begin == last_refused_) return;  // a map and its first key begin in one place
    last_refused_ = n.begin;
    diagnostics_.push_back(make_error(message, tree_.span(n.begin, std::max(n.end, word_end(n.begin)))));
  }

  void refuse_properties(uint32_t node, YAML::anchor_t anchor, const std::string& tag) {
    const uint32_t begin = tree_.nodes[node].begin;
    const char first = begin < tree_.text.size() ? tree_.text[begin] : ' ';
    if (first == '!' || (!tag.empty() && tag != "?" && tag != "!"))
      refuse_tag(node);
    else if (anchor != YAML::NullAnchor)
      refuse(node, "bad-yaml/anchor");
  }

  void refuse_tag(uint32_t node) {
    refuse(node, "bad-yaml/tag");
    if (tree_.nodes[node].kind == NodeKind::scalar) tree_.nodes[node].kind = NodeKind::broken;
  }

  void refuse_tab(uint32_t node) {
    const Node& n = tree_.nodes[node];
    const bool in_flow = !stack_.empty() && stack_.back().flow;
    if (in_flow || n.begin == 0 || (tree_.text[n.begin - 1] != '\t' && tree_.text[n.begin - 1] != ' ')) return;
    const auto tab = tab_of_indentation(tree_.text, n.begin);
    if (!tab || !begins_line(tree_.text, n.begin)) return;
    const auto at = static_cast<uint32_t>(*tab);
    throw Fault{"bad-yaml/tab", at, at + 1, {}};
  }

  // Nothing is written where a value could be: between two commas, or behind a key that has no colon.
  void refuse_emptiness(uint32_t node) {
    const Node& n = tree_.nodes[node];
    if (n.key != kNoNode) {
      if (tree_.nodes[n.key].kind != NodeKind::scalar) return;
      const size_t next = tree_.text.find_first_not_of(" \t\r\n", tree_.nodes[n.key].end);
      if (next != std::string_view::npos && tree_.text[next] == ':') return;
      const size_t before =
          tree_.text.find_last_not_of(" \t\r\n", tree_.nodes[n.key].begin - 1);  // wraps to the end at 0
      const bool marked = tree_.nodes[n.key].begin > 0 && before != std::string_view::npos && tree_.text[before] == '?';
      const bool decimals = stack_.back().flow && is_digits(tree_.nodes[n.key].text);
      refuse_in_place(node, marked && stack_.back().flow ? "bad-yaml/question-mark"
                            : decimals                   ? "bad-yaml/decimal-comma"
                                                         : "bad-yaml/no-colon");
    } else if (!stack_.empty() && stack_.back().flow && tree_.nodes[stack_.back().node].kind == NodeKind::list) {
      refuse_in_place(node, "bad-yaml/empty-item");
    }
  }

  void refuse_in_place(uint32_t node, const char* message) {
    Node& n = tree_.nodes[node];
    const std::string_view key = n.key == kNoNode ? std::string_view() : std::string_view(tree_.nodes[n.key].text);
    diagnostics_.push_back(make_error(message, tree_.span(n.begin, std::max(n.end, n.begin + 1)),
                                      key.empty() ? std::vector<std::string>{} : std::vector<std::string>{shown(key)}));
    n.kind = NodeKind::broken;
    if (n.key != kNoNode) tree_.nodes[n.key].kind = NodeKind::broken;
  }

  // An empty value is shown at its key: the parser's own mark is wherever the next thing begins.
  void stand_on_key(uint32_t node) {
    const Node& key = tree_.nodes[tree_.nodes[node].key];
    tree_.nodes[node].begin = key.begin;
    tree_.nodes[node].end = key.end;
  }

  // The first key of these with the text of that at `index`. Few keys are found faster one by one than by their hash.
  uint32_t first_of(const std::vector<uint32_t>& children, size_t index,
                    std::unordered_map<std::string_view, uint32_t>& by_text) const {
    static constexpr size_t kFew = 16;
    const std::string& text = tree_.nodes[children[index]].text;
    if (children.size() > 2 * kFew) return by_text.emplace(text, children[index]).first->second;
    for (size_t i = 0; i < index; i += 2) {
      const Node& earlier = tree_.nodes[children[i]];
      if (earlier.kind == NodeKind::scalar && earlier.text == text) return children[i];
    }
    return children[index];
  }

  void check_keys(uint32_t map) {
    std::unordered_map<std::string_view, uint32_t> by_text;
    const std::vector<uint32_t>& children = tree_.nodes[map].children;
    for (size_t i = 0; i < children.size(); i += 2) {
      Node& key = tree_.nodes[children[i]];
      if (key.kind == NodeKind::broken) continue;
      if (key.kind != NodeKind::scalar) {
        const bool empty = key.kind == NodeKind::null && key.text.empty();
        diagnostics_.push_back(make_error(empty ? "bad-yaml/key-empty" : "bad-yaml/key", tree_.span(children[i])));
        key.kind = NodeKind::broken;
      } else if (key.text == "<<" && !key.quoted) {
        diagnostics_.push_back(make_error("bad-yaml/merge-key", tree_.span(children[i])));
        key.kind = NodeKind::broken;
      } else if (const uint32_t first = first_of(children, i, by_text); first != children[i]) {
        const SourceSpan earlier = tree_.span(first);
        Diagnostic d = make_error("duplicate-key", tree_.span(children[i]), {key.text, std::to_string(earlier.line)});
        d.related.push_back(earlier);
        diagnostics_.push_back(std::move(d));
        key.kind = NodeKind::broken;
      }
    }
  }

  Tree& tree_;
  Diagnostics& diagnostics_;
  uint32_t shift_;  // bytes of a byte order mark, which the parser does not see
  std::vector<Frame> stack_;
  uint32_t last_end_ = 0;
  uint32_t last_refused_ = kNoNode;
};

// Finds where the text after the document begins.
class RestProbe final : public YAML::EventHandler {
 public:
  struct Found {
    int pos;
  };
  void OnDocumentStart(const YAML::Mark& mark) override { throw Found{mark.pos}; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

void refuse_rest(YAML::Parser& parser, const Tree& tree, uint32_t shift) {
  if (!parser) return;
  const std::string_view text = tree.text;
  RestProbe probe;
  int pos = 0;
  try {
    parser.HandleNextDocument(probe);
  } catch (const RestProbe::Found& found) {
    pos = found.pos;
  }
  const auto begin =
      static_cast<uint32_t>(std::min<size_t>(static_cast<size_t>(std::max(pos, 0)) + shift, text.size()));
  const bool marked = text.substr(begin).starts_with("---");
  const bool nothing = tree.nodes.size() == 1 && tree.nodes[0].kind == NodeKind::null && tree.nodes[0].text.empty();
  if (!marked && nothing)
    throw Fault{"bad-yaml/start-character", begin, begin + 1, {std::string(text.substr(begin, 1))}};
  throw Fault{marked ? "bad-yaml/second-document" : "bad-yaml/content-after", begin, begin + (marked ? 3U : 1U), {}};
}

void parse(Tree& tree, Diagnostics& diagnostics, uint32_t shift) {
  std::istringstream in{std::string(tree.text.substr(shift))};
  TreeBuilder builder(tree, diagnostics, shift);
  try {
    YAML::Parser parser(in);
    parser.HandleNextDocument(builder);
    refuse_rest(parser, tree, shift);
  } catch (const YAML::Exception& e) {
    const size_t at = std::min(static_cast<size_t>(std::max(e.mark.pos, 0)) + shift, tree.text.size());
    throw fault_of(e.msg, static_cast<uint32_t>(at), tree, builder.open_flow());
  }
}

}  // namespace

static Tree read(const std::string& file, std::string_view text, Diagnostics& diagnostics, bool tries_plain) {
  Tree tree;
  static_cast<SourceText&>(tree) = SourceText(file, text);
  try {
    if (const auto fault = find_text_fault(text)) {
      const auto at = static_cast<uint32_t>(fault->at);
      throw Fault{fault->message, at, at + 1, fault->args};
    }
    if (!tries_plain || !read_plain_yaml(tree)) parse(tree, diagnostics, mark_size(text));
  } catch (const Fault& fault) {
    std::erase_if(diagnostics,
                  [&](const Diagnostic& d) { return d.span.file == file && is_made_up_by_a_cut(d.message); });
    Diagnostic d = make_error(fault.message, tree.span(fault.begin, fault.end), fault.args);
    if (fault.related != kNoNode) d.related.push_back(tree.span(fault.related, fault.related + 1));
    diagnostics.push_back(std::move(d));
    tree.readable = false;
  }
  return tree;
}

Tree read_yaml(const std::string& file, std::string_view text, Diagnostics& diagnostics) {
  return read(file, text, diagnostics, true);
}

Tree read_all_of_yaml(const std::string& file, std::string_view text, Diagnostics& diagnostics) {
  return read(file, text, diagnostics, false);
}

}  // namespace hr::defs
