"""What `normalize rules ...` runs: examples as tests, lints, schemas."""
