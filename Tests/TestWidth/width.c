#include <stdlib.h>
#include "width.h"

// Swift Testing begins all tests at once. With thousands of them, one that waits for a socket or
// a program is not gone on with until the others have had their turn, which is minutes later, and
// what it talks to has given it up by then. Who sets the variable decides.
__attribute__((constructor)) static void limitWidth(void) {
  setenv("SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH", "6", 0);
}
