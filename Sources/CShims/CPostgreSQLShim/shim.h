// libpq, PostgreSQL's client library, as Swift sees it.
// Debian and Ubuntu: libpq-dev. macOS: Homebrew's libpq.
#ifndef FORESIGHT_POSTGRESQL_SHIM_H
#define FORESIGHT_POSTGRESQL_SHIM_H

#include <libpq-fe.h>

#endif
