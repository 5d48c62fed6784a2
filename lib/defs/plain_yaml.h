// The plain part of YAML, which definitions keep to nearly everywhere: block maps and lists by indentation, maps and
// lists in brackets within one line, texts as they are or in quotes within one line, comments.
#pragma once

#include "defs/yaml_tree.h"

namespace hr::defs {

// Fills in nodes and root of `tree`, whose text is sound (find_text_fault), just as the reader of all of YAML would, in
// a twentieth of the time. false: there is a fault, or anything beyond that part, and the tree is as it was.
bool read_plain_yaml(Tree& tree);

}  // namespace hr::defs
