// Nothing to call: what this target does, it does as the tests are loaded.
