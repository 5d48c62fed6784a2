#include "base/cell_name.h"

#include <algorithm>

namespace hr {

std::string column_name(int column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) letters += static_cast<char>('A' + (column - 1) % 26);
  std::reverse(letters.begin(), letters.end());
  return letters;
}

std::string cell_name(int row, int column) {
  return column_name(column) + std::to_string(row);
}

}  // namespace hr
