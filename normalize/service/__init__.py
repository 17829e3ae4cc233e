"""The rules over HTTP: what `normalize serve` runs."""
