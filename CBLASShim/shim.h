// The C interfaces of OpenBLAS and LAPACKE, as Swift sees them.
// Debian and Ubuntu: libopenblas-dev and liblapacke-dev. macOS: brew install openblas.
#ifndef FORESIGHT_CBLAS_SHIM_H
#define FORESIGHT_CBLAS_SHIM_H

#include <cblas.h>
#include <lapacke.h>

#endif
