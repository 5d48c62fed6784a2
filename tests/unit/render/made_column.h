// A column of a made-up table: its title is the same in both languages.
#pragma once

#include "table/table.h"

inline hr::table::Column column(const char* key, const char* title, hr::table::Kind kind,
                                hr::table::Show show = hr::table::Show::main) {
  hr::table::Column c;
  c.key = key;
  c.title = {title, title};
  c.kind = kind;
  c.show = show;
  return c;
}
