"""Kind `homoglyphs`: words in letters of two scripts that look alike."""
