"""Kind `romanization`: one system that writes Cyrillic in Latin letters."""
