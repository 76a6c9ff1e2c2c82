// Reductions of one dense row, shared by reductions.c and softmax.c; part of a REAL template.
//
// A row is folded eight chunks at a time into lanes, the eight as a tree, and the results of such
// blocks are joined like the carries of a binary counter. So every sum is a pairwise sum, whose
// error grows with the logarithm of n (Higham 1993), at the price of an addition an element.

// Combines two partial results of a kind. NaN wins over every number in max and min.
#ifndef FORESIGHT_REDUCTION_KINDS
#define FORESIGHT_REDUCTION_KINDS
enum reduction { SUM, PRODUCT, MAX, MIN };
#endif
