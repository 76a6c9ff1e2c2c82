// zlib, as Swift sees it.
// Debian and Ubuntu: zlib1g-dev. macOS: part of the system.
#ifndef FORESIGHT_ZLIB_SHIM_H
#define FORESIGHT_ZLIB_SHIM_H

#include <zlib.h>

#endif
