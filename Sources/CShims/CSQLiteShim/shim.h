// SQLite, as Swift sees it.
// Debian and Ubuntu: libsqlite3-dev. macOS: part of the system.
#ifndef FORESIGHT_SQLITE_SHIM_H
#define FORESIGHT_SQLITE_SHIM_H

#include <sqlite3.h>

// The byte of the statement that the latest error is about, or -1 where it is about none. SQLite
// says so since version 3.38.
static inline int foresight_sqlite3_error_offset(sqlite3 *database) {
#if SQLITE_VERSION_NUMBER >= 3038000
  return sqlite3_error_offset(database);
#else
  (void)database;
  return -1;
#endif
}

#endif
