#ifndef TRELLIS_CLAPACK_SHIM_H
#define TRELLIS_CLAPACK_SHIM_H

// The one routine of LAPACK that is called, by its Fortran name, so that libopenblas alone is enough (Debian's
// libopenblas-dev; LAPACKE isn't needed); and how many threads OpenBLAS may use. Integers are 32 bits, as in every
// build of OpenBLAS that isn't named "64".

/// Eigenvalues, ascending, and eigenvectors of a symmetric matrix by divide and conquer.
void dsyevd_(const char *job, const char *triangle, const int *order, double *matrix, const int *leading, double *values,
             double *work, const int *work_count, int *integer_work, const int *integer_work_count, int *info);

/// For small matrices, threads that wait for each other cost more than they bring.
void openblas_set_num_threads(int count);

#endif
