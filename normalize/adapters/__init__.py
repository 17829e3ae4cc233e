"""One thin module a framework: import the one you use; each needs its own extra."""
