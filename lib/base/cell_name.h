// Cells of a sheet as people name them: column C and row 7 are C7.
#pragma once

#include <string>

namespace hr {

std::string column_name(int column);         // from 1: A … Z, AA …
std::string cell_name(int row, int column);  // a column that is not known (0) is left out: 7

}  // namespace hr
