#include "store/store_state.h"

namespace hr::store {

int64_t state(Database& database, std::string_view name) {
  Statement row(database, "SELECT name, value, checksum FROM store_state WHERE name = ?");
  if (!row.bind({name}).step()) database.damaged("store_state");
  row.check_row("store_state", 2);
  return row.integer(1);
}

void set_state(Database& database, std::string_view name, int64_t value) {
  RowWriter(database, "store_state", 2, true).write({name, value});
}

Timestamp latest_time(Database& database) {
  return state(database, "latest_time");
}

void record_time(Database& database, Timestamp time, Timestamp before) {
  if (time <= before) {
    throw Error(ErrorKind::system, "store-time-order", {database.path(), std::to_string(time), std::to_string(before)});
  }
  if (time > latest_time(database)) set_state(database, "latest_time", time);
}

}  // namespace hr::store
