// Filled by the suites of the seams.
