// The element types of the kernels.
#ifndef FORESIGHT_SCALAR_H
#define FORESIGHT_SCALAR_H

// The type of the elements behind a kernel's untyped pointers.
typedef enum { FS_FLOAT, FS_DOUBLE } fs_scalar;

#endif
